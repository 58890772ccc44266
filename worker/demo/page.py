"""``index.html``: each plan and letter as an EHR would show it, from the resources that the EHR holds."""

import base64
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from worker.demo.result import Row, totals

__all__ = ["write_page"]

_STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def write_page(out: Path, rows: list[Row]) -> Path:
    """Write ``index.html`` into ``out`` and return its path."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / "index.html"
    path.write_text(_page(rows), encoding="utf-8")
    return path


def _page(rows: list[Row]) -> str:
    counts = "".join(f"<li><b>{n}</b> {escape(name)}</li>" for name, n in sorted(totals(rows).items()))
    lead = (
        "Reports went in at the door as an interface engine posts them; this is what the EHR holds afterwards. "
        "Every plan and letter is a draft: a clinician releases it, or does not."
    )
    cards = "".join(_card(row) for row in rows if row.resources and row.sent.http != 200)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>CalciFHIR: plans and letters</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><header><h1>What the EHR shows</h1><p class='lead'>{lead}</p>"
        f"<ul class='counts'><li><b>{len(rows)}</b> posted</li>{counts}</ul></header><main>{_index(rows)}{cards}"
        "<p class='small'>Sources of the reports: tests/cases/demo/README.md. CalciFHIR is not a medical device and "
        "not endorsed by the American College of Radiology; BI-RADS is its registered trademark.</p>"
        "</main></body></html>"
    )


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
    title = escape(step.file.removesuffix(".json")[3:].replace("-", " "))
    return (
        f"<article class='card' id='r{escape(step.number)}'><div class='head'><h2>{escape(step.number)} · {title}</h2>"
        f"{category}{_hold_chip(row)}{status}<span class='note'>{escape(step.note)}</span></div><div class='cols'>"
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
            frame = f"<iframe sandbox='' title='Letter to the patient' srcdoc='{escape(html, quote=True)}'></iframe>"
            return status + frame
    text = "".join(p.get("contentString", "") for p in letter.get("payload", ()))
    return f"<pre style='white-space:pre-wrap'>{escape(text)}</pre>" if text else "<p class='small'>Withdrawn.</p>"
