"""One row of a stock list: how much of one lot of an item lies in a place.

A quantity that nobody can be sure of goes into no ledger: unlike a damage report, a row of which a
cell cannot be read is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from gis.errors import UnitUnfit
from gis.importers.cells import Cells, RowRefused
from gis.importers.moments import last_day, moment
from gis.importers.stock_words import FICTITIOUS, NONE, item_word
from gis.importers.values import Unreadable, is_common_id, plain
from gis.items import UNITS_MOST, Item, comparable_unit
from gis.text import N_, Language, translate
from gis.vocabulary import PlaceKind

NOT_COUNTED = N_("a quantity; the row says none, so nothing of the item is counted here")
NEGATIVE = N_("a quantity that is not below 0")
EXPIRED = N_("a last day of use that is not past; confirm it if it is right")
"""What is expected of a last day that is taken once a person says that it is right."""
EXPIRED_TAKEN = N_("a last day of use that is not past; it was confirmed")
LOT_LENGTH = 100
"""Characters of a lot's mark that the ledger keeps."""

_QUANTITY = re.compile(r"(?P<sign>[-+−▲△])?(?P<number>\d{1,12}(?:\.\d{1,6})?)(?P<unit>[^\d.]*)")


@dataclass(frozen=True)
class StockKey:
    """Which place and item a row is of, as far as it can be read; None is unknown."""

    row: int
    """The row in the file as a spreadsheet numbers it."""
    place: str | None
    common_id: str | None
    kind: PlaceKind | None
    item_code: str | None


@dataclass(frozen=True)
class Restated:
    """When somebody counted last by what a list says; None is never."""

    counted_at: datetime | None


@dataclass(frozen=True)
class StockRow:
    """So much of a lot, in the item's unit. What is not said is None, a lot's mark empty."""

    key: StockKey
    item_code: str
    quantity: int
    lot: str
    expires_on: date | None
    observed_at: datetime | None
    """As of when the quantity is; aware."""
    restated: Restated | None
    """When the list tells apart as of when it is and when somebody counted, as an export does."""
    note: str | None
    is_fictitious: bool


@dataclass(frozen=True)
class Reading:
    """What the reading of every row of a file depends on."""

    items: Mapping[str, Item]
    """By all that they are called (:func:`gis.importers.stock_words.items_by_word`)."""
    today: date
    """In Japan."""
    language: Language
    """Of reasons."""
    unit: str | None = None
    """Of the heading."""
    is_fictitious: bool = False
    """Whether the heading of the quantities calls them invented."""
    takes_expired: bool = False
    """Whether a person confirmed the last days of use that are past."""


class StockReader:
    """Reads one row."""

    def __init__(self, cells: Cells, reading: Reading) -> None:
        self.cells = cells
        self.reading = reading
        self.item = self._found_item()
        self.key = self._key()

    def row(self) -> StockRow | None:
        """Return what the row says; None where it names an item and says that nobody counted it.

        Raises
        ------
        RowRefused
            It cannot be taken; why stands among the problems of the cells.
        """
        if self.cells.problems:
            raise RowRefused
        if not self.key.place and not self.key.common_id:
            raise self.cells.refuse("place", "", N_("a place: its name or its 共通ID"))
        item = self._item()
        if self.cells.text("quantity") is None:
            self.cells.note("quantity", "", NOT_COUNTED)
            return None
        quantity, lot, expires_on = self._quantity(item), self._lot(), self._expires_on()
        observed_at, counted_at = self._moment("observed_at"), self._moment("counted_at")
        note = self.cells.text("note")
        if self.cells.problems and not self._only_confirmed():
            raise RowRefused
        is_restated = {"observed_at", "counted_at"} <= self.cells.layout.headings.keys()
        return StockRow(
            key=self.key,
            item_code=item.code,
            quantity=quantity,
            lot=lot,
            expires_on=expires_on,
            observed_at=observed_at or counted_at,
            restated=Restated(counted_at) if is_restated and observed_at else None,
            note=note,
            is_fictitious=self.reading.is_fictitious or FICTITIOUS in (note or ""),
        )

    def _only_confirmed(self) -> bool:
        return all(problem.expected == EXPIRED_TAKEN for problem in self.cells.problems)

    def _found_item(self) -> Item | None:
        told = self.cells.text("item_code") or self.cells.text("item")
        return self.reading.items.get(item_word(told)) if told else None

    def _key(self) -> StockKey:
        place, common_id = self.cells.text("place"), self.cells.text("common_id")
        if place and not common_id and is_common_id(place):
            place, common_id = None, place
        return StockKey(
            row=self.cells.record.row,
            place=place,
            common_id=plain(common_id) if common_id else None,
            kind=KINDS.get(plain(self.cells.text("kind") or "").casefold()),
            item_code=self.item.code if self.item else None,
        )

    def _item(self) -> Item:
        if self.item is None:
            column = "item_code" if self.cells.text("item_code") else "item"
            expected = N_("an item of the item list, by its code or its name")
            raise self.cells.refuse(column, self.cells.text(column) or "", expected)
        return self.item

    def _quantity(self, item: Item) -> int:
        told = self.cells.text("quantity") or ""
        found = _QUANTITY.fullmatch(plain(told))
        if found is None:
            raise self.cells.refuse("quantity", told, N_("a number, with its unit or without"))
        number = Decimal(found["number"])
        if found["sign"] not in {None, "+"} and number:
            raise self.cells.refuse("quantity", told, NEGATIVE)
        unit = self._unit(found["unit"], item)
        try:
            quantity = item.in_units(number, unit)
        except UnitUnfit as unfit:
            why = unfit.explain(self.reading.language)
            column = "unit" if self.cells.text("unit") else "quantity"
            raise self.cells.refuse(column, unit, why) from None
        if quantity is None:
            words = N_("a whole number of {unit} up to {most}")
            why = translate(words, self.reading.language).format(
                unit=item.unit(self.reading.language), most=f"{UNITS_MOST:,}"
            )
            raise self.cells.refuse("quantity", told, why)
        return quantity

    def _unit(self, beside: str, item: Item) -> str:
        """Return the unit: beside the number, in its own column, in the heading, or the item's."""
        column = self.cells.text("unit")
        if beside and column and comparable_unit(beside) != comparable_unit(column):
            raise self.cells.refuse("unit", column, N_("the unit that stands beside the number"))
        return beside or column or self.reading.unit or item.unit_ja

    def _lot(self) -> str:
        told = self.cells.text("lot")
        if told is None or plain(told) in NONE:
            return ""
        if len(told) > LOT_LENGTH:
            raise self.cells.refuse("lot", told, N_("a lot's mark of at most 100 characters"))
        return told

    def _expires_on(self) -> date | None:
        told = self.cells.text("expires_on")
        if told is None or plain(told) in NONE:
            return None
        try:
            found = last_day(told)
        except Unreadable as unreadable:
            raise self.cells.refuse("expires_on", told, unreadable.expected) from None
        if found < self.reading.today:
            expected = EXPIRED_TAKEN if self.reading.takes_expired else EXPIRED
            self.cells.note("expires_on", told, expected)
        return found

    def _moment(self, column: str) -> datetime | None:
        told = self.cells.text(column)
        if told is None:
            return None
        try:
            return moment(told, self.reading.today)[0]
        except Unreadable:
            expected = N_("a day or a moment, such as 2026-09-01 or 2026-09-01 14:30")
            raise self.cells.refuse(column, told, expected) from None


KINDS: Mapping[str, PlaceKind] = {
    plain(word).casefold(): kind
    for kind in PlaceKind
    for word in (
        kind.value,
        translate(kind.label, Language.EN),
        translate(kind.label, Language.JA),
    )
} | {"拠点": PlaceKind.DEPOT, "倉庫": PlaceKind.DEPOT, "備蓄倉庫": PlaceKind.DEPOT}
"""What a kind of place is called."""
