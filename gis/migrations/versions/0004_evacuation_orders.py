"""Evacuation orders: announced one after another, for towns or a drawn area."""

from pathlib import Path

from alembic import op

from gis.migrations.record import put_on_record

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

WRITTEN = {
    "evacuation_order": "id, incident_id, municipality_code, hazard",
    "evacuation_announcement": "id, order_id, number, action, kind, announced_at, reason, guidance,"
    " note, area, town_codes, persons, persons_unknown_towns, households,"
    " households_unknown_towns, supersedes",
}
"""What the application's role fills: never who recorded a row and when, never a version."""


def upgrade() -> None:
    """Make what evacuation orders need."""
    op.execute((SQL / "0004_evacuation_orders.sql").read_text(encoding="utf-8"))
    for table, columns in WRITTEN.items():
        put_on_record(table, "id")
        op.execute(f"GRANT SELECT, INSERT ({columns}) ON {table} TO hq_app")
    op.execute("GRANT UPDATE (households) ON town TO hq_app")
