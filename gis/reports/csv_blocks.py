"""Rows as CSV: UTF-8 with BOM, so that Excel reads the Japanese."""

import csv
import io
from collections.abc import Iterable

from gis.reports.rendering import Cell, safe_cell


def csv_blocks(blocks: Iterable[Iterable[Iterable[Cell]]]) -> bytes:
    """Return blocks of rows with an empty line after each; no cell runs as a formula."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    for rows in blocks:
        writer.writerows([safe_cell(value) for value in row] for row in rows)
        writer.writerow([])
    return target.getvalue().encode("utf-8-sig")


def csv_table(rows: Iterable[Iterable[Cell]]) -> bytes:
    """Return one table with its header, for programs; no cell runs as a formula."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows([safe_cell(value) for value in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")
