"""Which reports are worth weighing as the same damage as another one: one bounded statement."""

import math
import re
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gis.damage import GROUPS
from gis.damage_likeness import ACCURACY_UNKNOWN_M, APART_MOST_S, AROUND_M, FAR, Told, apart_m
from gis.geometry.place import Place
from gis.identity.spelling import comparable_address
from gis.models import Town
from gis.queries import SQL
from gis.queries.damage_reports import DamageReportView
from gis.sql import statement
from gis.vocabulary import LocatedBy

MOST = 300
"""How many reports around a place, and how many known by words, are weighed: the nearest ones."""
MOST_ANYWHERE = 100
"""How many seen before, and how many seen after, are weighed where nobody knows the town."""
TOWNS_NEAR = 6
"""In how many towns around it a place may lie that names none: of towns only a point is known."""
TOWN_REACH_M = 600.0
"""How far around its point a town is taken to reach."""
APART_IN_TOWN_S = 4 * 3600.0
"""Beyond this a report somewhere in a town is not likely to be the one that words tell of."""

_CHOME = re.compile("(.+?)([一二三四五六七八九])丁目")


class Candidate(NamedTuple):
    """A report to be weighed; ``distance_m`` is None where one of the two has no place."""

    id: UUID
    told: Told
    distance_m: float | None
    apart_s: float


class _Point(NamedTuple):
    name: str
    place: Place


def candidates(session: Session, report: DamageReportView) -> list[Candidate]:
    """Return the reports that may be the same damage: near in place and time, of its kind."""
    in_words = _is_in_words(report)
    towns = _towns(session, report, in_words=in_words)
    place = None if in_words else _place(report)
    rows = session.execute(
        statement(SQL / "probable_duplicates.sql"),
        {
            "id": report.id,
            "incident_id": report.incident_id,
            "categories": _same_group(report.category),
            "observed_at": report.observed_at,
            "apart_most": timedelta(seconds=APART_MOST_S),
            "apart_in_town": timedelta(seconds=APART_IN_TOWN_S),
            "most": MOST,
            "most_anywhere": MOST_ANYWHERE,
            "place": place.ewkt() if place else None,
            "reach": _on_map(_reach_m(report), report.lat),
            "towns": "|".join(map(_pattern, (town.name for town in towns))) or None,
            "town_points": _points(towns),
            "town_point": towns[0].place.ewkt() if in_words and towns else None,
            "town_reach": _on_map(TOWN_REACH_M, towns[0].place.lat if towns else None),
            "anywhere": not towns,
        },
    )
    return [Candidate(row.id, _told(row), row.distance_m, row.apart_s) for row in rows]


def _told(row: Any) -> Told:  # noqa: ANN401 - a row of the statement
    return Told(row.category, row.accuracy_m, row.place_text, row.note, row.reporter)


def _is_in_words(report: DamageReportView) -> bool:
    corrected = (report.lon, report.lat) != (report.filed_lon, report.filed_lat)
    by_town = report.located_by == LocatedBy.TOWN.value
    return report.lon is None or (by_town and not corrected)


def _place(report: DamageReportView) -> Place | None:
    known = report.lon is not None and report.lat is not None
    return Place(report.lon, report.lat) if known else None  # type: ignore[arg-type]


def _towns(session: Session, report: DamageReportView, *, in_words: bool) -> list[_Point]:
    """Return the town that a report names; where it names none, those around it."""
    towns = select(Town.name, func.ST_X(Town.location), func.ST_Y(Town.location))
    if place := _place(report):
        here = func.ST_Transform(func.ST_GeomFromEWKT(place.ewkt()), 3857)
        near = Town.location_3857.op("<->")(here)
        towns = towns.order_by(near).limit(1 if in_words else TOWNS_NEAR)
    known = [_Point(name, Place(lon, lat)) for name, lon, lat in session.execute(towns)]
    address = comparable_address(f"{report.place_text or ''} {report.note or ''}")
    named = [town for town in known if _names(address, town.name)]
    if named:
        return [max(named, key=lambda town: len(comparable_address(town.name)))]
    return known if place else []


def _names(address: str, town: str) -> bool:
    """Tell whether an address names a town: 茅ケ崎市 does not name the town 茅ケ崎."""
    name = re.escape(comparable_address(town))
    return re.search(rf"{name}(?!市|\d)", address) is not None


def _pattern(town: str) -> str:
    """Return how a town's name may be written, as PostgreSQL's pattern."""
    chome = _CHOME.fullmatch(town)
    name, number = (chome[1], chome[2]) if chome else (town, "")
    letters = "".join("[ヶケが]" if letter in "ヶケが" else re.escape(letter) for letter in name)
    digit = "一二三四五六七八九".index(number) + 1 if number else 0
    written = f"[{number}{digit}{chr(ord('０') + digit)}]" if number else ""
    return f"{letters}{written}(?!市)"


def _points(towns: list[_Point]) -> str | None:
    places = ", ".join(f"{town.place.lon!r} {town.place.lat!r}" for town in towns)
    return f"SRID=4326;MULTIPOINT({places})" if towns else None


def _reach_m(report: DamageReportView) -> float:
    told = Told(report.category, report.accuracy_m or ACCURACY_UNKNOWN_M, None, None)
    return FAR * apart_m(told.spread_m, AROUND_M)


def _on_map(metres: float, lat: float | None) -> float:
    """Return metres on the ground as those of the tiles' coordinates, a little more."""
    return metres * 1.01 / math.cos(math.radians(lat or 0))


def _same_group(category: str) -> list[str]:
    group = next(each for each in GROUPS.values() if category in each)
    return [each.value for each in group]
