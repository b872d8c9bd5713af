"""Which reports probably tell of the same damage, and which lie near a place."""

import math
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from geoalchemy2 import Geography
from sqlalchemy import (
    ColumnElement,
    Executable,
    Float,
    Select,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from gis.damage import GROUPS
from gis.damage_likeness import (
    ACCURACY_WORST_M,
    APART_MOST_S,
    LIKELY,
    PLACE_SPREAD_M,
    Told,
    likeness,
    reach_m,
    text_similarity,
)
from gis.geometry.place import Place
from gis.models import DamageReport
from gis.queries.damage_reports import DamageReportView, damage_report, damage_reports_of
from gis.vocabulary import DamageCategory, ReportState

NEAREST = 300
"""How many reports around a place are weighed: the nearest ones."""
SAME_TIME = 1_000
"""How many reports without a place are weighed, or of one without: those nearest in time."""


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


class _Weighed(NamedTuple):
    id: UUID
    distance_m: float | None
    apart_s: float
    similarity: float | None
    score: float


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
    report = damage_report(session, report_id)
    told = Told(report.category, report.accuracy_m, report.place_text, report.note)
    candidates = session.execute(_candidates(report)).mappings()
    weighed = (_weighed(told, **candidate) for candidate in candidates)
    likely = [each for each in weighed if each.score >= LIKELY]
    best = sorted(likely, key=lambda each: each.score, reverse=True)[:limit]
    views = {view.id: view for view in damage_reports_of(session, [each.id for each in best])}
    return [ProbableDuplicate(views[each.id], *each[1:]) for each in best]


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


def _weighed(
    told: Told,
    *,
    id: UUID,  # noqa: A002 - a column
    distance_m: float | None,
    apart_s: float,
    **compared: Any,  # noqa: ANN401
) -> _Weighed:
    other = Told(**compared)
    similarity = text_similarity(told, other)
    score = likeness(told, other, distance_m=distance_m, apart_s=apart_s, similarity=similarity)
    return _Weighed(id, distance_m, apart_s, similarity, score)


def _candidates(report: DamageReportView) -> Executable:
    """Select what is worth weighing: near in place and time; without a place, in time alone."""
    by_time = _compared(report).order_by(_apart(report.observed_at)).limit(SAME_TIME)
    if report.lon is None or report.lat is None:
        return by_time
    place = Place(report.lon, report.lat)
    by_place = (
        _compared(report, place)
        .where(_within(place, _search_m(report)))
        .order_by(_map_distance(place))
        .limit(NEAREST)
    )
    return union_all(by_place, by_time.where(DamageReport.location_3857.is_(None)))


def _compared(report: DamageReportView, place: Place | None = None) -> Select[Any]:
    columns = [getattr(DamageReport, field.name) for field in fields(Told)]
    distance = _ground_distance(place) if place else cast(null(), Float)
    return select(
        DamageReport.id,
        *columns,
        distance.label("distance_m"),
        _apart(report.observed_at).label("apart_s"),
    ).where(_like(report))


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


def _search_m(report: DamageReportView) -> float:
    """Return how far the farthest report lies that can be the same, by both their accuracies."""
    return 2 * math.hypot(PLACE_SPREAD_M, reach_m(report.accuracy_m), ACCURACY_WORST_M)


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
