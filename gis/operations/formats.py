"""The formats that lists are tried against: built in, from files, kept in the store."""

from pathlib import Path

from sqlalchemy.orm import Session

from gis.config import DATA_FOLDER
from gis.importers import FORMATS, Format
from gis.importers.mapping import read_mapping, read_mappings
from gis.queries.inventories import kept_mappings

MAPPINGS = DATA_FOLDER / "mappings"


def known_formats(session: Session, folder: Path = MAPPINGS) -> tuple[Format, ...]:
    """Return the built-in formats, the mapping files of a folder, and those made on the page.

    Raises
    ------
    gis.importers.errors.MappingInvalid
        A mapping file is none.
    """
    kept = kept_mappings(session).items()
    return (
        *FORMATS,
        *read_mappings(folder),
        *(read_mapping(code, content) for code, content in kept),
    )
