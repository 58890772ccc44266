"""
Every letter of every category, action and language as HTML, with a page to look them over.

``python -m tests.letters.gallery OUT``: OUT/index.html and OUT/<language>/<category>[--<action>].html. Each letter is
looked through for forbidden words and for faults of form; faults are printed and make the command fail.
"""

import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from tests.letters.form import faults_of_contrast, faults_of_form, faults_of_words
from tests.letters.samples import cases, letter_rules, report, with_action
from worker.core.explain import explain
from worker.core.model import Letter
from worker.core.rules import Rules

_STYLE = "body{font:15px/1.5 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}a{color:#0b6470}"


def letters(
    rules: Rules, languages: Sequence[str] = (), actions: Sequence[str] = (), categories: Sequence[str] = ()
) -> Iterator[tuple[str, str, str, Letter]]:
    """(language, category, action, letter) for every one that there is; action "" is the category's typical plan."""
    chosen = {category: case for category, case in cases().items() if not categories or category in categories}
    for language in languages or rules.letters.languages:
        for category, case in chosen.items():
            for action in actions or ("", *rules.letters.steps):
                reading, plan, issues = with_action(case, action) if action else case
                letter = explain(reading, plan, issues, report(language), rules)
                assert letter is not None
                yield language, category, action, letter


def write(
    folder: Path, rules: Rules, languages: Sequence[str] = (), actions: Sequence[str] = ()
) -> tuple[int, list[str]]:
    """Write the gallery; the number of letters, and the faults found in them."""
    rows: dict[str, dict[str, list[tuple[str, str]]]] = {}
    faults: list[str] = []
    seen: set[tuple[str, str, str]] = set()
    for language, category, action, letter in letters(rules, languages, actions):
        name = f"{language}/{category}{f'--{action}' if action else ''}.html"
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(letter.html, encoding="utf-8")
        faults += faults_of_words(letter, category, rules, seen)
        if not action:
            faults += (f"{name}: {fault}" for fault in (*faults_of_form(letter.html), *faults_of_contrast(letter.html)))
        rows.setdefault(category, {}).setdefault(language, []).append((action or "typical plan", name))
    written = sum(len(links) for by_language in rows.values() for links in by_language.values())
    (folder / "index.html").write_text(_index(rows, written), encoding="utf-8")
    return written, faults


def _index(rows: dict[str, dict[str, list[tuple[str, str]]]], written: int) -> str:
    parts = []
    for category, languages in rows.items():
        parts.append(f"<h2>Category {escape(category)}</h2>")
        for language, links in languages.items():
            linked = " · ".join(f'<a href="{escape(path)}">{escape(label)}</a>' for label, path in links)
            parts.append(f"<p><strong>{escape(language)}</strong> {linked}</p>")
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Letters</title>'
        f"<style>{_STYLE}</style></head><body><h1>{written} letters</h1>"
        f"<p>All of made-up people. None may be sent.</p>{''.join(parts)}</body></html>"
    )


def main() -> None:
    """Write to the folder named on the command line."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.letters.gallery OUT")
    folder = Path(sys.argv[1])
    written, faults = write(folder, letter_rules())
    print(f"{written} letters in {folder}, start with {folder / 'index.html'}; faults: {len(faults)}")
    if faults:
        sys.exit("\n".join(faults[:50]))


if __name__ == "__main__":
    main()
