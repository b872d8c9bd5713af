"""What lies where, place by place, and the sums of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

import streamlit as st

from dashboard import cached, session
from dashboard.components.chooser import choose
from dashboard.components.stock_table import quantity_text
from dashboard.components.stock_where import (
    Group,
    Where,
    everywhere,
    worth_listing,
)
from dashboard.components.wording import count_text
from dashboard.session import _
from gis.items import Item, item_list
from gis.queries.stocks import StockLine

LIST = "stock"
"""The list's name on the page."""

Lines = Mapping[tuple[UUID, str], StockLine]
"""What lies where, by place and item."""


def stock_list() -> UUID | None:
    """Draw what lies where, and return the place that is chosen in the list."""
    lines, places = cached.stocks_everywhere(), everywhere()
    lying = items_lying(lines)
    groups = _groups()
    items = _items(lying)
    shown = worth_listing(places, lines, groups)
    if not shown:
        st.info(_("Of these kinds there is no place of which anything is known."))
        return None
    found = {(line.place_id, line.item_code): line for line in lines}
    headings = [heading(item) for item in items]
    chosen = choose(
        LIST,
        {place.id: row(place, items, found) for place in shown},
        "single-row",
        right=headings,
        pinned=[_("Place")],
    )
    st.caption(
        _("Empty is unknown. “Or more” is what was told of, where nobody has counted it all.")
    )
    if any(line.is_fictitious for line in lines):
        st.caption(_("Some of the stock is invented for the demonstration."))
    return chosen[0] if chosen else None


def items_lying(lines: Iterable[StockLine]) -> list[Item]:
    """Return the items that lie anywhere, or did, in the order of the item list."""
    codes = {line.item_code for line in lines}
    return [item for code, item in item_list().items.items() if code in codes]


def heading(item: Item) -> str:
    """Return what stands above an item's column: its name and unit."""
    language = session.language()
    return f"{item.name(language)} ({item.unit(language)})"


def row(place: Where, items: Sequence[Item], found: Lines) -> dict[str, str]:
    """Return a line of the list; what nobody knows is empty, and 0 is what was counted as 0."""
    cells = {heading(item): known_text(found.get((place.id, item.code))) for item in items}
    return {_("Place"): place.label, _("Kind"): _(place.group.one), **cells}


def known_text(line: StockLine | None) -> str:
    """Return how much is known to lie there: nothing left of what nobody counted says nothing."""
    return quantity_text(line) if line and is_known(line) else ""


def is_known(line: StockLine) -> bool:
    """Tell whether a line says that anything, or nothing, is there."""
    return bool(line.quantity) or line.counted_at is not None


def stock_sums(places: Iterable[Where]) -> None:
    """Draw how much there is of each item in all, and at how many places nobody knows."""
    lines = cached.stocks_everywhere()
    items = items_lying(lines)
    found = {(line.place_id, line.item_code): line for line in lines}
    groups: dict[Group, list[Where]] = {Group.DEPOT: [], Group.OPEN: []}
    for place in places:
        if place.group in groups and not place.is_closed:
            groups[place.group].append(place)
    counted = {group: those for group, those in groups.items() if those}
    if not items or not counted:
        return
    st.subheader(_("In all"), anchor=False)
    st.dataframe(
        [
            {_("Item"): heading(item)}
            | {_(group.label): sum_text(those, item, found) for group, those in counted.items()}
            for item in items
        ],
        hide_index=True,
        height="content",
        column_config={
            _(group.label): st.column_config.Column(alignment="right", width="medium")
            for group in counted
        },
    )


def sum_text(places: Sequence[Where], item: Item, found: Lines) -> str:
    """Return how much of an item is known to be in some places, and at how many nobody knows.

    Where it was not counted there may be more than what is known: those are unknown, too.
    """
    lines = [line for place in places if (line := found.get((place.id, item.code)))]
    known = [line.quantity for line in lines if is_known(line)]
    counted = sum(1 for line in lines if line.counted_at)
    return count_text(sum(known) if known else None, len(places) - counted, session.language())


def _groups() -> Collection[Group]:
    chosen = st.pills(
        _("Kinds of places"),
        [*Group],
        selection_mode="multi",
        default=[*Group],
        format_func=lambda group: _(group.label),
        key="stock-groups",
        label_visibility="collapsed",
    )
    # None of them chosen means any: an empty list would help nobody.
    return chosen or [*Group]


def _items(lying: Sequence[Item]) -> list[Item]:
    by_code = {item.code: item for item in lying}
    chosen = st.multiselect(
        _("Items"),
        [*by_code],
        format_func=lambda code: by_code[code].name(session.language()),
        key="stock-items",
        placeholder=_("All items"),
        label_visibility="collapsed",
    )
    return [by_code[code] for code in chosen if code in by_code] or list(lying)
