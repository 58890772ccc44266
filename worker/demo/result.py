"""What became of each message, side by side with what should have become of it."""

from dataclasses import dataclass
from typing import Any

from worker.core.resources.frame import ACTION_SYSTEM
from worker.demo.engine import Sent

__all__ = ["Row", "row_of", "totals"]

_NOT_SHOWN = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``faults`` says what differs from what was expected, empty when all is right."""

    sent: Sent
    read: str
    category: str | None
    plan: str
    hold: bool | None
    at_ehr: str
    faults: tuple[str, ...]
    resources: tuple[dict[str, Any], ...] = ()


def row_of(sent: Sent, record: dict[str, Any] | None, written: tuple[dict[str, Any], ...]) -> Row:
    """
    Join a message, its outcome record and what the EHR holds of it.

    Args:
        record: ``summary`` and ``hold`` as recorded by the worker; None where there is no outcome.
        written: The EHR's own resources of this report, CarePlan first.
    """
    summary = (record or {}).get("summary") or {}
    category = _category(summary)
    hold = summary.get("hold") if record else None
    return Row(
        sent=sent,
        read=_what_was_read(summary) if record else _NOT_SHOWN,
        category=category,
        plan=_plan(written),
        hold=hold,
        at_ehr=_at_ehr(sent, written),
        faults=_faults(sent, category, hold, written),
        resources=written,
    )


def _category(summary: dict[str, Any]) -> str | None:
    overall = (summary.get("birads") or {}).get("overall")
    if overall is not None:
        return str(overall)
    current = [a for a in summary.get("assessments", ()) if a.get("status") == "current"]
    return str(current[0]["category"]) if current else None


def _what_was_read(summary: dict[str, Any]) -> str:
    findings = [f for f in summary.get("findings", ()) if f["status"] == "present"]
    words = [" ".join(filter(None, (f["laterality"], f["distribution"], "/".join(f["morphology"])))) for f in findings]
    words += [f"{p['diagnosis']} ({p['laterality']})" for p in summary.get("pathology", ())]
    if not words and any(f["status"] == "negated" for f in summary.get("findings", ())):
        words = ["no calcifications"]
    return "; ".join(dict.fromkeys(words)) or "no calcification named"


def _plan(written: tuple[dict[str, Any], ...]) -> str:
    live = [r for r in written if r["resourceType"] == "ServiceRequest" and r.get("status") == "draft"]
    return "; ".join(dict.fromkeys(_action(r) for r in live)) or _NOT_SHOWN


def _action(request: dict[str, Any]) -> str:
    """Our own short action id; the full wording stands in the plan."""
    concept = request.get("code", {})
    concept = concept.get("concept", concept)  # R5
    own = [coding["code"] for coding in concept.get("coding", ()) if coding.get("system") == ACTION_SYSTEM]
    return str(own[0] if own else concept.get("text", "?"))


def _at_ehr(sent: Sent, written: tuple[dict[str, Any], ...]) -> str:
    if not written:
        return {"refused": f"refused ({sent.http})", "not-for-us": "not for us"}.get(sent.state, sent.state)
    parts = []
    for kind in ("CarePlan", "Communication"):
        of_kind = [r for r in written if r["resourceType"] == kind]
        parts += [f"{kind} {r['status']} v{r.get('meta', {}).get('versionId', '?')}" for r in of_kind]
    return ", ".join(parts)


def _faults(
    sent: Sent, category: str | None, hold: bool | None, written: tuple[dict[str, Any], ...]
) -> tuple[str, ...]:
    expect = sent.step.expect
    found = []
    if sent.http != expect["http"]:
        found.append(f"HTTP {sent.http}, expected {expect['http']}")
    states = _as_list(expect.get("state", sent.state))
    if sent.state not in states:
        found.append(f"{sent.state}, expected {' or '.join(states)}")
    if "category" in expect and category != expect["category"]:
        found.append(f"category {category}, expected {expect['category']}")
    if "hold" in expect and hold is not expect["hold"]:
        found.append(f"hold {hold}, expected {expect['hold']}")
    if "category" in expect and "delivered" in states and sum(r["resourceType"] == "CarePlan" for r in written) != 1:
        found.append("not exactly one CarePlan at the EHR")
    return tuple(found)


def _as_list(states: str | list[str]) -> list[str]:
    return states if isinstance(states, list) else [states]


def totals(rows: list[Row]) -> dict[str, int]:
    """How many messages ended in each way; they add up to what was posted."""
    counts: dict[str, int] = {}
    for row in rows:
        name = "repeated" if row.sent.http == 200 else row.sent.state
        counts[name] = counts.get(name, 0) + 1
    return counts
