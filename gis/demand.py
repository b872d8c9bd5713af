"""How much people in a shelter need of an item: pure, without a store or a clock.

The norms stand in the item list (gis/items.py). What nobody has counted or looked at stays None,
with what to ask; a count of some people only is a lower bound of what is needed.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gis.config import ToiletNorm
from gis.items import Group, Item, Norm
from gis.standards import toilets_needed
from gis.vocabulary import Ask, Bound, Lifeline, LifelineState

HOURS_A_DAY = 24

Lifelines = Mapping[Lifeline, LifelineState]
"""How the lifelines of a shelter are; a missing one is unknown."""


@dataclass(frozen=True)
class Heads:
    """How many people are in a shelter, as counted last."""

    persons: int | None
    """None where nobody counted."""
    at_least: bool = False
    """Whether only some of them were counted, so that there may be more."""
    figures: Mapping[str, int] = field(default_factory=dict)
    """Which of them were counted apart, by the names of gis/occupancy.py."""


@dataclass(frozen=True)
class Rate:
    """How fast people use something up."""

    per_hour: float | None
    """Units; None where nobody can know, or where the item list has no norm."""
    bound: Bound = Bound.EXACT
    is_estimate: bool = False
    """Whether its users were not counted, but taken as a share of all persons."""
    asks: tuple[Ask, ...] = ()


@dataclass(frozen=True)
class Need:
    """How much is to be there of something that is not used up."""

    units: int | None
    """None where nobody can know, or where the item list has no norm."""
    bound: Bound = Bound.EXACT
    is_estimate: bool = False
    """Whether its users were not counted, but taken as a share of all persons."""
    asks: tuple[Ask, ...] = ()


@dataclass(frozen=True)
class ToiletNorms:
    """How many toilets there are to be, at some hour of an incident."""

    norms: Sequence[ToiletNorm]
    """Of the city profile, the first one from hour 0."""
    hours: float
    """Since the incident began."""


def consumption(
    item: Item, groups: Mapping[str, Group], heads: Heads, lifelines: Lifelines
) -> Rate:
    """Return how fast a shelter uses an item up.

    Parameters
    ----------
    item
        One that is consumable.
    groups
        Those of the item list.
    """
    norm = item.norm
    if norm is None or norm.amount is None:
        return Rate(None)
    users = _users(norm, groups, heads, lifelines)
    if users.count is None or users.bound is None:
        return Rate(None, asks=users.asks)
    per_hour = users.count * norm.amount / HOURS_A_DAY
    return Rate(per_hour, users.bound, users.is_estimate, users.asks)


def needed(
    item: Item,
    groups: Mapping[str, Group],
    heads: Heads,
    lifelines: Lifelines,
    toilets: ToiletNorms,
) -> Need:
    """Return how many units of an item a shelter is to have.

    Parameters
    ----------
    item
        One that is not consumable.
    groups
        Those of the item list.
    """
    norm = item.norm
    if norm is None:
        return Need(None)
    users = _users(norm, groups, heads, lifelines)
    if users.count is None or users.bound is None:
        return Need(None, asks=users.asks)
    return Need(_units(norm, users.count, toilets), users.bound, users.is_estimate, users.asks)


def rounded_up(units: float) -> int:
    """Return whole units that are enough; what a computer adds to 500 is no unit more."""
    return math.ceil(round(units, 6))


def rounded_down(units: float) -> int:
    """Return the whole units in some."""
    return math.floor(round(units, 6))


def _units(norm: Norm, users: float, toilets: ToiletNorms) -> int | None:
    if norm.standard:
        return toilets_needed(rounded_up(users), toilets.norms, toilets.hours)
    return rounded_up(users / norm.one_per if norm.one_per else users * (norm.amount or 0))


@dataclass(frozen=True)
class _Users:
    count: float | None
    bound: Bound | None
    is_estimate: bool
    asks: tuple[Ask, ...]


def _users(norm: Norm, groups: Mapping[str, Group], heads: Heads, lifelines: Lifelines) -> _Users:
    """Return how many people use an item, as far as the lifelines make them."""
    out = _is_out(norm, lifelines)
    if out is False:
        return _Users(0, Bound.EXACT, is_estimate=False, asks=())
    count, is_estimate = _members(groups[norm.group], heads)
    # Of people who may not need it at all, what they would use is the most.
    counted = Bound.AT_LEAST if heads.at_least else Bound.EXACT
    bound = counted.joined(Bound.EXACT if out else Bound.AT_MOST)
    asks = [
        ask
        for ask, is_open in (
            (Ask.PERSONS, count is None or heads.at_least),
            (Ask.LIFELINES, out is None and count != 0),
        )
        if is_open
    ]
    return _Users(count, bound, is_estimate, tuple(asks))


def _members(group: Group, heads: Heads) -> tuple[float | None, bool]:
    """Return how many of the people belong to a group, and whether that is an estimate."""
    counted = heads.figures.get(group.counted_as) if group.counted_as else None
    if counted is not None:
        return counted * group.share_of_counted, False
    if heads.persons is None:
        return None, False
    return heads.persons * group.share, group.share < 1 and heads.persons > 0


def _is_out(norm: Norm, lifelines: Lifelines) -> bool | None:
    """Tell whether something fails that makes people need an item; None where nobody knows."""
    if not norm.while_out:
        return True
    states = [lifelines.get(lifeline) for lifeline in norm.while_out]
    if any(state not in (None, LifelineState.USABLE) for state in states):
        return True
    return None if None in states else False
