"""Damage reports in a file of any kind that is a table, or in one that the field app saved."""

from collections.abc import Sequence
from datetime import date

from gis.garbage import collection_paused
from gis.importers import field_queue
from gis.importers.cells import Layout, RowRefused, refused, whole_rows
from gis.importers.damage_list import DamageRow, ReportList
from gis.importers.damage_rows import RowReader
from gis.importers.damage_words import HEADINGS
from gis.importers.errors import EmptyReportFile, TooManyRows, UnrecognisedReports
from gis.importers.files import Sheet, sheets
from gis.importers.format import Format
from gis.importers.inventory import Problem
from gis.importers.refused import unread_columns
from gis.importers.table import Table, found_table
from gis.text import N_

ROWS_MOST = 20_000
"""Rows of one file; more than that a city's teams do not see in days."""

REPEATED = N_("another report; an earlier row says the same")


def parse_reports(content: bytes, today: date, *, swap_axes: bool = False) -> ReportList:
    """Return what a file of damage reports says, every row of it taken or refused.

    Parameters
    ----------
    content
        A file of any kind that :mod:`gis.importers.files` reads, or that the field app saved. Of
        several sheets the first with a heading for what is damaged is read, and the others are
        named as not read.
    today
        In Japan, for moments without a year.
    swap_axes
        Turn latitude and longitude round wherever they are recognisably swapped.

    Raises
    ------
    gis.importers.errors.EmptyReportFile, gis.importers.errors.UnrecognisedReports
        Nothing stands in the file, or nothing that says what is damaged.
    gis.importers.errors.TooManyRows
        It has more than :data:`ROWS_MOST` rows.
    gis.errors.Refused
        The file cannot be read, for one of the reasons in :mod:`gis.importers.errors`.
    """
    with collection_paused():
        if (saved := field_queue.read(content)) is not None:
            return saved
        found = [sheet for sheet in sheets(content) if sheet.records]
        sheet, table, known = _recognised(found)
        others = [each.name or "" for each in found if each is not sheet]
        return _read(table, known, [*_whole_file(table, known, others)], today, swap_axes=swap_axes)


def _recognised(found: Sequence[Sheet]) -> tuple[Sheet, Table, Format]:
    if not found:
        raise EmptyReportFile
    recognised = found_table(found, HEADINGS, lambda told: "category" in told and len(told) > 1)
    if recognised:
        sheet, table, columns = recognised
        return sheet, _checked(table), Format("damage_reports", "被害報告", columns)
    received = ",".join(found[0].records[0].cells)
    raise UnrecognisedReports(received=received, headings=", ".join(HEADINGS["category"]))


def _checked(table: Table) -> Table:
    if not table.records:
        raise EmptyReportFile
    if len(table.records) > ROWS_MOST:
        raise TooManyRows(received=len(table.records), most=ROWS_MOST)
    return table


def _whole_file(table: Table, known: Format, others: Sequence[str]) -> list[Problem]:
    """Return what there is to say about the file as a whole."""
    unread = unread_columns(table.header, known.columns.values())
    sheet_left = N_("one list in the file; this sheet was not read")
    column_left = N_("a heading of a damage report; this column was not read")
    problems = [Problem(None, None, name, sheet_left, taken=True) for name in others]
    problems += [Problem(None, cell, cell, column_left, taken=True) for cell in unread]
    if not {"observed_at", "date"} & known.columns.keys():
        undated = N_("a column with the moment; that of the import is taken")
        problems.append(Problem(None, "確認日時", "", undated, taken=True))
    return problems


def _read(
    table: Table, known: Format, problems: list[Problem], today: date, *, swap_axes: bool
) -> ReportList:
    reports: dict[str, DamageRow] = {}
    repeated = 0
    for cells in whole_rows(table, Layout.of(table, known)):
        try:
            report = RowReader(cells, today, swap_axes=swap_axes).report()
        except RowRefused:
            problems.extend(refused(cells.problems))
            continue
        if reports.setdefault(report.content(), report) is not report:
            repeated += 1
            cells.note(None, ",".join(cells.record.cells), REPEATED)
        problems.extend(cells.problems)
    rows, count = tuple(reports.values()), len(table.records)
    return ReportList(rows, tuple(problems), count, repeated, table.header, table.records)
