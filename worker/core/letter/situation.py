"""Which letter category a reading and its plan lead to; what does not fit anywhere is held."""

from collections.abc import Iterable, Iterator

from worker.core.model import Issue, Pathology, Plan, Reading
from worker.core.rules import Letters
from worker.core.rules.letter_rows import SituationRow

HELD = "held"
_BENIGN = "benign"


def letter_category(reading: Reading, plan: Plan, issues: Iterable[Issue], letters: Letters) -> str:
    """
    The category whose words the letter may use.

    Returns:
        The highest-ranked situation that fits the plan's level and actions, so that the words are never below the plan;
        ``held`` when a clinician must look first, or when nothing fits.
    """
    if any(issue.hold for issue in issues) or not plan.activities:
        return HELD
    actions = {activity.action for activity in plan.activities}
    fitting = [row for row in _candidates(reading, plan, letters) if _fits(row, plan.level, actions)]
    return max(fitting, key=lambda row: row.rank).category if fitting else HELD


def _candidates(reading: Reading, plan: Plan, letters: Letters) -> Iterator[SituationRow]:
    keys = [("category", plan.scale or "", plan.category or ""), ("level", "", str(plan.level))]
    keys += [("pathology", "", _tissue_code(found)) for found in reading.pathology]
    for key in keys:
        row = letters.situations.get(key)
        if row:
            yield row


def _tissue_code(found: Pathology) -> str:
    """Benign tissue is good news only when the team found that it fits, or when all of it was taken out."""
    if found.diagnosis != _BENIGN:
        return found.diagnosis
    return f"{_BENIGN}/{'excised' if found.is_excision else found.concordance or 'unstated'}"


def _fits(row: SituationRow, level: int, actions: set[str]) -> bool:
    return row.floor <= level <= row.ceiling and (not row.actions or not actions.isdisjoint(row.actions))
