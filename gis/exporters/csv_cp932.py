"""CSV in CP932 (Windows-31J), for programs that read nothing else; not every name fits into it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from gis.exporters.csv_utf8 import written
from gis.exporters.encoding import Encoded, Encoding, Row
from gis.exporters.remark import Remark
from gis.text import N_

GETA = "〓"
"""What Japanese print sets in place of a character that is not at hand."""


def encode(rows: Iterable[Row]) -> Encoded:
    """Return the file, and which characters of how many cells did not fit into it."""
    misfits = _Misfits()
    content = written(map(misfits.fitted, rows), "cp932")
    return Encoded(content, tuple(misfits.remarks()))


class _Misfits:
    """Characters that CP932 lacks or has in another form only, counted by cells."""

    def __init__(self) -> None:
        self.lacking: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()
        self.cells_lacking = 0
        self.cells_changed = 0

    def fitted(self, row: Row) -> Row:
        """Return a row that can be written; most can as they are, and are asked as a whole."""
        whole = "".join(row)
        try:
            fits = whole.encode("cp932").decode("cp932") == whole
        except UnicodeEncodeError:
            fits = False
        return row if fits else [*map(self._cell, row)]

    def _cell(self, cell: str) -> str:
        fitted = "".join(map(_fitted, cell))
        if fitted != cell:
            misfits = {character for character in cell if _fitted(character) != character}
            lacking = {character for character in misfits if _fitted(character) == GETA}
            self.lacking.update(lacking)
            self.changed.update(misfits - lacking)
            self.cells_lacking += bool(lacking)
            self.cells_changed += bool(misfits - lacking)
        return fitted

    def remarks(self) -> Iterator[Remark]:
        """Yield what did not fit."""
        if self.lacking:
            yield Remark(
                N_(
                    "CP932 lacks characters of {cells} cells; 〓 stands in their place:"
                    " {characters}."
                ),
                {"cells": self.cells_lacking, "characters": _named(self.lacking)},
            )
        if self.changed:
            yield Remark(
                N_(
                    "CP932 has characters of {cells} cells in another form only, which looks"
                    " the same: {characters}."
                ),
                {"cells": self.cells_changed, "characters": _named(self.changed)},
            )


@lru_cache(maxsize=8192)
def _fitted(character: str) -> str:
    """Return a character as it comes back out of CP932: some as their twin, such as 〜 as ～."""
    try:
        return character.encode("cp932").decode("cp932")
    except UnicodeEncodeError:
        return GETA


def _named(characters: Iterable[str]) -> str:
    """Return characters with their numbers, since some cannot be seen or told apart."""
    return ", ".join(f"{character} (U+{ord(character):04X})" for character in sorted(characters))


ENCODING = Encoding("csv_cp932", N_("CSV (CP932)"), ".csv", "text/csv; charset=windows-31j", encode)
