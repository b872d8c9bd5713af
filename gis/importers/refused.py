"""The rows that were not taken, as a file to correct and import again."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable

from gis.importers.inventory import Inventory, Problem
from gis.text import N_, Language, translate

REASON = N_("Why it was not taken")


def refused_csv(inventory: Inventory, language: Language, further: Iterable[Problem] = ()) -> bytes:
    """Return the refused rows as CSV (UTF-8 with a byte order mark, for spreadsheets).

    The columns are those of the file, and one more with the reasons, which an import passes over.

    Parameters
    ----------
    inventory
        What was read.
    language
        Of the reasons.
    further
        Why rows were left out after reading, such as questions that nobody has answered.
    """
    reasons: dict[int, list[str]] = defaultdict(list)
    for problem in (*inventory.problems, *further):
        if problem.row is not None and not problem.taken:
            reasons[problem.row].append(_reason(problem, language))
    width = len(inventory.header)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([*inventory.header, translate(REASON, language)])
    for record in inventory.records:
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
