"""Damage reports: the newest first; headquarters file what comes in by telephone or radio."""

from uuid import UUID

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.chooser import choose
from dashboard.components.live import live_badge
from dashboard.components.report_form import report_form
from dashboard.components.report_panel import place_text, report_panel, state_text
from dashboard.components.shell import follow_incident, nothing_open, shell
from dashboard.components.team_link import team_link
from dashboard.components.wording import clock_text
from dashboard.roles import DECIDES, REPORTS_DAMAGE
from dashboard.session import _
from gis.queries.damage_reports import Cursor, DamageReportView
from gis.vocabulary import DamageCategory, Severity

PAGES_BACK = "damage-pages-back"


@st.fragment
@session.explained
def reports() -> None:
    """Draw the list and the report chosen in it; runs again when one is filed."""
    live_badge(("damage_reports", "photographs"), session.language(), key="damage-live")
    follow_incident()
    actions.show_notice()
    if cached.incident() is None:
        nothing_open()
        return
    list_side, panel_side = st.columns([3, 2])
    with list_side:
        with st.container():
            chosen = choose_report()
        if session.may(DECIDES):
            team_link()
    with panel_side:
        if chosen:
            report_panel(chosen)
        elif session.may(REPORTS_DAMAGE):
            report_form()


def choose_report() -> UUID | None:
    """Draw a page of the list and return the report chosen in it."""
    pages_back: list[Cursor] = st.session_state.setdefault(PAGES_BACK, [])
    page = cached.damage_reports(pages_back[-1] if pages_back else None)
    if not page and not pages_back:
        st.info(
            _(
                "No damage has been reported. File what comes in by telephone or radio here;"
                " devices file through the API."
            )
        )
        return None
    rows = {report.id: row(report) for report in page}
    chosen = choose("damage", rows, "single-row", wide=[_("Note")])
    with st.container(horizontal=True):
        if pages_back:
            st.button(_("Newer"), on_click=_page_back)
        if len(page) == cached.PAGE_LENGTH:
            last = (page[-1].recorded_at, page[-1].id)
            st.button(_("Older"), on_click=pages_back.append, args=(last,))
    return chosen[0] if chosen else None


def _page_back() -> None:
    st.session_state[PAGES_BACK].pop()


def row(report: DamageReportView) -> dict[str, str]:
    """Return a line of the list."""
    return {
        _("Observed"): clock_text(report.observed_at),
        _("State"): state_text(report),
        _("Category"): _(DamageCategory(report.category).label),
        _("Severity"): _(Severity(report.severity).label) if report.severity else _("Unknown"),
        _("Place"): place_text(report),
        _("Team"): report.reporter or _("Unknown"),
        _("Note"): report.note or "",
        _("Recorded"): clock_text(report.recorded_at),
    }


shell()
reports()
