"""``make chaos`` in short: everything that can die dies at least once."""

from pathlib import Path

import pytest

from tests.chaos.run import run
from tests.chaos.troubles import Deaths

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]


def test_nothing_is_lost_doubled_stale_or_stuck_while_everything_dies(tmp_path: Path) -> None:
    result = run(300, seed=300, folder=tmp_path, deaths=Deaths((3.0, 9.0), most=5))
    assert result.verdict.examples() == []
    assert (result.troubles["Redis killed"], result.troubles["door killed"]) == (3, 2)
    assert result.troubles["worker killed"] == 5
    assert sum(count for kind, count in result.ehr.items() if kind != "ok") > 0.2 * result.ehr["ok"]
    assert result.script.counts["repeated"] >= 20
    assert result.script.counts["amended"] >= 15
