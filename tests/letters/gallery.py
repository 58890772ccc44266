"""
Every letter of every category, action and language as HTML, with a page to look them over.

``python -m tests.letters.gallery OUT``: OUT/index.html and OUT/<language>/<category>[--<action>].html.
"""

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from tests.letters.samples import cases, letter_rules, report, with_action
from worker.core.explain import explain
from worker.core.model import Letter
from worker.core.rules import Rules


def letters(rules: Rules) -> Iterator[tuple[str, str, str, Letter]]:
    """(language, category, action or "", letter) for every one that there is."""
    for language in rules.letters.languages:
        for category, case in cases().items():
            for action in ("", *rules.letters.steps):
                reading, plan, issues = with_action(case, action) if action else case
                letter = explain(reading, plan, issues, report(language), rules)
                assert letter is not None
                yield language, category, action, letter


def write(folder: Path, rules: Rules) -> int:
    """Write the gallery; the number of letters."""
    written = 0
    rows: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for language, category, action, letter in letters(rules):
        name = f"{language}/{category}{f'--{action}' if action else ''}.html"
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(letter.html, encoding="utf-8")
        rows.setdefault(category, {}).setdefault(language, []).append((action or "typical plan", name))
        written += 1
    (folder / "index.html").write_text(_index(rows, written), encoding="utf-8")
    return written


def _index(rows: dict[str, dict[str, list[tuple[str, str]]]], written: int) -> str:
    parts = []
    for category, languages in rows.items():
        parts.append(f"<h2>Category {escape(category)}</h2>")
        for language, links in languages.items():
            linked = " · ".join(f'<a href="{escape(path)}">{escape(label)}</a>' for label, path in links)
            parts.append(f"<p><strong>{escape(language)}</strong> {linked}</p>")
    style = "body{font:15px/1.5 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}a{color:#0b6470}"
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Letters</title>'
        f"<style>{style}</style></head><body><h1>{written} letters</h1>"
        f"<p>All of made-up people. None may be sent.</p>{''.join(parts)}</body></html>"
    )


def main() -> None:
    """Write to the folder named on the command line."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.letters.gallery OUT")
    folder = Path(sys.argv[1])
    print(f"{write(folder, letter_rules())} letters in {folder}, start with {folder / 'index.html'}")


if __name__ == "__main__":
    main()
