"""Reports of an incident with planted duplicates: who tells of the same damage is known.

What is assumed: a region of some 300 km²; one damage in eight is told more than once; people stand
up to 15 m from what they see; devices err as they say, and one in five does not say; one report in
seventeen writes nothing, one in fourteen has no place but in words; a second report follows within
hours, leaves out or adds a part and words the others anew; one in sixteen names a sister category.
One damage in eight lies in a quarter of 200 m by 200 m where 240 of 400 lots are hit within a day.
Beside every tenth damage the house next door is hit too, half of them alike; every twentieth place
has damage of another kind as well; every fiftieth street is hit again on the next day.
"""

import csv
import math
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from gis.damage import GROUPS
from gis.queries.duplicates import probable_duplicates
from gis.store import Workspace
from tests.conftest import PROJECT
from tests.gis.conftest import as_owner
from tests.gis.planted_words import AFTERMATHS, BESIDE, FACTS, LANDMARKS, LOOKS, WEIGHTS, retold

LOT_M = 10.0
QUARTER_LOTS = 20
"""Lots along a side of a dense quarter."""
QUARTER_DAMAGES = 240
QUARTERS_SHARE = 1 / 8
WIDER = 3
"""The region is the demonstration city, drawn so many times as wide."""
CENTRE = (139.4035, 35.3338)
SHOWN_MOST = 5
"""As many as are suggested."""
M_PER_DEGREE = 111_000.0
LONG_AFTER = datetime(2026, 9, 10, tzinfo=UTC)
"""When all have been filed."""
NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Damage:
    """Something that is really so; ``east`` and ``north`` in metres from the town's point."""

    town: int
    east: float
    north: float
    category: str
    facts: tuple[int, ...]
    look: int | None
    aftermath: int | None
    at: datetime


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
    observed_at: datetime


class Planting:
    """Draws damages of an incident and what is told of them; the same for the same seed."""

    def __init__(self, seed: int, began: datetime) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same each time, not a secret
        self.began = began
        with (PROJECT / "data/cities/142077/towns.csv").open(encoding="utf-8") as lines:
            self.towns = [
                (row["town_name"], *_wider(float(row["lon"]), float(row["lat"])))
                for row in csv.DictReader(lines)
            ]

    def reports(self, count: int) -> list[Planted]:
        """Return so many reports, in no order."""
        told: list[Planted] = []
        for number, damage in enumerate(self._damages()):
            if len(told) >= count:
                break
            told += [self._told(number, damage, *each) for each in self._tellings(damage)]
        self.chance.shuffle(told)
        return told[:count]

    def _damages(self) -> Iterator[Damage]:
        while True:
            if self.chance.random() < QUARTERS_SHARE / QUARTER_DAMAGES:
                yield from self._quarter()
                continue
            damage = self._damage()
            yield damage
            drawn = self.chance.random()
            if drawn < 0.10:
                yield self._next_door(damage)
            elif drawn < 0.15:
                yield self._of_another_kind(damage)
            elif drawn < 0.17:
                yield self._next_day(damage)

    def _damage(self) -> Damage:
        chance = self.chance
        category = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        return Damage(
            town=chance.randrange(len(self.towns)),
            east=chance.uniform(-900, 900),
            north=chance.uniform(-900, 900),
            category=category,
            facts=self._facts(category),
            look=chance.randrange(len(LOOKS)) if chance.random() < 0.8 else None,
            aftermath=chance.randrange(len(AFTERMATHS)) if chance.random() < 0.5 else None,
            at=self.began + timedelta(hours=min(chance.expovariate(1 / 10), 47)),
        )

    def _facts(self, category: str) -> tuple[int, ...]:
        known = range(len(FACTS[category]))
        return tuple(self.chance.sample(known, min(len(known), self.chance.randint(1, 3))))

    def _quarter(self) -> Iterator[Damage]:
        corner = self._damage()
        lots = self.chance.sample(range(QUARTER_LOTS**2), QUARTER_DAMAGES)
        for lot in lots:
            row, column = divmod(lot, QUARTER_LOTS)
            yield replace(
                self._damage(),
                town=corner.town,
                east=corner.east + column * LOT_M,
                north=corner.north + row * LOT_M,
            )

    def _next_door(self, damage: Damage) -> Damage:
        """Another house of the street, hit at the same time, often in the same way."""
        there = self._damage()
        same = self.chance.random() < 0.5
        return replace(
            damage,
            east=damage.east + self.chance.choice((-1, 1)) * self.chance.uniform(10, 40),
            facts=damage.facts if same else self._facts(damage.category),
            look=there.look,
            aftermath=there.aftermath,
            at=damage.at + timedelta(minutes=self.chance.uniform(-60, 60)),
        )

    def _of_another_kind(self, damage: Damage) -> Damage:
        there = self._damage()
        return replace(there, town=damage.town, east=damage.east, north=damage.north, at=damage.at)

    def _next_day(self, damage: Damage) -> Damage:
        moved = self._next_door(damage)
        return replace(moved, at=damage.at + timedelta(hours=self.chance.uniform(18, 30)))

    def _tellings(self, damage: Damage) -> Iterator[tuple[str, datetime]]:
        """Yield as often as a damage is told of, as what and when."""
        yield damage.category, damage.at
        more = 0.3 if damage.category.startswith("fire") else 0.125
        while self.chance.random() < more:
            later = timedelta(minutes=2, hours=min(self.chance.expovariate(1 / 1.5), 10))
            yield self._taken_for(damage.category), damage.at + later
            more = 0.3

    def _taken_for(self, category: str) -> str:
        if self.chance.random() > 1 / 16:
            return category
        group = next(group for group in GROUPS.values() if category in group)
        return self.chance.choice([each.value for each in group])

    def _told(self, number: int, damage: Damage, category: str, at: datetime) -> Planted:
        placed = self.chance.random()
        lon, lat, accuracy_m, located_by = (
            (None, None, None, None) if placed < 0.05 else
            self._by_town(damage) if placed < 0.07 else self._by_device(damage)
        )  # fmt: skip
        in_words = located_by not in {"gps", "map"} or self.chance.random() < 0.6
        return Planted(
            UUID(int=self.chance.getrandbits(128), version=4),
            number,
            category,
            lon,
            lat,
            accuracy_m,
            located_by,
            retold(self.chance, self._place_text(damage)) if in_words else None,
            retold(self.chance, self._note(damage)) if self.chance.random() < 0.85 else None,
            at,
        )

    def _by_town(self, damage: Damage) -> tuple[float, float, None, str]:
        _, lon, lat = self.towns[damage.town]
        return lon, lat, None, "town"

    def _by_device(self, damage: Damage) -> tuple[float, float, float | None, str]:
        """Stand beside the damage, and let the device err as it says: in two of three within."""
        chance = self.chance
        accuracy_m = min(max(chance.lognormvariate(math.log(9), 0.8), 3), 120)
        spread_m = accuracy_m / 1.5
        stands_m, towards = chance.uniform(0, 15), chance.uniform(0, math.tau)
        east = damage.east + stands_m * math.cos(towards) + chance.gauss(0, spread_m)
        north = damage.north + stands_m * math.sin(towards) + chance.gauss(0, spread_m)
        _, lon, lat = self.towns[damage.town]
        said = chance.random() < 0.8
        return (
            lon + east / M_PER_DEGREE / math.cos(math.radians(lat)),
            lat + north / M_PER_DEGREE,
            round(accuracy_m, 1) if said else None,
            "gps" if said else "map",
        )

    def _place_text(self, damage: Damage) -> str:
        """Write the lot, the block or a landmark, as people do."""
        chance, town = self.chance, self.towns[damage.town][0]
        block, lot = _address(damage)
        beside = f"{_landmark(damage)}{chance.choice(BESIDE)}"
        numbered = f"{block}-{lot}", f"{block}番{lot}号", f"{block}番地の{lot}"
        exact = chance.choice(numbered) if chance.random() < 0.6 else f"{block}番"
        whole = chance.random()
        if whole < 0.25:
            return f"{_digits(town)}{'-' if town.endswith('丁目') else ''}{block}-{lot}"
        if whole < 0.5:
            return f"茅ヶ崎市{town}{exact}"
        return f"{town}{exact} {beside}" if whole < 0.8 else f"{town} {beside}"

    def _note(self, damage: Damage) -> str:
        first, *others = damage.facts
        said = [first, *(fact for fact in others if self.chance.random() < 0.75)]
        parts = [FACTS[damage.category][fact] for fact in said]
        if damage.look is not None and self.chance.random() < 0.75:
            parts.append(LOOKS[damage.look])
        if damage.aftermath is not None and self.chance.random() < 0.6:
            parts.append(AFTERMATHS[damage.aftermath])
        self.chance.shuffle(parts)
        return self.chance.choice(("、", "。", " ", "")).join(map(self.chance.choice, parts))


def _wider(lon: float, lat: float) -> tuple[float, float]:
    return CENTRE[0] + (lon - CENTRE[0]) * WIDER, CENTRE[1] + (lat - CENTRE[1]) * WIDER


def _address(damage: Damage) -> tuple[int, int]:
    """Return block and lot by where a damage lies: blocks of 50 m, lots of 10 m."""
    east, north = int(damage.east // LOT_M + 150), int(damage.north // LOT_M + 150)
    return north // 5 * 60 + east // 5 + 1, north % 5 * 5 + east % 5 + 1


def _landmark(damage: Damage) -> str:
    """Return what stands nearby: one in each square of 100 m."""
    return LANDMARKS[int(damage.east // 100 * 3 + damage.north // 100 * 5) % len(LANDMARKS)]


def _digits(town: str) -> str:
    """Write 東海岸南二丁目 as 東海岸南2."""
    name, chome = town.removesuffix("丁目"), town.endswith("丁目")
    return name[:-1] + str(NUMERALS.index(name[-1])) if chome and name[-1] in NUMERALS else town


def plant(
    owner_url: str, incident_id: UUID, planting: Planting, reports: Sequence[Planted]
) -> None:
    """File them past the operations, of which a hundred thousand would take minutes."""
    names = [each.name for each in fields(Planted) if each.name not in {"damage", "lon", "lat"}]
    into = f"COPY damage_report (incident_id, source, location, {', '.join(names)}) FROM STDIN"
    with as_owner(owner_url) as store:
        store.execute("SELECT set_config('hq.now', %s, true)", (str(LONG_AFTER),))
        store.execute(
            "INSERT INTO municipality (code, name_ja, name_en, area)"
            " VALUES ('142077', '市', 'City', ST_Multi(ST_MakeEnvelope(139, 35, 140, 36, 4326)))"
        )
        for number, (name, lon, lat) in enumerate(planting.towns):
            store.execute(
                "INSERT INTO town (code, municipality_code, name, location)"
                " VALUES (%s, '142077', %s, ST_SetSRID(ST_MakePoint(%s, %s), 4326))",
                (f"{number:012}", name, lon, lat),
            )
        with store.cursor().copy(into.encode()) as copy:
            for each in reports:
                place = None if each.lon is None else f"SRID=4326;POINT({each.lon} {each.lat})"
                copy.write_row(
                    (incident_id, "field_app", place, *(getattr(each, name) for name in names))
                )
        store.execute("ANALYZE damage_report")


@dataclass
class Suggestions:
    """What was suggested for some reports, beside what was planted."""

    planted: int = 0
    shown: int = 0
    right: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the planted ones that was found."""
        return self.right / self.planted

    @property
    def precision(self) -> float:
        """The share of those shown that was right."""
        return self.right / self.shown


def suggestions(workspace: Workspace, reports: Sequence[Planted], asked: int) -> Suggestions:
    """Ask for the duplicates of some reports, drawn from all of them."""
    told: defaultdict[int, set[UUID]] = defaultdict(set)
    for report in reports:
        told[report.damage].add(report.id)
    found = Suggestions()
    with workspace.reading() as session:
        for report in random.Random(0).sample(reports, asked):  # noqa: S311 - not a secret
            began = time.perf_counter()
            shown = {each.report.id for each in probable_duplicates(session, report.id)}
            found.seconds.append(time.perf_counter() - began)
            planted = told[report.damage] - {report.id}
            found.planted += min(len(planted), SHOWN_MOST)
            found.shown += len(shown)
            found.right += len(shown & planted)
    return found
