"""Goods in words: what an item is called, how much of it lies somewhere, what is late."""

from datetime import datetime, timedelta
from typing import Final

from gis.clock import moment_text
from gis.items import item_list
from gis.text import N_, Language, translate
from gis.vocabulary import Bound

GOODS: Final = N_("{item} {quantity} {unit}")
OR_MORE: Final = N_("{number} or more")
RESERVED: Final = N_("of it reserved: {quantity}")
RESERVED_UNKNOWN: Final = N_("What was reserved then is unknown")
FROM_TO: Final = N_("{origin} → {destination}")
LATE_ON_THE_ROAD: Final = N_("On the road, late")
LASTS_UNTIL: Final = {
    Bound.EXACT: N_("{item}: lasts until {moment}"),
    Bound.AT_LEAST: N_("{item}: lasts until {moment} or longer"),
    Bound.AT_MOST: N_("{item}: lasts until {moment} at the latest"),
}
NO_DATES_THEN: Final = N_("Looking back, use-by dates of stock are not taken into account")
SHORTAGE_STEPS: Final = {
    "none_left": N_("None left"),
    "soon": N_("Within 6 hours"),
    "today": N_("Within 24 hours"),
}
"""How soon something runs out, by the steps of gis.layers.shortages."""
NONE_LEFT: Final = N_("{item}: none left")
LATE: Final = N_("{minutes} min late")
_MINUTE: Final = timedelta(minutes=1)


def goods_text(code: str, quantity: int, language: Language, *, is_counted: bool = True) -> str:
    """Return an item and how much of it there is, such as ``飲料水 1,000 L``.

    Parameters
    ----------
    quantity
        In the item's unit.
    is_counted
        Whether that is all; of what nobody counted there may be more.
    """
    item = item_list().items.get(code)
    said = translate(GOODS, language).format(
        # An item that a city took off its list may still lie somewhere.
        item=item.name(language) if item else code,
        quantity=f"{quantity:,}",
        unit=item.unit(language) if item else "",
    )
    return said.rstrip() if is_counted else translate(OR_MORE, language).format(number=said)


def late_text(expected_at: datetime | None, now: datetime, language: Language) -> str | None:
    """Return by how much something is late, such as ``25分遅れ``; None where it is not."""
    if expected_at is None or expected_at >= now:
        return None
    return translate(LATE, language).format(minutes=f"{(now - expected_at) // _MINUTE:,}")


def shortage_text(
    code: str, hours: float, runs_out_at: datetime | None, bound: Bound, language: Language
) -> str:
    """Return until when an item lasts, such as ``飲料水: 2026-09-01 18:00まで``."""
    item = item_list().items.get(code)
    message = NONE_LEFT if hours == 0 else LASTS_UNTIL[bound]
    return translate(message, language).format(
        item=item.name(language) if item else code, moment=moment_text(runs_out_at)
    )
