"""Rows that only a person can tell to be one of several shelters, or a new one."""

import streamlit as st

from dashboard.components.inventory_draft import Decision, Draft
from dashboard.components.markup import render
from dashboard.components.plain import plain
from dashboard.session import _
from gis.operations.identification import NEW, Question, Resembling
from gis.text import N_

AT_ONCE = 10
"""Questions on the screen; more would be a wall."""
LEAVE_OUT = "leave out"
DISTANCE = N_("{distance} m away")


def questions(draft: Draft) -> None:
    """Draw the questions with what may be meant; one without a decision is left out."""
    asked = sorted(draft.questions.values(), key=lambda question: question.row)
    if not asked:
        st.info(_("No row waits for a decision."))
        return
    st.caption(_("Rows without a decision are left out; the others go in."))
    key = f"questions-page-{draft.key}"
    page = min(st.session_state.get(key, 0), (len(asked) - 1) // AT_ONCE)
    with st.container(key="inventory-questions"):
        for question in asked[page * AT_ONCE : (page + 1) * AT_ONCE]:
            _question(draft, question)
    _pager(page, len(asked), key)


def _question(draft: Draft, question: Question) -> None:
    options = [LEAVE_OUT, *(str(one.shelter_id) for one in question.candidates), NEW]
    labels = [_("Leave out for now"), *map(_same, question.candidates), _("It is a new shelter")]
    key = f"decide-{question.facility_key}"
    decided = str(draft.decisions.get(question.facility_key, LEAVE_OUT))
    # What is decided stands in the draft: a list that is not on the screen forgets its widgets.
    st.session_state[key] = decided if decided in options else LEAVE_OUT
    with st.container(border=True, key=f"card-{question.row}"):
        row = _("Row {row}").format(row=question.row)
        st.html(
            render(
                "question.html",
                row=row,
                name=question.name,
                address=question.address or "",
                outcome=_(question.outcome.label),
            )
        )
        st.radio(
            _("What is it?"),
            options,
            key=key,
            format_func=dict(zip(options, labels, strict=True)).__getitem__,
            label_visibility="collapsed",
            on_change=_decide,
            args=(draft, question, key),
        )


def _same(shelter: Resembling) -> str:
    """Return what tells a candidate from the others: name, address, distance, likeness."""
    said = _("The same as {name} ({facts})")
    distance = shelter.distance_m
    facts = [
        shelter.address,
        "" if distance is None else _(DISTANCE).format(distance=f"{distance:,.0f}"),
        _("likeness {percent}%").format(percent=round(shelter.likeness * 100)),
    ]
    return plain(said.format(name=shelter.name, facts=", ".join(filter(None, facts))))


def _decide(draft: Draft, question: Question, key: str) -> None:
    chosen: str = st.session_state[key]
    draft.decisions.pop(question.facility_key, None)
    known: dict[str, Decision] = {
        str(one.shelter_id): one.shelter_id for one in question.candidates
    }
    if chosen != LEAVE_OUT:
        draft.decisions[question.facility_key] = known.get(chosen, NEW)


def _pager(page: int, count: int, key: str) -> None:
    if count <= AT_ONCE:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(_("Back"), disabled=page == 0, on_click=_turn, args=(key, page - 1))
        last = (page + 1) * AT_ONCE
        st.button(_("Further"), disabled=last >= count, on_click=_turn, args=(key, page + 1))
        first, last = page * AT_ONCE + 1, min(last, count)
        st.caption(
            _("{first} to {last} of {count}").format(first=first, last=last, count=f"{count:,}")
        )


def _turn(key: str, page: int) -> None:
    st.session_state[key] = page
