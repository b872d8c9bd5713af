"""Telling what somebody found when looking at equipment."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from dashboard import actions, session
from dashboard.components.plain import plain
from dashboard.components.statement_form import Form
from dashboard.components.stock_where import Where
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.clock import of_wall_clock
from gis.errors import CountNeedsReason
from gis.items import item_list
from gis.models.supply import QUANTITY_MOST, TEXT_LENGTH
from gis.operations.equipment import Seen, check_equipment
from gis.operations.ledger import Filing
from gis.queries.stocks import PlaceView
from gis.text import N_
from gis.vocabulary import ItemKind, Source

NAME = "equipment-check"
FIGURES = {"working": N_("Working"), "broken": N_("Broken"), "in_use": N_("In use, of those")}
SOURCES = (Source.VISIT, Source.PHONE, Source.RADIO, Source.OTHER)

CheckForm = Form[PlaceView]


@dataclass(frozen=True)
class Looked:
    """At which equipment somebody looked."""

    place_id: UUID
    item_code: str


def equipment_form(places: Mapping[UUID, Where], chosen: Looked | None) -> None:
    """Draw the form; it is about what is chosen beside it, or about what is chosen in it."""
    form = CheckForm(NAME)
    _follow(form, chosen)
    _which(form, places)
    for column, (field, label) in zip(st.columns(len(FIGURES)), FIGURES.items(), strict=True):
        with column:
            st.number_input(
                _(label), 0, QUANTITY_MOST, None, 1,
                key=form.key(field), placeholder=_("not counted"),
            )  # fmt: skip
    st.caption(_("Working and broken ones together are a count of what is there."))
    _circumstances(form)
    with st.container():
        _reason(form)
    st.button(
        _("Record the check"),
        key=form.key("file"),
        type="primary",
        disabled=not (form.value("place") and form.value("item")),
        on_click=_file,
        args=(form,),
    )


def _follow(form: CheckForm, chosen: Looked | None) -> None:
    followed = f"{form.name}-followed"
    said = st.session_state
    if chosen and (said.get(followed) != chosen or form.key("place") not in said):
        said[form.key("place")], said[form.key("item")] = chosen.place_id, chosen.item_code
    said[followed] = chosen


def _which(form: CheckForm, places: Mapping[UUID, Where]) -> None:
    language = session.language()
    items = {
        code: item for code, item in item_list().items.items() if item.kind is ItemKind.EQUIPMENT
    }
    place_side, item_side = st.columns(2)
    with place_side:
        st.selectbox(
            _("Where"),
            [*places],
            index=None,
            format_func=lambda id_: f"{places[id_].label} · {_(places[id_].group.one)}",
            key=form.key("place"),
            placeholder=_("Choose"),
        )
    with item_side:
        st.selectbox(
            _("Item"),
            [*items],
            index=None,
            format_func=lambda code: items[code].name(language),
            key=form.key("item"),
            placeholder=_("Choose"),
        )


def _circumstances(form: CheckForm) -> None:
    seen_side, next_side, source_side = st.columns(3)
    with seen_side:
        st.datetime_input(
            _("When (empty: now)"), None, key=form.key("observed_at"), format="YYYY/MM/DD", step=60
        )
    with next_side:
        st.date_input(
            _("Next check on (empty: none)"), None, "2000-01-01", "2100-12-31",
            key=form.key("next_check_on"), format="YYYY/MM/DD",
        )  # fmt: skip
    with source_side:
        st.selectbox(
            _("How do we know?"),
            SOURCES,
            key=form.key("source"),
            format_func=lambda term: _(term.label),
        )
    st.text_area(
        _("What was found (may be left empty)"), key=form.key("note"), max_chars=TEXT_LENGTH,
        height=72,
    )  # fmt: skip


def _reason(form: CheckForm) -> None:
    """Ask for the reason once a check was refused that counted something else than was told."""
    why: CountNeedsReason | None = st.session_state.get(_asked(form))
    if why is None:
        return
    st.warning(plain(why.explain(session.language())), icon=":material/help:")
    st.text_area(
        _("Reason of the difference"), key=form.key("reason"), max_chars=TEXT_LENGTH, height=72
    )


def _file(form: CheckForm) -> None:
    filing = Filing(
        actions.filing_id(form.name),
        of_wall_clock(form.value("observed_at")),
        form.value("source"),
        form.value("reason") or None,
    )
    seen = Seen(
        form.value("item"),
        **{figure: form.value(figure) for figure in FIGURES},
        next_check_on=form.value("next_check_on"),
        note=form.value("note") or None,
    )
    place_id: UUID = form.value("place")

    def verb(store: actions.Store) -> None:
        try:
            check_equipment(store, filing, place_id, seen)
        except CountNeedsReason as why:
            st.session_state[_asked(form)] = why
            raise

    if actions.act(DECIDES, verb, _("The check is recorded.")):
        st.session_state.pop(_asked(form), None)
        actions.filed(form.name)
    elif _asked(form) in st.session_state and not filing.reason:
        actions.withdraw_notice()


def _asked(form: CheckForm) -> str:
    return form.key("asked")
