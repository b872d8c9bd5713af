"""Photographs."""

from pathlib import Path

from alembic import op

from gis.migrations.record import put_on_record

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

WRITTEN = (
    "id, opening_id, taken_at, location, sha256, width_px, height_px, content, thumbnail, caption,"
    " source"
)
"""What the application's role fills: never who recorded a photograph and when."""


def upgrade() -> None:
    """Make what photographs need."""
    op.execute((SQL / "0005_photographs.sql").read_text(encoding="utf-8"))
    put_on_record("photograph", "id")
    op.execute(f"GRANT SELECT, INSERT ({WRITTEN}) ON photograph TO hq_app")
    op.execute("GRANT UPDATE (hidden_at, hidden_by) ON photograph TO hq_app")
