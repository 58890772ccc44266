"""The README's first command, run as a new user would: everything real, and nothing left behind."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.integration


@pytest.mark.timeout(240)
def test_every_message_of_the_demo_ends_where_it_should_and_nothing_is_left_behind(tmp_path: Path) -> None:
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    before = {p.pid for p in psutil.process_iter()}
    done = subprocess.run(
        [sys.executable, "-m", "worker", "demo", "--out", str(tmp_path / "demo-out")],
        env=os.environ | {"TMPDIR": str(scratch)},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert "Every message ended where it should." in done.stdout
    page = (tmp_path / "demo-out" / "index.html").read_text(encoding="utf-8")
    assert page.count("<article") >= 20
    assert list(scratch.iterdir()) == []
    left = [p for p in psutil.process_iter(["cmdline"]) if p.pid not in before and _is_ours(p, str(scratch))]
    assert left == []


def _is_ours(process: psutil.Process, scratch: str) -> bool:
    try:
        return scratch in " ".join(process.cmdline()) or process.environ().get("TMPDIR") == scratch
    except psutil.Error:
        return False
