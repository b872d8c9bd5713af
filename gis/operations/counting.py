"""What a count tells the ledger: how each lot changes, and whether that is a correction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from gis.operations.ledger import Line, Lot
from gis.queries.stocks import LotLine
from gis.vocabulary import MovementKind


@dataclass(frozen=True)
class Counted:
    """What somebody found of an item in a place."""

    place_id: UUID
    item_code: str
    found: int | Mapping[Lot, int]
    """All of it, or lot by lot; a lot that is not named is then gone."""

    @property
    def total(self) -> int:
        """How much of it there is in all."""
        return self.found if isinstance(self.found, int) else sum(self.found.values())

    def memory(self) -> Line:
        """Return the line that remembers the count and moves nothing."""
        kind = MovementKind.COUNTED
        return Line(kind, self.item_code, Lot(), 0, to_place_id=self.place_id, counted=self.total)

    def changes(self, there: Sequence[LotLine]) -> dict[Lot, int]:
        """Return by how much each lot is more or less than the ledger has."""
        if isinstance(self.found, int):
            return _by_total(self.found, there)
        return _by_lot(self.found, there)

    def lines(self, there: Sequence[LotLine], *, was_counted: bool) -> list[Line]:
        """Return what to write: too much comes, too little goes.

        Parameters
        ----------
        there
            What the ledger has at the moment of the count.
        was_counted
            Whether anybody had counted it before: of what nobody had there may be more, and finding
            it is no correction.
        """
        changes = self.changes(there)
        ledger = sum(line.quantity for line in there)
        is_correction = self.total < ledger or (was_counted and any(changes.values()))
        kind = MovementKind.CORRECTED if is_correction else MovementKind.COUNTED
        lines = [
            Line(
                kind, self.item_code, lot, abs(change),
                from_place_id=self.place_id if change < 0 else None,
                to_place_id=self.place_id if change > 0 else None,
                counted=self.total,
            )
            for lot, change in changes.items()
            if change
        ]  # fmt: skip
        return lines or [self.memory()]


def _by_total(found: int, there: Sequence[LotLine]) -> dict[Lot, int]:
    """Return by how much each lot changes where so much was found in all."""
    over = found - sum(line.quantity for line in there)
    if over >= 0:
        return {Lot(): over}
    changes = {}
    for line in there:
        gone = max(over, -line.quantity)
        changes[Lot(line.lot, line.expires_on)] = gone
        over -= gone
    return changes


def _by_lot(found: Mapping[Lot, int], there: Sequence[LotLine]) -> dict[Lot, int]:
    before = {Lot(line.lot, line.expires_on): line.quantity for line in there}
    return {lot: found.get(lot, 0) - before.get(lot, 0) for lot in dict.fromkeys([*before, *found])}
