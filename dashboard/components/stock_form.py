"""Telling what came, went or was counted: one form, which asks for what belongs to that alone."""

from collections.abc import Mapping
from uuid import UUID

import streamlit as st

from dashboard import cached, session
from dashboard.components.movement_words import amount_text
from dashboard.components.plain import plain
from dashboard.components.stock_filing import (
    Asked,
    StockForm,
    Told,
    asked_about,
    confirm,
    record,
)
from dashboard.components.stock_where import Where
from dashboard.session import _
from gis.clock import of_wall_clock
from gis.errors import CountNeedsReason
from gis.items import Item, item_list
from gis.models.supply import LOT_LENGTH, QUANTITY_MOST, TEXT_LENGTH
from gis.operations.ledger import Goods, Lot
from gis.text import N_
from gis.vocabulary import ItemKind, MovementKind, Source

NAME = "stock-telling"
PLACE = f"{NAME}-place"
"""The key of the place. It stays with kind and source: item after item is told of one place."""
KINDS = {
    MovementKind.RECEIVED: N_("Came in"),
    MovementKind.MOVED: N_("Moved on"),
    MovementKind.USED: N_("Used up"),
    MovementKind.COUNTED: N_("All of it was counted"),
    MovementKind.EXPIRED: N_("Disposed of, past its date"),
}
SOURCES = (Source.PHONE, Source.RADIO, Source.VISIT, Source.OTHER)
TAKES = {MovementKind.MOVED, MovementKind.USED, MovementKind.EXPIRED}
"""What takes from what is there, of one lot or of any."""


def stock_form(places: Mapping[UUID, Where], chosen: UUID | None) -> None:
    """Draw the form.

    Parameters
    ----------
    places
        Where stock can lie.
    chosen
        The place that is chosen beside it, which the form is then about.
    """
    form = StockForm(NAME)
    _follow(form, chosen)
    kind = st.segmented_control(
        _("What happened"),
        [*KINDS],
        default=MovementKind.RECEIVED,
        required=True,
        format_func=lambda kind: _(KINDS[kind]),
        key=f"{form.name}-kind",
    )
    what, how = st.columns(2)
    with what:
        _places(form, places, kind)
        goods = _goods(form, kind)
    with how:
        _circumstances(form, kind)
    _send(form, _told(form, kind, goods))


def _follow(form: StockForm, chosen: UUID | None) -> None:
    """Have the form be about the place that is chosen, as long as no other one is chosen in it."""
    followed, key = f"{form.name}-followed", PLACE
    if chosen and (st.session_state.get(followed) != chosen or key not in st.session_state):
        st.session_state[key] = chosen
    st.session_state[followed] = chosen


def _places(form: StockForm, places: Mapping[UUID, Where], kind: MovementKind) -> None:
    asked = {"place": _("Where")}
    if kind is MovementKind.MOVED:
        asked = {"place": _("From where"), "to_place": _("To where")}
    for field, label in asked.items():
        st.selectbox(
            label,
            [*places],
            index=None,
            format_func=lambda id_: f"{places[id_].label} · {_(places[id_].group.one)}",
            key=PLACE if field == "place" else form.key(field),
            placeholder=_("Choose"),
        )


def _goods(form: StockForm, kind: MovementKind) -> Goods | None:
    """Draw what it is and how much; return that in the item's own unit once it is said."""
    language = session.language()
    items = {
        code: item for code, item in item_list().items.items() if item.kind is not ItemKind.STAFF
    }
    code = st.selectbox(
        _("Item"),
        [*items],
        index=None,
        format_func=lambda code: items[code].name(language),
        key=form.key("item"),
        placeholder=_("Choose"),
    )
    if code is None:
        return None
    units = _units(form, items[code])
    lot = _lot(form, kind, code)
    return None if units is None else Goods(code, units, lot)


def _units(form: StockForm, item: Item) -> int | None:
    """Draw how many, and of which unit: the item's own, or a pack of it."""
    language = session.language()
    names = {item.unit(language): 1} | {pack.name(language): pack.size for pack in item.packs}
    number, unit_side = st.columns(2)
    with number:
        told: int | None = st.number_input(
            _("Quantity"), 0, QUANTITY_MOST, None, 1, key=form.key("quantity")
        )
    with unit_side:
        unit = st.selectbox(
            _("Unit"),
            [*names],
            format_func=lambda name: _unit_text(item, name, names[name]),
            key=form.key(f"unit-{item.code}"),
        )
    if told is None:
        return None
    units = item.in_units(told, unit)
    # What is too much for the item list is too much for the ledger, which says so.
    return QUANTITY_MOST + 1 if units is None else units


def _unit_text(item: Item, name: str, size: int) -> str:
    return name if size == 1 else f"{name} ({amount_text(item.code, size)})"


def _lot(form: StockForm, kind: MovementKind, item_code: str) -> Lot | None:
    if kind is MovementKind.RECEIVED:
        return _new_lot(form)
    return _lot_there(form, item_code) if kind in TAKES else None


def _new_lot(form: StockForm) -> Lot:
    mark_side, date_side = st.columns(2)
    with mark_side:
        mark = st.text_input(
            _("Lot (may be left empty)"), key=form.key("lot"), max_chars=LOT_LENGTH
        )
    with date_side:
        until = st.date_input(
            _("Last day of use (may be left empty)"), None, "2000-01-01", "2100-12-31",
            key=form.key("expires_on"), format="YYYY/MM/DD",
        )  # fmt: skip
    return Lot((mark or "").strip(), until)


def _lot_there(form: StockForm, item_code: str) -> Lot | None:
    place_id: UUID | None = st.session_state.get(PLACE)
    if place_id is None:
        return None
    there = {
        Lot(line.lot, line.expires_on): line.quantity
        for line in cached.stock_lots(place_id)
        if line.item_code == item_code
    }
    return st.selectbox(
        _("Lot"),
        [*there],
        index=None,
        format_func=lambda lot: _lot_text(lot, amount_text(item_code, there[lot])),
        key=form.key(f"lot-{place_id}-{item_code}"),
        placeholder=_("Any: what expires first goes first"),
        disabled=not there,
    )


def _lot_text(lot: Lot, amount: str) -> str:
    until = _("until {day}").format(day=lot.expires_on) if lot.expires_on else _("date unknown")
    return " · ".join(part for part in (lot.mark, until, amount) if part)


def _circumstances(form: StockForm, kind: MovementKind) -> None:
    st.datetime_input(
        _("When (empty: now)"), None, key=form.key("observed_at"), format="YYYY/MM/DD", step=60
    )
    st.selectbox(
        _("How do we know?"),
        SOURCES,
        key=f"{form.name}-source",
        format_func=lambda term: _(term.label),
    )
    is_count = kind is MovementKind.COUNTED
    st.text_area(
        _("Reason (needed where the count differs from what was told)")
        if is_count
        else _("Reason or note (may be left empty)"),
        key=form.key("reason"),
        max_chars=TEXT_LENGTH,
        height=72,
    )
    if is_count:
        st.caption(
            _("Count all of the item in the place. What came and went after the count is kept.")
        )


def _told(form: StockForm, kind: MovementKind, goods: Goods | None) -> Told | None:
    """Return what stands in the form; None while something is missing."""
    place_id, to_place_id = st.session_state.get(PLACE), form.value("to_place")
    is_moved = kind is MovementKind.MOVED
    if goods is None or place_id is None or (is_moved and to_place_id is None):
        return None
    return Told(
        kind,
        place_id,
        goods,
        to_place_id if is_moved else None,
        of_wall_clock(form.value("observed_at")),
        st.session_state[f"{form.name}-source"],
        (form.value("reason") or "").strip() or None,
    )


def _send(form: StockForm, told: Told | None) -> None:
    asked = asked_about(form, told) if told else None
    with st.container():
        if told and asked:
            _ask(form, told, asked)
    st.button(
        _("Record it"),
        key=form.key("file"),
        type="primary",
        disabled=told is None,
        on_click=record,
        args=(form, told),
    )
    if told is None:
        st.caption(_("Say where, what and how much."))
    elif told.goods.quantity != form.value("quantity"):
        st.caption(plain(f"= {amount_text(told.goods.item_code, told.goods.quantity)}"))


def _ask(form: StockForm, told: Told, asked: Asked) -> None:
    st.warning(plain(asked.why.explain(session.language())), icon=":material/help:")
    if not isinstance(asked.why, CountNeedsReason):
        st.button(
            _("Yes, it is right: record it"),
            key=form.key(f"yes-{asked.why.code()}"),
            on_click=confirm,
            args=(form, told, asked),
        )
