"""
A headless browser for what only a browser can tell: accessibility by axe-core, and how many pages a letter takes.

Both are optional: without Chromium, or without axe-core (``npm install axe-core``, or CALCIFHIR_AXE naming
axe.min.js), the checks say in plain words that they were left out.
"""

import json
import os
import shutil
import subprocess
import tempfile
from html import unescape
from pathlib import Path

from pypdf import PdfReader

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
_RUN = """
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const told = fault => fault.id + ': ' + fault.nodes.map(node => node.html).join(' | ');
axe.run(document, {runOnly: rules}).then(found => {
  document.body.textContent = JSON.stringify(found.violations.map(told));
});
"""


def browser() -> str | None:
    """Path of Chromium or Chrome; None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def axe() -> str | None:
    """The source of axe-core; None where it is not installed."""
    named = os.environ.get("CALCIFHIR_AXE")
    path = Path(named) if named else Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
    return path.read_text(encoding="utf-8") if path.is_file() else None


def violations(document: str, source: str) -> list[str]:
    """What axe-core finds in a letter: rule and nodes."""
    run = f"<script>{source}</script><script>{_RUN}</script></body>"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "letter.html"
        page.write_text(document.replace("</body>", run), encoding="utf-8")
        told = _chromium(folder, "--virtual-time-budget=20000", "--dump-dom", page.as_uri())
    found: list[str] = json.loads(unescape(told[told.index("<body") :].partition(">")[2].partition("</body>")[0]))
    return found


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
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout
