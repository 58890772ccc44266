"""Questions about tissue: does it fit the picture (C-11), call for more or lack (C-12), divide guidelines (P-02)."""

from collections.abc import Iterator

from worker.core.case import Assessed, Case, meets
from worker.core.safety.raised import Raised
from worker.core.tissue import Tissue, tissue_of, unknown_tissue

__all__ = ["tissue_questions"]

# Levels of the action ladder: from here on a category calls for tissue.
_TISSUE = 4


def tissue_questions(case: Case) -> Iterator[Raised]:
    """What each tissue result leaves open, by itself and with the category of its side."""
    for tissue in tissue_of(case):
        assessed = [one for one in case.assessed if one.row.level and meets(one.laterality, tissue.laterality)]
        yield from _by_its_row(tissue, assessed)
        yield from _with_category(tissue, assessed)
        if tissue.pathology.is_hedged:
            yield _raised("C-12", "hedged", tissue)
    for pathology in unknown_tissue(case):
        yield Raised("C-12", "unknown-diagnosis", pathology.evidence, side=pathology.laterality, ids=("pathology",))


def _by_its_row(tissue: Tissue, assessed: list[Assessed]) -> Iterator[Raised]:
    """The row's own question; what remains after benign tissue is answered by a category above routine."""
    if not tissue.row.issue:
        return
    is_answered = tissue.row.situation == "residual-assessed" and any(one.row.level > 1 for one in assessed)
    if not is_answered:
        rule, _, kind = tissue.row.issue.partition(":")
        yield _raised(rule, kind, tissue, max(assessed, key=lambda one: one.row.level, default=None))


def _with_category(tissue: Tissue, assessed: list[Assessed]) -> Iterator[Raised]:
    highest = max(assessed, key=lambda one: one.row.level, default=None)
    if highest is None:
        return
    if tissue.row.group == "benign":
        yield from _benign(tissue, assessed, highest)
    elif highest.row.level < min(_TISSUE, tissue.row.level) and tissue.row.group != "unresolved":
        yield _raised("C-12", "", tissue, highest)


def _benign(tissue: Tissue, assessed: list[Assessed], highest: Assessed) -> Iterator[Raised]:
    """C-11 at the categories that benign tissue does not explain; at others for tissue, whether it answers them."""
    discordant = [one for one in assessed if one.row.benign_is_discordant]
    if discordant:
        yield _raised("C-11", "", tissue, discordant[0])
    elif highest.row.level >= _TISSUE and not tissue.row.issue.startswith("C-11"):
        yield _raised("C-09", "tissue-and-category", tissue, highest)


def _raised(rule: str, kind: str, tissue: Tissue, one: Assessed | None = None) -> Raised:
    evidence = (*tissue.pathology.evidence, *(one.assessment.evidence if one else ()))
    category = one.assessment.category if one else ""
    return Raised(rule, kind, evidence, category, side=tissue.laterality, ids=(tissue.pathology.diagnosis,))
