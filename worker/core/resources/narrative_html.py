"""The plan as a clinician reads it in the EHR: what is open, what to do, where, by when, why, and from which words."""

from collections.abc import Iterator
from datetime import date

from worker.core.model import Activity, Evidence, Issue
from worker.core.resources import xhtml
from worker.core.resources.codes import action_title, assessment_text, place_of, site_text
from worker.core.resources.frame import Frame
from worker.core.resources.sources import evidence_of, place_in_text, report_source
from worker.core.resources.xhtml import code, muted, paragraph, said, strong

__all__ = ["narrative"]

# A quote longer than this is cut in the picture; the Provenance and the offsets lead to the whole.
QUOTE_CHARACTERS = 160


def narrative(frame: Frame) -> str:
    """The ``div`` of ``CarePlan.text``; holds come first."""
    parts = (_face(frame), _questions(frame), _plan(frame), _clocks(frame), _words(frame), _letter(frame), _foot(frame))
    return xhtml.div(*parts)


def _face(frame: Frame) -> str:
    outcome, say = frame.outcome, frame.output.say
    plan = outcome.plan
    tones = ("hold", "held") if outcome.hold else ("draft", "draft")
    status = xhtml.status_line(tones[0], say("label", tones[1]))
    category = assessment_text(plan.scale, plan.category) or say("text", "no-category")
    where = site_text(frame, plan.laterality)
    title = f'<b style="font-size:20px">{said(category)}</b> <span style="font-size:16px">· {said(where)}</span>'
    return status + paragraph(title) + paragraph(muted(report_source(outcome.report)["display"]))


def _questions(frame: Frame) -> str:
    """Two blocks: what holds the plan, and what is only noted."""
    issues, say = frame.outcome.issues, frame.output.say
    holds = [_issue(frame, issue) for issue in issues if issue.hold]
    notes = [_issue(frame, issue) for issue in issues if not issue.hold]
    made = xhtml.box("hold", paragraph(strong(say("label", "questions"))), *holds) if holds else ""
    return made + (xhtml.box("draft", paragraph(strong(say("label", "remarks"))), *notes) if notes else "")


def _issue(frame: Frame, issue: Issue) -> str:
    say = frame.output.say
    due = f"{say('label', 'by')} {issue.due.isoformat()}" if issue.due else ""
    asked = ", ".join(part for part in (say("owner", issue.owner), due, issue.severity) if part)
    quotes = xhtml.lines(_quote(evidence) for evidence in issue.evidence[:3])
    return paragraph(said(issue.text), muted(f"({asked})"), code(issue.rule)) + (paragraph(quotes) if quotes else "")


def _plan(frame: Frame) -> str:
    say, activities = frame.output.say, frame.outcome.plan.activities
    if not activities:
        return xhtml.box("hold", paragraph(strong(say("text", "no-action"))))
    head = (say("label", name) for name in ("what", "where", "when", "why"))
    return xhtml.table(head, (_activity(frame, activity) for activity in activities))


def _activity(frame: Frame, activity: Activity) -> tuple[str, ...]:
    say = frame.output.say
    options = "; ".join(action_title(frame, option) for option in activity.options)
    what = (
        strong(action_title(frame, activity.action)),
        muted(say("owner", activity.owner)),
        muted(f"{say('text', 'choose')}: {options}") if options else "",
    )
    urgent = xhtml.chip("hold", activity.priority) if activity.priority != "routine" else ""
    when = (
        f"{strong(activity.due.isoformat())} {urgent}" if activity.due else urgent,
        said(activity.timing or ""),
        *_dates(frame, activity),
    )
    why = (*(_quote(e) for e in activity.evidence[:2]), " ".join(code(rule) for rule in activity.rules))
    return xhtml.lines(what), said(place_of(activity, frame)), xhtml.lines(when), xhtml.lines(why)


def _dates(frame: Frame, activity: Activity) -> Iterator[str]:
    found: tuple[tuple[str, date | None], ...] = (
        ("earliest", activity.earliest),
        ("overdue", activity.overdue),
        ("breach", activity.breach),
    )
    return (muted(f"{frame.output.say('label', name)} {day.isoformat()}") for name, day in found if day)


def _clocks(frame: Frame) -> str:
    clocks = frame.outcome.plan.clocks
    if not clocks:
        return ""
    rows = ((strong(c.due.isoformat() if c.due else "?"), said(c.text), code(c.rule)) for c in clocks)
    return xhtml.heading(frame.output.say("label", "deadlines")) + xhtml.table((), rows)


def _words(frame: Frame) -> str:
    """Every quote behind the plan with where it stands and the row that read it (INV-9)."""
    found = evidence_of(frame.outcome)
    if not found:
        return ""
    rows = ((_quote(e), muted(place_in_text(e)), code(e.rule)) for e in found)
    return xhtml.heading(frame.output.say("label", "evidence")) + xhtml.table((), rows)


def _quote(evidence: Evidence) -> str:
    text = " ".join(evidence.text.split())
    short = text if len(text) <= QUOTE_CHARACTERS else f"{text[:QUOTE_CHARACTERS]}…"
    return f"“{said(short)}”" if short else ""


def _letter(frame: Frame) -> str:
    letter, say = frame.outcome.letter, frame.output.say
    if letter is None:
        return ""
    state = [letter.language, letter.review_status, say("label", "interpreter") if letter.needs_interpreter else ""]
    blocks = (f"{said(block.heading or block.id)} {muted(block.why)} {code(block.id)}" for block in letter.blocks)
    title = f"{say('label', 'letter')} ({', '.join(part for part in state if part)})"
    return xhtml.heading(title) + paragraph(xhtml.lines(blocks))


def _foot(frame: Frame) -> str:
    made = f"CalciFHIR · {frame.outcome.table_digest} · {frame.output.say('text', 'disclaimer')}"
    return f'<p style="margin:12px 0 0 0">{muted(made)}</p>'
