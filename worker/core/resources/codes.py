"""The codes and sentences of the tables, for the resources that carry them."""

from typing import Any

from worker.core.model import Activity, Laterality
from worker.core.resources.frame import ACTION_SYSTEM, Frame
from worker.core.resources.parts import coding, concept
from worker.core.rules.output import Kind, OutputRow

__all__ = ["action_concept", "action_title", "assessment_text", "body_site", "place_of", "sentence", "site_text"]


def sentence(frame: Frame, key: str) -> str:
    """A sentence of the table; the key itself, readable, where a site's table lacks it."""
    row = frame.output.get("text", key)
    return row.text if row else key.replace("-", " ")


def action_title(frame: Frame, action: str) -> str:
    """What the action is called among clinicians; its id where no row names it."""
    row = frame.output.get("text", f"action-{action}")
    return row.text if row else action.replace("-", " ")


def action_concept(frame: Frame, action: str) -> dict[str, Any]:
    """The action with the codes of its row, and ours, which every server can search for."""
    title = action_title(frame, action)
    return concept(title, coding(ACTION_SYSTEM, action, title))


def body_site(activity: Activity, frame: Frame) -> dict[str, Any]:
    """Side and place as one concept: codings for side and quadrant, the whole place as text."""
    keys: tuple[tuple[Kind, str | None], ...] = (("side", activity.laterality), ("quadrant", activity.quadrant))
    rows = (frame.output.get(kind, key) for kind, key in keys if key)
    codings = [coding(row.system, row.code, row.display) for row in rows if row and row.code]
    return concept(place_of(activity, frame), *codings)


def place_of(activity: Activity, frame: Frame) -> str:
    """``left breast, upper outer quadrant, 2 o'clock``."""
    return site_text(frame, activity.laterality, activity.quadrant, activity.clock)


def site_text(frame: Frame, laterality: Laterality, quadrant: str | None = None, clock: int | None = None) -> str:
    """A place in words; a side that is not known is said to be not known."""
    parts = [_said(frame.output.get("side", laterality), f"{laterality} side")]
    if quadrant:
        parts.append(_said(frame.output.get("quadrant", quadrant), quadrant.replace("-", " ")))
    if clock:
        parts.append(f"{clock} o'clock")
    return ", ".join(parts)


def _said(row: OutputRow | None, fallback: str) -> str:
    return (row.text or row.display) if row else fallback


def assessment_text(scale: str | None, category: str | None) -> str:
    """``BI-RADS 4B``; empty without a category."""
    return f"{scale or 'unknown scale'} {category}" if category else ""
