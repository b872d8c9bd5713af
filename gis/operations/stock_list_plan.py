"""The counts of a stock list beside the ledger: what each of them means to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy.orm import Session

from gis.importers.inventory import Problem
from gis.importers.stock_rows import StockRow
from gis.operations.counting import Counted
from gis.operations.ledger import Filing, Line, Lot
from gis.operations.stock_list_places import Place
from gis.queries.stocks import LotLine, LotsAsked, StockLine, filed_among, lots, lots_at, stocks
from gis.vocabulary import PlaceKind


class CountState(Enum):
    """What a count of a list means to the ledger."""

    NEW = "new"
    """It is written."""
    KNOWN = "known"
    """The same was taken in before."""
    SAME = "same"
    """It repeats what the ledger says, as an export does that nobody changed."""
    OLDER = "older"
    """There is a later count: it is remembered, and changes nothing."""


@dataclass(frozen=True)
class PlannedCount:
    """What a list says of an item in a place, and what the ledger said at that moment."""

    rows: tuple[int, ...]
    """The rows of the file, as a spreadsheet numbers them."""
    place: str
    kind: PlaceKind
    item_code: str
    ledger: int
    found: int
    state: CountState
    changes_lots: bool
    """Whether any lot becomes more or less, even where the sum stays the same."""

    @property
    def difference(self) -> int:
        """By how much the stock changes, in the item's unit."""
        return self.found - self.ledger if self.state is CountState.NEW else 0


@dataclass(frozen=True)
class StockPlan:
    """What taking in a list does, or would do."""

    counts: tuple[PlannedCount, ...]
    problems: tuple[Problem, ...]
    """Why rows that could be read are not taken."""
    new_depots: tuple[str, ...]
    unknown_places: tuple[str, ...]
    """Names that no place bears, which could become depots."""

    def of(self, *states: CountState) -> tuple[PlannedCount, ...]:
        """Return the counts of some states."""
        return tuple(count for count in self.counts if count.state in states)

    @property
    def writes(self) -> tuple[PlannedCount, ...]:
        """The counts that the ledger does not have yet."""
        return self.of(CountState.NEW, CountState.OLDER)

    @property
    def changed(self) -> tuple[PlannedCount, ...]:
        """The new counts by which any lot becomes more or less."""
        return tuple(count for count in self.counts if count.changes_lots)

    @property
    def refused_rows(self) -> frozenset[int]:
        """The numbers of the rows that are not taken."""
        return frozenset(problem.row for problem in self.problems if problem.row is not None)


@dataclass(frozen=True)
class Group:
    """The rows of one item in one place: its lots, which together are a count."""

    place: Place
    item_code: str
    rows: tuple[StockRow, ...]
    filing: Filing
    observed_at: datetime

    @property
    def counted(self) -> Counted:
        """What was found; a single row without a lot tells the whole, whatever lots it is of."""
        found = {Lot(row.lot, row.expires_on): row.quantity for row in self.rows}
        whole = found.get(Lot()) if len(found) == 1 else None
        return Counted(self.place.id, self.item_code, found if whole is None else whole)

    @property
    def asked(self) -> LotsAsked:
        """What the ledger is asked."""
        return LotsAsked(self.place.id, self.item_code, self.observed_at)

    def repeats(self, known: StockLine | None) -> bool:
        """Tell whether the list says of the last count what the store says."""
        counted_at = known.counted_at if known else None
        shown = counted_at and counted_at.replace(second=0, microsecond=0)
        return all(row.restated and row.restated.counted_at == shown for row in self.rows)


@dataclass(frozen=True)
class Ledger:
    """What the ledger says of the counts of a list, asked in four statements."""

    there: Mapping[LotsAsked, Sequence[LotLine]]
    """What lay there when it was counted."""
    left: Mapping[tuple[UUID, str, Lot], int]
    """What of each lot lies there now."""
    known: Mapping[tuple[UUID, str], StockLine]
    filed: frozenset[UUID]

    @classmethod
    def of(cls, session: Session, groups: Sequence[Group]) -> "Ledger":
        """Ask it."""
        place_ids = list({group.place.id for group in groups})
        return cls(
            lots_at(session, [group.asked for group in groups]),
            {
                (line.place_id, line.item_code, Lot(line.lot, line.expires_on)): line.quantity
                for line in lots(session, place_ids=place_ids)
            },
            {
                (line.place_id, line.item_code): line
                for line in stocks(session, place_ids=place_ids)
            },
            frozenset(filed_among(session, [group.filing.id for group in groups])),
        )

    def plan(self, group: Group) -> tuple[PlannedCount, Sequence[Line]]:
        """Return what a count means, and what is to be written of it."""
        there = self.there[group.asked]
        counted = group.counted
        changes_lots = any(counted.changes(there).values())
        state = self._state(group, changes_lots=changes_lots)
        lines: Sequence[Line] = ()
        if state is CountState.NEW:
            lines = counted.lines(there, was_counted=self._counted_at(group) is not None)
        elif state is CountState.OLDER:
            lines = [counted.memory()]
        count = PlannedCount(
            rows=tuple(row.key.row for row in group.rows),
            place=group.place.name,
            kind=group.place.kind,
            item_code=group.item_code,
            ledger=sum(line.quantity for line in there),
            found=counted.total,
            state=state,
            changes_lots=changes_lots and state is CountState.NEW,
        )
        return count, lines

    def _counted_at(self, group: Group) -> datetime | None:
        known = self.known.get((group.place.id, group.item_code))
        return known.counted_at if known else None

    def _state(self, group: Group, *, changes_lots: bool) -> CountState:
        counted_at = self._counted_at(group)
        if group.filing.id in self.filed:
            return CountState.KNOWN
        if not changes_lots and group.repeats(self.known.get((group.place.id, group.item_code))):
            return CountState.SAME
        if counted_at and counted_at > group.observed_at:
            return CountState.OLDER
        return CountState.NEW

    def falls_below_zero(self, lines: Sequence[Line]) -> bool:
        """Tell whether so much has left since a count that it cannot be right."""
        return any(
            line.from_place_id
            and self.left.get((line.from_place_id, line.item_code, line.lot), 0) < line.quantity
            for line in lines
        )
