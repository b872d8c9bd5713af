"""SQL too long to read inline: one statement per file."""

from functools import cache
from pathlib import Path

from sqlalchemy import TextClause, text


@cache
def statement(file: Path) -> TextClause:
    """Return the statement of a file, read once."""
    return text(file.read_text(encoding="utf-8"))
