"""Road closures: stated, confirmed and lifted one statement after another."""

from pathlib import Path

from alembic import op

from gis.migrations.record import put_on_record

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

WRITTEN = {
    "road_closure": "id, incident_id",
    "road_closure_statement": "id, closure_id, number, action, grade, path, road_name, section,"
    " reason, from_at, until_at, observed_at, source, supersedes",
}
"""What the application's role fills: never who recorded a row and when, never a version."""


def upgrade() -> None:
    """Make what road closures need."""
    op.execute((SQL / "0009_road_closures.sql").read_text(encoding="utf-8"))
    for table, columns in WRITTEN.items():
        put_on_record(table, "id")
        op.execute(f"GRANT SELECT, INSERT ({columns}) ON {table} TO hq_app")
