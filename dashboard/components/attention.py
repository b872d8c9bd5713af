"""What needs attention: the fullest shelters, those to ask, the newest reports."""

import streamlit as st

from dashboard import cached, session
from dashboard.components.markup import render
from dashboard.components.wording import age_text, number_text
from dashboard.session import _
from gis.reports import SituationSummary
from gis.reports.tables import percent
from gis.vocabulary import DamageCategory, Severity

MOST_SHELTERS = 12
MOST_REPORTS = 8


def attention(summary: SituationSummary) -> None:
    """Draw the list; a click on the map shows one shelter or report instead."""
    language = session.language()
    now = session.desk().workspace.clock.now()
    shelters = [
        {
            "name": line.name,
            "persons": number_text(line.persons, language),
            "capacity": number_text(line.capacity, language),
            "percent": number_text(percent(line.share), language),
            "is_known": line.share is not None,
            "crowding": line.crowding.value,
            "crowding_label": _(line.crowding.label),
            "age": age_text(line.observed_at, now, language),
            "is_stale": line.is_stale,
        }
        for line in summary.open_shelters[:MOST_SHELTERS]
    ]
    reports = [
        {
            "age": age_text(report.observed_at, now, language),
            "category": _(DamageCategory(report.category).label),
            "severity": report.severity or "unknown",
            "severity_label": _(Severity(report.severity).label)
            if report.severity
            else _("Severity unknown"),
            "place": report.place_text or "",
            "reporter": report.reporter or "",
            "note": report.note or "",
        }
        for report in cached.damage_reports()[:MOST_REPORTS]
    ]
    st.html(
        render(
            "attention.html",
            shelters=shelters,
            reports=reports,
            more=max(len(summary.open_shelters) - MOST_SHELTERS, 0),
            words={
                "shelters": _("Open shelters"),
                "fullest": _("The fullest first"),
                "shelter": _("Shelter"),
                "persons": _("Persons"),
                "capacity": _("Capacity"),
                "share": _("Share"),
                "seen": _("Observed"),
                "none_open": _(
                    "No shelter is open. Click a shelter on the map,"
                    " or open several on the page “Shelters”."
                ),
                "more": _("and {count} more").format(
                    count=len(summary.open_shelters) - MOST_SHELTERS
                ),
                "reports": _("Newest damage reports"),
                "none_reported": _("No damage has been reported."),
            },
        )
    )
