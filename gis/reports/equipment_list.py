"""The inspection list: what equipment there is, in what state, and when to look at it again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gis.clock import jst
from gis.items import Item, item_list
from gis.queries.equipment import EquipmentState
from gis.queries.stocks import StockLine
from gis.reports.csv_blocks import csv_blocks
from gis.reports.rendering import Cell, known_or_unknown, moment_text
from gis.text import N_, Language, translate
from gis.vocabulary import ItemKind

COLUMNS = (
    N_("Place"),
    N_("Item"),
    N_("Unit"),
    N_("Present"),
    N_("Working"),
    N_("Broken"),
    N_("In use"),
    N_("Last checked"),
    N_("Checked by"),
    N_("Next check"),
    N_("Overdue"),
    N_("Remarks"),
)


@dataclass(frozen=True)
class EquipmentLine:
    """An item of equipment in a place: what lies there by the ledger, and what was found of it."""

    place_id: UUID
    place: str
    item: Item
    stock: StockLine | None
    state: EquipmentState | None
    today: date

    @property
    def next_check_on(self) -> date | None:
        """Return when to look at it again; None where nobody said."""
        return self.state.next_check_on if self.state else None

    @property
    def days_left(self) -> int | None:
        """Return in how many days it is to be looked at; less than 0 is overdue."""
        return (self.next_check_on - self.today).days if self.next_check_on else None

    @property
    def is_overdue(self) -> bool:
        """Whether the day of the next check is past."""
        return self.days_left is not None and self.days_left < 0

    @property
    def is_broken(self) -> bool:
        """Whether any of it is known to be broken."""
        return bool(self.state and self.state.broken)

    @property
    def was_checked(self) -> bool:
        """Whether anybody has looked at it ever."""
        return self.state is not None and self.state.checked_at is not None


def equipment_lines(
    places: Mapping[UUID, str],
    stocks: Sequence[StockLine],
    states: Sequence[EquipmentState],
    now: datetime,
) -> list[EquipmentLine]:
    """Return what equipment is known of, longest overdue first, then what is due next.

    Parameters
    ----------
    places
        The names of the places; what lies in others is left out.
    now
        The moment, whose day in Japan is today.
    """
    there = {(line.place_id, line.item_code): line for line in stocks}
    found = {(state.place_id, state.item_code): state for state in states}
    items = {
        code: item for code, item in item_list().items.items() if item.kind is ItemKind.EQUIPMENT
    }
    today = jst(now).date()
    lines = [
        EquipmentLine(
            place_id, places[place_id], items[code],
            there.get((place_id, code)), found.get((place_id, code)), today,
        )
        for place_id, code in dict.fromkeys([*there, *found])
        if place_id in places and code in items
    ]  # fmt: skip
    order = {code: number for number, code in enumerate(items)}
    return sorted(
        lines,
        key=lambda line: (line.next_check_on or date.max, line.place, order[line.item.code]),
    )


def inspection_csv(
    lines: Sequence[EquipmentLine], language: Language, now: datetime, *, is_drill: bool
) -> bytes:
    """Return the list as CSV that Excel reads; no cell runs as a formula."""
    heading: list[tuple[Cell, ...]] = [(translate(N_("As of"), language), moment_text(now))]
    if is_drill:
        heading.insert(0, ("【訓練】", translate(N_("This is a drill."), language)))
    columns = [translate(column, language) for column in COLUMNS]
    return csv_blocks([heading, [columns, *(tuple(_cells(line, language)) for line in lines)]])


def _cells(line: EquipmentLine, language: Language) -> Iterator[Cell]:
    state = line.state
    yield line.place
    yield line.item.name(language)
    yield line.item.unit(language)
    yield known_or_unknown(line.stock.quantity if line.stock else None, language)
    for name in ("working", "broken", "in_use"):
        yield known_or_unknown(getattr(state, name, None), language)
    yield moment_text(state.checked_at if state else None)
    yield (state and state.checked_by) or ""
    yield line.next_check_on.isoformat() if line.next_check_on else ""
    yield translate(N_("Overdue"), language) if line.is_overdue else ""
    yield (state and state.note) or ""
