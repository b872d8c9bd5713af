"""One shelter beside the map or the list: its state, its figures, and what can be done."""

import streamlit as st

from dashboard import cached, session
from dashboard.components.conditions import conditions
from dashboard.components.count_form import count_form
from dashboard.components.curve_chart import counts_chart
from dashboard.components.manager_link import manager_link
from dashboard.components.markup import render
from dashboard.components.photographs import photographs
from dashboard.components.registering import registering
from dashboard.components.state_controls import state_controls
from dashboard.components.stock_table import stock_table
from dashboard.components.wording import age_text, capacity_text, clock_text, number_text
from dashboard.components.zone_words import odds_texts, zones_text
from dashboard.roles import COUNTS_PEOPLE, DECIDES
from dashboard.session import _
from gis.occupancy import FIGURES, crowding
from gis.past import PastMoment
from gis.queries.shelters import ShelterStatus
from gis.vocabulary import FIGURE_LABELS, DesignationKind, Hazard, Source

ROWS_SHOWN = 6
"""Readings that show without scrolling."""


def shelter_panel(shelter: ShelterStatus, past: PastMoment | None = None) -> None:
    """Draw a shelter and what can be done with it; nothing can be done with the past.

    Each part has a place that stays: what comes and goes in one moves none of the others.
    """
    _facts(shelter, past)
    for action in (_counting, state_controls, registering, _linking):
        with st.container():
            if past is None:
                action(shelter)
    for part in (_figures, _readings):
        with st.container():
            part(shelter, past)
    conditions(shelter, past)
    if past is None:
        with st.container():
            photographs(shelter)
    _stock(shelter, past)


def _counting(shelter: ShelterStatus) -> None:
    if shelter.takes_part and session.may(COUNTS_PEOPLE):
        count_form(shelter)


def _linking(shelter: ShelterStatus) -> None:
    if shelter.takes_part and session.may(DECIDES):
        manager_link(shelter)


def _facts(shelter: ShelterStatus, past: PastMoment | None) -> None:
    language = session.language()
    level = crowding(shelter.share, session.desk().city.crowding)
    st.html(
        render(
            "shelter.html",
            name=shelter.name,
            address=shelter.address or "",
            state=_(shelter.state.label),
            since=_since_text(shelter),
            is_open=shelter.is_open,
            closed=_closed_text(shelter),
            persons=number_text(shelter.persons, language),
            capacity=capacity_text(
                shelter.capacity, is_fictitious=shelter.capacity_is_fictitious, language=language
            ),
            of=_("of capacity"),
            crowding=level.value,
            crowding_label=_(level.label),
            age=age_text(shelter.observed_at, session.moment(past), language),
            recorded_by=shelter.recorded_by or "",
            designations=" · ".join(_(DesignationKind(kind).label) for kind in shelter.designations)
            or _("Self-organised shelter"),
            hazards_label=_("Designated for"),
            hazards=_hazards(shelter),
            zones_label=_("Hazard zones"),
            zones=_zones(shelter, past),
            odds=_odds(shelter, past),
        )
    )


def _since_text(shelter: ShelterStatus) -> str:
    """Return in which state a shelter is since when, and why; nothing for one not opened."""
    if shelter.since_at is None:
        return ""
    text = _("{state} since {moment}").format(
        state=_(shelter.state.label), moment=clock_text(shelter.since_at)
    )
    return f"{text} · {shelter.reason}" if shelter.reason else text


def _closed_text(shelter: ShelterStatus) -> str:
    """Return since when a shelter is closed and what was counted last; nothing for others."""
    if shelter.closed_at is None:
        return ""
    return _("Closed at {moment}; last count: {persons}").format(
        moment=clock_text(shelter.closed_at),
        persons=number_text(shelter.persons, session.language()),
    )


def _hazards(shelter: ShelterStatus) -> str:
    if shelter.hazards is None:
        return _("Unknown")
    return "・".join(_(Hazard(hazard).label) for hazard in shelter.hazards) or _("No hazard")


def _zones(shelter: ShelterStatus, past: PastMoment | None) -> str:
    if shelter.lon is None:
        return _("Unknown")
    return zones_text(cached.zones_at(shelter.lon, shelter.lat, past))


def _odds(shelter: ShelterStatus, past: PastMoment | None) -> list[str]:
    """Return what to think about where an open shelter lies and for what it is meant."""
    if not shelter.is_open:
        return []
    pointed_out = cached.shelters_at_odds(past)
    return [text for one in pointed_out if one.status.id == shelter.id for text in odds_texts(one)]


def _figures(shelter: ShelterStatus, past: PastMoment | None) -> None:
    """Draw every figure that anybody has counted, each with its own age."""
    if shelter.opening_id is None:
        return
    known = cached.figures(shelter.opening_id, past)
    if not known:
        return
    language = session.language()
    now = session.moment(past)
    with st.expander(_("All figures")):
        st.dataframe(
            [
                {
                    _("Figure"): _(FIGURE_LABELS[name]),
                    _("Count"): number_text(known[name].count, language),
                    _("Age"): age_text(known[name].observed_at, now, language),
                    _("Recorded by"): known[name].recorded_by,
                }
                for name in FIGURES
                if name in known
            ],
            hide_index=True,
        )


def _readings(shelter: ShelterStatus, past: PastMoment | None) -> None:
    if shelter.opening_id is None:
        return
    rows = cached.readings(shelter.opening_id, past)
    if not rows:
        st.caption(_("Nobody has reported a count yet."))
        return
    language = session.language()
    if counts := cached.trend(shelter, past):
        st.vega_lite_chart(
            spec=counts_chart(counts, session.moment(past)),
            key=f"counts-{shelter.id}",
            alt=_("How the number of people went"),
        )
    # Words are looked up once: there are hundreds of rows.
    sources = {source.value: _(source.label) for source in Source}
    corrected, confirmed = _("Corrected"), _("Confirmed when asked back")
    st.dataframe(
        {
            _("Observed"): [clock_text(row.observed_at) for row in rows],
            _("Persons"): [number_text(row.persons, language) for row in rows],
            _("Households"): [number_text(row.households, language) for row in rows],
            _("Source"): [sources[row.source] for row in rows],
            _("Recorded by"): [row.recorded_by for row in rows],
            _("Remark"): [
                corrected if row.is_superseded else confirmed if row.confirmed else ""
                for row in rows
            ],
        },
        hide_index=True,
        height="content" if len(rows) <= ROWS_SHOWN else 250,
    )


def _stock(shelter: ShelterStatus, past: PastMoment | None) -> None:
    lines = cached.stock(shelter.id, past)
    if not lines:
        return
    fictitious = any(line.is_fictitious for line in lines)
    with st.expander(_("Stock (fictitious)") if fictitious else _("Stock")):
        stock_table(lines)
