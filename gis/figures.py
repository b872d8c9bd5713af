"""Figures of 第4号様式: what headquarters declare of each cell, and what cells add up to. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from gis.form4 import CELLS, FormCell
from gis.occupancy import Tally
from gis.vocabulary import FigureState, FormText, IssueState


@dataclass(frozen=True)
class Declared:
    """What headquarters last declared of a cell."""

    number: int
    """Of the declarations of this cell, from 1: who declares the next one names it."""
    state: FigureState
    value: float | None
    """None where no number is known, or none applies."""
    reason: str | None
    """Why it is not what the reports say."""
    definition: str | None
    """How it was counted, where that differs from the form's definition."""
    observed_at: datetime
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class Figure:
    """What is told of a cell: declared, added up from others, or not yet known.

    ``value`` is None where no number is known or none applies; 0 is none. ``unknown_parts`` says
    of a sum how many of its parts lack in it.
    """

    key: str
    value: float | None
    state: FigureState
    unknown_parts: int = 0
    declared: Declared | None = None

    @property
    def cell(self) -> FormCell:
        """The cell of the form."""
        return CELLS[self.key]


@dataclass(frozen=True)
class Statement:
    """What headquarters last said where the form asks words; ``text`` None takes it back."""

    number: int
    key: FormText
    text: str | None
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class FigureBefore:
    """What the issue before told of a cell."""

    value: float | None
    state: FigureState


@dataclass(frozen=True)
class IssueBefore:
    """What the last issue that was signed off told, so that the next one can say what changed."""

    number: int
    as_of: datetime
    figures: Mapping[str, FigureBefore]
    persons: Tally
    households: Tally
    open_shelters: int
    orders_in_force: int
    damage_reports: int


@dataclass(frozen=True)
class IssueMark:
    """Which issue (第 n 報) a summary is, and what became of it."""

    number: int
    state: IssueState
    compiled_by: str
    signed_off_at: datetime | None = None
    signed_off_by: str | None = None
    note: str | None = None
    """What was said when it was reviewed, signed off or withdrawn last."""


@dataclass(frozen=True)
class Change:
    """By how much a figure differs from that of the issue before.

    ``by`` is None where one of the two is unknown: then there is only a before and a now.
    """

    before: float | None
    by: float | None
    is_correction: bool
    """Whether it went down though what it counts can only grow (訂正)."""


def change(before: float | None, now: float | None, *, only_grows: bool) -> Change | None:
    """Return how a figure changed; None where it did not."""
    if before == now:
        return None
    by = None if before is None or now is None else now - before
    return Change(before, by, is_correction=by is not None and by < 0 and only_grows)


def figures(declared: Mapping[str, Declared]) -> tuple[Figure, ...]:
    """Return the figure of every cell, in the order of the form.

    A cell of which nobody declared anything is unconfirmed and has no number: reports alone are no
    declaration. What adds up from others is never declared.
    """
    known = {
        key: _declared(key, declared.get(key)) for key, cell in CELLS.items() if not cell.parts
    }
    return tuple(
        added(key, [known[part] for part in cell.parts]) if cell.parts else known[key]
        for key, cell in CELLS.items()
    )


def added(key: str, parts: Iterable[Figure]) -> Figure:
    """Return the sum of some figures, which says how many of them lack in it.

    What does not apply counts as none. The sum is confirmed where all of it is.
    """
    every = list(parts)
    states = {part.state for part in every}
    applying = [part for part in every if part.state is not FigureState.NOT_APPLICABLE]
    values = [part.value for part in applying if part.value is not None]
    return Figure(
        key,
        sum(values) if values else None,
        next(state for state in _LEAST_SURE if state in states),
        unknown_parts=len(applying) - len(values),
    )


_LEAST_SURE = (
    FigureState.UNCONFIRMED,
    FigureState.INVESTIGATING,
    FigureState.CONFIRMED,
    FigureState.NOT_APPLICABLE,
)


def _declared(key: str, declared: Declared | None) -> Figure:
    if declared is None:
        return Figure(key, None, FigureState.UNCONFIRMED)
    return Figure(key, declared.value, declared.state, declared=declared)
