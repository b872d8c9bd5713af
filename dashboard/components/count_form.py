"""Recording a count beside the map or the list: what was counted, when, how we know."""

import streamlit as st

from dashboard import cached, session
from dashboard.components.count_filing import (
    Asked,
    begin,
    confirm,
    correct,
    form_of,
    leave_correction,
    record,
)
from dashboard.components.wording import bold, clock_text, number_text
from dashboard.session import _
from gis.occupancy import FIGURES
from gis.queries.occupancy import ReadingView
from gis.queries.shelters import ShelterStatus
from gis.vocabulary import FIGURE_LABELS, Source

MINUTES_MOST = 24 * 60
TOTALS, FURTHER = FIGURES[:2], FIGURES[2:]
COLUMNS = 2


def count_form(shelter: ShelterStatus) -> None:
    """Draw the form; a count that looks like a slip is asked back in it."""
    form = form_of(shelter)
    begin(shelter, form)
    corrected: ReadingView | None = st.session_state.get(f"{form}-corrected")
    with st.form(form, enter_to_submit=True):
        st.markdown(bold(_title(corrected)))
        for column, figure in zip(st.columns(len(TOTALS)), TOTALS, strict=True):
            with column:
                _figure(form, figure)
        with st.expander(_("More figures, time"), expanded=_has_further(corrected)):
            for number, figure in enumerate(FURTHER):
                if number % COLUMNS == 0:
                    columns = st.columns(COLUMNS)
                with columns[number % COLUMNS]:
                    _figure(form, figure)
            moment = clock_text(corrected.observed_at) if corrected else _("now")
            st.number_input(
                _("Minutes ago"), 0, MINUTES_MOST, None, key=f"{form}-ago", placeholder=moment
            )
        st.segmented_control(
            _("How do we know?"),
            [Source.PHONE, Source.RADIO, Source.VISIT],
            default=Source.PHONE,
            key=f"{form}-source",
            format_func=lambda term: _(term.label),
        )
        # The first button of a form is the one that Enter presses.
        st.form_submit_button(_("Record"), type="primary", on_click=record, args=(shelter,))
        with st.container():
            _doubt(shelter, form)
        _correction(shelter, form, corrected)


def _title(corrected: ReadingView | None) -> str:
    if corrected is None:
        return _("Record the count")
    return _("Correct the count of {moment} ({persons})").format(
        persons=number_text(corrected.persons, session.language()),
        moment=clock_text(corrected.observed_at),
    )


def _has_further(corrected: ReadingView | None) -> bool:
    return any(getattr(corrected, figure, None) is not None for figure in FURTHER)


def _figure(form: str, figure: str) -> None:
    st.number_input(
        _(FIGURE_LABELS[figure]), None, None, None, 1,
        key=f"{form}-{figure}", placeholder=_("not counted"),
    )  # fmt: skip


def _correction(shelter: ShelterStatus, form: str, corrected: ReadingView | None) -> None:
    """Offer to correct the last count, or to leave that.

    These are buttons because nothing else in a form is heard of before it is sent, and a correction
    takes the place of the whole reading: all that it counted has to be in the fields.
    """
    if corrected is not None:
        st.form_submit_button(
            _("Not a correction: a new count"),
            key=f"{form}-new",
            on_click=leave_correction,
            args=(form, corrected),
        )
    elif (last := _last_count(shelter)) is not None:
        st.form_submit_button(
            _("Correct the last count ({persons}, {moment})").format(
                persons=number_text(last.persons, session.language()),
                moment=clock_text(last.observed_at),
            ),
            key=f"{form}-correct",
            on_click=correct,
            args=(form, last),
        )


def _last_count(shelter: ShelterStatus) -> ReadingView | None:
    if shelter.opening_id is None:
        return None
    readings = cached.readings(shelter.opening_id)
    return next((reading for reading in readings if reading.id == shelter.reading_id), None)


def _doubt(shelter: ShelterStatus, form: str) -> None:
    """Offer to say yes to what was asked back; the figures still stand in the form."""
    asked: Asked | None = st.session_state.get(f"{form}-asked")
    if asked is None:
        return
    st.warning(asked.doubt.explain(session.language()), icon=":material/help:")
    st.form_submit_button(
        _("Yes, the count is right: record it"),
        type="primary",
        # A button of its own for each doubt: a doubled click on one is no answer to the next.
        key=f"{form}-yes-{asked.doubt.code()}",
        on_click=confirm,
        args=(shelter, asked),
    )
