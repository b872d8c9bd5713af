"""What a shelter has of an item and what comes, and how it is used up: pure, without a clock.

What expires first is used first. Only what lies there or comes at a known moment is counted; what
was to be there by now and is not, and what comes nobody knows when, are told apart.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from gis.vocabulary import Ask, Bound

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Lot:
    """Some of an item that lies in a shelter and is past its date together."""

    quantity: int
    expires_on: date | None = None
    """The last day on which it can be used; what has none keeps."""


@dataclass(frozen=True)
class Arrival:
    """Some of an item that is on its way to a shelter and has not been received."""

    quantity: int
    expected_at: datetime | None
    """None where nobody knows when."""


@dataclass(frozen=True)
class Holding:
    """What of an item lies in a shelter."""

    lots: tuple[Lot, ...] = ()
    is_counted: bool = True
    """Whether somebody counted there; otherwise there is at least that much."""

    def usable(self, at: datetime, zone: tzinfo) -> int:
        """Return how much is not past its date, which ends at midnight in ``zone``."""
        return sum(lot.quantity for lot in self.lots if _hours_left(lot, at, zone) > 0)


@dataclass(frozen=True)
class Supply:
    """What a shelter has of an item, and what comes."""

    holding: Holding | None
    """None where nothing at all is known."""
    arrivals: tuple[Arrival, ...] = ()

    def overdue(self, at: datetime) -> int:
        """Return how much was to have arrived before a moment."""
        dated = [(one.quantity, one.expected_at) for one in self.arrivals if one.expected_at]
        return sum(quantity for quantity, expected_at in dated if expected_at < at)

    @property
    def undated(self) -> int:
        """How much is on its way and comes nobody knows when."""
        return sum(one.quantity for one in self.arrivals if one.expected_at is None)

    @property
    def is_counted(self) -> bool:
        """Whether somebody counted what lies there."""
        return self.holding is not None and self.holding.is_counted

    @property
    def bound(self) -> Bound:
        """How the quantity that is known stands to the true one."""
        return Bound.EXACT if self.is_counted else Bound.AT_LEAST

    def asks(self, at: datetime) -> tuple[Ask, ...]:
        """Return what to ask, so that more is known of it."""
        stock = () if self.is_counted else (Ask.STOCK,)
        return (*stock, Ask.ARRIVAL) if self.overdue(at) or self.undated else stock


@dataclass(frozen=True)
class Draw:
    """How much of a lot or an arrival is used, one after the other; hours are from now on."""

    quantity: int
    comes: float
    begins: float
    """When people begin to use it."""
    used: float
    expires: float
    """Infinity for what keeps."""

    def used_until(self, hours: float, per_hour: float) -> float:
        """Return how much is used until some hour."""
        return min(self.used, max(hours - self.begins, 0) * per_hour)


@dataclass(frozen=True)
class Balance:
    """What becomes of a supply until a horizon, in units and parts of them.

    Used, expired and left together are what was there and what came by then.
    """

    used: float
    expired: float
    left: float
    missing: float
    """What people would have used besides, while nothing was there."""


def draws(per_hour: float, supply: Supply, at: datetime, zone: tzinfo) -> list[Draw]:
    """Return what is used in which order, from a moment on, until nothing is left.

    Parameters
    ----------
    per_hour
        Units that people use; with 0 nothing is ever used.
    at
        The present moment, aware.
    zone
        In which a date ends: that of the shelter.
    """
    waiting = [
        *((_hours_left(lot, at, zone), 0.0, lot.quantity) for lot in _lots(supply)),
        *((math.inf, comes, quantity) for comes, quantity in _expected(supply, at)),
    ]
    drawn, free = [], 0.0
    for expires, comes, quantity in sorted(waiting):
        begins = max(free, comes)
        used = min(quantity, max(expires - begins, 0) * per_hour) if per_hour else 0
        free = begins + (used / per_hour if per_hour else 0)
        drawn.append(Draw(quantity, comes, begins, used, expires))
    return drawn


def balance(drawn: Sequence[Draw], per_hour: float, hours: float) -> Balance:
    """Return what becomes of a supply until some hour from now on.

    Parameters
    ----------
    drawn
        What :func:`draws` returned for the same ``per_hour``.
    """
    here = [(one, one.used_until(hours, per_hour)) for one in drawn if one.comes <= hours]
    used = sum(amount for _, amount in here)
    return Balance(
        used=used,
        expired=sum(one.quantity - amount for one, amount in here if one.expires <= hours),
        left=sum(one.quantity - amount for one, amount in here if one.expires > hours),
        missing=max(per_hour * max(hours, 0) - used, 0),
    )


def worn(holding: Holding, per_hour: float, since: datetime, at: datetime, zone: tzinfo) -> Holding:
    """Return what is left of a holding that was last told of at some earlier moment.

    People have gone on using it: without this, an old figure would last as long as a fresh one.

    Parameters
    ----------
    per_hour
        Units that people use.
    since
        When somebody last said how much there was, or people came.
    at
        The present moment; before ``since`` nothing is used.
    zone
        In which a date ends: that of the shelter.
    """
    hours = (at - since) / HOUR
    if hours <= 0 or not per_hour:
        return holding
    # In the order in which they are used.
    lots = sorted(
        _lots(Supply(holding)), key=lambda lot: (_hours_left(lot, since, zone), lot.quantity)
    )
    drawn = draws(per_hour, Supply(holding), since, zone)
    left = (
        Lot(math.ceil(lot.quantity - one.used_until(hours, per_hour) - 1e-6), lot.expires_on)
        for lot, one in zip(lots, drawn, strict=True)
    )
    return Holding(tuple(lot for lot in left if lot.quantity > 0), holding.is_counted)


def _lots(supply: Supply) -> list[Lot]:
    return [lot for lot in supply.holding.lots if lot.quantity] if supply.holding else []


def _expected(supply: Supply, at: datetime) -> list[tuple[float, int]]:
    """Return the arrivals that are to come, as (hours from now on, quantity)."""
    dated = [(one.expected_at, one.quantity) for one in supply.arrivals if one.expected_at]
    return [((moment - at) / HOUR, many) for moment, many in dated if many and moment >= at]


def _hours_left(lot: Lot, at: datetime, zone: tzinfo) -> float:
    """Return for how many hours a lot can be used, less than 0 past its date."""
    if lot.expires_on is None:
        return math.inf
    last = datetime.combine(lot.expires_on, time.max, tzinfo=zone)
    return (last - at + timedelta.resolution) / HOUR
