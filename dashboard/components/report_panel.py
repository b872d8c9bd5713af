"""One damage report, as filed."""

from uuid import UUID

import streamlit as st

from dashboard import session
from dashboard.components.markup import render
from dashboard.components.wording import age_text, clock_text
from dashboard.session import _
from gis.errors import Refused
from gis.past import PastMoment
from gis.queries.damage_reports import DamageReportView, damage_report
from gis.vocabulary import DamageCategory, Severity, Source


def report_panel(report_id: UUID, past: PastMoment | None = None) -> None:
    """Draw a report."""
    language = session.language()
    desk = session.desk()
    try:
        with desk.workspace.reading() as store:
            report = damage_report(store, report_id)
    except Refused as refused:
        st.error(refused.explain(language))
        return
    if past and not past.knows(report.observed_at, report.recorded_at, desk.workspace.clock.now()):
        st.info(_("Nobody knew of this report at that moment."))
        return
    age = age_text(report.observed_at, session.moment(past), language)
    facts = [
        (
            _("Observed"),
            f"{clock_text(report.observed_at)} ({age})",
        ),
        (_("Recorded"), f"{clock_text(report.recorded_at)} · {report.recorded_by}"),
        (_("Place"), place_text(report)),
        (_("Team"), report.reporter or _("Unknown")),
        (_("Source"), _(Source(report.source).label)),
        (_("State"), _("Unconfirmed")),
    ]
    st.html(
        render(
            "report.html",
            category=_(DamageCategory(report.category).label),
            severity=report.severity or "unknown",
            severity_label=_(Severity(report.severity).label)
            if report.severity
            else _("Severity unknown"),
            note=report.note or "",
            facts=facts,
        )
    )


def place_text(report: DamageReportView) -> str:
    """Return where it was: in words, else as coordinates, else that nobody knows."""
    if report.place_text:
        return report.place_text
    if report.lat is None or report.lon is None:
        return _("Place unknown")
    return f"{report.lat:.5f}, {report.lon:.5f}"
