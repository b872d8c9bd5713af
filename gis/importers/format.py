"""What an import format is."""

from collections.abc import Callable
from dataclasses import dataclass

from gis.importers.inventory import Inventory
from gis.importers.table import Table


@dataclass(frozen=True)
class Format:
    """A kind of shelter list, recognised by its header alone."""

    name: str
    """The official name, in Japanese as its publisher writes it."""
    recognises: Callable[[frozenset[str]], bool]
    """Tell from the headings of a header, spelt as by :func:`gis.importers.table.heading`."""
    parse: Callable[[Table, str | None], Inventory]
    """Read a table; the second argument is the municipality of rows that name none."""
