"""Which reports probably tell of the same damage, and which lie near a place."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from geoalchemy2 import Geography
from sqlalchemy import (
    ColumnElement,
    Executable,
    Float,
    Select,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from gis.damage import GROUPS
from gis.damage_likeness import (
    ACCURACY_WORST_M,
    APART_MOST_S,
    AROUND_M,
    IN_WORDS_M,
    LIKELY,
    Told,
    apart_m,
    likeness,
    similarity,
    spread_m,
)
from gis.geometry.place import Place
from gis.identity.spelling import comparable_address
from gis.models import DamageReport, Town
from gis.queries.damage_reports import DamageReportView, damage_report, damage_reports_of
from gis.vocabulary import DamageCategory, LocatedBy, ReportState

NEAREST = 300
"""How many reports around a place are weighed: the nearest ones."""
SAME_TIME = 600
"""How many reports are weighed of which one knows the place in words only: nearest in time."""


@dataclass(frozen=True)
class ProbableDuplicate:
    """A report that probably tells of the same damage, and what speaks for it.

    ``distance_m`` is None where one of the two has no place, ``similarity`` of their texts (0 to 1)
    where one has none. ``score`` is from :data:`gis.damage_likeness.LIKELY` to 1.
    """

    report: DamageReportView
    distance_m: float | None
    apart_s: float
    similarity: float | None
    score: float


class _Candidate(NamedTuple):
    id: UUID
    category: str
    accuracy_m: float | None
    is_in_words: bool
    place_text: str | None
    note: str | None
    distance_m: float | None
    apart_s: float

    @property
    def told(self) -> Told:
        spread = spread_m(self.accuracy_m, in_words=self.is_in_words)
        return Told(self.category, spread, self.place_text, self.note)


class _Weighed(NamedTuple):
    id: UUID
    distance_m: float | None
    apart_s: float
    similarity: float | None
    score: float


class _Target(NamedTuple):
    """A report and where it lies; words alone make that the point of a town."""

    report: DamageReportView
    place: Place | None
    is_in_words: bool

    @property
    def told(self) -> Told:
        report = self.report
        spread = spread_m(_accuracy_m(report), in_words=self.is_in_words)
        return Told(report.category, spread, report.place_text, report.note)


def probable_duplicates(
    session: Session, report_id: UUID, *, limit: int = 5
) -> list[ProbableDuplicate]:
    """Return the reports that probably tell of the same damage as one, the likeliest first.

    None that is merged already or rejected. :mod:`gis.damage_likeness` says what counts.

    Raises
    ------
    gis.errors.NotFound
        There is no such report.
    """
    target = _target(session, damage_report(session, report_id))
    rows = session.execute(_candidates(target))
    likely = _likely(target.told, [_Candidate(*row) for row in rows])[:limit]
    views = {view.id: view for view in damage_reports_of(session, [each.id for each in likely])}
    return [ProbableDuplicate(views[each.id], *each[1:]) for each in likely]


def nearby_reports(  # noqa: PLR0913 - a place, and what is asked of it
    session: Session,
    incident_id: UUID,
    lon: float,
    lat: float,
    *,
    category: DamageCategory | None = None,
    within_m: float = 100,
    limit: int = 5,
) -> list[DamageReportView]:
    """Return the reports around a place, neither merged nor rejected, the nearest first.

    Parameters
    ----------
    lon, lat
        Degrees in EPSG:4326.
    category
        Only of this one; None is of any.
    within_m
        How far away they may lie, in metres on the ground.
    """
    place = Place(lon, lat)
    found = select(DamageReport.id).where(
        _standing(incident_id), _within(place, within_m), _ground_distance(place) <= within_m
    )
    if category is not None:
        found = found.where(DamageReport.category == category.value)
    ids = session.scalars(found.order_by(_map_distance(place)).limit(limit)).all()
    views = {view.id: view for view in damage_reports_of(session, ids)}
    return [views[each] for each in ids]


def _likely(told: Told, candidates: Sequence[_Candidate]) -> list[_Weighed]:
    """Return what is likely enough, the likeliest first."""
    crowd = sum(
        each.category == told.category
        and each.distance_m is not None
        and each.distance_m <= AROUND_M
        for each in candidates
    )
    weighed = (_weighed(told, each, crowd) for each in candidates)
    likely = (each for each in weighed if each.score >= LIKELY)
    return sorted(likely, key=lambda each: each.score, reverse=True)


def _weighed(told: Told, candidate: _Candidate, crowd: int) -> _Weighed:
    other, distance_m, apart_s = candidate.told, candidate.distance_m, candidate.apart_s
    wording = similarity(told, other)
    score = likeness(told, other, wording, distance_m=distance_m, apart_s=apart_s, crowd=crowd)
    return _Weighed(candidate.id, distance_m, apart_s, wording.whole, score)


def _target(session: Session, report: DamageReportView) -> _Target:
    corrected = (report.lon, report.lat) != (report.filed_lon, report.filed_lat)
    in_words = report.lon is None or (report.located_by == LocatedBy.TOWN.value and not corrected)
    if report.lon is not None and report.lat is not None:
        return _Target(report, Place(report.lon, report.lat), in_words)
    return _Target(report, _town_told(session, report.place_text or ""), is_in_words=True)


def _town_told(session: Session, text: str) -> Place | None:
    """Return the point of the town that an address names; of several the longest name."""
    address = comparable_address(text)
    towns = select(Town.name, func.ST_X(Town.location), func.ST_Y(Town.location))
    named = [
        (len(name), lon, lat)
        for town, lon, lat in session.execute(towns)
        if (name := comparable_address(town)) in address
    ]
    return Place(*max(named)[1:]) if named else None


def _accuracy_m(report: DamageReportView) -> float | None:
    return report.accuracy_m if report.lon == report.filed_lon else None


def _candidates(target: _Target) -> Executable:
    """Select what is worth weighing: near in place and time; without a place, in time alone."""
    report, place = target.report, target.place
    if place is None:
        return union_all(*_by_time(report))
    by_place = (
        _compared(report, None if target.is_in_words else place)
        .where(_within(place, _search_m(target.told)), ~_in_words())
        .order_by(_map_distance(place))
        .limit(SAME_TIME if target.is_in_words else NEAREST)
    )
    return union_all(by_place, *(each.where(_in_words()) for each in _by_time(report)))


def _by_time(report: DamageReportView) -> tuple[Select[Any], Select[Any]]:
    """Select what was seen next before and next after, each in the order of its index."""
    seen = DamageReport.observed_at
    earlier = _compared(report).where(seen <= report.observed_at).order_by(seen.desc())
    later = _compared(report).where(seen > report.observed_at).order_by(seen)
    return earlier.limit(SAME_TIME // 2), later.limit(SAME_TIME // 2)


def _compared(report: DamageReportView, place: Place | None = None) -> Select[Any]:
    return select(
        DamageReport.id,
        DamageReport.category,
        case((DamageReport.corrected_location.is_(None), DamageReport.accuracy_m)),
        _in_words(),
        DamageReport.place_text,
        DamageReport.note,
        _ground_distance(place) if place else cast(null(), Float),
        _apart(report.observed_at),
    ).where(_like(report))


def _in_words() -> ColumnElement[bool]:
    """Tell whether words alone say where a report is, or only in which town it lies."""
    by_town = DamageReport.located_by.is_not_distinct_from(literal_column("'town'"))
    return DamageReport.corrected_location.is_(None) & (DamageReport.location.is_(None) | by_town)


def _like(report: DamageReportView) -> ColumnElement[bool]:
    reach = timedelta(seconds=APART_MOST_S)
    return (
        _standing(report.incident_id)
        & DamageReport.category.in_(_same_group(report.category))
        & (DamageReport.id != report.id)
        & DamageReport.observed_at.between(report.observed_at - reach, report.observed_at + reach)
    )


def _standing(incident_id: UUID) -> ColumnElement[bool]:
    """Tell what triage may still merge into, or merge."""
    return (
        (DamageReport.incident_id == incident_id)
        & DamageReport.merged_into_id.is_(None)
        & (DamageReport.state != ReportState.REJECTED.value)
    )


def _same_group(category: str) -> Collection[str]:
    group = next(each for each in GROUPS.values() if category in each)
    return [each.value for each in group]


def _search_m(told: Told) -> float:
    """Return how far the farthest report lies that can be the same, by both their places."""
    return 2 * apart_m(told.spread_m, 0 if told.spread_m >= IN_WORDS_M else ACCURACY_WORST_M)


def _within(place: Place, metres: float) -> ColumnElement[bool]:
    """Tell whether a report lies around a place, by the index of the tiles' coordinates.

    Their metres are longer than those on the ground, by one over the cosine of the latitude; a
    little is added because the earth is no sphere.
    """
    stretched = metres * 1.01 / math.cos(math.radians(place.lat))
    return func.ST_DWithin(DamageReport.location_3857, _on_tiles(place), stretched)


def _map_distance(place: Place) -> ColumnElement[float]:
    """Return what orders reports by distance, as their index does."""
    return DamageReport.location_3857.op("<->")(_on_tiles(place))


def _ground_distance(place: Place) -> ColumnElement[float]:
    stands = func.coalesce(DamageReport.corrected_location, DamageReport.location)
    return func.ST_Distance(cast(stands, Geography), cast(place.ewkt(), Geography))


def _on_tiles(place: Place) -> ColumnElement[object]:
    return func.ST_Transform(func.ST_GeomFromEWKT(place.ewkt()), 3857)


def _apart(observed_at: datetime) -> ColumnElement[float]:
    apart = func.extract("epoch", DamageReport.observed_at - literal(observed_at))
    return cast(func.abs(apart), Float)
