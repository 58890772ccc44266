"""The reports of the demo and what must become of each, as ``demo.json`` beside them says."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worker.demo.supervisor import DemoError

__all__ = ["Step", "ehr_patients", "load_steps"]


@dataclass(frozen=True, slots=True)
class Step:
    """
    One request of the interface engine.

    ``expect`` holds ``http`` and, where something must hold of the outcome, ``state``, ``category`` and ``hold``.
    ``after_settled``: the engine sends it only when everything before it has come to an end.
    """

    file: str
    method: str
    path: str
    content_type: str
    note: str
    source: str
    expect: dict[str, Any]
    content: bytes = field(repr=False, default=b"")
    after_settled: bool = False

    @property
    def number(self) -> str:
        """Two digits, the start of the file name."""
        return self.file[:2]


def _folder() -> Path:
    inside = Path(__file__).parent / "cases"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "tests" / "cases" / "demo"


def load_steps() -> tuple[Step, ...]:
    """All requests, in the order in which the engine sends them."""
    folder = _folder()
    if not (folder / "demo.json").is_file():
        raise DemoError(f"the reports of the demo are not at {folder}")
    listed = json.loads((folder / "demo.json").read_text(encoding="utf-8"))["steps"]
    return tuple(Step(**step, content=(folder / step["file"]).read_bytes()) for step in listed)


def ehr_patients() -> dict[str, Any]:
    """A transaction of the patients whom the EHR knows before the first report."""
    patients: dict[str, Any] = json.loads((_folder() / "ehr-patients.json").read_text(encoding="utf-8"))
    return patients
