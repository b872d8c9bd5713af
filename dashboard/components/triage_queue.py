"""What waits for headquarters: a list from which one is opened, by hand or by key."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

import streamlit as st

from dashboard import session
from dashboard.components.own_component import own_component
from dashboard.components.report_panel import place_text
from dashboard.components.wording import age_text
from dashboard.session import _
from gis.queries.triage import QueuedReport
from gis.vocabulary import DamageCategory, Severity

_queue = own_component(
    "hq_triage_queue",
    "triage-queue.js",
    "showQueue",
    "palette.css",
    "marks.css",
    "triage-queue.css",
)
KEY = "triage-queue"


def triage_queue(
    reports: Sequence[QueuedReport],
    open_id: UUID | None,
    keys: Mapping[str, str],
    open_report: Callable[[UUID], None],
) -> None:
    """Draw the list.

    Parameters
    ----------
    open_id
        The report that is open.
    keys
        Which key presses which button of the page, by the button's own name.
    open_report
        What to do with the report that somebody chooses.
    """

    def chosen() -> None:
        told = (st.session_state.get(KEY) or {}).get("opened")
        for report in reports:
            if str(report.id) == told:
                open_report(report.id)

    _queue(
        key=KEY,
        data={
            "reports": [_row(report) for report in reports],
            "open": str(open_id) if open_id else None,
            "keys": dict(keys),
        },
        on_opened_change=chosen,
    )


def _row(report: QueuedReport) -> dict[str, str]:
    severity = _(Severity(report.severity).label) if report.severity else _("Severity unknown")
    category = _(DamageCategory(report.category).label)
    return {
        "id": str(report.id),
        "severity": report.severity or "unknown",
        "state": report.state,
        "title": f"{category} · {severity}",
        "place": place_text(report),
        "age": age_text(report.recorded_at, session.moment(), session.language()),
        "danger": _("People in danger: {count}").format(count=f"{report.people_in_danger:,}")
        if report.people_in_danger
        else "",
        "sources": _("{count} reports").format(count=report.sources) if report.sources > 1 else "",
        "claim": _claim(report),
    }


def _claim(report: QueuedReport) -> str:
    if report.claimed_by in {None, session.actor().name}:
        return ""
    return _("{actor} is looking at it").format(actor=report.claimed_by)
