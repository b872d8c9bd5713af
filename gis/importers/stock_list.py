"""Stock in a file of any kind that is a table: what lies where, lot by lot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gis.garbage import collection_paused
from gis.importers.cells import Layout, RowRefused, refused, whole_rows
from gis.importers.errors import EmptyStockList, TooManyRows, UnrecognisedStockList
from gis.importers.files import Record, Sheet, sheets
from gis.importers.format import Format
from gis.importers.inventory import Problem
from gis.importers.refused import unread_columns
from gis.importers.stock_rows import (
    EXPIRED,
    EXPIRED_TAKEN,
    Reading,
    StockKey,
    StockReader,
    StockRow,
)
from gis.importers.stock_words import (
    FICTITIOUS,
    HEADINGS,
    UNUSED,
    items_by_word,
    unit_of_heading,
)
from gis.importers.table import Table, found_table
from gis.items import Item, item_list
from gis.text import N_, Language

ROWS_MOST = 20_000
"""Rows of one file; a city of 130 places and 20 items has some thousand lots."""


@dataclass(frozen=True)
class StockList:
    """A whole file. Each row is taken, counts nothing, or is refused with a problem."""

    rows: tuple[StockRow, ...]
    problems: tuple[Problem, ...]
    row_count: int
    """Rows in the file that hold anything, without the header and what stands above it."""
    left_out: tuple[StockKey, ...] = ()
    """Of which place and item the rows are that are refused or count nothing: without them what
    the other rows of the same place and item say is not all there is."""
    header: tuple[str, ...] = field(default=(), compare=False)
    records: tuple[Record, ...] = field(default=(), compare=False)

    @property
    def refused_rows(self) -> frozenset[int]:
        """The numbers of the rows that were not taken."""
        return frozenset(
            problem.row for problem in self.problems if problem.row and not problem.taken
        )

    @property
    def expired_rows(self) -> frozenset[int]:
        """The rows with a last day of use that is past, confirmed or not."""
        return frozenset(
            problem.row
            for problem in self.problems
            if problem.row and problem.expected in {EXPIRED, EXPIRED_TAKEN}
        )


def parse_stock_list(
    content: bytes,
    today: date,
    language: Language,
    *,
    takes_expired: bool = False,
    items: Mapping[str, Item] | None = None,
) -> StockList:
    """Return what a stock list says, every row of it taken or refused.

    Parameters
    ----------
    content
        A file of any kind that :mod:`gis.importers.files` reads. Of several sheets the first with
        headings for a place, an item and a quantity is read, and the others are named as not read.
    today
        In Japan: what was to be used before is past its date.
    language
        Of the reasons.
    takes_expired
        Whether a person said that the last days of use that are past are right.
    items
        By their codes; those of the item list where not given.

    Raises
    ------
    gis.importers.errors.EmptyStockList, gis.importers.errors.UnrecognisedStockList
        Nothing stands in the file, or nothing that says where how much of what is.
    gis.importers.errors.TooManyRows
        It has more than :data:`ROWS_MOST` rows.
    gis.errors.Refused
        The file cannot be read, for one of the reasons in :mod:`gis.importers.errors`.
    """
    with collection_paused():
        found = [sheet for sheet in sheets(content) if sheet.records]
        sheet, table, known = _recognised(found)
        others = [each.name or "" for each in found if each is not sheet]
        quantity = known.columns["quantity"]
        reading = Reading(
            items_by_word(item_list().items if items is None else items),
            today,
            language,
            unit_of_heading(quantity),
            FICTITIOUS in quantity,
            takes_expired,
        )
        return _read(table, known, _whole_file(table, known, others), reading)


def _recognised(found: Sequence[Sheet]) -> tuple[Sheet, Table, Format]:
    if not found:
        raise EmptyStockList
    recognised = found_table(found, HEADINGS, _is_header)
    if not recognised:
        names = {
            name: ", ".join(HEADINGS[key][:4])
            for name, key in (("places", "place"), ("items", "item"), ("quantities", "quantity"))
        }
        received = ",".join(found[0].records[0].cells)
        raise UnrecognisedStockList(
            received=received,
            places=names["places"],
            items=names["items"],
            quantities=names["quantities"],
        )
    sheet, table, columns = recognised
    if not table.records:
        raise EmptyStockList
    if len(table.records) > ROWS_MOST:
        raise TooManyRows(received=len(table.records), most=ROWS_MOST)
    return sheet, table, Format("stock_list", "在庫一覧", columns)


def _is_header(columns: Mapping[str, str]) -> bool:
    told = columns.keys()
    return bool(
        "quantity" in told and told & {"place", "common_id"} and told & {"item", "item_code"}
    )


def _whole_file(table: Table, known: Format, others: Sequence[str]) -> list[Problem]:
    """Return what there is to say about the file as a whole."""
    unread = unread_columns(table.header, [*known.columns.values(), *UNUSED])
    sheet_left = N_("one list in the file; this sheet was not read")
    column_left = N_("a heading of a stock list; this column was not read")
    problems = [Problem(None, None, name, sheet_left, taken=True) for name in others]
    problems += [Problem(None, cell, cell, column_left, taken=True) for cell in unread]
    if not {"observed_at", "counted_at"} & known.columns.keys():
        undated = N_("a column with the day of the count; the moment of the import is taken")
        problems.append(Problem(None, HEADINGS["observed_at"][0], "", undated, taken=True))
    return problems


def _read(table: Table, known: Format, problems: list[Problem], reading: Reading) -> StockList:
    rows: list[StockRow] = []
    left_out: list[StockKey] = []
    for cells in whole_rows(table, Layout.of(table, known)):
        reader = StockReader(cells, reading)
        try:
            row = reader.row()
        except RowRefused:
            left_out.append(reader.key)
            problems.extend(refused(cells.problems))
            continue
        problems.extend(cells.problems)
        if row is None:
            left_out.append(reader.key)
        else:
            rows.append(row)
    return StockList(
        tuple(rows),
        tuple(problems),
        len(table.records),
        tuple(left_out),
        table.header,
        table.records,
    )
