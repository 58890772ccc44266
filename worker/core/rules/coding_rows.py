"""The columns of ``systems.csv``, ``concepts.csv``, ``codes.csv`` and ``relevance.csv``."""

from dataclasses import dataclass
from typing import Literal

from worker.core.model import Laterality, Purpose
from worker.core.rules.row import Row

__all__ = ["CodeRow", "Concept", "RelevanceRow", "System"]


# fmt: off
ConceptGroup = Literal[
    "action", "assessment-word", "category", "change", "clock", "concordance", "density", "depth", "distribution",
    "exam", "ignore", "landmark", "laterality", "lesion", "modality", "morphology", "pathology", "presence", "quadrant",
    "question", "region", "relationship", "risk", "surgery", "symptom", "wrong",
]
Suspicion = Literal[
    "", "benign", "unspecific", "context", "suspicious", "highly-suspicious", "in-situ", "malignant", "low",
    "intermediate", "high",
]
# fmt: on


@dataclass(frozen=True, slots=True, kw_only=True)
class System(Row):
    """
    A code system; ``id`` is the short name that ``codes.csv`` uses.

    ``aliases`` are other URIs, OIDs and DICOM designators in which it is sent; ``*`` stands for anything. In a
    hierarchical system a code that ends in ``*`` covers all codes that begin so.
    """

    uri: str
    aliases: tuple[str, ...] = ()
    ignores_case: bool = False
    hierarchical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept(Row):
    """
    One word of our vocabulary.

    ``names`` are the words that displays and answer texts use for it; names of one or two letters count only as the
    whole text. ``compatible`` lists what may stand beside it (of a clock position ``side:quadrant``). ``also`` replaces
    a concept that other tables do not know (``malignant`` is planned as ``pathology:invasive``).
    """

    group: ConceptGroup
    concept: str
    display: str
    lay: str = ""
    suspicion: Suspicion = ""
    editions: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    compatible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRow(Row):
    """
    What one code means.

    ``also`` holds further meanings as ``group:concept`` (a side, a second action); ``months`` the interval that a
    recommendation carries; ``breast`` says that the code can only be about the breast.
    """

    system: str
    code: str
    group: str
    concept: str
    also: tuple[str, ...] = ()
    scale: str = "BI-RADS"
    months: int | None = None
    breast: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RelevanceRow(Row):
    """
    What makes a message ours.

    ``code`` rows: codes of reports and of Observations; ``category`` rows: codes of their categories; ``word`` rows:
    phrases (``*`` at the end: any ending). Effect of a word: ``ours`` names an exam of the breast, ``breast`` the
    organ, ``not-ours`` another organ or exam, ``calcification`` what other organs have, too.
    """

    kind: Literal["code", "category", "word"]
    effect: Literal["ours", "generic", "not-ours", "breast", "calcification"]
    system: str = ""
    code: str = ""
    phrases: tuple[str, ...] = ()
    modality: str = ""
    purpose: Purpose = "unknown"
    laterality: Laterality = "unknown"
