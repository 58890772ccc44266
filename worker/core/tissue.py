"""
Tissue results: the most severe one of each side, its situation, and what its row calls for.

In: a case. Out: one :class:`Tissue` per side with a result; ``plan`` takes its actions, ``safety`` its questions.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from worker.core.case import Case, meets
from worker.core.descriptors import is_benign
from worker.core.ladder import Cause, Wanted, wanted
from worker.core.model import Laterality, Pathology
from worker.core.rules.plan_rows import PathologyRow

__all__ = ["Tissue", "tissue_of", "unknown_tissue", "wanted_by_tissue"]


@dataclass(frozen=True, slots=True)
class Tissue:
    """A tissue result with its row; ``is_residual``: calcifications are still described where tissue was removed."""

    pathology: Pathology
    row: PathologyRow
    is_residual: bool = False

    @property
    def laterality(self) -> Laterality:
        """The side of the result as the report says it."""
        return self.pathology.laterality


def tissue_of(case: Case) -> tuple[Tissue, ...]:
    """The most severe known result of each side, in reading order of the sides."""
    found: dict[Laterality, Tissue] = {}
    for pathology in case.reading.pathology:
        tissue = _tissue(pathology, case)
        if tissue is None:
            continue
        other = found.get(pathology.laterality)
        if other is None or _severity(tissue) > _severity(other):
            found[pathology.laterality] = tissue
    return tuple(found.values())


def _severity(tissue: Tissue) -> tuple[int, int, bool, str]:
    """By diagnosis; of one diagnosis the result that leaves more to do, whichever was read first."""
    row = tissue.row
    return row.rank, row.level, bool(row.issue), row.id


def unknown_tissue(case: Case) -> tuple[Pathology, ...]:
    """Results whose diagnosis no row names."""
    return tuple(one for one in case.reading.pathology if _tissue(one, case) is None)


def wanted_by_tissue(case: Case) -> Iterable[Wanted]:
    """What the tissue results call for; a row's level is that of its highest action; its options go with the first."""
    for tissue in tissue_of(case):
        row = tissue.row
        actions = [case.planning.actions[name] for name in row.actions]
        top = max((action.level for action in actions), default=0)
        for place, action in enumerate(actions):
            yield wanted(
                action,
                case,
                Cause(
                    rule=f"pathology:{row.id}",
                    evidence=tissue.pathology.evidence,
                    level=row.level if action.level == top else action.level,
                    laterality=tissue.laterality,
                    priority=row.priority if action.level == top else "routine",
                    tighter=row if place == 0 else None,
                    options=row.options if place == 0 else (),
                ),
            )


def _tissue(pathology: Pathology, case: Case) -> Tissue | None:
    is_residual = pathology.is_excision and _remains(pathology.laterality, case)
    row = case.planning.pathology(pathology.diagnosis, _situations(pathology, is_residual, case))
    return Tissue(pathology, row, is_residual) if row else None


def _situations(pathology: Pathology, is_residual: bool, case: Case) -> tuple[str, ...]:
    """The situations that apply, the most particular first."""
    if pathology.concordance == "discordant":
        return ("discordant",)
    if not pathology.is_excision:
        return (pathology.concordance or "unstated",)
    if not is_residual:
        return ("excised",)
    is_assessed = any(one.row.level and meets(one.laterality, pathology.laterality) for one in case.assessed)
    return ("residual-assessed", "residual", "excised") if is_assessed else ("residual", "excised")


def _remains(side: Laterality, case: Case) -> bool:
    return any(
        meets(finding.laterality, side) and not is_benign(finding, case.planning, by_shape_alone=True)
        for finding in case.findings
    )
