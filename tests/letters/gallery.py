"""
Every letter of every category, action and language as HTML, with a page to look them over.

``python -m tests.letters.gallery OUT``: OUT/index.html, OUT/<language>/<category>[--<action>].html, and for reviewers
OUT/<language>/words.html. Each letter is
looked through for forbidden words and for faults of form; where Chromium is, the letters of every category and language
are opened in it, and where axe-core is too, it is asked about each. Faults are printed and make the command fail; what
was left out is said.
"""

import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from tests.letters.browser import SCREEN_HEIGHT, SCREEN_WIDTH, axe, browser, look
from tests.letters.form import faults_of_contrast, faults_of_form, faults_of_words
from tests.letters.review import sheet
from tests.letters.samples import cases, letter_rules, report, with_action
from worker.core.explain import explain
from worker.core.model import Letter
from worker.core.rules import Rules

_STYLE = (
    "body{font:15px/1.5 sans-serif;margin:2rem;color:#1b2a33}a{color:#0b6470}h2{margin:2rem 0 .5rem}"
    ".row{display:flex;flex-wrap:wrap;gap:18px}figure{margin:0;width:252px}figcaption{font-size:13px}"
    ".page{width:252px;height:356px;overflow:hidden;border:1px solid #c9d9dc;background:#fff}"
    "iframe{width:720px;height:1017px;border:0;transform:scale(.35);transform-origin:0 0;pointer-events:none}"
    "details{font-size:13px}summary,figcaption a{display:inline-block;padding:5px 0}"
)


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
    for language in dict.fromkeys(language for links in rows.values() for language in links):
        (folder / language / "words.html").write_text(sheet(language, rules), encoding="utf-8")
    (folder / "index.html").write_text(_index(rows, written), encoding="utf-8")
    return written, faults


def _index(rows: dict[str, dict[str, list[tuple[str, str]]]], written: int) -> str:
    """A picture of each category's typical letter, language by language, and links to those with one more action."""
    languages = dict.fromkeys(language for links in rows.values() for language in links)
    parts = []
    for language in languages:
        shown = "".join(_picture(category, rows[category][language]) for category in rows)
        words = f'<a href="{escape(language)}/words.html">all its words, for a reviewer</a>'
        parts.append(f'<h2>{escape(language)}</h2><p>{words}</p><div class="row">{shown}</div>')
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Letters</title>'
        f"<style>{_STYLE}</style></head><body><main><h1>{written} letters</h1>"
        f"<p>All of made-up people. None may be sent.</p>{''.join(parts)}</main></body></html>"
    )


def _picture(category: str, links: list[tuple[str, str]]) -> str:
    (_, typical), *others = links
    named = escape(f"Category {category}")
    linked = " · ".join(f'<a href="{escape(path)}">{escape(label)}</a>' for label, path in others)
    more = f"<details><summary>with one more action</summary>{linked}</details>" if others else ""
    return (
        f'<figure><div class="page"><iframe src="{escape(typical)}" title="{named}" loading="lazy" tabindex="-1">'
        f'</iframe></div><figcaption><a href="{escape(typical)}">{named}</a></figcaption>{more}</figure>'
    )


def seen_faults(rules: Rules) -> tuple[str, list[str]]:
    """What was looked at in a browser, or why it was not; and the faults of every category in every language."""
    if browser() is None:
        return "no Chromium on this machine: no letter was opened in a browser, axe-core was not asked", []
    source = axe()
    shown = {f"{language}/{category}": letter for language, category, _, letter in letters(rules, actions=("",))}
    faults = []
    for name, seen in look(shown, rules, source).items():
        faults += (f"{name}: axe: {fault}" for fault in seen.violations)
        if seen.width > SCREEN_WIDTH or seen.message > SCREEN_HEIGHT:
            faults.append(f"{name}: leaves a telephone's screen: {seen.width} x {seen.message}")
    asked = "axe-core asked about each" if source else "axe-core is not here and was not asked"
    return f"{len(shown)} letters opened in a browser, {asked}", faults


def main() -> None:
    """Write to the folder named on the command line."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.letters.gallery OUT")
    folder = Path(sys.argv[1])
    rules = letter_rules()
    written, faults = write(folder, rules)
    told, more = seen_faults(rules)
    faults += more
    print(f"{written} letters in {folder}, start with {folder / 'index.html'}; {told}; faults: {len(faults)}")
    if faults:
        sys.exit("\n".join(faults[:50]))


if __name__ == "__main__":
    main()
