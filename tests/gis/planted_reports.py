"""Reports of an incident with planted duplicates: who tells of the same damage is known.

What is assumed, in the first place of the city: 36 km², 240,000 people, 110,000 lots of 18 m; an
earthquake and ten days of reports, five of six in the first three. Towns are hit unevenly. A lot
has one damage of a kind at a time; of fewer reports fewer towns are hit, so that the crowd is as
dense: at 100,000 there are some sixty reports within 60 m of each.

What is not the same damage: one report in three is filed by a team that walks a street, house by
house, minutes apart, half of the streets hit all in the same way; every twentieth place has damage
of another kind as well; every fiftieth street is hit again by an aftershock, told in like words.

Who reports: field teams (a half), residents with phones (a fifth), the telephone (a fifth) and the
radio. Devices err as they say; telephone and radio are put on the map by hand, on the point of the
town, or nowhere (one report in fourteen has no place of its own). The exact address is in the most
of what is spoken and in a third of what devices send; one in twenty-five names the house next to
it; one in twenty stands in the note. One report from a device in fifty is silent but for a
photograph.

What is the same damage: one in six is told again, a fire more often. In two of five of those a team
adds to its own report within twenty minutes; else another source follows, half of them within 35
minutes, few after more than four hours, one in sixteen in a sister category. Each words all anew
and leaves out parts, but mostly keeps what is distinctive: what broke, which house it is (one to
three marks of it, a roof, a tree, each told in four of five), the name on it, how many; of those
figures one in seven is told differently. Letters are lost or doubled, one in 120. One retelling in
fifty has nothing in common with the first but category and town: nobody could tell.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gis.damage import GROUPS
from tests.gis.planted_damage import M_PER_DEGREE, TEAMS, Damage, Earthquake
from tests.gis.planted_words import (
    AFTERMATHS,
    BESIDE,
    FACTS,
    FIGURES,
    LANDMARKS,
    LOOKS,
    VAGUE,
    retold,
)

CITY_REPORTS = 100_000
NUMERALS = "〇一二三四五六七八九"
SOURCES = {"team": 0.5, "resident": 0.2, "phone": 0.2, "radio": 0.1}
FILED_AS = {"team": "field_app", "resident": "api", "phone": "phone", "radio": "radio"}
SPOKEN = {"phone", "radio"}
VAGUE_SHARE = 0.02
SILENT_SHARE = 0.02


@dataclass(frozen=True)
class Planted:
    """A report, and by number which damage it really tells of."""

    id: UUID
    damage: int
    category: str
    lon: float | None
    lat: float | None
    accuracy_m: float | None
    located_by: str | None
    place_text: str | None
    note: str | None
    source: str
    reporter: str | None
    observed_at: datetime


@dataclass(frozen=True)
class Telling:
    """Who tells of a damage, as what and when; ``adds`` to an own report, or is ``vague``."""

    source: str
    team: int | None
    category: str
    at: datetime
    adds: bool = False
    vague: bool = False


class Planting:
    """Draws damages of an incident and what is told of them; the same for the same seed."""

    def __init__(self, seed: int, began: datetime, count: int = CITY_REPORTS) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same each time, not a secret
        self.earthquake = Earthquake(self.chance, began, share=count / CITY_REPORTS)
        self.count = count

    def reports(self) -> list[Planted]:
        """Return so many reports, in no order."""
        told: list[Planted] = []
        for number, damage in enumerate(self.earthquake.damages()):
            if len(told) >= self.count:
                break
            told += [self._told(number, damage, each) for each in self._tellings(damage)]
        self.chance.shuffle(told)
        return told[: self.count]

    def _tellings(self, damage: Damage) -> Iterator[Telling]:
        """Yield as often as a damage is told of."""
        chance = self.chance
        first = self._telling(damage.category, damage.at, damage.team)
        yield first
        more = 0.4 if damage.category.startswith("fire") else 1 / 6
        while chance.random() < more:
            more = 0.25
            if first.source == "team" and chance.random() < 0.6:
                later = damage.at + timedelta(minutes=chance.uniform(2, 20))
                yield Telling("team", first.team, damage.category, later, adds=True)
                continue
            later = damage.at + timedelta(minutes=min(chance.lognormvariate(3.55, 1.1), 660))
            yield self._telling(
                self._taken_for(damage.category), later, vague=chance.random() < VAGUE_SHARE
            )

    def _telling(
        self, category: str, at: datetime, team: int | None = None, *, vague: bool = False
    ) -> Telling:
        drawn = self.chance.choices(list(SOURCES), list(SOURCES.values()))[0]
        source = "phone" if vague else "team" if team is not None else drawn
        if source == "team" and team is None:
            team = self.chance.randrange(TEAMS)
        return Telling(source, team, category, at, vague=vague)

    def _taken_for(self, category: str) -> str:
        if self.chance.random() > 1 / 16:
            return category
        group = next(group for group in GROUPS.values() if category in group)
        return self.chance.choice([each.value for each in group])

    def _told(self, number: int, damage: Damage, telling: Telling) -> Planted:
        chance = self.chance
        lon, lat, accuracy_m, located_by = self._location(damage, telling)
        place_text, note = self._place_text(damage, telling), self._note(damage, telling)
        if place_text and chance.random() < 0.05:
            place_text, note = None, f"{place_text} {note}"
        return Planted(
            UUID(int=chance.getrandbits(128), version=4),
            number,
            telling.category,
            lon,
            lat,
            accuracy_m,
            located_by,
            retold(chance, place_text) if place_text else None,
            retold(chance, note) if note else None,
            FILED_AS[telling.source],
            f"第{telling.team + 1}班" if telling.team is not None else None,
            telling.at,
        )

    def _location(
        self, damage: Damage, telling: Telling
    ) -> tuple[float | None, float | None, float | None, str | None]:
        drawn = self.chance.random()
        if telling.source not in SPOKEN:
            said = drawn < 0.9
            accuracy_m = min(max(self.chance.lognormvariate(math.log(8), 0.7), 3), 120)
            place = self._seen_from(damage, accuracy_m / 1.5)
            return *place, round(accuracy_m, 1) if said else None, "gps" if said else "map"
        if telling.vague or drawn < 0.2:
            return None, None, None, None
        if drawn < 0.37:
            return damage.town.lon, damage.town.lat, None, "town"
        return *self._seen_from(damage, 12), None, "map"

    def _seen_from(self, damage: Damage, spread_m: float) -> tuple[float, float]:
        """Stand up to 12 m beside the damage; so far a device or a hand errs along each axis."""
        chance = self.chance
        east, north = damage.place()
        stands_m, towards = chance.uniform(0, 12), chance.uniform(0, math.tau)
        east += stands_m * math.cos(towards) + chance.gauss(0, spread_m)
        north += stands_m * math.sin(towards) + chance.gauss(0, spread_m)
        town = damage.town
        return (
            town.lon + east / M_PER_DEGREE / math.cos(math.radians(town.lat)),
            town.lat + north / M_PER_DEGREE,
        )

    def _place_text(self, damage: Damage, telling: Telling) -> str | None:
        """Write the lot, the block or a landmark, as people do."""
        chance, town = self.chance, damage.town.name
        if telling.vague:
            return town
        spoken = telling.source in SPOKEN
        if not spoken and chance.random() < 0.5:
            return None
        off = chance.choice((-1, 1)) if chance.random() < 0.04 else 0
        block, lot = damage.address(off)
        beside = f"{_landmark(damage)}{chance.choice(BESIDE)}"
        drawn = chance.random()
        if drawn < (0.75 if spoken else 0.65):
            city = "茅ヶ崎市" if chance.random() < 0.3 else ""
            hyphened = f"{_digits(town)}{'-' if town.endswith('丁目') else ''}{block}-{lot}"
            written = (f"{block}-{lot}", f"{block}番{lot}号", f"{block}番地の{lot}")
            return city + (hyphened if chance.random() < 0.4 else town + chance.choice(written))
        return f"{town}{block}番 {beside}" if drawn < 0.88 else f"{town} {beside}"

    def _note(self, damage: Damage, telling: Telling) -> str:
        chance = self.chance
        if telling.vague:
            return chance.choice(VAGUE)
        if telling.source not in SPOKEN and not telling.adds and chance.random() < SILENT_SHARE:
            return ""
        parts = list(self._parts(damage))
        chance.shuffle(parts)
        return chance.choice(("、", "。", " ", "")).join(parts)

    def _parts(self, damage: Damage) -> Iterator[str]:
        chance, category = self.chance, damage.category
        first, *others = damage.facts
        kept = [first, *(fact for fact in others if chance.random() < 0.75)]
        yield from (chance.choice(FACTS[category][fact]) for fact in kept)
        if damage.name and chance.random() < 0.85:
            yield damage.name
        if damage.figure and chance.random() < 0.85:
            yield self._figure(category, *damage.figure)
        yield from (chance.choice(LOOKS[look]) for look in damage.looks if chance.random() < 0.8)
        if damage.aftermath is not None and chance.random() < 0.6:
            yield chance.choice(AFTERMATHS[damage.aftermath])

    def _figure(self, category: str, kind: int, value: int) -> str:
        wordings, values = FIGURES[category][kind]
        told = value + self.chance.choice((-1, 1)) if self.chance.random() < 1 / 7 else value
        return self.chance.choice(wordings).format(values[min(max(told, 0), len(values) - 1)])


def _landmark(damage: Damage) -> str:
    """Return what stands nearby: one in each square of a hundred metres."""
    return LANDMARKS[(damage.column // 6 * 3 + damage.row // 6 * 5) % len(LANDMARKS)]


def _digits(town: str) -> str:
    """Write 東海岸南二丁目 as 東海岸南2."""
    name, chome = town.removesuffix("丁目"), town.endswith("丁目")
    return name[:-1] + str(NUMERALS.index(name[-1])) if chome and name[-1] in NUMERALS else town
