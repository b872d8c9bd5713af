"""Supplies in words: how long something lasts, how much of it, what to ask."""

import math
from collections.abc import Iterable
from datetime import timedelta

from dashboard import session
from dashboard.components.wording import clock_text, number_text
from dashboard.session import _
from gis.forecast import Amount, Outlook
from gis.items import item_list
from gis.past import PastMoment
from gis.queries.dispatches import DispatchView, LoadView
from gis.text import N_
from gis.vocabulary import Bound

_BOUNDED = {
    Bound.EXACT: "{amount}",
    Bound.AT_MOST: N_("{amount} at most"),
    Bound.AT_LEAST: N_("{amount} at least"),
}

_UNTIL = {
    Bound.EXACT: N_("{span} (until {moment})"),
    Bound.AT_MOST: N_("{span} at most ({moment} or before)"),
    Bound.AT_LEAST: N_("{span} at least ({moment} or later)"),
}


def item_name(code: str) -> str:
    """Return what an item is called; one that left the item list by its code."""
    item = item_list().items.get(code)
    return item.name(session.language()) if item else code


def unit_name(code: str) -> str:
    """Return in what an item is counted."""
    item = item_list().items.get(code)
    return item.unit(session.language()) if item else ""


def quantity_text(code: str, quantity: int | None) -> str:
    """Return a quantity with its unit, or that it is unknown."""
    shown = number_text(quantity, session.language())
    return shown if quantity is None else f"{shown} {unit_name(code)}"


def amount_text(code: str, amount: Amount) -> str:
    """Return a computed quantity with its unit and its bound."""
    return _bounded(quantity_text(code, amount.units), amount.bound, amount.units)


def outlook_text(outlook: Outlook) -> str:
    """Return how long something lasts and until when, such as ``2時間10分（14:10まで）``."""
    hours = outlook.hours
    if hours is None:
        return _("Unknown")
    if hours == 0:
        return _("None left")
    if math.isinf(hours):
        return _("Nobody uses it")
    span = span_text(timedelta(hours=hours))
    if outlook.runs_out_at is None:
        return _bounded(span, outlook.bound, hours)
    return _(_UNTIL[outlook.bound]).format(span=span, moment=clock_text(outlook.runs_out_at))


def span_text(span: timedelta) -> str:
    """Return a time in hours and minutes, or in days where it is long."""
    minutes = int(span / timedelta(minutes=1))
    if minutes >= 3 * 24 * 60:
        return _("{days} d").format(days=f"{minutes // (24 * 60):,}")
    hours, rest = divmod(minutes, 60)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=f"{rest:02}")


def loads_text(loads: Iterable[LoadView]) -> str:
    """Return what a dispatch carries."""
    return _(", ").join(
        f"{item_name(load.item_code)} {quantity_text(load.item_code, load.quantity)}"
        for load in loads
    )


def expected_text(dispatch: DispatchView, past: PastMoment | None = None) -> str:
    """Return when a dispatch is expected, and that it is late where it is."""
    if dispatch.expected_at is None:
        return _("Unknown")
    expected = clock_text(dispatch.expected_at)
    now = session.moment(past)
    if not dispatch.is_overdue(now):
        return expected
    return _("{moment}, late by {span}").format(
        moment=expected, span=span_text(now - dispatch.expected_at)
    )


def _bounded(text: str, bound: Bound, known: float | None) -> str:
    return text if known is None else _(_BOUNDED[bound]).format(amount=text)
