"""The rows that were not taken, as a file to correct and import again."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from gis.importers.files import Record
from gis.importers.inventory import Problem
from gis.importers.table import bare_heading
from gis.text import N_, Language, translate

REASON = N_("Why it was not taken")


class ReadFile(Protocol):
    """A file whose rows have been read, whatever they tell of."""

    @property
    def header(self) -> Sequence[str]:
        """The headings, as they stand in the file."""

    @property
    def records(self) -> Sequence[Record]:
        """All rows, as they stand in the file."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What was wrong with them."""


def unread_columns(header: Iterable[str], read: Iterable[str]) -> list[str]:
    """Return the headings of a file that nothing is read from; that of the reasons is none."""
    reasons = (translate(REASON, language) for language in Language)
    known = {bare_heading(name) for name in (*read, *reasons)}
    return [cell for cell in header if cell.strip() and bare_heading(cell) not in known]


def refused_csv(file: ReadFile, language: Language, further: Iterable[Problem] = ()) -> bytes:
    """Return the refused rows as CSV (UTF-8 with a byte order mark, for spreadsheets).

    The columns are those of the file, and one more with the reasons, which an import passes over.

    Parameters
    ----------
    file
        What was read.
    language
        Of the reasons.
    further
        Why rows were left out after reading, such as questions that nobody has answered.
    """
    reasons: dict[int, list[str]] = defaultdict(list)
    for problem in (*file.problems, *further):
        if problem.row is not None and not problem.taken:
            reasons[problem.row].append(_reason(problem, language))
    width = len(file.header)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([*file.header, translate(REASON, language)])
    for record in file.records:
        if record.row in reasons:
            cells = [*record.cells, *[""] * (width - len(record.cells))]
            writer.writerow([*cells, " / ".join(reasons[record.row])])
    return stream.getvalue().encode("utf-8-sig")


def _reason(problem: Problem, language: Language) -> str:
    words = translate(N_("{where}: found “{found}”, expected {expected}"), language)
    return words.format(
        where=problem.column or translate(N_("row {row}"), language).format(row=problem.row),
        found=problem.found,
        expected=translate(problem.expected, language),
    )
