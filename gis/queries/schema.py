"""Of what form the store is."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def schema_version(session: Session) -> str | None:
    """Return the last migration that the store has seen."""
    version: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    return version
