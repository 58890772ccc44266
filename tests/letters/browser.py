"""
A headless browser for what only a browser can tell: accessibility by axe-core, what a telephone's first screen shows,
and how many pages a letter takes.

Both are optional: without Chromium, or without axe-core (``make letters`` fetches it where npm is, or CALCIFHIR_AXE
names axe.min.js), the checks say in plain words that they were left out.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from worker.core.model import Letter
from worker.core.rules import Rules

# A common telephone, in pixels of CSS.
SCREEN_WIDTH, SCREEN_HEIGHT = 390, 844
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
_LOOK = Path(__file__).with_name("look.js")
_FETCHED = Path(__file__).parents[2] / ".venv" / "axe" / "node_modules" / "axe-core" / "axe.min.js"


@dataclass(frozen=True, slots=True)
class Seen:
    """
    A letter in a browser of a telephone's width.

    Args:
        message: Where the main message ends, in pixels from the top; ``when`` and ``who`` the same for the first step.
        width: Of everything, also of what leaves the screen at its side.
        violations: What axe-core finds: rule and nodes.
    """

    message: int
    when: int | None
    who: int | None
    width: int
    violations: tuple[str, ...]


def browser() -> str | None:
    """Path of Chromium or Chrome; None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def axe() -> str | None:
    """The source of axe-core; None where it is not installed."""
    named = os.environ.get("CALCIFHIR_AXE")
    path = Path(named) if named else _FETCHED
    return path.read_text(encoding="utf-8") if path.is_file() else None


def look(letters: Mapping[str, Letter], rules: Rules, source: str | None = None) -> dict[str, Seen]:
    """Every letter by its name, opened one after the other in one browser; asks axe-core where its source is given."""
    return _looked({name: _asked(letter.html, letter.language, rules) for name, letter in letters.items()}, source)


def violations(document: str, source: str) -> tuple[str, ...]:
    """What axe-core finds on any page of ours."""
    return _looked({"it": {"html": document, "when": "", "who": ""}}, source)["it"].violations


def _looked(asked: Mapping[str, Any], source: str | None) -> dict[str, Seen]:
    parts = (
        _script("letters", "application/json", json.dumps(asked).replace("<", "\\u003c")),
        _script("axe", "text/plain", source or ""),
        f"<script>{_LOOK.read_text(encoding='utf-8')}</script>",
    )
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "look.html"
        page.write_text(f'<!DOCTYPE html><meta charset="utf-8"><body>{"".join(parts)}', encoding="utf-8")
        told = _chromium(folder, "--virtual-time-budget=10000000", "--dump-dom", page.as_uri())
    found = json.loads(unescape(told[told.index("<body") :].partition(">")[2].partition("</body>")[0]))
    return {name: Seen(**{**seen, "violations": tuple(seen["violations"])}) for name, seen in found.items()}


def _asked(html: str, language: str, rules: Rules) -> dict[str, Any]:
    phrases = rules.letters.phrases[language]
    return {"html": html, "when": phrases.say("label-when", {}), "who": phrases.say("label-who", {})}


def _script(name: str, kind: str, content: str) -> str:
    return f'<script id="{name}" type="{kind}">{content}</script>'


def pages(document: str, size: str) -> int:
    """Pages of a letter printed on ``A4`` or ``Letter``."""
    with tempfile.TemporaryDirectory() as folder:
        page, printed = Path(folder) / "letter.html", Path(folder) / "letter.pdf"
        sized = document.replace("</head>", f"<style>@page{{size:{size};margin:10mm}}</style></head>")
        page.write_text(sized, encoding="utf-8")
        _chromium(folder, "--no-pdf-header-footer", f"--print-to-pdf={printed}", page.as_uri())
        return len(PdfReader(printed).pages)


def _chromium(folder: str, *arguments: str) -> str:
    program = browser()
    assert program is not None
    command = [program, *_FLAGS, f"--user-data-dir={folder}/profile", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
    return done.stdout
