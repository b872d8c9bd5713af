"""Many rows into a table at once."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from psycopg import Connection, Cursor
from sqlalchemy.orm import Session


def copy_rows(session: Session, target: str, rows: Iterable[Sequence[object]]) -> None:
    """Write rows by COPY, in the transaction of a session.

    Parameters
    ----------
    target
        A table of ours, with its columns where not all are given: ``town (code, name)``.
    """
    with _cursor(session) as cursor, cursor.copy(f"COPY {target} FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)


def _cursor(session: Session) -> Cursor[Any]:
    connection = cast("Connection[Any]", session.connection().connection.driver_connection)
    return connection.cursor()
