"""The codes and sentences of the tables, for the resources that carry them."""

from typing import Any

from worker.core.model import Activity, Laterality
from worker.core.resources.frame import ACTION_SYSTEM, Frame
from worker.core.resources.parts import coding, concept
from worker.core.rules.output import Kind

__all__ = ["action_concept", "action_title", "assessment_text", "body_site", "owner_concept", "place_of", "site_text"]


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


def place_of(activity: Activity, frame: Frame) -> str:
    """``left breast, upper outer quadrant, 2 o'clock``."""
    return site_text(frame, activity.laterality, activity.quadrant, activity.clock)


def site_text(frame: Frame, laterality: Laterality, quadrant: str | None = None, clock: int | None = None) -> str:
    """A place in words; a side that is not known is said to be not known."""
    parts = [frame.output.say("side", laterality)]
    if quadrant:
        parts.append(frame.output.say("quadrant", quadrant))
    if clock:
        parts.append(f"{clock} o'clock")
    return ", ".join(parts)


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
