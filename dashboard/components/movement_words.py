"""What happened to stock, in words."""

from collections.abc import Mapping
from uuid import UUID

from dashboard import session
from dashboard.components.stock_where import Where
from dashboard.session import _
from gis.items import item_list
from gis.queries.stocks import MovementView


def item_text(item_code: str) -> str:
    """Return what an item is called."""
    item = item_list().items.get(item_code)
    return item.name(session.language()) if item else item_code


def amount_text(item_code: str, quantity: int) -> str:
    """Return a quantity with its unit."""
    item = item_list().items.get(item_code)
    return f"{quantity:,} {item.unit(session.language()) if item else ''}".rstrip()


def movement_text(line: MovementView, places: Mapping[UUID, Where]) -> str:
    """Return what a line of the ledger says, such as ``Moved: Blankets 30 pieces (A → B)``."""
    between = (line.from_place_id, line.to_place_id)
    ways = [places[one].name for one in between if one is not None and one in places]
    amount = amount_text(line.item_code, line.quantity)
    return f"{happened_text(line)}: {item_text(line.item_code)} {amount} ({' → '.join(ways)})"


def happened_text(line: MovementView) -> str:
    """Return what happened; of a count how much was found of the item in all."""
    if line.counted is None:
        return _(line.kind.label)
    return _("Count: {number} in all").format(number=f"{line.counted:,}")


def standing_text(line: MovementView) -> str:
    """Return whether a line was taken back, or takes another one back."""
    if line.is_taken_back:
        return _("Taken back")
    return _("Takes another one back") if line.supersedes_id else ""
