"""The damage of an earthquake in a city, drawn by chance: tests/gis/planted_reports.py tells it."""

import csv
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tests.conftest import PROJECT
from tests.gis.planted_words import AFTERMATHS, FACTS, FIGURES, LOOKS, NAMED, WEIGHTS, name_of

LOT_M = 18.0
"""A lot with its share of the street: 36 km² hold some 110,000."""
AREA_M2 = 36e6
TEAMS = 60
M_PER_DEGREE = 111_000.0
WALKS_SHARE = 0.12
"""How often what comes next is a whole street, filed house by house by one team."""


@dataclass(frozen=True)
class Town:
    """A town of the demonstration city as a square of ``side`` by ``side`` lots."""

    name: str
    lon: float
    lat: float
    side: int
    weight: float
    """By how many people live there, and how hard the ground shook."""


@dataclass(frozen=True)
class Damage:
    """Something that is really so, on a lot of a town."""

    town: Town
    row: int
    column: int
    category: str
    facts: tuple[int, ...]
    figure: tuple[int, int] | None
    """Of what, and which of the values, as numbers into ``FIGURES``."""
    name: str | None
    looks: tuple[int, ...]
    aftermath: int | None
    at: datetime
    team: int | None = None
    """Who files it on a walk."""

    @property
    def lot(self) -> tuple[str, int, int]:
        """Which lot of which town."""
        return self.town.name, self.row, self.column

    def address(self, off: int = 0) -> tuple[int, int]:
        """Return block and lot; ``off`` counts houses further along the street."""
        column = min(max(self.column + off, 0), self.town.side - 1)
        blocks = -(-self.town.side // 5)
        return self.row // 2 * blocks + column // 5 + 1, self.row % 2 * 5 + column % 5 + 1

    def place(self) -> tuple[float, float]:
        """Return metres east and north of the town's point."""
        half = self.town.side / 2
        return (self.column - half) * LOT_M, (self.row - half) * LOT_M


class Earthquake:
    """Draws damages; the same for the same seed. ``share`` of the city's towns are hit at all."""

    def __init__(self, chance: random.Random, began: datetime, share: float) -> None:
        self.chance, self.began = chance, began
        self.towns = self._towns()
        hit = self.towns[: max(3, round(len(self.towns) * share))]
        self._hit, self._weights = hit, [town.weight for town in hit]
        self._taken: set[tuple[object, ...]] = set()

    def _towns(self) -> list[Town]:
        with (PROJECT / "data/cities/142077/towns.csv").open(encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        people = [float(row["population"] or 500) for row in rows]
        lots = AREA_M2 / LOT_M**2 / sum(people)
        towns = [
            Town(
                row["town_name"],
                float(row["lon"]),
                float(row["lat"]),
                side=max(8, round(math.sqrt(each * lots))),
                weight=each * self.chance.lognormvariate(0, 0.5),
            )
            for row, each in zip(rows, people, strict=True)
        ]
        self.chance.shuffle(towns)
        return towns

    def damages(self) -> Iterator[Damage]:
        """Yield them without end; no lot has one kind of damage twice within half a day."""
        for damage in self._drawn():
            half_day = (damage.at - self.began) // timedelta(hours=12)
            if (*damage.lot, damage.category, half_day) not in self._taken:
                near = (half_day - 1, half_day, half_day + 1)
                self._taken |= {(*damage.lot, damage.category, each) for each in near}
                yield damage

    def _drawn(self) -> Iterator[Damage]:
        while True:
            damage = self._damage()
            drawn = self.chance.random()
            if drawn < WALKS_SHARE:
                yield from self._walk(damage)
                continue
            yield damage
            if drawn < WALKS_SHARE + 0.05:
                yield self._of_another_kind(damage)
            elif drawn < WALKS_SHARE + 0.07:
                yield self._next_day(damage)

    def _damage(self) -> Damage:
        chance = self.chance
        category = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        town = chance.choices(self._hit, self._weights)[0]
        soon = chance.random() < 0.85
        hours = min(chance.expovariate(1 / 18), 72) if soon else chance.uniform(0, 240)
        kind = chance.randrange(len(FIGURES[category]))
        figure = kind, chance.randrange(len(FIGURES[category][kind][1]))
        known = range(len(FACTS[category]))
        return Damage(
            town,
            chance.randrange(town.side),
            chance.randrange(town.side),
            category,
            tuple(chance.sample(known, min(len(known), chance.randint(1, 3)))),
            figure if chance.random() < 0.5 else None,
            name_of(chance, category) if chance.random() < NAMED.get(category, 0) else None,
            tuple(chance.sample(range(len(LOOKS)), chance.choice((1, 2, 2, 3)))),
            chance.randrange(len(AFTERMATHS)) if chance.random() < 0.5 else None,
            self.began + timedelta(hours=hours),
        )

    def _walk(self, first: Damage) -> Iterator[Damage]:
        """A team goes along a street; in half of them the houses are hit in the same way."""
        chance = self.chance
        team, at, column = chance.randrange(TEAMS), first.at, first.column
        alike = chance.random() < 0.5
        for _ in range(chance.randint(3, 8)):
            other = self._damage()
            same = first.category if chance.random() < 0.8 else other.category
            if same != other.category:
                other = self._of(same)
            facts = first.facts if alike and same == first.category else other.facts
            yield replace(
                other, town=first.town, row=first.row, column=column, facts=facts, at=at, team=team
            )
            column, at = (
                column + chance.randint(1, 3),
                at + timedelta(minutes=chance.uniform(2, 10)),
            )
            if column >= first.town.side:
                return

    def _of(self, category: str) -> Damage:
        while (damage := self._damage()).category != category:
            pass
        return damage

    def _of_another_kind(self, damage: Damage) -> Damage:
        there = replace(self._damage(), town=damage.town, row=damage.row, column=damage.column)
        return replace(there, at=damage.at + timedelta(minutes=self.chance.uniform(-60, 60)))

    def _next_day(self, damage: Damage) -> Damage:
        """The street is hit again, by an aftershock: a damage of its own, told in like words."""
        along = min(max(damage.column + self.chance.randint(-1, 1), 0), damage.town.side - 1)
        later = timedelta(hours=self.chance.uniform(18, 30))
        return replace(damage, column=along, at=damage.at + later)
