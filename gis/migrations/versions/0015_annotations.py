"""Annotations of the map: drawn, changed and taken away one statement after another."""

from pathlib import Path

from alembic import op

from gis.migrations.record import put_on_record

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

WRITTEN = {
    "annotation": "id, incident_id",
    "annotation_statement": "id, annotation_id, number, action, text, colour, shape, supersedes",
}
"""What the application's role fills: never who recorded a row and when, never a version."""


def upgrade() -> None:
    """Make what annotations need."""
    op.execute((SQL / "0015_annotations.sql").read_text(encoding="utf-8"))
    for table, columns in WRITTEN.items():
        put_on_record(table, "id")
        op.execute(f"GRANT SELECT, INSERT ({columns}) ON {table} TO hq_app")
