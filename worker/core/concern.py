"""The order of concern of assessment categories, for choosing the one that stands for a breast or an exam."""

from collections.abc import Iterable

from worker.core.model import Assessment

__all__ = ["base_of", "most_concerning", "rank_of", "rank_of_birads"]

# As BI-RADS guidance orders an overall assessment: a known cancer (6) ranks below what still needs work-up (0, 4, 5).
# P (marker placement) only documents a clip and yields to any other.
_BIRADS = ("P", "1", "2", "3", "6", "0", "4", "4A", "4B", "4C", "5")
_RANKS = {category: rank for rank, category in enumerate(_BIRADS)}


def base_of(category: str) -> str:
    """The category without subdivision: ``4B`` -> ``4``, ``0-PR`` -> ``0``."""
    return category[:1] if category[:1].isdigit() else category


def rank_of(assessment: Assessment) -> int:
    """Higher is more worrying; -1 for a BI-RADS category that nobody knows. Other scales grow with their digit."""
    category = assessment.category
    if assessment.scale == "BI-RADS":
        return rank_of_birads(category)
    digits = [int(character) for character in category if character.isdigit()]
    return digits[0] if digits else -1


def rank_of_birads(category: str) -> int:
    """The same for a BI-RADS category alone."""
    return _RANKS.get(category, _RANKS.get(base_of(category), -1))


def most_concerning(assessments: Iterable[Assessment]) -> Assessment | None:
    """The most worrying of assessments on one scale; the first of equals."""
    return max(assessments, key=rank_of, default=None)
