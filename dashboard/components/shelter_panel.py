"""One shelter beside the map or the list: its state, its count, and what can be done."""

from datetime import datetime, timedelta
from uuid import UUID

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.markup import render
from dashboard.components.wording import age_text, capacity_text, number_text
from dashboard.roles import COUNTS_PEOPLE, DECIDES
from dashboard.session import _
from gis.clock import jst
from gis.occupancy import crowding
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.operations.openings import close_shelter, open_shelters
from gis.queries.shelters import ShelterStatus
from gis.store import now
from gis.text import Language
from gis.vocabulary import DesignationKind, Hazard, Source

MINUTES_MOST = 24 * 60
ROWS_SHOWN = 6
"""Readings that show without scrolling."""


def shelter_panel(shelter: ShelterStatus) -> None:
    """Draw a shelter and what can be done with it."""
    _facts(shelter)
    if shelter.is_open:
        if session.may(COUNTS_PEOPLE):
            _reading_form(shelter)
        _readings(shelter)
        if session.may(DECIDES):
            _closing(shelter)
    elif session.may(DECIDES) and (incident := cached.incident()):
        st.button(
            _("Open this shelter"),
            type="primary",
            key=f"open-{shelter.id}",
            on_click=_open,
            args=(incident.id, shelter.id),
        )
    _stock(shelter)


def _facts(shelter: ShelterStatus) -> None:
    language = session.language()
    level = crowding(shelter.share, session.desk().city.crowding)
    st.html(
        render(
            "shelter.html",
            name=shelter.name,
            address=shelter.address or "",
            state=_(shelter.state.label),
            is_open=shelter.is_open,
            closed=_closed_text(shelter),
            persons=number_text(shelter.persons, language),
            capacity=capacity_text(
                shelter.capacity, is_fictitious=shelter.capacity_is_fictitious, language=language
            ),
            of=_("of capacity"),
            crowding=level.value,
            crowding_label=_(level.label),
            age=age_text(shelter.observed_at, session.desk().workspace.clock.now(), language),
            recorded_by=shelter.recorded_by or "",
            designations=" · ".join(_(DesignationKind(kind).label) for kind in shelter.designations)
            or _("Self-organised shelter"),
            hazards_label=_("Designated for"),
            hazards=_hazards(shelter),
        )
    )


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


def _reading_form(shelter: ShelterStatus) -> None:
    with st.form(f"reading-{shelter.id}"):
        st.markdown(bold(_("Record the count")))
        persons, households, ago = st.columns(3)
        with persons:
            st.number_input(
                _("Persons"), None, None, None, 1, key=f"persons-{shelter.id}",
                placeholder=_("not counted"),
            )  # fmt: skip
        with households:
            st.number_input(
                _("Households"), None, None, None, 1, key=f"households-{shelter.id}",
                placeholder=_("not counted"),
            )  # fmt: skip
        with ago:
            st.number_input(
                _("Minutes ago"), 0, MINUTES_MOST, None, key=f"ago-{shelter.id}",
                placeholder=_("now"),
            )  # fmt: skip
        st.segmented_control(
            _("How do we know?"),
            [Source.PHONE, Source.RADIO, Source.VISIT],
            default=Source.PHONE,
            key=f"source-{shelter.id}",
            format_func=lambda term: _(term.label),
        )
        st.form_submit_button(_("Record"), type="primary", on_click=_record, args=(shelter.id,))


def _record(shelter_id: UUID) -> None:
    form = f"reading-{shelter_id}"
    said = st.session_state
    fields = [f"{name}-{shelter_id}" for name in ("persons", "households", "ago")]
    persons, households, minutes_ago = (said[field] for field in fields)

    def verb(store: actions.Store) -> None:
        reading = Reading(
            id=actions.filing_id(form),
            shelter_id=shelter_id,
            counts=Counts(persons=persons, households=households),
            observed_at=now(store) - timedelta(minutes=minutes_ago) if minutes_ago else None,
            source=said[f"source-{shelter_id}"] or Source.OTHER,
        )
        record_occupancy(store, reading)

    if actions.act(COUNTS_PEOPLE, verb, _("The count is recorded.")):
        actions.filed(form, *fields)


def _readings(shelter: ShelterStatus) -> None:
    if shelter.opening_id is None:
        return
    rows = cached.readings(shelter.opening_id)
    if not rows:
        st.caption(_("Nobody has reported a count yet."))
        return
    language = session.language()
    st.dataframe(
        [
            {
                _("Observed"): clock_text(row.observed_at),
                _("Persons"): number_text(row.persons, language),
                _("Households"): number_text(row.households, language),
                _("Source"): _(Source(row.source).label),
                _("Recorded by"): row.recorded_by,
            }
            for row in rows
        ],
        hide_index=True,
        height="content" if len(rows) <= ROWS_SHOWN else 250,
    )


def bold(text: str) -> str:
    """Return Markdown for one of our own texts in bold."""
    return f"**{text}**"


def clock_text(moment: datetime) -> str:
    """Return a moment as month, day and time of a wall clock in Japan."""
    return jst(moment).strftime("%m-%d %H:%M")


def _closing(shelter: ShelterStatus) -> None:
    with st.popover(_("Close this shelter")):
        st.write(
            _(
                "{shelter}, last count: {persons} ({age}). Has everybody left?"
                " Counts stay on record."
            ).format(
                shelter=shelter.name,
                persons=number_text(shelter.persons, session.language()),
                age=age_text(
                    shelter.observed_at,
                    session.desk().workspace.clock.now(),
                    session.language(),
                ),
            )
        )
        st.button(_("Yes, close it"), key=f"close-{shelter.id}", on_click=_close, args=(shelter,))


def _close(shelter: ShelterStatus) -> None:
    opening_id, version = shelter.opening_id, shelter.opening_version
    if opening_id is not None and version is not None:
        actions.act(
            DECIDES,
            lambda store: close_shelter(store, opening_id, version=version),
            _("The shelter is closed."),
        )


def _open(incident_id: UUID, shelter_id: UUID) -> None:
    actions.act(
        DECIDES,
        lambda store: open_shelters(store, incident_id, [shelter_id]),
        _("The shelter is open."),
    )


def _stock(shelter: ShelterStatus) -> None:
    lines = cached.stock(shelter.id)
    if not lines:
        return
    japanese = session.language() is Language.JA
    fictitious = any(line.is_fictitious for line in lines)
    with st.expander(_("Stock (fictitious)") if fictitious else _("Stock")):
        st.dataframe(
            [
                {
                    _("Item"): line.name_ja if japanese else line.name_en,
                    _("Quantity"): number_text(line.quantity, session.language()),
                    _("Unit"): line.unit_ja if japanese else line.unit_en,
                }
                for line in lines
            ],
            hide_index=True,
        )
