"""
The readability table of docs/letters.md.

``python -m tests.letters.readability``: write it anew between its two marks.
"""

from pathlib import Path

from tests.letters.prose import measured
from tests.letters.samples import letter_rules
from worker.core.rules import Rules

PAGE = Path(__file__).parents[2] / "docs" / "letters.md"
START, END = "<!-- readability: generated -->", "<!-- readability: end -->"


def table(rules: Rules) -> str:
    """Markdown: English by category, then every language's sentence length."""
    english, spanish = measured(rules, "en"), measured(rules, "es")
    lines = [
        "| category | words | sentences | words per sentence | longest "
        "| Flesch-Kincaid grade | Fernandez-Huerta (es) | INFLESZ (es) |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        "| *43 letters in use (Marcus et al.), mean* | | | | | *10.2 (7.7 to 13.5)* | | |",
    ]
    for category, one in english.items():
        lines.append(
            f"| {category} | {one.words} | {one.sentences} | {one.sentence_length:.1f} | {one.longest} "
            f"| {one.grade:.1f} | {spanish[category].ease:.0f} | {spanish[category].perspicuity:.0f} |"
        )
    lines += ["", "| language | mean sentence, all categories | longest sentence | counted in |", "|---|---:|---:|---|"]
    for language, row in rules.letters.languages.items():
        counts = measured(rules, language).values()
        mean = sum(one.words for one in counts) / sum(one.sentences for one in counts)
        unit = "characters" if language.startswith("zh") else "words"
        lines.append(f"| {row.name} | {mean:.1f} | {max(one.longest for one in counts)} | {unit} |")
    return "\n".join(lines)


def with_table(page: str, made: str) -> str:
    """The page with the table between its marks."""
    before, rest = page.split(START, 1)
    return f"{before}{START}\n{made}\n{END}{rest.split(END, 1)[1]}"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), table(letter_rules())), encoding="utf-8")
