"""A place where stock lies: what is there, which lots, what came and went."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st

from dashboard import cached, session
from dashboard.components.instructions import instructions
from dashboard.components.movement_words import amount_text, happened_text, item_text, standing_text
from dashboard.components.plain import plain
from dashboard.components.stock_table import in_order, stock_table
from dashboard.components.stock_taking_back import stock_taking_back
from dashboard.components.stock_where import Where
from dashboard.components.wording import clock_text
from dashboard.session import _
from gis.clock import jst
from gis.items import item_list
from gis.queries.stocks import LotLine, MovementView

SOON_DAYS = 30
"""How long before its last day of use a lot is pointed out."""
AT_ONCE = 20
"""Movements of a page."""


def stock_place_panel(place: Where, places: Mapping[UUID, Where]) -> None:
    """Draw the place."""
    st.subheader(plain(place.label), anchor=False)
    said = [_(place.group.one), place.address, place.phone, place.note]
    st.caption(plain(" · ".join(part for part in said if part)))
    lines = cached.stock(place.id)
    if not lines:
        st.info(_("What lies here is unknown: nobody has told of it or counted it yet."))
        return
    stock_table(lines)
    instructions((item for item, _line in in_order(lines)), f"instructions-{place.id}")
    _lots(place.id)
    _movements(place, places)


def _lots(place_id: UUID) -> None:
    """Draw the lots of which anything is known but how much it is."""
    lots = [lot for lot in cached.stock_lots(place_id) if lot.lot or lot.expires_on]
    if not lots:
        return
    st.markdown(_("##### Lots and their last day of use"))
    order = {code: number for number, code in enumerate(item_list().items)}
    # What is past its date stands first, whatever it is.
    rows = sorted(lots, key=lambda lot: ((_days_left(lot) or 0) >= 0, order.get(lot.item_code, 0)))
    st.dataframe(
        [lot_row(lot) for lot in rows],
        hide_index=True,
        height="content",
        column_config={_("Quantity"): st.column_config.Column(alignment="right")},
    )


def lot_row(lot: LotLine) -> dict[str, str]:
    """Return a line of the list of lots."""
    return {
        _("Item"): item_text(lot.item_code),
        _("Last day of use"): lot.expires_on.isoformat() if lot.expires_on else _("Unknown"),
        _("Attention"): expiry_text(_days_left(lot)),
        _("Quantity"): amount_text(lot.item_code, lot.quantity),
        _("Lot"): lot.lot,
    }


def expiry_text(days_left: int | None) -> str:
    """Return what to think of about a lot: that it is past its date, or soon will be."""
    if days_left is None or days_left > SOON_DAYS:
        return ""
    if days_left < 0:
        return _("Past its date by {days} d").format(days=-days_left)
    return _("Last day is today") if days_left == 0 else _("{days} d left").format(days=days_left)


def _days_left(lot: LotLine) -> int | None:
    return (lot.expires_on - jst(session.moment()).date()).days if lot.expires_on else None


def _movements(place: Where, places: Mapping[UUID, Where]) -> None:
    st.markdown(_("##### What came, went and was counted"))
    key = f"stock-movements-{place.id}"
    page: int = st.session_state.get(key, 0)
    # One more than is shown: whether there are earlier ones.
    lines = cached.movements(place.id, AT_ONCE + 1, page * AT_ONCE)
    st.dataframe(
        telling_columns([movement_row(line, place, places) for line in lines[:AT_ONCE]]),
        hide_index=True,
        height="content",
        column_config={_("Quantity"): st.column_config.Column(alignment="right")},
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        _pager(lines, page, key)
        stock_taking_back(places, place.id)


def movement_row(line: MovementView, place: Where, places: Mapping[UUID, Where]) -> dict[str, str]:
    """Return a line of the list of movements, as it is seen from a place."""
    comes = line.to_place_id == place.id
    other = places.get((line.from_place_id if comes else line.to_place_id) or place.id)
    return {
        _("When"): clock_text(line.observed_at),
        _("What happened"): happened_text(line),
        _("Item"): item_text(line.item_code),
        _("Quantity"): _signed(line, comes=comes),
        _("From or to"): other.name if other and other.id != place.id else "",
        _("Lot"): line.lot,
        _("Reason"): line.reason or "",
        _("Standing"): standing_text(line),
        _("Recorded"): f"{clock_text(line.recorded_at)} · {line.recorded_by}",
    }


def telling_columns(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows without the columns that say nothing in any of them."""
    names = [name for name in rows[0] if any(row[name] for row in rows)] if rows else []
    return [{name: row[name] for name in names} for row in rows]


def _signed(line: MovementView, *, comes: bool) -> str:
    return f"{'+' if comes else '-'}{line.quantity:,}" if line.quantity else "0"


def _pager(lines: Sequence[MovementView], page: int, key: str) -> None:
    if page == 0 and len(lines) <= AT_ONCE:
        return
    st.button(
        _("Later ones"), key=f"{key}-later", disabled=page == 0, on_click=_turn,
        args=(key, page - 1),
    )  # fmt: skip
    st.button(
        _("Earlier ones"), key=f"{key}-earlier", disabled=len(lines) <= AT_ONCE, on_click=_turn,
        args=(key, page + 1),
    )  # fmt: skip


def _turn(key: str, page: int) -> None:
    st.session_state[key] = page
