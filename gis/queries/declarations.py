"""What headquarters declare of the cells of 第4号様式, and what they declared before."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from gis.figures import Declared, Statement
from gis.models import Declaration, Town
from gis.queries.moments import told_by
from gis.vocabulary import DamageUnit, FigureState, FormText


class Declarations(NamedTuple):
    """What holds at a moment."""

    figures: dict[str, Declared]
    """By the key of their cell; what nobody declared is not among them."""
    statements: tuple[Statement, ...]
    """In the order of the form; what was taken back is not among them."""


@dataclass(frozen=True)
class DeclarationView:
    """What was declared of a cell; ``state`` is None of words."""

    id: UUID
    number: int
    state: FigureState | None
    value: float | None
    text: str | None
    reason: str | None
    definition: str | None
    confirmed: list[str]
    observed_at: datetime
    recorded_at: datetime
    recorded_by: str


def declarations(
    session: Session,
    incident_id: UUID,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> Declarations:
    """Return what headquarters declare at a moment (None: now); one statement.

    Parameters
    ----------
    known_at
        By what was known when; None is as it was known at that moment itself.
    """
    last = (
        select(Declaration)
        .where(Declaration.incident_id == incident_id, *told_by(Declaration, as_of, known_at))
        .ext(distinct_on(Declaration.key))
        .order_by(Declaration.key, Declaration.number.desc())
    )
    rows = {row.key: row for row in session.scalars(last)}
    return Declarations(
        {
            key: Declared(
                row.number, FigureState(row.state), row.value, row.reason, row.definition,
                row.observed_at, row.recorded_at, row.recorded_by,
            )
            for key, row in rows.items()
            if row.state is not None
        },
        tuple(
            Statement(row.number, key, row.text, row.recorded_at, row.recorded_by)
            for key in FormText
            if (row := rows.get(key.value)) is not None and row.text is not None
        ),
    )  # fmt: skip


def declarations_of(session: Session, incident_id: UUID, key: str) -> list[DeclarationView]:
    """Return all that was declared of a cell, or said where the form asks words, the last first."""
    query = _views().where(Declaration.incident_id == incident_id, Declaration.key == key)
    rows = session.execute(query.order_by(Declaration.number.desc())).mappings()
    return [
        DeclarationView(**row | {"state": FigureState(row["state"]) if row["state"] else None})
        for row in map(dict, rows)
    ]


def inhabitants(session: Session, municipality_code: str) -> dict[DamageUnit, int | None]:
    """Return how many persons and households live in a municipality, by what towns tell.

    None is unknown: a figure of one town is.
    """
    rows = session.execute(
        select(Town.population, Town.households).where(Town.municipality_code == municipality_code)
    ).all()
    persons, households = zip(*rows, strict=True) if rows else ((None,), (None,))
    return {
        DamageUnit.PERSONS: None if None in persons else sum(persons),
        DamageUnit.HOUSEHOLDS: None if None in households else sum(households),
    }


def _views() -> Select[tuple[object, ...]]:
    return select(*(getattr(Declaration, name) for name in DeclarationView.__annotations__))
