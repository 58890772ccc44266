"""``index.html``: each plan and letter as an EHR would show it, from the resources that the EHR holds."""

import base64
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from worker.demo.result import Row, totals

__all__ = ["write_page"]

_STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
# The letter is shown whole: as high as it is. No script of its own can run in it.
_FRAME = (
    "<iframe sandbox='allow-same-origin' title='Letter to the patient' srcdoc='{}'"
    " onload='this.style.height=this.contentDocument.documentElement.scrollHeight+2+\"px\"'></iframe>"
)
_WORDS = {
    "delivered": "plan and letter written",
    "superseded": "replaced by a later version",
    "withdrawn": "withdrawn again",
    "no-output": "no plan from this",
    "not-for-us": "not about the breast",
    "repeated": "sent before, changed nothing",
    "refused": "refused at the door",
}


def write_page(out: Path, rows: list[Row]) -> Path:
    """Write ``index.html`` into ``out`` and return its path."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / "index.html"
    path.write_text(_page(rows), encoding="utf-8")
    return path


def _page(rows: list[Row]) -> str:
    counts = "".join(f"<li><b>{n}</b> {escape(_WORDS.get(name, name))}</li>" for name, n in _by_number(rows))
    lead = (
        "Reports went in at the door as an interface engine posts them; this is what the EHR holds afterwards. "
        "On the left what the clinician reads, on the right what the patient would get. Every plan and letter is a "
        "draft: a clinician releases it, or does not. A hold waits for an answer. "
        f"Run on {datetime.now(UTC).date().isoformat()}; due dates count from the reports' own dates, so some are past."
    )
    cards = "".join(_card(row) for row in rows if row.resources and row.sent.http != 200)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>CalciFHIR: plans and letters</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><header><h1>What the EHR shows</h1><p class='lead'>{lead}</p>"
        f"<ul class='counts'><li><b>{len(rows)}</b> reports posted</li>{counts}</ul>{_start(rows)}</header>"
        f"<main>{_index(rows)}{cards}"
        "<p class='small'>Sources of the reports: tests/cases/demo/README.md. CalciFHIR is not a medical device and "
        "not endorsed by the American College of Radiology; BI-RADS is its registered trademark.</p>"
        "</main></body></html>"
    )


def _by_number(rows: list[Row]) -> list[tuple[str, int]]:
    return sorted(totals(rows).items(), key=lambda pair: (-pair[1], pair[0]))


def _start(rows: list[Row]) -> str:
    """Links to the first report of each kind that is worth a look before the others."""
    lines = "".join(f"<li><a href='#r{escape(number)}'>{escape(said)}</a></li>" for said, number in _worth_a_look(rows))
    return f"<nav aria-label='Look first at'><b>Look first at</b><ul class='start'>{lines}</ul></nav>" if lines else ""


def _worth_a_look(rows: list[Row]) -> Iterator[tuple[str, str]]:
    kinds: tuple[tuple[str, Callable[[Row], bool]], ...] = (
        ("a biopsy advised", lambda row: (row.category or "").startswith("4") and row.hold is False),
        (
            "a contradiction, held with a question",
            lambda row: row.hold is True and (row.category or "").startswith("4"),
        ),
        ("no category, held", lambda row: row.hold is True and not row.category),
        ("a normal result", lambda row: row.category == "1"),
        ("a letter in Spanish", lambda row: _language(row).startswith("es")),
        ("a letter in Chinese", lambda row: _language(row).startswith("zh")),
        ("a plan taken back", lambda row: "revoked" in row.at_ehr),
    )
    shown = [row for row in rows if row.resources and row.sent.http != 200]
    for said, fits in kinds:
        found = next((row for row in shown if fits(row)), None)
        if found:
            yield said, found.sent.step.number


def _language(row: Row) -> str:
    return next((str(r.get("language", "")) for r in row.resources if r["resourceType"] == "Communication"), "")


def _index(rows: Iterable[Row]) -> str:
    lines = "".join(
        f"<tr><td>{_link(row)}</td><td>{escape(row.sent.step.note)}</td><td>{escape(row.read)}</td>"
        f"<td>{escape(row.category or '-')}</td><td>{_hold_chip(row)}</td><td>{escape(row.at_ehr)}</td></tr>"
        for row in rows
    )
    heads = "".join(
        f"<th scope='col'>{h}</th>" for h in ("no.", "what was sent", "read", "category", "hold", "at the EHR")
    )
    return f"<table class='index'><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"


def _link(row: Row) -> str:
    number = escape(row.sent.step.number)
    return f"<a href='#r{number}'>{number}</a>" if row.resources and row.sent.http != 200 else number


def _hold_chip(row: Row) -> str:
    if row.hold is None:
        return "-"
    return "<span class='chip hold'>hold</span>" if row.hold else "<span class='chip ok'>no hold</span>"


def _card(row: Row) -> str:
    plan = next((r for r in row.resources if r["resourceType"] == "CarePlan"), None)
    letter = next((r for r in row.resources if r["resourceType"] == "Communication"), None)
    step = row.sent.step
    category = f"<span class='chip'>category {escape(row.category)}</span>" if row.category else ""
    status = f"<span class='chip'>{escape(str(plan['status']))} · {escape(str(plan['intent']))}</span>" if plan else ""
    language = _language(row)
    spoken = f"<span class='chip'>letter: {escape(language)}</span>" if language else ""
    title = escape(step.file.removesuffix(".json")[3:].replace("-", " "))
    return (
        f"<article class='card' id='r{escape(step.number)}'><div class='head'><h2>{escape(step.number)} · {title}</h2>"
        f"{category}{_hold_chip(row)}{status}{spoken}<span class='note'>{escape(step.note)}</span></div>"
        f"<div class='cols'>"
        f"<section><h3>For the clinician: CarePlan</h3>{_narrative(plan)}</section>"
        f"<section><h3>For the patient: Communication</h3>{_letter(letter)}</section></div></article>"
    )


def _narrative(plan: dict[str, Any] | None) -> str:
    # Our own narrative, escaped when it was made; what came from others never stands in it as markup.
    return str(plan["text"]["div"]) if plan and "text" in plan else "<p class='small'>No plan.</p>"


def _letter(letter: dict[str, Any] | None) -> str:
    if letter is None:
        return "<p class='small'>No letter.</p>"
    for payload in letter.get("payload", ()):
        attachment = payload.get("contentAttachment", {})
        if attachment.get("contentType", "").startswith("text/html"):
            html = base64.b64decode(attachment["data"]).decode("utf-8")
            status = f"<p class='small'>Communication is {escape(letter['status'])}</p>"
            frame = _FRAME.format(escape(html, quote=True))
            return status + frame
    text = "".join(p.get("contentString", "") for p in letter.get("payload", ()))
    return f"<pre style='white-space:pre-wrap'>{escape(text)}</pre>" if text else "<p class='small'>Withdrawn.</p>"
