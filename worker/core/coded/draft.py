"""What the coded reader has found so far; turned into a Reading at the end."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from worker.core.coded.places import place_of
from worker.core.model import (
    Assessment,
    Coding,
    Doubt,
    Evidence,
    Finding,
    Laterality,
    Pathology,
    Reading,
    Recommendation,
    Report,
    Risk,
)
from worker.core.rules import Vocabulary

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """
    Lists that grow while a report is read.

    ``verdicts`` are statements of concordance; ``unknown`` codes that no table knows, wherever they stood.
    """

    report: Report
    vocabulary: Vocabulary
    findings: list[Finding] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    pathology: list[Pathology] = field(default_factory=list)
    risks: list[Risk] = field(default_factory=list)
    densities: list[tuple[str, Evidence]] = field(default_factory=list)
    symptoms: list[Evidence] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    verdicts: list[str] = field(default_factory=list)
    unknown: list[Coding] = field(default_factory=list)

    def specimen_side(self) -> Laterality:
        """Of a report about tissue the side from which its specimen was taken; unknown of any other report."""
        if self.report.purpose != "pathology":
            return "unknown"
        return place_of(self.report.sites, (), "unknown", self.vocabulary).laterality

    def reading(self) -> Reading:
        """Everything found, each doubt once; of several densities the densest."""
        return Reading(
            findings=tuple(self.findings),
            assessments=tuple(self.assessments),
            recommendations=tuple(self.recommendations),
            pathology=tuple(self._judged()),
            risks=tuple({risk.risk: risk for risk in reversed(self.risks)}.values())[::-1],
            density=max((density for density, _ in self.densities), default=None),
            symptoms=tuple(dict.fromkeys(self.symptoms)),
            doubts=tuple(dict.fromkeys(self.doubts)),
        )

    def _judged(self) -> Iterator[Pathology]:
        """Tissue results with the concordance that the report states of them; one discordant verdict stands for all."""
        for found in self.pathology:
            if self.verdicts and found.concordance is None:
                is_discordant = any(verdict != "concordant" for verdict in self.verdicts)
                yield replace(found, concordance="discordant" if is_discordant else "concordant")
            else:
                yield found
