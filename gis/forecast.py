"""When a shelter runs out of an item, and what it lacks or has too much of: pure, without a clock.

From how fast people use it (gis/demand.py) and what is there and comes (gis/supply.py). A figure
that rests on something counted in part is a bound; on something unknown, None with what to ask.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise

from gis.demand import HOURS_A_DAY, Need, Rate, rounded_down, rounded_up
from gis.supply import HOUR, Draw, Supply, balance, draws
from gis.vocabulary import Ask, Bound

FARTHEST_HOURS = 10 * 365 * HOURS_A_DAY
"""Ten years: what lasts longer ends at no moment that anybody plans for."""

_INSTANT_HOURS = 1e-6
"""What a computer takes for a gap where one supply ends as the next one comes."""


@dataclass(frozen=True)
class Outlook:
    """When a shelter runs out of something that is used up."""

    hours: float | None
    """Until then; infinity is never, None where nobody can know."""
    runs_out_at: datetime | None
    """The same as a moment; None where it is never, unknown, or more than ten years ahead."""
    bound: Bound
    """Of the hours."""
    is_estimate: bool
    relieved_at: datetime | None
    """When something arrives after it ran out."""
    overdue: int
    """Units that were to be there by now and were not received: not counted."""
    undated: int
    """Units that are on their way, nobody knows until when: not counted."""
    expiring: int
    """Units that are past their date already, or will be before they can be used."""
    asks: tuple[Ask, ...]
    """What to ask the shelter, so that more is known."""


@dataclass(frozen=True)
class Amount:
    """A number of units that was computed; None where nobody can know."""

    units: int | None
    bound: Bound = Bound.EXACT


@dataclass(frozen=True)
class Provision:
    """What a shelter has of something that is not used up, against what it is to have."""

    needed: int | None
    have: int | None
    """What lies there and is not past its date; at least that, where nobody counted."""
    lack: int | None
    surplus: int | None
    coming: int
    """Units on their way that are not overdue; no part of what it has."""
    bound: Bound
    """Of the lack; that of the surplus is the other way round."""
    is_estimate: bool
    asks: tuple[Ask, ...]


def forecast(rate: Rate, supply: Supply, at: datetime, zone: tzinfo) -> Outlook:
    """Return when a supply runs out.

    Parameters
    ----------
    at
        The present moment, aware.
    zone
        In which a date ends: that of the shelter.
    """
    drawn = draws(rate.per_hour or 0, supply, at, zone)
    hours, bound, relieved = _told(rate, supply, drawn)
    return Outlook(
        hours=hours,
        runs_out_at=_moment(at, hours),
        bound=bound,
        is_estimate=rate.is_estimate,
        relieved_at=_moment(at, relieved),
        overdue=supply.overdue(at),
        undated=supply.undated,
        expiring=rounded_down(_expiring(drawn, rate.per_hour or 0)),
        asks=_asks(rate, supply, at),
    )


def lacking(rate: Rate, supply: Supply, at: datetime, zone: tzinfo, until: datetime) -> Amount:
    """Return how many units, rounded up, are missing until a horizon; see :func:`forecast`.

    With so many more from now on nobody would go without until then.
    """
    bound = rate.bound.joined(supply.bound.reversed)
    if rate.per_hour is None or (supply.holding is None and not _is_unused(rate)):
        return Amount(None)
    drawn = draws(rate.per_hour, supply, at, zone)
    units = rounded_up(balance(drawn, rate.per_hour, (until - at) / HOUR).missing)
    return _amount(units, bound)


def surplus(rate: Rate, supply: Supply, at: datetime, zone: tzinfo, days: float) -> Amount:
    """Return how many units, rounded down, lie there beyond what some days take.

    That is what can be passed on. What is past its date is no part of it; what will be before it is
    used, is. See :func:`forecast`.
    """
    bound = rate.bound.reversed.joined(supply.bound)
    if rate.per_hour is None or supply.holding is None:
        return Amount(None)
    drawn = draws(rate.per_hour, Supply(supply.holding), at, zone)
    used = balance(drawn, rate.per_hour, days * HOURS_A_DAY).used
    return _amount(rounded_down(supply.holding.usable(at, zone) - used), bound)


def provision(need: Need, supply: Supply, at: datetime, zone: tzinfo) -> Provision:
    """Return what a shelter lacks of something that is not used up; see :func:`forecast`."""
    have = None if supply.holding is None else supply.holding.usable(at, zone)
    lack = _beyond(need.units, 0 if _is_unused(need) and have is None else have)
    short = _amount(lack, need.bound.joined(supply.bound.reversed))
    over = _amount(_beyond(have, need.units), need.bound.reversed.joined(supply.bound))
    return Provision(
        needed=need.units,
        have=have,
        lack=short.units,
        surplus=over.units,
        coming=sum(one.quantity for one in supply.arrivals) - supply.overdue(at),
        bound=short.bound,
        is_estimate=need.is_estimate,
        asks=_asks(need, supply, at),
    )


def _told(
    rate: Rate, supply: Supply, drawn: Sequence[Draw]
) -> tuple[float | None, Bound, float | None]:
    """Return the hours until a shortage, their bound, and the hours until it ends."""
    bound = rate.bound.reversed.joined(supply.bound)
    hours, relieved = _shortage(drawn, rate.per_hour or 0)
    says_nothing = (hours, bound) in ((0, Bound.AT_LEAST), (math.inf, Bound.AT_MOST))
    is_unknown = supply.holding is None and not _is_unused(rate)
    if rate.per_hour is None or bound is None or says_nothing or is_unknown:
        return None, Bound.EXACT, None
    # Nothing ends sooner than now, or later than never.
    return hours, Bound.EXACT if hours in (0, math.inf) else bound, relieved


def _shortage(drawn: Sequence[Draw], per_hour: float) -> tuple[float, float | None]:
    """Return the hours until nothing is left, and those until something comes after that."""
    if not per_hour:
        return math.inf, None
    used = [(0.0, 0.0), *((one.begins, one.begins + one.used / per_hour) for one in drawn)]
    for (_, ends), (begins, _) in pairwise(used):
        if begins > ends + _INSTANT_HOURS:
            return ends, begins
    return used[-1][1], None


def _expiring(drawn: Sequence[Draw], per_hour: float) -> float:
    """Return what is past its date before it is used; with no user, what is past it already."""
    limit = math.inf if per_hour else 0
    return sum(
        one.quantity - one.used
        for one in drawn
        if one.expires <= limit and not math.isinf(one.expires)
    )


def _moment(at: datetime, hours: float | None) -> datetime | None:
    return None if hours is None or hours > FARTHEST_HOURS else at + timedelta(hours=hours)


def _is_unused(demand: Rate | Need) -> bool:
    """Tell whether nobody needs any, and that is sure."""
    amount = demand.per_hour if isinstance(demand, Rate) else demand.units
    return amount == 0 and demand.bound is not Bound.AT_LEAST


def _asks(demand: Rate | Need, supply: Supply, at: datetime) -> tuple[Ask, ...]:
    """Return what to ask; of what nobody needs, only where it has remained."""
    asks = demand.asks + supply.asks(at)
    return tuple(ask for ask in asks if not _is_unused(demand) or ask is Ask.ARRIVAL)


def _beyond(units: int | None, taken: int | None) -> int | None:
    return None if units is None or taken is None else max(units - taken, 0)


def _amount(units: int | None, bound: Bound | None) -> Amount:
    if units is None or bound is None:
        return Amount(None)
    # No amount is less than nothing.
    return Amount(units, Bound.EXACT if units == 0 and bound is Bound.AT_MOST else bound)
