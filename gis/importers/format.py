"""What an import format is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gis.importers import columns, values
from gis.importers.table import heading
from gis.vocabulary import DesignationKind


@dataclass(frozen=True, eq=False)
class Format:
    """A kind of shelter list: what tells it from others, and where it has which column.

    A mapping (``data/mappings/*.toml``) is a format that is written down without code.
    """

    code: str
    """A short name for scripts and files: ASCII, words joined by underscores."""
    name: str
    """The official name, in Japanese as its publisher writes it."""
    columns: Mapping[str, str]
    """Our column (:mod:`gis.importers.columns`) to the heading under which it stands."""
    kind: DesignationKind = DesignationKind.EMERGENCY_SITE
    """What the rows are designated as, unless one says otherwise."""
    signs: tuple[str, ...] = ()
    """Headings without which it is another format, besides those of name and address."""
    unknown: frozenset[str] = frozenset()
    """Cells that mean what an empty one means, such as -1 in 国土数値情報."""
    crs: str | None = None
    """In which coordinate reference system 緯度 (north) and 経度 (east) are; None is degrees."""
    municipality_code: Callable[[str], str] = values.municipality_code
    """Reads a 全国地方公共団体コード as this publisher writes it."""
    shelter_kind: Callable[[str], DesignationKind] = values.shelter_kind
    """Reads 避難所種別 as this publisher writes it."""
    marks: tuple[str, ...] = field(init=False)
    """The columns that mark hazards; none where the list says nothing about them."""

    def __post_init__(self) -> None:
        """Work out which of the columns mark hazards."""
        marks = tuple(column for column in columns.MARKS if column in self.columns)
        object.__setattr__(self, "marks", marks)

    def recognises(self, headings: frozenset[str]) -> bool:
        """Tell from the headings of a header, spelt as by :func:`gis.importers.table.heading`."""
        needed = {heading(sign) for sign in (*self.always, *self.signs)}
        marks = {heading(self.columns[column]) for column in self.marks}
        return needed <= headings and (not marks or not marks.isdisjoint(headings))

    @property
    def always(self) -> tuple[str, ...]:
        """The headings that every list of this kind has."""
        return tuple(
            self.columns[column]
            for column in (columns.NAME, columns.ADDRESS)
            if column in self.columns
        )

    @property
    def required(self) -> tuple[str, ...]:
        """Our columns of which every row must have a cell, if only a blank one."""
        also_shelter = (columns.ALSO_SHELTER,) if columns.ALSO_SHELTER in self.columns else ()
        named = (column for column in (columns.NAME, columns.ADDRESS) if column in self.columns)
        return (*named, *self.marks, *also_shelter)
