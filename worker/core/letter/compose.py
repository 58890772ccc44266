"""Chooses the blocks of one letter and fills them in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from worker.core.letter.language import Speaker
from worker.core.model import LetterBlock, Plan, Reading
from worker.core.rules import Letters, Practice
from worker.core.rules.letter_rows import BlockRow, NumberRow


def circumstances_of(reading: Reading, plan: Plan, practice: Practice) -> frozenset[str]:
    """What ``needs`` and ``unless`` of blocks.csv ask for, as tokens; what is unknown gives none."""
    present = [finding for finding in reading.findings if finding.status == "present"]
    tokens = {f"density:{reading.density}", f"side:{side_of(reading, plan)}"}
    tokens |= {f"morphology:{name}" for finding in present for name in finding.morphology}
    tokens |= {f"distribution:{finding.distribution}" for finding in present}
    tokens |= {f"pathology:{found.diagnosis}" for found in reading.pathology}
    tokens |= {f"concordance:{found.concordance}" for found in reading.pathology}
    tokens |= {f"risk:{found.risk}" for found in reading.risks}
    tokens |= {"calcifications"} if present else set()
    tokens |= {"symptoms"} if reading.symptoms else set()
    return practice.tokens.union(tokens)


def side_of(reading: Reading, plan: Plan) -> str:
    """The side or sides of what was found, else of the plan."""
    sides = {finding.laterality for finding in reading.findings if finding.status == "present"}
    if not sides or sides == {"unknown"}:
        return plan.laterality
    return _joined(sides - {"unknown"})


def _joined(sides: Iterable[str]) -> str:
    known = set(sides)
    return known.pop() if len(known) == 1 else "bilateral"


def blocks_for(
    category: str, plan: Plan, circumstances: frozenset[str], letters: Letters, practice: Practice
) -> Iterator[BlockRow]:
    """The rows that this letter is made of, in the order of the letter."""
    actions = frozenset(activity.action for activity in plan.activities)
    profile = practice.get("letter.profile") or "standard"
    for row in letters.blocks.get(category, ()):
        if row.actions and actions.isdisjoint(row.actions):
            continue
        if row.profiles and profile not in row.profiles:
            continue
        if circumstances.issuperset(row.needs) and circumstances.isdisjoint(row.unless):
            yield row


def filled(row: BlockRow, category: str, speaker: Speaker) -> LetterBlock:
    """The row's words in the letter's language, with the reason why they stand there."""
    why = "; ".join((f"category {category}", *row.needs))
    return speaker.phrases.block(row.id, row.seeds, why, speaker.arguments)


@dataclass(frozen=True, slots=True)
class Number:
    """How many of 100, at least and at most; None where the row speaks without a number."""

    row: NumberRow
    low: int | None
    high: int | None


def number_for(category: str, letters: Letters, practice: Practice) -> Number | None:
    """The number that a letter of this category may say; the first row that is allowed here, None where none is."""
    for row in letters.numbers.get(category, ()):
        share = practice.share(row.fact) if row.use == "local" else None
        if share is not None:
            return Number(row, share, share)
        if _is_allowed(row, practice):
            return Number(row, row.low, row.high)
    return None


def _is_allowed(row: NumberRow, practice: Practice) -> bool:
    if row.country and row.country != practice.get("country"):
        return False
    return row.use == "on" or (row.use == "opt-in" and practice.get(row.fact) == "yes")
