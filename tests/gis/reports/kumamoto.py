"""Which shelters were open in Kumamoto in summer 2026, and what follows, by arithmetic alone.

The list of a day was taken at 00:22. Nobody published counts by shelter, but the prefecture did by
municipality: where as many shelters were open there as on the list, and it was one, or nobody was
in any, that is the count of each. A capacity of 0, or none, is unknown.
"""

import csv
import json
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from gis.clock import JST
from gis.config import DATA_FOLDER
from tests.conftest import shared_file

FOLDER = "data/kumamoto2026"
LISTED = time(0, 22, tzinfo=JST)
LOOKED_AT = time(15, 0, tzinfo=JST)
CITY_CODE = "142077"


def shelter_id(key: str) -> UUID:
    """Return the id that a shelter of the list gets."""
    return uuid5(NAMESPACE_URL, key)


@dataclass(frozen=True)
class Listed:
    """A shelter of the list."""

    key: str
    municipality: str
    name: str
    lon: float
    lat: float
    capacity: int | None
    open_on: frozenset[date]

    @property
    def id(self) -> UUID:
        return shelter_id(self.key)


@dataclass(frozen=True)
class Count:
    """How many people were in a shelter at a moment."""

    key: str
    persons: int
    moment: datetime


@dataclass(frozen=True)
class Story:
    """What the files tell: the shelters, the days, the counts by moment."""

    shelters: tuple[Listed, ...]
    days: tuple[date, ...]
    counts: tuple[Count, ...]

    @property
    def started_at(self) -> datetime:
        return listed_at(self.days[0])


@dataclass(frozen=True)
class Line:
    """An open shelter as it should be seen on a day."""

    shelter: Listed
    count: Count | None
    is_stale: bool

    @property
    def persons(self) -> int | None:
        return self.count.persons if self.count else None

    @property
    def left(self) -> int | None:
        """Places left, below 0 where there are too few; None where it cannot be known."""
        if self.count is None or self.shelter.capacity is None:
            return None
        return self.shelter.capacity - self.count.persons


def listed_at(day: date) -> datetime:
    return datetime.combine(day, LISTED)


def looked_at(day: date) -> datetime:
    return datetime.combine(day, LOOKED_AT)


def read_story() -> Story:
    """Read the files, or skip the test where they are absent."""
    capacities = _portal_capacities()
    rows = _rows("status_by_date.csv")
    days = {name: date.fromisoformat(name) for name in rows[0] if name.startswith("20")}
    shelters = tuple(_listed(row, capacities, days) for row in rows)
    return Story(shelters, tuple(days.values()), tuple(_counts(shelters, set(days.values()))))


def expected(story: Story, day: date) -> list[Line]:
    """Return the shelters that were open on a day, with the last count since they opened."""
    moment = looked_at(day)
    told = {count.key: count for count in story.counts if count.moment <= moment}  # the last stays
    old = timedelta(minutes=interval_minutes((moment - story.started_at).total_seconds() / 3600))
    lines = []
    for shelter in story.shelters:
        if day not in shelter.open_on:
            continue
        count = told.get(shelter.key)
        if count and count.moment < opened_at(story, shelter, day):
            count = None
        lines.append(Line(shelter, count, count is None or moment - count.moment >= old))
    return lines


def opened_at(story: Story, shelter: Listed, day: date) -> datetime:
    """Return since when a shelter that is open on a day has been so without a break."""
    first = day
    for earlier in reversed([each for each in story.days if each < day]):
        if earlier not in shelter.open_on:
            break
        first = earlier
    return listed_at(first)


def was_closed(story: Story, day: date) -> list[Listed]:
    """Return the shelters that were open before a day and are no more."""
    return [
        shelter
        for shelter in story.shelters
        if day not in shelter.open_on and any(each < day for each in shelter.open_on)
    ]


def interval_minutes(hours: float) -> int:
    """Return how often shelters are to report so many hours into an incident, by the profile."""
    profile = tomllib.loads((DATA_FOLDER / "cities" / f"{CITY_CODE}.toml").read_text("utf-8"))
    phases = [phase for phase in profile["reporting"] if phase["from_hours"] <= hours]
    minutes: int = phases[-1]["interval_minutes"]
    return minutes


def _rows(name: str) -> list[dict[str, str]]:
    with shared_file(f"{FOLDER}/{name}").open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def _portal_capacities() -> dict[tuple[str, str], str]:
    """Return capacities as written, by municipality and name; of those alone that are unique."""
    rows = _rows("portal_shelter_capacity.csv")
    names = Counter((row["municipality"], row["shelter_name"]) for row in rows)
    return {
        (row["municipality"], row["shelter_name"]): row["portal_capacity_raw"]
        for row in rows
        if names[row["municipality"], row["shelter_name"]] == 1
    }


def _listed(
    row: dict[str, str], capacities: dict[tuple[str, str], str], days: dict[str, date]
) -> Listed:
    name = (row["municipality"], row["shelter_name"])
    raw = capacities.get(name) or row["portal_capacity_persons"]
    return Listed(
        key=row["shelter_id"],
        municipality=row["municipality"],
        name=row["shelter_name"],
        lon=float(row["longitude"]),
        lat=float(row["latitude"]),
        capacity=int(raw) if raw not in {"", "0"} else None,
        open_on=frozenset(day for text, day in days.items() if row[text].startswith("開設")),
    )


def _counts(shelters: tuple[Listed, ...], days: set[date]) -> list[Count]:
    snapshots = json.loads(shared_file(f"{FOLDER}/pref_snapshots.json").read_text("utf-8"))
    counts = []
    for snapshot in snapshots["snapshots"]:
        moment = datetime.fromisoformat(snapshot["datetime"])
        if moment.date() not in days:
            continue
        open_there = defaultdict(list)
        for shelter in shelters:
            if moment.date() in shelter.open_on:
                open_there[shelter.municipality].append(shelter)
        for municipality, told in snapshot["municipalities"].items():
            there = open_there[municipality]
            if told["shelters"] == len(there) and (len(there) == 1 or told["evacuees"] == 0):
                counts += [Count(each.key, told["evacuees"], moment) for each in there]
    return sorted(counts, key=lambda count: count.moment)
