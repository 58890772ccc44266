"""The plan as a clinician reads it in the EHR: what is open, what to do, where, by when, why, and from which words."""

from collections.abc import Iterator, Sequence
from datetime import date

from worker.core.model import Activity, Clock, Evidence, Issue
from worker.core.resources import xhtml
from worker.core.resources.codes import (
    action_title,
    assessment_text,
    code_text,
    finding_text,
    headlines,
    is_for_person,
    place_of,
    site_text,
    tissue_text,
)
from worker.core.resources.frame import Frame
from worker.core.resources.sources import evidence_of, is_code, passages_of, place_in_text, report_source
from worker.core.resources.xhtml import code, muted, paragraph, said, strong

__all__ = ["narrative"]

# A quote longer than this is cut in the picture; the Provenance and the offsets lead to the whole.
QUOTE_CHARACTERS = 160
PASSAGE_CHARACTERS = 400
QUOTES_OF_AN_ISSUE = 3  # the DetectedIssue has them all
_LOW = "low"  # severity of what is only for information
MOST_DESCRIBED = 6  # groups on the face; the words of all stand below


def narrative(frame: Frame) -> str:
    """The ``div`` of ``CarePlan.text``; holds come first."""
    made = (_face, _questions, _plan, _remarks, _clocks, _words, _letter, _foot)
    return xhtml.div(*(part(frame) for part in made))


def _face(frame: Frame) -> str:
    outcome, say = frame.outcome, frame.output.say
    tones = ("hold", "held") if outcome.hold else ("draft", "draft")
    ends = [say("label", "ends")] if any(each.is_open for each in outcome.ends) else []
    status = xhtml.status_line(tones[0], say("label", tones[1]), *ends)
    source = paragraph(muted(report_source(outcome.report)["display"]))
    return "".join((status, _headline(frame), _results(frame), _described(frame), source))


def _headline(frame: Frame) -> str:
    name, meaning, where = headlines(frame)[0]
    return paragraph(f'<b style="font-size:20px">{said(name)}</b> {_large(meaning)} {_large(where)}')


def _results(frame: Frame) -> str:
    """Every category and tissue result, where there are several: the headline names only one."""
    reading = frame.outcome.reading
    current = [one for one in reading.assessments if one.status == "current"]
    if len({(one.scale, one.category) for one in current}) + len(reading.pathology) <= 1:
        return ""
    found = [f"{assessment_text(one.scale, one.category)} {site_text(frame, one.laterality)}" for one in current]
    found += [f"{tissue_text(frame, one)} {site_text(frame, one.laterality)}" for one in reading.pathology]
    return paragraph(" · ".join(strong(each) for each in dict.fromkeys(found)))


def _described(frame: Frame) -> str:
    """The calcifications as they are described, each group with its place."""
    present = [one for one in frame.outcome.reading.findings if one.status == "present"]
    told = [f"{said(finding_text(frame, one))} · {said(place_of(one, frame))}" for one in present[:MOST_DESCRIBED]]
    left = len(present) - len(told)
    return paragraph(xhtml.lines((*told, muted(f"+ {left}") if left else ""))) if told else ""


def _large(text: str) -> str:
    return f'<span style="font-size:16px">· {said(text)}</span>' if text else ""


def _questions(frame: Frame) -> str:
    """What holds the plan, and what else a clinician must know before reading it."""
    holds = [_issue(frame, issue) for issue in frame.outcome.issues if issue.hold]
    notes = [_issue(frame, issue) for issue in frame.outcome.issues if not issue.hold and issue.severity != _LOW]
    asked = paragraph(strong(frame.output.say("label", "questions")))
    made = xhtml.box("hold", asked, *holds, name=xhtml.QUESTIONS_CLASS) if holds else ""
    return made + _noted(frame, notes)


def _remarks(frame: Frame) -> str:
    """What is only for information comes behind what is to be done."""
    notes = [_issue(frame, issue) for issue in frame.outcome.issues if not issue.hold and issue.severity == _LOW]
    notes += [paragraph(said(action_title(frame, note)), code(note)) for note in frame.outcome.plan.notes]
    return _noted(frame, notes)


def _noted(frame: Frame, notes: Sequence[str]) -> str:
    return xhtml.box("draft", paragraph(strong(frame.output.say("label", "remarks"))), *notes) if notes else ""


def _issue(frame: Frame, issue: Issue) -> str:
    say = frame.output.say
    due = f"{say('label', 'by')} {issue.due.isoformat()}" if issue.due else ""
    asked = ", ".join(part for part in (say("owner", issue.owner), due, issue.severity) if part)
    passages = [passage for passage, _ in passages_of(issue.evidence, frame.outcome)][:QUOTES_OF_AN_ISSUE]
    quotes = " · ".join(f"{_quote(frame, e)} {muted(place_in_text(e))}" for e in passages)
    return paragraph(xhtml.lines((f"{said(issue.text)} {muted(f'({asked})')} {code(issue.rule)}", quotes)))


def _plan(frame: Frame) -> str:
    say, activities = frame.output.say, frame.outcome.plan.activities
    if not activities:
        return xhtml.box("hold", paragraph(strong(say("text", "no-action"))))
    head = ((say("label", name), width) for name, width in (("what", 38), ("where", 18), ("when", 19), ("why", 25)))
    return xhtml.table(head, (_activity(frame, activity) for activity in activities))


def _activity(frame: Frame, activity: Activity) -> tuple[str, ...]:
    say = frame.output.say
    options = "; ".join(action_title(frame, option) for option in activity.options if option != activity.action)
    what = (
        strong(action_title(frame, activity.action)),
        muted(say("owner", activity.owner)),
        muted(f"{say('text', 'choose')}: {options}") if options else "",
    )
    chips: list[str] = [activity.priority] if activity.priority != "routine" else []
    chips += [say("label", "past")] if activity.due and activity.due < frame.outcome.today else []
    due = xhtml.day(activity.due.isoformat()) if activity.due else ""
    when = (
        " ".join((due, *(xhtml.chip("hold", chip) for chip in chips))).strip(),
        said(activity.timing or ""),
        *_dates(frame, activity),
    )
    passages = [passage for passage, _ in passages_of(activity.evidence, frame.outcome)]
    why = (*(_quote(frame, e) for e in passages[:2]), " ".join(code(rule) for rule in activity.rules))
    return xhtml.lines(what), _where(frame, activity), xhtml.lines(when), xhtml.lines(why)


def _where(frame: Frame, activity: Activity) -> str:
    concerns_breast = activity.laterality != "unknown" or not is_for_person(frame, activity.action)
    return said(place_of(activity, frame)) if concerns_breast else ""


def _dates(frame: Frame, activity: Activity) -> Iterator[str]:
    found: tuple[tuple[str, date | None], ...] = (
        ("earliest", activity.earliest),
        ("overdue", activity.overdue),
        ("breach", activity.breach),
    )
    return (muted(f"{frame.output.say('label', name)} {day.isoformat()}", True) for name, day in found if day)


def _clocks(frame: Frame) -> str:
    clocks = sorted(frame.outcome.plan.clocks, key=lambda clock: clock.due or date.max)
    if not clocks:
        return ""
    rows = ((_clock_day(frame, clock), said(clock.text), code(clock.rule)) for clock in clocks)
    return xhtml.heading(frame.output.say("label", "deadlines")) + xhtml.table((), rows)


def _clock_day(frame: Frame, clock: Clock) -> str:
    is_past = clock.due is not None and clock.due < frame.outcome.today
    day = xhtml.day(clock.due.isoformat() if clock.due else "?")
    return f"{day} {xhtml.chip('hold', frame.output.say('label', 'past'))}" if is_past else day


def _words(frame: Frame) -> str:
    """Every passage behind the plan with where it stands and the rows that read it (INV-9)."""
    found = passages_of(evidence_of(frame.outcome), frame.outcome)
    if not found:
        return ""
    rows = (
        (
            _quote(frame, e, PASSAGE_CHARACTERS),
            xhtml.lines((muted(place_in_text(e)), " ".join(code(rule) for rule in dict.fromkeys(rules)))),
        )
        for e, rules in found
    )
    return xhtml.heading(frame.output.say("label", "evidence")) + xhtml.table((), rows)


def _quote(frame: Frame, evidence: Evidence, most: int = QUOTE_CHARACTERS) -> str:
    if is_code(evidence):
        return f"{said(code_text(frame, evidence))} {code(evidence.text.rpartition('|')[2])}".strip()
    text = " ".join(evidence.text.split())
    short = text if len(text) <= most else f"{text[:most]}…"
    return f"“{said(short)}”" if short else ""


def _letter(frame: Frame) -> str:
    letter, say = frame.outcome.letter, frame.output.say
    if letter is None:
        return ""
    interpreter = say("label", "interpreter") if letter.needs_interpreter else ""
    state = [letter.language, letter.review_status, letter.reason, interpreter]
    by_reason: dict[str, list[str]] = {}
    for block in letter.blocks:
        by_reason.setdefault(block.why, []).append(f"{said(block.heading)} {code(block.id)}".strip())
    blocks = (f"{muted(f'{why}:')} {' · '.join(made)}" for why, made in by_reason.items())
    title = f"{say('label', 'letter')} ({', '.join(part for part in state if part)})"
    return xhtml.heading(title) + paragraph(xhtml.lines(blocks))


def _foot(frame: Frame) -> str:
    made = f"CalciFHIR · {frame.outcome.table_digest} · {frame.output.say('text', 'disclaimer')}"
    return f'<p style="margin:12px 0 0 0">{muted(made)}</p>'
