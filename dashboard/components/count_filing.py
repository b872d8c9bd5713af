"""What the form for a count does: what was seen, what is asked back, what is recorded of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import streamlit as st

from dashboard import actions, cached
from dashboard.roles import COUNTS_PEOPLE
from dashboard.session import _
from gis.errors import CountDoubtful
from gis.occupancy import FIGURES
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.queries.occupancy import ReadingView
from gis.queries.shelters import ShelterStatus
from gis.store import now
from gis.vocabulary import Source


@dataclass(frozen=True)
class Asked:
    """What was asked back about some figures, and what a person has said yes to about the same."""

    doubt: CountDoubtful
    counts: Counts
    confirmed: frozenset[str]


def form_of(shelter: ShelterStatus) -> str:
    """Return the name of a shelter's form, under which everything about it is kept."""
    return f"reading-{shelter.id}"


def begin(shelter: ShelterStatus, form: str) -> None:
    """Remember which count was the last one when the form was begun: a newer one is asked about.

    A form that was not on the screen has lost what was typed, and with it what was said about it.
    """
    said = st.session_state
    if f"{form}-source" not in said:
        _forget(form, "seen", "asked", "corrected")
    said.setdefault(f"{form}-seen", shelter.reading_id)


def correct(form: str, reading: ReadingView) -> None:
    """Fill what a reading counted into the fields that are empty."""
    said = st.session_state
    said[f"{form}-corrected"] = reading
    _forget(form, "asked")
    for figure in FIGURES:
        if said[f"{form}-{figure}"] is None:
            said[f"{form}-{figure}"] = getattr(reading, figure)


def leave_correction(form: str, reading: ReadingView) -> None:
    """Empty the fields of what nobody has counted anew."""
    said = st.session_state
    _forget(form, "corrected", "asked")
    for figure in FIGURES:
        if said[f"{form}-{figure}"] == getattr(reading, figure):
            said[f"{form}-{figure}"] = None


def record(shelter: ShelterStatus) -> None:
    """Record what stands in the form; what is asked back is asked about exactly that."""
    form = form_of(shelter)
    said = st.session_state
    incident = cached.incident()
    counts = Counts(**{figure: said[f"{form}-{figure}"] for figure in FIGURES})
    asked: Asked | None = said.pop(f"{form}-asked", None)
    confirmed = asked.confirmed if asked and asked.counts == counts else frozenset()

    def verb(store: actions.Store) -> None:
        reading = _reading(shelter, counts, now(store))
        reading = replace(
            reading, incident_id=incident.id if incident else None, confirmed=confirmed
        )
        try:
            record_occupancy(store, reading)
        except CountDoubtful as doubt:
            said[f"{form}-asked"] = Asked(doubt, counts, confirmed)
            raise

    if actions.act(COUNTS_PEOPLE, verb, _("The count is recorded.")):
        actions.filed(form, *(f"{form}-{figure}" for figure in FIGURES), f"{form}-ago")
        _forget(form, "seen", "corrected")
    elif f"{form}-asked" in said:
        actions.withdraw_notice()


def confirm(shelter: ShelterStatus, asked: Asked) -> None:
    """Say yes to what is being asked, and to nothing that is asked by then instead."""
    asking = f"{form_of(shelter)}-asked"
    if st.session_state.get(asking) is asked:
        confirmed = asked.confirmed | {asked.doubt.code()}
        st.session_state[asking] = replace(asked, confirmed=confirmed)
        record(shelter)


def _reading(shelter: ShelterStatus, counts: Counts, moment: datetime) -> Reading:
    form = form_of(shelter)
    said = st.session_state
    corrected: ReadingView | None = said.get(f"{form}-corrected")
    return Reading(
        id=actions.filing_id(form),
        shelter_id=shelter.id,
        counts=counts,
        observed_at=_observed_at(corrected, moment, said[f"{form}-ago"]),
        source=said[f"{form}-source"] or Source.OTHER,
        supersedes_id=corrected.id if corrected else None,
        # None where nobody had counted: a first count by somebody else is asked about, too.
        after_id=said[f"{form}-seen"],
    )


def _observed_at(
    corrected: ReadingView | None, moment: datetime, minutes_ago: int | None
) -> datetime | None:
    """Return when it was so; a correction is about the moment of what it corrects."""
    if minutes_ago is not None:
        return moment - timedelta(minutes=minutes_ago)
    return corrected.observed_at if corrected else None


def _forget(form: str, *names: str) -> None:
    for name in names:
        st.session_state.pop(f"{form}-{name}", None)
