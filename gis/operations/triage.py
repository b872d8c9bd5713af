"""Headquarters look at damage reports: confirm, assign, close, reject, merge, take back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.clock import moment_text
from gis.errors import (
    ClaimedByAnother,
    MergeImpossible,
    NotFound,
    NothingToTakeBack,
    ReportChangedMeanwhile,
    ReportMerged,
)
from gis.geometry.place import Place, checked_place
from gis.models import DamageAssessment, DamageClaim
from gis.models.triage import REASON_LENGTH, TEAM_LENGTH
from gis.operations.texts import check_length
from gis.queries.damage_reports import DamageReportView, damage_report, with_merged
from gis.queries.incidents import held_open
from gis.queries.triage import assessments_of
from gis.store import now
from gis.text import N_
from gis.vocabulary import ReportState

CLAIMED_FOR = timedelta(minutes=5)
"""How long nobody else decides on a report that somebody has opened."""

NOBODY = N_("nobody")

_MERGING = 5_209_142
"""The lock that merges wait for: of two at once, each might merge away what the other keeps."""

_LENGTHS = {"team": TEAM_LENGTH, "reason": REASON_LENGTH}


@dataclass(frozen=True)
class Assessment:
    """All that headquarters make of a report: what is None is nobody, nothing, or as filed."""

    state: ReportState
    team: str | None = None
    location: tuple[float, float] | None = None
    """Where it really was: longitude and latitude in degrees (EPSG:4326)."""
    reason: str | None = None


def standing(report: DamageReportView) -> Assessment:
    """Return what holds of a report: what the next assessment says, but for what it changes."""
    return Assessment(ReportState(report.state), report.team, _corrected(report))


def assess(session: Session, report_id: UUID, told: Assessment, *, version: int) -> None:
    """Tell what headquarters make of a report from now on.

    Parameters
    ----------
    version
        The version of the report that the person saw when deciding.

    Raises
    ------
    gis.errors.ReportChangedMeanwhile
        Somebody else told something after that.
    gis.errors.ReportMerged
        It has been merged into another one.
    gis.errors.IncidentNotOpen
        Its incident has been closed.
    gis.errors.TextTooLong
        A text is longer than is kept.
    gis.errors.Refused
        The place cannot be meant (:func:`gis.geometry.place.checked_place`).
    gis.errors.NotFound
        There is no such report.
    """
    for field, most in _LENGTHS.items():
        check_length(field, getattr(told, field), most)
    report = damage_report(session, report_id)
    held_open(session, report.incident_id)
    if report.merged_into_id:
        raise ReportMerged
    place = checked_place(*told.location) if told.location else None
    row = {
        "state": told.state.value,
        "team": told.team,
        "location": place.ewkt() if place else None,
        "reason": told.reason,
    }
    _tell(session, report, version, row, yours=told.state)


def merge_damage_reports(
    session: Session, into_id: UUID, report_ids: Sequence[UUID], *, reason: str | None = None
) -> None:
    """Merge reports of the same damage into one of them: they are listed with it, and count once.

    What had been merged into one of them goes along. Each is separated again by
    :func:`take_back_assessment`.

    Raises
    ------
    gis.errors.MergeImpossible
        One is to be merged with itself, or belongs to another incident.
    gis.errors.ReportMerged
        The one that is to stay has been merged itself.
    gis.errors.ReportChangedMeanwhile
        On execution: somebody else told something of one of them at the same moment.
    gis.errors.NotFound
        There is no such report.
    """
    session.execute(select(func.pg_advisory_xact_lock(_MERGING)))
    kept = damage_report(session, into_id)
    held_open(session, kept.incident_id)
    if kept.merged_into_id:
        raise ReportMerged
    given = {one.id: one for one in with_merged(session, report_ids)}
    for report_id in report_ids:
        if report_id not in given:
            raise NotFound(field="report_id", received=report_id, kind=N_("damage report"))
    if into_id in given or any(one.incident_id != kept.incident_id for one in given.values()):
        raise MergeImpossible
    for report in given.values():
        row = {
            "state": report.state,
            "team": report.team,
            "location": _ewkt(_corrected(report)),
            "merged_into_id": into_id,
            "reason": reason,
        }
        _tell(session, report, report.version, row, yours=ReportState(report.state))


def take_back_assessment(session: Session, report_id: UUID, *, version: int) -> None:
    """Take the last assessment of a report back: what it superseded, or followed, holds again.

    A report that had been merged into one that has been merged itself stands alone again.

    Raises
    ------
    gis.errors.NothingToTakeBack
        All of it has been taken back.
    gis.errors.ReportChangedMeanwhile
        Somebody told something meanwhile.
    gis.errors.IncidentNotOpen, gis.errors.NotFound
        As :func:`assess`.
    """
    session.execute(select(func.pg_advisory_xact_lock(_MERGING)))
    report = damage_report(session, report_id)
    held_open(session, report.incident_id)
    # What took something back only repeats what held before it.
    told = [one for one in assessments_of(session, report_id) if one.supersedes is None]
    last, before, *_ = *(one for one in told if not one.is_superseded), None, None
    if last is None:
        raise NothingToTakeBack
    state = before.state if before else ReportState.UNCONFIRMED
    row = {
        "state": state.value,
        "team": before.team if before else None,
        "location": before.ewkt if before else None,
        "merged_into_id": _stands_alone(session, before.merged_into_id if before else None),
        "reason": before.reason if before else None,
        "supersedes": last.number,
    }
    _tell(session, report, version, row, yours=state)


def claim_report(session: Session, report_id: UUID) -> datetime:
    """Have a report to oneself for :data:`CLAIMED_FOR`, again and again, and return until when.

    Raises
    ------
    gis.errors.ClaimedByAnother
        Somebody else has it.
    gis.errors.NotFound
        There is no such report.
    """
    damage_report(session, report_id)
    moment = now(session)
    claim = insert(DamageClaim).values(report_id=report_id, claimed_until=moment + CLAIMED_FOR)
    is_mine = DamageClaim.claimed_by == func.hq_actor()
    until: datetime | None = session.scalar(
        claim.on_conflict_do_update(
            index_elements=["report_id"],
            set_={
                "claimed_by": func.hq_actor(),
                "claimed_until": claim.excluded.claimed_until,
            },
            where=is_mine | (DamageClaim.claimed_until <= moment),
        ).returning(DamageClaim.claimed_until)
    )
    if until is None:
        other = session.get_one(DamageClaim, report_id)
        raise ClaimedByAnother(actor=other.claimed_by, moment=moment_text(other.claimed_until))
    return until


def release_report(session: Session, report_id: UUID) -> None:
    """Let others have a report that one has looked at; nothing happens to somebody else's."""
    session.execute(
        update(DamageClaim)
        .where(DamageClaim.report_id == report_id, DamageClaim.claimed_by == func.hq_actor())
        .values(claimed_until=now(session))
    )


def _corrected(report: DamageReportView) -> tuple[float, float] | None:
    """Return where a report really was, where headquarters said so."""
    if report.lon is None or report.lat is None:
        return None
    if (report.lon, report.lat) == (report.filed_lon, report.filed_lat):
        return None
    return report.lon, report.lat


def _ewkt(location: tuple[float, float] | None) -> str | None:
    return Place(*location).ewkt() if location else None


def _stands_alone(session: Session, report_id: UUID | None) -> UUID | None:
    """Return a report that others are listed with; None where it has been merged itself since."""
    if report_id is None or damage_report(session, report_id).merged_into_id:
        return None
    return report_id


def _tell(
    session: Session,
    report: DamageReportView,
    version: int,
    row: Mapping[str, object],
    *,
    yours: ReportState,
) -> None:
    """Add an assessment under the number after the version that was seen."""
    done = None
    if version == report.version:
        done = session.execute(
            insert(DamageAssessment)
            .values(report_id=report.id, number=version + 1, **row)
            .on_conflict_do_nothing(index_elements=["report_id", "number"])
            .returning(DamageAssessment.id)
        ).one_or_none()
    if done is None:
        last = assessments_of(session, report.id)[0]
        raise ReportChangedMeanwhile(
            actor=last.recorded_by,
            moment=moment_text(last.recorded_at),
            theirs=last.state,
            theirs_team=last.team or NOBODY,
            yours=yours,
            yours_team=row["team"] or NOBODY,
        )
