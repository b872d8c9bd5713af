"""Triage: what nobody has looked at, and the report that headquarters decide on now."""

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components import triage_claims as claims
from dashboard.components.live import live_badge
from dashboard.components.report_panel import report_card
from dashboard.components.shell import follow_incident, nothing_open, shell
from dashboard.components.triage_controls import (
    assigning,
    decisions,
    keys,
    save_place,
    stepping,
    take_back,
)
from dashboard.components.triage_queue import triage_queue
from dashboard.components.triage_sources import history, neighbours, sources
from dashboard.components.wording import clock_text
from dashboard.maps.place_mover import draw_place_mover
from dashboard.session import _
from gis.errors import NotFound
from gis.geometry.place import Place
from gis.queries.damage_reports import DamageReportView
from gis.queries.triage import TeamLoad
from gis.vocabulary import ReportState

SUBJECTS = ("damage_reports", "damage_claims")
MOST = "triage-most"


@st.fragment
@session.explained
def triage() -> None:
    """Draw the queue and the open report; runs again when something changes."""
    live_badge(SUBJECTS, session.language(), key="triage-live")
    follow_incident()
    actions.show_notice()
    if cached.incident() is None:
        nothing_open()
        return
    queue_side, report_side = st.columns([2, 5])
    with queue_side:
        listed, found = queue()
    with report_side:
        report_id = claims.opened()
        dossier = None
        with suppress(NotFound):
            dossier = cached.dossier(report_id) if report_id else None
        if report_id is None or dossier is None:
            st.info(_("Choose a report in the list, or press J."))
        else:
            opened(report_id, dossier, listed, [load.team for load in found.teams])


def queue() -> tuple[ReportState, cached.Waiting]:
    """Draw what waits, and return of which state it is."""
    team: str | None = st.session_state.get("triage-team")
    listed: ReportState = st.session_state.get("triage-state") or ReportState.UNCONFIRMED
    most: int = st.session_state.setdefault(MOST, cached.PAGE_LENGTH)
    found = cached.waiting(listed, team, most)
    labels = {state: f"{_(state.label)} {found.counts[state]:,}" for state in ReportState}
    st.pills(
        _("State"), [*ReportState], default=ReportState.UNCONFIRMED, key="triage-state",
        format_func=labels.__getitem__, label_visibility="collapsed", required=True, wrap=True,
    )  # fmt: skip
    with st.container():
        choose_team({load.team: load for load in found.teams})
    stepping(claims.go_on)
    claims.keep_shown(found.reports)
    nothing = st.empty()
    if not found.reports:
        nothing.info(_("Nothing waits here."))
    triage_queue(found.reports, claims.opened(), keys(), claims.open_report)
    with st.container():
        further(len(found.reports), found.counts[listed])
    st.caption(_("Keys: J and K go through the list, C I D R decide, U takes back."))
    return listed, found


def choose_team(loads: Mapping[str, TeamLoad]) -> None:
    """Offer to see what one team has to do; nothing as long as no team has anything."""
    if loads:
        st.selectbox(
            _("Team"), [*loads], index=None, key="triage-team", placeholder=_("All teams"),
            format_func=lambda name: _("{team}: {assigned}, of these at work {in_progress}").format(
                **loads[name]._asdict()
            ),
        )  # fmt: skip


def further(shown: int, count: int) -> None:
    """Say how many of a longer list are shown, and offer more of it."""
    if shown < count:
        st.caption(_("{shown} of {count}").format(shown=shown, count=f"{count:,}"))
        st.button(_("More"), key="triage-more", on_click=_more)


def _more() -> None:
    st.session_state[MOST] += cached.PAGE_LENGTH


def opened(report_id: UUID, dossier: cached.Dossier, listed: ReportState, teams: list[str]) -> None:
    """Draw the report that is open."""
    report = next(one for one in dossier.sources if one.id == report_id)
    other = claims.hold(report_id)
    # What comes and goes has a place that stays: all below it would else move on by one, and stand
    # there twice until it is drawn anew.
    warned, told = st.empty(), st.container()
    if other:
        warned.warning(
            _("{actor} is looking at this report until {moment}. Take the next one.").format(
                actor=other.actor, moment=clock_text(other.until)
            ),
            icon=":material/lock:",
        )
    is_free = other is None and report.merged_into_id is None
    if report.merged_into_id:
        with told:
            merged(report)
    decisions(report, listed=listed, is_free=is_free)
    assigning(report, teams, is_free=is_free)
    card_side, map_side = st.columns(2)
    with card_side:
        report_card(report, dossier.sources, dossier.assessments)
    with map_side:
        save_place(report, place_of(report), is_free=is_free)
    with st.container():
        sources(report, dossier.sources, is_free=is_free)
    with st.container():
        neighbours(report, dossier, is_free=is_free)
    history(report, dossier.assessments, is_free=is_free)


def merged(report: DamageReportView) -> None:
    """Say that a report stands with another one, and lead there."""
    st.info(_("This report has been merged into another one. It is decided on there."))
    with st.container(horizontal=True):
        st.button(
            _("Open that one"), key="triage-open-kept",
            on_click=claims.open_report, args=(report.merged_into_id,),
        )  # fmt: skip
        st.button(_("Separate them"), key="triage-separate", on_click=take_back, args=(report,))


def place_of(report: DamageReportView) -> Place | None:
    """Draw where a report is, and return where somebody has dragged it."""
    return draw_place_mover(
        session.desk().city,
        _place(report.lon, report.lat),
        _place(report.filed_lon, report.filed_lat),
        session.language(),
        key=f"triage-map-{report.id}-{report.version}",
    )


def _place(lon: float | None, lat: float | None) -> Place | None:
    return None if lon is None or lat is None else Place(lon, lat)


shell()
triage()
