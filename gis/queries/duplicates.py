"""Which reports probably tell of the same damage, and which lie near a place."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from geoalchemy2 import Geography
from sqlalchemy import ColumnElement, cast, func, select
from sqlalchemy.orm import Session

from gis.damage_likeness import (
    AROUND_M,
    LIKELY,
    Surroundings,
    Told,
    evidence,
    likeness,
    similarity,
    too_far,
)
from gis.geometry.place import Place
from gis.models import DamageReport
from gis.queries.damage_reports import DamageReportView, damage_report, damage_reports_of
from gis.queries.duplicate_candidates import Candidate, candidates
from gis.vocabulary import DamageCategory, ReportState


@dataclass(frozen=True)
class ProbableDuplicate:
    """A report that probably tells of the same damage, and what speaks for it.

    ``distance_m`` is None where one of the two has no place, ``similarity`` of their words (0 to 1)
    where one has none. ``score`` is from :data:`gis.damage_likeness.LIKELY` to 1.
    """

    report: DamageReportView
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
    told, found = _told(report), candidates(session, report)
    near = [each for each in found if not too_far(told, each.told, each.distance_m)]
    around = Surroundings(told, (each.told for each in near), _crowd(told, near))
    scored = ((_score(told, each, around), each) for each in near)
    likely = sorted((one for one in scored if one[0] >= LIKELY), key=_by_score, reverse=True)
    views = damage_reports_of(session, [each.id for _, each in likely[:limit]])
    view = {each.id: each for each in views}
    return [
        ProbableDuplicate(
            view[each.id], each.distance_m, each.apart_s, similarity(told, each.told, around), score
        )
        for score, each in likely[:limit]
    ]


def _told(report: DamageReportView) -> Told:
    accuracy_m = report.accuracy_m if report.lon == report.filed_lon else None
    return Told(report.category, accuracy_m, report.place_text, report.note, report.reporter)


def _crowd(told: Told, near: Sequence[Candidate]) -> int:
    return sum(
        each.told.category == told.category
        and each.distance_m is not None
        and each.distance_m <= AROUND_M
        for each in near
    )


def _score(told: Told, candidate: Candidate, around: Surroundings) -> float:
    distance_m, apart_s = candidate.distance_m, candidate.apart_s
    found = evidence(told, candidate.told, around, distance_m=distance_m, apart_s=apart_s)
    return likeness(found)


def _by_score(scored: tuple[float, Candidate]) -> float:
    return scored[0]


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


def _standing(incident_id: UUID) -> ColumnElement[bool]:
    """Tell what triage may still merge into, or merge."""
    return (
        (DamageReport.incident_id == incident_id)
        & DamageReport.merged_into_id.is_(None)
        & (DamageReport.state != ReportState.REJECTED.value)
    )


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
