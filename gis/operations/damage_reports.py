"""Filing damage reports."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
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
    Refused,
    StoreUnavailable,
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
from gis.operations.texts import check_length
from gis.queries.damage_reports import DamageReportView, damage_reports_of
from gis.store import now, refusal
from gis.vocabulary import DETAIL_LABELS, DamageCategory, LocatedBy, Severity, Source

MARGIN_M = 100
"""How far from a municipality a place still counts as inside it."""

_LENGTHS = {"note": NOTE_LENGTH, "place_text": PLACE_TEXT_LENGTH, "reporter": REPORTER_LENGTH}
_FILE = (Path(__file__).parent / "sql" / "file_damage_reports.sql").read_text(encoding="utf-8")

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
    (became,) = file_together(session, [report])
    if isinstance(became, Refused):
        raise became
    return became


def file_together(session: Session, reports: Sequence[NewDamageReport]) -> list[Filed | Refused]:
    """File reports, and return what became of each, in the same order; two statements at most.

    What is refused by a rule has written nothing. What the store itself refuses ends the
    transaction for all of them.
    """
    checked = [_checked(report, now(session)) for report in reports]
    right = [each for each in checked if isinstance(each, _Checked)]
    filed = _file(session, right)
    earlier = _filed_before(session, [each.report.id for each in right], filed)
    return [
        each if isinstance(each, Refused) else _became(each, filed, earlier) for each in checked
    ]


def file_damage_reports(
    session: Session, reports: Sequence[NewDamageReport]
) -> list[Filed | Refused]:
    """File reports as :func:`file_together`; what the store refuses takes no other along.

    Raises
    ------
    gis.errors.StoreUnavailable
        The database does not answer: nothing is filed at all.
    """
    try:
        with session.begin_nested():
            return file_together(session, reports)
    except DBAPIError as fault:
        meant = refusal(fault)
        if isinstance(meant, StoreUnavailable):
            raise meant from fault
        if len(reports) == 1:
            return [meant]
    return [became for report in reports for became in file_damage_reports(session, [report])]


@dataclass(frozen=True)
class _Checked:
    """A report that may be filed, and what follows from it."""

    report: NewDamageReport
    place: Place | None
    observed_at: datetime
    skew: timedelta | None

    def facts(self) -> dict[str, Any]:
        """Return the columns of the store, as JSON tells them."""
        return vars(self.report) | {
            "id": str(self.report.id),
            "location": self.place.ewkt() if self.place else None,
            "observed_at": self.observed_at.isoformat(),
            "sent_at": None,
            "clock_ahead_s": None if self.skew is None else int(self.skew.total_seconds()),
        }


def _checked(report: NewDamageReport, now: datetime) -> _Checked | Refused:
    try:
        _check_lengths(report)
        _check_details(report)
        place = checked_place(*report.location) if report.location else None
        skew = _clock_ahead(report.sent_at, now)
        observed_at = checked_moment(_put_right(report.observed_at, skew), now)
    except Refused as why:
        return why
    return _Checked(report, place, observed_at or now, skew)


def _file(session: Session, reports: Sequence[_Checked]) -> set[UUID]:
    """File reports, unless they are there already; return the ids of those filed now."""
    facts = {"reports": Jsonb([each.facts() for each in reports]), "margin_m": MARGIN_M}
    # In the driver's own words: it is filed so often that compiling the question counts.
    return set(session.connection().exec_driver_sql(_FILE, facts).scalars())


def _filed_before(
    session: Session, ids: Sequence[UUID], filed: Collection[UUID]
) -> dict[UUID, DamageReportView]:
    """Return what stands under the ids that were not filed now, or that are there twice."""
    once = Counter(ids)
    asked = [each for each, times in once.items() if times > 1 or each not in filed]
    return {each.id: each for each in damage_reports_of(session, asked)}


def _became(
    checked: _Checked, filed: set[UUID], earlier: Mapping[UUID, DamageReportView]
) -> Filed | Refused:
    """Return what became of a report; only the first one under an id is new."""
    report_id = checked.report.id
    is_new = report_id in filed
    filed.discard(report_id)
    if not is_new and report_id not in earlier:
        return IncidentNotOpen()
    if report_id in earlier and not _is_same(earlier[report_id], checked):
        return IdUsedForAnother(field="id", received=report_id)
    return Filed(report_id, is_new=is_new)


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


def _check_lengths(report: NewDamageReport) -> None:
    for field, most in _LENGTHS.items():
        check_length(field, getattr(report, field), most)


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


def _is_same(earlier: DamageReportView, checked: _Checked) -> bool:
    """Tell whether a report is another delivery of one that was filed before."""
    report, place = checked.report, checked.place
    return (
        (earlier.category, earlier.severity, earlier.source)
        == (report.category, report.severity, report.source)
        and (earlier.filed_lon, earlier.filed_lat)
        == ((place.lon, place.lat) if place else (None, None))
        and all(getattr(earlier, field) == getattr(report, field) for field in _LENGTHS)
        and _details(earlier) == _details(report)
        # Of a clock that is wrong, each delivery is put right by a little more or less.
        and (_is_wrong(checked.skew) or report.observed_at in (None, earlier.observed_at))
    )
