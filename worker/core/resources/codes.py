"""The codes and sentences of the tables, for the resources that carry them."""

from typing import Any

from worker.core.case import joined
from worker.core.model import Activity, Coding, Evidence, Finding, Laterality, Pathology
from worker.core.resources.frame import ACTION_SYSTEM, Frame
from worker.core.resources.parts import coding, concept
from worker.core.rules.output import Kind

__all__ = [
    "action_concept",
    "action_title",
    "assessment_text",
    "body_site",
    "code_text",
    "finding_text",
    "headlines",
    "owner_concept",
    "place_of",
    "site_text",
    "tissue_text",
]


def action_title(frame: Frame, action: str) -> str:
    """What the action is called among clinicians; its id where no row names it."""
    row = frame.rules.planning.action(action)
    return row.name if row else action.replace("-", " ")


def action_concept(frame: Frame, action: str, laterality: Laterality) -> dict[str, Any]:
    """The action with the codes of its row, the most widely used first, and with ours, which is always there."""
    row = frame.rules.planning.action(action)
    codings = row.codings(laterality) if row else ()
    said = [coding(c.system, c.code, c.display or "") for c in codings]
    return concept(action_title(frame, action), *said, coding(ACTION_SYSTEM, action))


def category_concept(frame: Frame, action: str) -> dict[str, Any]:
    """The ServiceRequest category of an action; empty for an action that no row names."""
    row = frame.rules.planning.action(action)
    return _coded(frame, "category", row.category) if row else {}


def owner_concept(frame: Frame, owner: str) -> dict[str, Any]:
    """The body responsible, in words."""
    return concept(frame.output.say("owner", owner))


def body_site(activity: Activity, frame: Frame) -> dict[str, Any]:
    """Side and place as one concept: codings for side and quadrant, the whole place as text."""
    side = _coded(frame, "side", activity.laterality).get("coding", [])
    quadrant = _coded(frame, "quadrant", activity.quadrant).get("coding", []) if activity.quadrant else []
    return concept(place_of(activity, frame), *side, *quadrant)


def place_of(thing: Activity | Finding, frame: Frame) -> str:
    """``left breast, upper outer quadrant, 2 o'clock``."""
    return site_text(frame, thing.laterality, thing.quadrant, thing.clock)


def finding_text(frame: Frame, finding: Finding) -> str:
    """``Calcifications: fine pleomorphic, grouped, new, 12 mm``."""
    names = [_concept_text(frame, "morphology", shape) for shape in finding.morphology if shape != "generic"]
    names += [_concept_text(frame, "distribution", finding.distribution)] if finding.distribution else []
    names += [finding.change] if finding.change else []
    names += [f"{finding.extent_mm:g} mm"] if finding.extent_mm else []
    return f"{frame.output.say('text', 'calcifications')}{': ' if names else ''}{', '.join(names)}"


def tissue_text(frame: Frame, tissue: Pathology) -> str:
    """``Ductal carcinoma in situ (not certain)``."""
    row = frame.rules.planning.pathology(tissue.diagnosis, ())
    hedged = f" ({frame.output.say('text', 'hedged')})" if tissue.is_hedged else ""
    return f"{row.name if row else tissue.diagnosis}{hedged}"


def code_text(frame: Frame, evidence: Evidence) -> str:
    """What a code that was read means; empty for one that nobody knows."""
    system, _, code = evidence.text.rpartition("|")
    row = frame.rules.vocabulary.row_of(Coding(system, code))
    if row is None or row.group in ("wrong", "ignore"):
        return ""
    return (
        assessment_text(row.scale, row.concept) if row.group == "category" else _display(frame, row.group, row.concept)
    )


def _concept_text(frame: Frame, group: str, name: str) -> str:
    return _display(frame, group, name).lower() or name.replace("-", " ")


def _display(frame: Frame, group: str, name: str) -> str:
    row = frame.rules.vocabulary.concepts.get((group, name))
    return row.display if row else ""


def site_text(frame: Frame, laterality: Laterality, quadrant: str | None = None, clock: int | None = None) -> str:
    """A place in words; a side that is not known is said to be not known."""
    parts = [frame.output.say("side", laterality)]
    if quadrant:
        parts.append(frame.output.say("quadrant", quadrant))
    if clock:
        parts.append(f"{clock} o'clock")
    return ", ".join(parts)


def headlines(frame: Frame) -> tuple[tuple[str, str, str], ...]:
    """
    What the plan is about, as (name, meaning, place): the category that governs and the worst tissue result.

    First what calls for more; where there is neither, that no category was read.
    """
    plan, planning, found = frame.outcome.plan, frame.rules.planning, []
    if plan.category:
        name = assessment_text(plan.scale, plan.category)
        row = planning.assessment(plan.scale or "", plan.category)
        found.append((row.level, (name, row.name, _category_site(frame))))
    tissue = max(frame.outcome.reading.pathology, key=lambda one: _weight(frame, one), default=None)
    if tissue:
        _, level = _weight(frame, tissue)
        found.append((level, (tissue_text(frame, tissue), "", site_text(frame, tissue.laterality))))
    found.sort(key=lambda one: -one[0])
    none = (frame.output.say("text", "no-category"), "", site_text(frame, plan.laterality))
    return tuple(told for _, told in found) or (none,)


def _weight(frame: Frame, tissue: Pathology) -> tuple[int, int]:
    row = frame.rules.planning.pathology(tissue.diagnosis, ())
    return (row.rank, row.level) if row else (0, 0)


def _category_site(frame: Frame) -> str:
    """The breast of the category that the plan names; where both have one, not that of the other's lower one."""
    plan, reading = frame.outcome.plan, frame.outcome.reading
    named = (plan.scale, plan.category)
    own = joined(
        one.laterality for one in reading.assessments if one.status == "current" and (one.scale, one.category) == named
    )
    return site_text(frame, plan.laterality if own == "unknown" else own)


def is_for_person(frame: Frame, action: str) -> bool:
    """Whether the action concerns the person and no breast (a call, a referral)."""
    row = frame.rules.planning.action(action)
    return row is not None and row.site == "person"


def assessment_text(scale: str | None, category: str | None) -> str:
    """``BI-RADS 4B``; empty without a category."""
    return f"{scale or 'unknown scale'} {category}" if category else ""


def _coded(frame: Frame, kind: Kind, key: str) -> dict[str, Any]:
    row = frame.output.get(kind, key)
    if row is None:
        return concept(key.replace("-", " "))
    return concept(row.text, *([coding(row.system, row.code, row.display)] if row.code else []))
