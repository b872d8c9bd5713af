"""Filing damage reports."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from gis.clock import CLOCK_TOLERANCE
from gis.damage import DamageDetails, implausible, out_of_place
from gis.errors import (
    AmountImpossible,
    DetailOfNoPlace,
    DetailOutOfPlace,
    IdUsedForAnother,
    IncidentNotOpen,
    MomentWithoutZone,
    NotFound,
    Refused,
    StoreUnavailable,
    TextTooLong,
)
from gis.geometry.place import Place, checked_place
from gis.models.damage_report import (
    ACCURACY_MOST_M,
    NOTE_LENGTH,
    PLACE_TEXT_LENGTH,
    REPORTER_LENGTH,
)
from gis.operations import Filed
from gis.operations.moments import checked_moment
from gis.queries.damage_reports import DamageReportView, damage_report, damage_reports_of
from gis.store import now, refusal
from gis.vocabulary import DETAIL_LABELS, DamageCategory, LocatedBy, Severity, Source

MARGIN_M = 100
"""How far from a municipality a place still counts as inside it."""

_LENGTHS = {"note": NOTE_LENGTH, "place_text": PLACE_TEXT_LENGTH, "reporter": REPORTER_LENGTH}
_FILE = (Path(__file__).parent / "sql" / "file_damage_report.sql").read_text(encoding="utf-8")

OF_A_PLACE = ("accuracy_m", "located_by")
"""What says nothing where no place is given."""
DETAILS = tuple(field.name for field in fields(DamageDetails))


@dataclass(frozen=True)
class NewDamageReport(DamageDetails):
    """A report to file. ``id`` is made by the client; None is unknown throughout.

    ``location`` is (lon, lat) in degrees, EPSG:4326; ``accuracy_m`` the radius around it in which
    the device was sure to be.
    """

    id: UUID
    category: DamageCategory
    severity: Severity | None = None
    location: tuple[float, float] | None = None
    place_text: str | None = None
    note: str | None = None
    reporter: str | None = None
    observed_at: datetime | None = None
    """When it was seen; None is now."""
    source: Source = Source.OTHER
    accuracy_m: float | None = None
    located_by: LocatedBy | None = None
    sent_at: datetime | None = None
    """What the sender's clock showed when it sent this; None where nobody knows."""


def file_damage_report(session: Session, report: NewDamageReport) -> Filed:
    """File a report in the current incident; filing it again changes nothing.

    A clock that was wrong when it sent the report was as wrong when the damage was seen: the moment
    of observation is put right, and by how much is kept. A place outside the municipality is taken
    and marked.

    Raises
    ------
    gis.errors.IncidentNotOpen
        Nothing is going on that it could belong to.
    gis.errors.PlaceAtZero, gis.errors.PlaceSwapped, gis.errors.PlaceOutsideJapan
        The place cannot be.
    gis.errors.TextTooLong
        A text is longer than is kept.
    gis.errors.ObservedInFuture, gis.errors.ObservedTooEarly, gis.errors.MomentWithoutZone
        The moment cannot be, by a clock that is right.
    gis.errors.AmountImpossible
        A count, a depth or an accuracy cannot be meant.
    gis.errors.DetailOutOfPlace, gis.errors.DetailOfNoPlace
        A detail says nothing of such a category, or without a place.
    gis.errors.IdUsedForAnother
        The id stands for another report.
    """
    _check_lengths(report)
    _check_details(report)
    place = checked_place(*report.location) if report.location else None
    skew = _clock_ahead(report.sent_at, now(session))
    observed_at = checked_moment(_put_right(report.observed_at, skew), now(session))
    is_new = _insert(session, replace(report, observed_at=observed_at), place, skew)
    if not is_new:
        _check_same(_filed_before(session, report.id), report, place, skew)
    return Filed(report.id, is_new=is_new)


def file_damage_reports(
    session: Session, reports: Sequence[NewDamageReport]
) -> list[Filed | Refused]:
    """File reports one after the other, and return what became of each, in the same order.

    What is refused by a rule has written nothing, so one savepoint holds them all. Only where the
    store itself refuses one does each get a savepoint of its own. What was filed before is looked
    up at once.

    Raises
    ------
    gis.errors.StoreUnavailable
        The database does not answer: nothing is filed at all.
    """
    earlier = {each.id: each for each in damage_reports_of(session, [one.id for one in reports])}
    try:
        with session.begin_nested():
            return [_outcome(session, report, earlier.get(report.id)) for report in reports]
    except DBAPIError as fault:
        if isinstance(meant := refusal(fault), StoreUnavailable):
            raise meant from fault
    return [_filed_apart(session, report) for report in reports]


def _outcome(
    session: Session, report: NewDamageReport, earlier: DamageReportView | None
) -> Filed | Refused:
    """Return what becomes of a report, given what was filed under its id."""
    try:
        if earlier is None:
            return file_damage_report(session, report)
        place = checked_place(*report.location) if report.location else None
        _check_same(earlier, report, place, _clock_ahead(report.sent_at, now(session)))
    except Refused as why:
        return why
    return Filed(report.id, is_new=False)


def _filed_apart(session: Session, report: NewDamageReport) -> Filed | Refused:
    try:
        with session.begin_nested():
            return file_damage_report(session, report)
    except Refused as why:
        return why
    except DBAPIError as fault:
        meant = refusal(fault)
        if isinstance(meant, StoreUnavailable):
            raise meant from fault
        return meant


def _clock_ahead(sent_at: datetime | None, now: datetime) -> timedelta | None:
    """Return by how much the sender's clock is ahead of ours, in whole seconds."""
    if sent_at is None:
        return None
    if sent_at.tzinfo is None:
        raise MomentWithoutZone(field="sent_at", received=sent_at.isoformat())
    return timedelta(seconds=round((sent_at - now).total_seconds()))


def _put_right(observed_at: datetime | None, skew: timedelta | None) -> datetime | None:
    """Return a moment as a clock that is right would have told it."""
    if observed_at is None or observed_at.tzinfo is None or not _is_wrong(skew):
        return observed_at
    return observed_at - (skew or timedelta())


def _is_wrong(skew: timedelta | None) -> bool:
    return skew is not None and abs(skew) > CLOCK_TOLERANCE


def _insert(
    session: Session, report: NewDamageReport, place: Place | None, skew: timedelta | None
) -> bool:
    """File a report, unless it is there already; return whether it was filed now."""
    facts = vars(report) | {
        "location": place.ewkt() if place else None,
        "margin_m": MARGIN_M,
        "clock_ahead_s": None if skew is None else int(skew.total_seconds()),
    }
    # In the driver's own words: to compile so many parameters takes as long as to file them.
    return session.connection().exec_driver_sql(_FILE, facts).rowcount == 1


def _filed_before(session: Session, report_id: UUID) -> DamageReportView:
    """Return what was filed under an id; where nothing was, no incident was open to file it in."""
    try:
        return damage_report(session, report_id)
    except NotFound:
        raise IncidentNotOpen from None


def _check_lengths(report: NewDamageReport) -> None:
    for field, most in _LENGTHS.items():
        text: str | None = getattr(report, field)
        if text is not None and len(text) > most:
            raise TextTooLong(field=field, received=text, length=len(text), most=most)


def _details(report: DamageDetails) -> dict[str, Any]:
    return {name: getattr(report, name) for name in DETAILS}


def _check_details(report: NewDamageReport) -> None:
    """Refuse what cannot be said of such damage or without a place, or cannot be meant."""
    for name in out_of_place(report.category, report):
        raise DetailOutOfPlace(
            field=name,
            received=getattr(report, name),
            item=DETAIL_LABELS[name],
            category=report.category,
        )
    for name in OF_A_PLACE if report.location is None else ():
        if getattr(report, name) is not None:
            raise DetailOfNoPlace(
                field=name, received=getattr(report, name), item=DETAIL_LABELS[name]
            )
    limits = dict(implausible(report))
    if report.accuracy_m is not None and not 0 <= report.accuracy_m <= ACCURACY_MOST_M:
        limits["accuracy_m"] = ACCURACY_MOST_M
    for name, most in limits.items():
        raise AmountImpossible(
            field=name,
            received=getattr(report, name),
            item=DETAIL_LABELS[name],
            least=0,
            most=most,
        )


def _check_same(
    earlier: DamageReportView,
    report: NewDamageReport,
    place: Place | None,
    skew: timedelta | None,
) -> None:
    same = (
        (earlier.category, earlier.severity, earlier.source)
        == (report.category, report.severity, report.source)
        and (earlier.filed_lon, earlier.filed_lat)
        == ((place.lon, place.lat) if place else (None, None))
        and all(getattr(earlier, field) == getattr(report, field) for field in _LENGTHS)
        and _details(earlier) == _details(report)
        # Of a clock that is wrong, each delivery is put right by a little more or less.
        and (_is_wrong(skew) or report.observed_at in (None, earlier.observed_at))
    )
    if not same:
        raise IdUsedForAnother(field="id", received=report.id)
