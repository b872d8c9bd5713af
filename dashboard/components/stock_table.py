"""What lies in a place, as a table."""

from collections.abc import Iterable, Sequence

import streamlit as st

from dashboard import session
from dashboard.components.wording import clock_text, number_text
from dashboard.session import _
from gis.items import Item, item_list
from gis.queries.stocks import StockLine


def stock_table(lines: Sequence[StockLine]) -> None:
    """Draw what lies in a place, in the order of the item list."""
    language = session.language()
    rows = [
        {
            _("Item"): item.name(language),
            _("Quantity"): quantity_text(line),
            _("Unit"): item.unit(language),
            _("Reserved"): "" if line.reserved == 0 else number_text(line.reserved, language),
            _("Counted"): clock_text(line.counted_at) if line.counted_at else _("Not counted"),
        }
        for item, line in in_order(lines)
    ]
    st.dataframe(rows, hide_index=True, height="content")


def quantity_text(line: StockLine) -> str:
    """Return a quantity; of what nobody counted there may be more."""
    quantity = number_text(line.quantity, session.language())
    return quantity if line.counted_at else _("{number} or more").format(number=quantity)


def in_order(lines: Iterable[StockLine]) -> list[tuple[Item, StockLine]]:
    """Return lines of stock in the order of the item list, each with its item."""
    items = item_list().items
    order = {code: place for place, code in enumerate(items)}
    known = (line for line in lines if line.item_code in items)
    return sorted(
        ((items[line.item_code], line) for line in known), key=lambda pair: order[pair[0].code]
    )
