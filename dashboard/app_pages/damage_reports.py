"""Damage reports: the newest first; headquarters file what comes in by telephone or radio."""

from uuid import UUID

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.chooser import choose
from dashboard.components.live import live_badge
from dashboard.components.report_panel import place_text, report_panel
from dashboard.components.shell import follow_incident, nothing_open, shell
from dashboard.components.wording import bold, clock_text
from dashboard.roles import REPORTS_DAMAGE
from dashboard.session import _
from gis.errors import CategoryMissing
from gis.models.damage_report import NOTE_LENGTH, REPORTER_LENGTH
from gis.operations.damage_reports import NewDamageReport, file_damage_report
from gis.queries.damage_reports import Cursor, DamageReportView
from gis.vocabulary import DamageCategory, Severity, Source

PAGES_BACK = "damage-pages-back"
FIELDS = ("report-category", "report-severity", "report-town", "report-note", "report-reporter")


@st.fragment
@session.explained
def reports() -> None:
    """Draw the list and the report chosen in it; runs again when one is filed."""
    live_badge(("damage_reports",), session.language(), key="damage-live")
    follow_incident()
    actions.show_notice()
    if cached.incident() is None:
        nothing_open()
        return
    list_side, panel_side = st.columns([3, 2])
    with list_side:
        chosen = choose_report()
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
        _("Category"): _(DamageCategory(report.category).label),
        _("Severity"): _(Severity(report.severity).label) if report.severity else _("Unknown"),
        _("Place"): place_text(report),
        _("Team"): report.reporter or _("Unknown"),
        _("Note"): report.note or "",
        _("Recorded"): clock_text(report.recorded_at),
    }


def report_form() -> None:
    """Offer to file a report."""
    with st.form("report"):
        st.markdown(bold(_("File a report")))
        st.pills(
            _("Category"),
            [*DamageCategory],
            key="report-category",
            format_func=lambda term: _(term.label),
        )
        st.segmented_control(
            _("Severity"),
            [*Severity],
            key="report-severity",
            format_func=lambda term: _(term.label),
        )
        st.selectbox(
            _("Town"),
            sorted(cached.town_points()),
            index=None,
            key="report-town",
            format_func=lambda town: town.name,
            placeholder=_("unknown"),
            filter_mode="contains",
        )
        st.text_area(_("Note"), key="report-note", max_chars=NOTE_LENGTH)
        st.text_input(_("Team"), key="report-reporter", max_chars=REPORTER_LENGTH)
        st.segmented_control(
            _("How do we know?"),
            [Source.PHONE, Source.RADIO, Source.VISIT],
            default=Source.PHONE,
            key="report-source",
            format_func=lambda term: _(term.label),
        )
        st.form_submit_button(_("File the report"), type="primary", on_click=_file)


def _file() -> None:
    if actions.act(
        REPORTS_DAMAGE,
        lambda store: file_damage_report(store, _report_of_form()),
        _("The report is filed."),
    ):
        actions.filed("report", *FIELDS)


def _report_of_form() -> NewDamageReport:
    """Return what the form says.

    Raises
    ------
    gis.errors.CategoryMissing
        Nothing is chosen: an empty form must not count as damage.
    """
    category, severity, town, note, reporter = (st.session_state[field] for field in FIELDS)
    if category is None:
        raise CategoryMissing(field="category")
    return NewDamageReport(
        id=actions.filing_id("report"),
        category=category,
        severity=severity,
        location=(town.lon, town.lat) if town else None,
        place_text=town.name if town else None,
        note=note or None,
        reporter=reporter or None,
        source=st.session_state["report-source"] or Source.OTHER,
    )


shell()
reports()
