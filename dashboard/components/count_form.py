"""Recording a count beside the map or the list: what was counted, when, how we know."""

from datetime import datetime, timedelta

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.wording import bold, clock_text, number_text
from dashboard.roles import COUNTS_PEOPLE
from dashboard.session import _
from gis.errors import CountDoubtful
from gis.occupancy import FIGURES
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.queries.shelters import ShelterStatus
from gis.store import now
from gis.vocabulary import FIGURE_LABELS, Source

MINUTES_MOST = 24 * 60
TOTALS, FURTHER = FIGURES[:2], FIGURES[2:]
COLUMNS = 2


def count_form(shelter: ShelterStatus) -> None:
    """Draw the form; a count that looks like a slip is asked back beneath it."""
    form = _form(shelter)
    with st.form(form, enter_to_submit=True):
        st.markdown(bold(_("Record the count")))
        for column, figure in zip(st.columns(len(TOTALS)), TOTALS, strict=True):
            with column:
                _figure(form, figure)
        with st.expander(_("More figures, time, correction")):
            for number, figure in enumerate(FURTHER):
                if number % COLUMNS == 0:
                    columns = st.columns(COLUMNS)
                with columns[number % COLUMNS]:
                    _figure(form, figure)
            st.number_input(
                _("Minutes ago"), 0, MINUTES_MOST, None, key=f"{form}-ago", placeholder=_("now")
            )
            _correction(shelter, form)
        st.segmented_control(
            _("How do we know?"),
            [Source.PHONE, Source.RADIO, Source.VISIT],
            default=Source.PHONE,
            key=f"{form}-source",
            format_func=lambda term: _(term.label),
        )
        st.form_submit_button(_("Record"), type="primary", on_click=_record, args=(shelter,))
    _doubt(shelter, form)


def _form(shelter: ShelterStatus) -> str:
    return f"reading-{shelter.id}"


def _figure(form: str, figure: str) -> None:
    st.number_input(
        _(FIGURE_LABELS[figure]), None, None, None, 1,
        key=f"{form}-{figure}", placeholder=_("not counted"),
    )  # fmt: skip


def _correction(shelter: ShelterStatus, form: str) -> None:
    if shelter.reading_id is None or shelter.observed_at is None:
        return
    st.checkbox(
        _("This corrects the last count ({persons}, {moment})").format(
            persons=number_text(shelter.persons, session.language()),
            moment=clock_text(shelter.observed_at),
        ),
        key=f"{form}-corrects",
    )


def _record(shelter: ShelterStatus) -> None:
    form = _form(shelter)
    said = st.session_state
    doubts = f"{form}-doubts"
    incident = cached.incident()
    corrects = bool(said.get(f"{form}-corrects"))

    def verb(store: actions.Store) -> None:
        reading = Reading(
            id=actions.filing_id(form),
            shelter_id=shelter.id,
            counts=Counts(**{figure: said[f"{form}-{figure}"] for figure in FIGURES}),
            observed_at=_observed_at(shelter, now(store), said[f"{form}-ago"], corrects=corrects),
            source=said[f"{form}-source"] or Source.OTHER,
            supersedes_id=shelter.reading_id if corrects else None,
            incident_id=incident.id if incident else None,
            after_id=shelter.reading_id,
            confirmed=frozenset(said.get(doubts, ())),
        )
        try:
            record_occupancy(store, reading)
        except CountDoubtful as doubt:
            said[f"{form}-doubt"] = doubt
            raise

    said.pop(f"{form}-doubt", None)
    if actions.act(COUNTS_PEOPLE, verb, _("The count is recorded.")):
        actions.filed(form, *(f"{form}-{figure}" for figure in FIGURES), f"{form}-ago")
        said.pop(doubts, None)
        if corrects:
            said[f"{form}-corrects"] = False
    elif f"{form}-doubt" in said:
        actions.withdraw_notice()


def _observed_at(
    shelter: ShelterStatus, moment: datetime, minutes_ago: int | None, *, corrects: bool
) -> datetime | None:
    """Return when it was so; a correction is about the moment of what it corrects."""
    if minutes_ago is not None:
        return moment - timedelta(minutes=minutes_ago)
    return shelter.observed_at if corrects else None


def _doubt(shelter: ShelterStatus, form: str) -> None:
    """Offer to say yes to what was asked back; the figures still stand in the form."""
    doubt: CountDoubtful | None = st.session_state.get(f"{form}-doubt")
    if doubt is None:
        return
    st.warning(doubt.explain(session.language()), icon=":material/help:")
    st.button(
        _("Yes, the count is right: record it"),
        type="primary",
        key=f"{form}-yes",
        on_click=_confirm,
        args=(shelter, doubt.code()),
    )


def _confirm(shelter: ShelterStatus, doubt: str) -> None:
    doubts = f"{_form(shelter)}-doubts"
    st.session_state[doubts] = {*st.session_state.get(doubts, ()), doubt}
    _record(shelter)
