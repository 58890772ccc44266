"""The patient's letter -> a Communication in preparation; it is completed only by whoever really sends it."""

from typing import Any

from worker.core.model import Letter
from worker.core.resources.frame import Frame
from worker.core.resources.parts import annotation, attachment, clean, coding, concept, drop_empty
from worker.core.resources.sources import report_source
from worker.core.resources.xhtml import brief

__all__ = ["communication", "payload_of"]

CATEGORY_SYSTEM = "http://terminology.hl7.org/CodeSystem/communication-category"


def communication(frame: Frame, letter: Letter) -> dict[str, Any]:
    """Plain text and HTML of the letter; category and topic carry no clinical detail, for notifications show them."""
    review = frame.output.say("text", "letter-review")
    status = ". ".join(part for part in (letter.notice, f"{review}: {letter.review_status}", letter.reason) if part)
    return drop_empty(
        {
            **frame.start("Communication", "communication", letter.language),
            "text": brief(letter.title, letter.notice, language=letter.language),
            "basedOn": [frame.reference("CarePlan", "care-plan")],
            "status": "preparation",
            "statusReason": concept(letter.notice) if letter.notice else {},
            "category": [
                concept(
                    frame.output.say("text", "letter-category"), coding(CATEGORY_SYSTEM, "notification", "Notification")
                )
            ],
            "subject": frame.subject,
            "topic": concept(frame.output.say("text", "letter-topic")),
            "about": [report_source(frame.outcome.report)],
            "recipient": [frame.subject],
            "payload": payload_of(letter, frame.instant),
            "note": [annotation(status, frame.instant)],
        }
    )


def payload_of(letter: Letter, instant: str) -> list[dict[str, Any]]:
    """The letter as plain text and as HTML, in R4's shape."""
    payload: list[dict[str, Any]] = [{"contentString": clean(letter.text)}] if letter.text else []
    if letter.html:
        payload.append({"contentAttachment": _attachment(letter, instant)})
    return payload


def _attachment(letter: Letter, instant: str) -> dict[str, Any]:
    made = attachment("text/html", letter.language, letter.html.encode())
    return {**made, "title": clean(letter.title), "creation": instant}
