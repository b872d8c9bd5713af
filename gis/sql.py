"""SQL too long to read inline: one statement per file."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import Enum, TextClause, text

from gis.vocabulary import Term


@cache
def statement(file: Path) -> TextClause:
    """Return the statement of a file, read once."""
    return text(file.read_text(encoding="utf-8"))


def id_array(ids: Iterable[UUID]) -> str:
    """Return ids as PostgreSQL writes an array of them: as a list, each would be written apart."""
    return f"{{{','.join(map(str, ids))}}}"


def term(kind: type[Term]) -> Enum:
    """Return the type of a column that holds the codes of a closed list."""
    return Enum(kind, native_enum=False, values_callable=list)
