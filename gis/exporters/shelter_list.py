"""What a shelter list is: its columns, and how shelters become its rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gis.exporters.remark import Remark
from gis.queries.register import RegisteredShelter


@dataclass(frozen=True, eq=False)
class ShelterList:
    """A list that others know how to read."""

    code: str
    """On the command line and in addresses: the name of its module."""
    title: str
    """English, marked for translation."""
    stem: str
    """The file's name without its suffix; ``{code}`` is the municipality's."""
    stem_of_all: str
    """The same of a list that is not one municipality's."""
    columns: tuple[str, ...]
    """As the publisher of the standard writes them, in its order."""
    rows: Callable[[Sequence[RegisteredShelter]], Iterable[Mapping[str, str]]]
    """Makes the rows, cells by heading; a heading that is no column of the list is left out."""
    remarks: Callable[[Sequence[RegisteredShelter]], Iterable[Remark]]
    """Tells what of these shelters the list does not say."""
    columns_of_all: frozenset[str] = frozenset()
    """Columns that the list of one municipality does not have: each row would say the same."""

    def header(self, municipality_code: str | None) -> tuple[str, ...]:
        """Return the columns, of the list of one municipality or (None) of all."""
        if municipality_code is None:
            return self.columns
        return tuple(column for column in self.columns if column not in self.columns_of_all)

    def file_stem(self, municipality_code: str | None) -> str:
        """Return the file's name as publishers of such lists choose it, without its suffix."""
        if municipality_code is None:
            return self.stem_of_all
        return self.stem.format(code=municipality_code)
