"""Declaring figures of 第4号様式, and what is said in words; nothing is overwritten."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.damage_cells import DamageCell
from gis.errors import (
    FieldInvalid,
    FigureAbovePopulation,
    FigureAddsUp,
    FigureChangedMeanwhile,
    FigureImpossible,
    FigureMissing,
    FigureNeedsReason,
    FigureWithoutMeaning,
    IdUsedForAnother,
    MomentWithoutZone,
    NotFound,
    PartAboveTotal,
    Refused,
    StatementChangedMeanwhile,
)
from gis.figures import Declared
from gis.form4 import CELLS, FormCell, key_of
from gis.models import Declaration
from gis.models.declaration import FIGURE_MOST, TEXT_LENGTH
from gis.operations import Filed
from gis.operations.moments import checked_moment
from gis.operations.texts import kept_text
from gis.queries.damage_cells import damage_figures
from gis.queries.declarations import declarations, inhabitants
from gis.queries.incidents import held_open
from gis.store import now
from gis.text import N_
from gis.vocabulary import DamageUnit, DeclaredRow, FigureState, FormRow, FormText

DEAD = key_of(DeclaredRow.DEAD, DamageUnit.PERSONS)
RELATED_DEAD = key_of(DeclaredRow.RELATED_DEAD, DamageUnit.PERSONS)
FRACTIONAL = frozenset({DamageUnit.HECTARES})


@dataclass(frozen=True)
class FigureTold:
    """What headquarters declare of a figure. ``id`` is made by the client."""

    id: UUID
    key: str
    state: FigureState
    value: float | None = None
    reason: str | None = None
    """Why it is not what the reports say."""
    definition: str | None = None
    """How it was counted, where that differs from what the form means."""
    version: int = 0
    """The number of the declaration that was seen last; 0 is none."""
    observed_at: datetime | None = None
    """As of when it is so; None is now."""
    confirmed: frozenset[str] = frozenset()
    """Codes of the doubts to which whoever declares it said yes."""


@dataclass(frozen=True)
class TextTold:
    """What headquarters say where the form asks words; an empty text takes back what was said."""

    id: UUID
    key: FormText
    text: str | None
    version: int = 0
    """The number of the text that was seen last; 0 is none."""


def declare_figures(
    session: Session,
    municipality_code: str,
    told: Sequence[FigureTold],
    *,
    incident_id: UUID | None = None,
) -> list[Filed]:
    """Declare figures, all of them or none. A retry changes nothing.

    Parameters
    ----------
    incident_id
        None is the incident that headquarters work on.

    Raises
    ------
    gis.errors.NotFound, gis.errors.FigureAddsUp
        There is no such cell, or it adds up from others.
    gis.errors.FigureImpossible, gis.errors.FigureMissing, gis.errors.FigureWithoutMeaning
        The number cannot be, or does not fit the state.
    gis.errors.PartAboveTotal
        More dead of consequences of the disaster than dead.
    gis.errors.FigureNeedsReason
        It is declared as confirmed, is not what the confirmed reports say, and nobody says why.
    gis.errors.FigureAbovePopulation
        It looks like a slip; it is recorded once confirmed.
    gis.errors.FigureChangedMeanwhile
        Somebody else declared it after what this person saw.
    gis.errors.IncidentNotOpen, gis.errors.IdUsedForAnother, gis.errors.TextTooLong
        The incident is closed, the id stands for something else, a text is too long.
    gis.errors.ObservedInFuture, gis.errors.ObservedTooEarly, gis.errors.MomentWithoutZone
        The moment cannot be.
    """
    for one in told:
        _check(one)
    incident = held_open(session, incident_id)
    known = _known(session, municipality_code, incident.id, told)
    _check_related(known.standing, told)
    return [_declare(session, incident.id, one, known) for one in told]


def state_texts(
    session: Session, told: Sequence[TextTold], *, incident_id: UUID | None = None
) -> list[Filed]:
    """Say what the form asks in words, all of it or nothing. A retry changes nothing.

    Raises
    ------
    gis.errors.StatementChangedMeanwhile
        Somebody else wrote it after what this person saw.
    gis.errors.FieldInvalid, gis.errors.MomentWithoutZone
        What has to be a moment is none, or has no offset.
    gis.errors.TextTooLong, gis.errors.IdUsedForAnother, gis.errors.IncidentNotOpen
        As :func:`declare_figures` says.
    """
    incident = held_open(session, incident_id)
    standing = {one.key: one for one in declarations(session, incident.id).statements}
    filed = []
    for one in told:
        values: dict[str, Any] = {"text": _text(one)}
        if (earlier := session.get(Declaration, one.id)) is not None:
            filed.append(_same(earlier, incident.id, one.key.value, values))
            continue
        values["observed_at"] = now(session)
        if not _write(session, one.id, (incident.id, one.key.value, one.version + 1), values):
            theirs = standing.get(one.key)
            raise StatementChangedMeanwhile(
                field=one.key.value, theirs=theirs.text if theirs else "—", yours=one.text or "—"
            )
        filed.append(Filed(one.id, is_new=True))
    return filed


@dataclass(frozen=True)
class _Known:
    """What the store knows of the figures in question."""

    moment: datetime
    standing: Mapping[str, Declared]
    reported: Mapping[str, DamageCell]
    living: Mapping[DamageUnit, int | None]

    def version(self, key: str) -> int:
        """Return the number of the last declaration of a figure; 0 where there is none."""
        return self.standing[key].number if key in self.standing else 0


def _known(
    session: Session, municipality_code: str, incident_id: UUID, told: Iterable[FigureTold]
) -> _Known:
    moment = now(session)
    return _Known(
        moment,
        declarations(session, incident_id).figures,
        _reported(session, incident_id, told, moment),
        inhabitants(session, municipality_code),
    )


def _declare(session: Session, incident_id: UUID, told: FigureTold, known: _Known) -> Filed:
    said: dict[str, object] = {
        "state": told.state.value,
        "value": told.value,
        "reason": kept_text("reason", told.reason, TEXT_LENGTH),
        "definition": kept_text("definition", told.definition, TEXT_LENGTH),
    }
    observed_at = checked_moment(told.observed_at, known.moment)
    if told.observed_at is not None:
        said["observed_at"] = observed_at
    earlier = session.get(Declaration, told.id)
    if earlier is not None:
        return _same(earlier, incident_id, told.key, said)
    doubts = list(_doubts(told, known.living))
    for doubt in doubts:
        if doubt.code() not in told.confirmed:
            raise doubt
    if told.version != known.version(told.key):
        raise _met(told, known.standing.get(told.key))
    _check_reason(told, known.reported.get(told.key))
    said |= {"observed_at": observed_at, "confirmed": [doubt.code() for doubt in doubts]}
    place = (incident_id, told.key, told.version + 1)
    if not _write(session, told.id, place, said):
        raise _met(told, declarations(session, incident_id).figures.get(told.key))
    return Filed(told.id, is_new=True)


def _check(told: FigureTold) -> None:
    cell = CELLS.get(told.key)
    if cell is None:
        raise NotFound(field="key", received=told.key, kind=N_("figure"))
    row, unit = cell.row, cell.unit
    if cell.parts:
        raise FigureAddsUp(field="key", received=told.key, row=row, unit=unit)
    value = told.value
    if value is None:
        if told.state is FigureState.CONFIRMED:
            raise FigureMissing(field="value", row=row, unit=unit)
        return
    if (
        not math.isfinite(value)
        or not 0 <= value <= FIGURE_MOST
        or (cell.unit not in FRACTIONAL and value != int(value))
    ):
        raise FigureImpossible(
            field="value", received=value, most=f"{FIGURE_MOST:,}", row=row, unit=unit
        )
    if told.state is FigureState.NOT_APPLICABLE:
        raise FigureWithoutMeaning(field="value", received=f"{value:g}", row=row, unit=unit)


def _check_related(standing: Mapping[str, Declared], told: Iterable[FigureTold]) -> None:
    """Refuse more dead of consequences than dead, of whom they are a part (うち災害関連死者)."""
    values = {key: standing[key].value for key in (DEAD, RELATED_DEAD) if key in standing}
    new = {one.key: one.value for one in told if one.key in {DEAD, RELATED_DEAD}}
    values |= new
    dead, related = values.get(DEAD), values.get(RELATED_DEAD)
    if new and dead is not None and related is not None and related > dead:
        raise PartAboveTotal(
            field="value",
            received=f"{related:g}",
            part=DeclaredRow.RELATED_DEAD,
            whole=DeclaredRow.DEAD,
            total=f"{dead:g}",
        )


def _reported(
    session: Session, incident_id: UUID, told: Iterable[FigureTold], moment: datetime
) -> dict[str, DamageCell]:
    """Return what reports say of the cells in question; reads nothing where none is fed by any."""
    keys = {one.key for one in told if isinstance(CELLS[one.key].row, FormRow)}
    if not keys:
        return {}
    cells = damage_figures(session, incident_id, as_of=moment).cells
    return {key: cell for cell in cells if (key := key_of(cell.row, cell.unit)) in keys}


def _check_reason(told: FigureTold, reported: DamageCell | None) -> None:
    """Demand a reason for a confirmed figure that differs from what confirmed reports add up to."""
    if told.state is not FigureState.CONFIRMED or reported is None or (told.reason or "").strip():
        return
    says = reported.confirmed
    if says.reports and not says.unknown and says.known != told.value:
        cell = CELLS[told.key]
        raise FigureNeedsReason(
            field="reason",
            received=f"{told.value:g}",
            reported=f"{says.known:g}",
            row=cell.row,
            unit=cell.unit,
        )


def _doubts(told: FigureTold, most: Mapping[DamageUnit, int | None]) -> Iterator[Refused]:
    cell: FormCell = CELLS[told.key]
    living = most.get(cell.unit)
    if told.value is not None and living is not None and told.value > living:
        yield FigureAbovePopulation(
            field="value", received=f"{told.value:,.0f}", most=f"{living:,}", unit=cell.unit
        )


def _met(told: FigureTold, theirs: Declared | None) -> FigureChangedMeanwhile:
    cell = CELLS[told.key]
    return FigureChangedMeanwhile(
        field=told.key,
        row=cell.row,
        unit=cell.unit,
        number=theirs.number if theirs else 0,
        theirs="—" if theirs is None or theirs.value is None else f"{theirs.value:g}",
        theirs_state=theirs.state if theirs else "—",
        yours="—" if told.value is None else f"{told.value:g}",
        yours_state=told.state,
    )


def _text(told: TextTold) -> str | None:
    text = kept_text(told.key.value, told.text, TEXT_LENGTH)
    if text is None or not told.key.is_moment:
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        problem = N_("it is not a moment such as 2026-09-01T12:00:00+09:00")
        raise FieldInvalid(
            field=told.key.value, received=text, name=told.key, problem=problem
        ) from fault
    if moment.tzinfo is None:
        raise MomentWithoutZone(field=told.key.value, received=text)
    return moment.isoformat()


def _same(earlier: Declaration, incident_id: UUID, key: str, values: Mapping[str, object]) -> Filed:
    """Return the first result of a retry, which says again what was said."""
    said = {"incident_id": incident_id, "key": key, **values}
    if any(getattr(earlier, name) != value for name, value in said.items()):
        raise IdUsedForAnother(field="id", received=earlier.id)
    return Filed(earlier.id, is_new=False)


def _write(
    session: Session, new_id: UUID, place: tuple[UUID, str, int], said: Mapping[str, Any]
) -> bool:
    """Add a declaration in its place: incident, cell, number; False where somebody was first."""
    incident_id, key, number = place
    written = session.execute(
        insert(Declaration)
        .values(id=new_id, incident_id=incident_id, key=key, number=number, **said)
        .on_conflict_do_nothing(index_elements=["incident_id", "key", "number"])
        .returning(Declaration.id)
    )
    return written.one_or_none() is not None
