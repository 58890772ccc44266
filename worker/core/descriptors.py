"""
What the words for a calcification say about it, by ``minimum.csv``: typically benign, usual at which category.

They find the side and the place that a category is about, and raise questions; they never make or change a category.
"""

from worker.core.model import Finding
from worker.core.rules.planning import Planning

__all__ = ["concerns", "expected_of", "explains", "is_benign"]

# Level of the action ladder at which a finding is watched; above it, it is worked up now.
_SHORT_INTERVAL = 2


def is_benign(finding: Finding, planning: Planning, by_shape_alone: bool = False) -> bool:
    """
    Whether every word for it is typically benign; nothing said is not benign.

    Args:
        by_shape_alone: Leaves out that the report calls it benign: "probably benign" is what a short interval is for.
    """
    if finding.descriptor == "suspicious":
        return False
    rows = [planning.minimums.get(name) for name in finding.morphology]
    classes = {row.suspicion if row else "unspecific" for row in rows}
    is_called_benign = finding.descriptor == "benign-appearing" and not classes & {"suspicious", "highly-suspicious"}
    return classes == {"benign"} or (is_called_benign and not by_shape_alone)


def expected_of(finding: Finding, planning: Planning, in_both_breasts: bool = False) -> str:
    """The least category that is usual for it: ``2``, ``3``, ``4``, ``review`` or empty; the highest of its shapes."""
    order = ("", "2", "review", "3", "4")
    names = finding.morphology or ("generic",)
    cells = (_cell(name, finding, planning, in_both_breasts) for name in names)
    return max(cells, key=order.index, default="")


def _cell(morphology: str, finding: Finding, planning: Planning, in_both_breasts: bool) -> str:
    row = planning.minimums.get(morphology)
    if row is None:
        return ""
    is_bilateral = in_both_breasts or finding.laterality == "bilateral"
    by_distribution = {
        "diffuse": row.diffuse_bilateral if is_bilateral else row.diffuse,
        "regional": row.regional,
        "grouped": row.grouped_bilateral if is_bilateral else row.grouped,
        "linear": row.linear,
        "segmental": row.segmental,
    }
    return by_distribution.get(finding.distribution or "", row.unspecified)


def concerns(finding: Finding, planning: Planning, level: int) -> bool:
    """Whether a category of this level above routine may be about it: neither typically benign nor usual at 2."""
    if finding.descriptor == "suspicious":
        return True
    if is_benign(finding, planning, by_shape_alone=level <= _SHORT_INTERVAL):
        return False
    return expected_of(finding, planning) != "2"


def explains(finding: Finding, planning: Planning, level: int) -> bool:
    """Whether this finding by itself says that a category of this level is about it."""
    if not concerns(finding, planning, level):
        return False
    is_named = any(name for name in finding.morphology if name != "generic")
    return bool(is_named or finding.distribution or finding.descriptor or finding.change or finding.associated)
