"""What headquarters declare, and the issues of the situation summary."""

from pathlib import Path

from alembic import op

from gis.migrations.record import put_on_record

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

WRITTEN = {
    "declaration": "id, incident_id, key, number, state, value, text, reason, definition,"
    " confirmed, observed_at",
    "summary_issue": "id, incident_id, number, as_of, compiled",
    "summary_issue_step": "id, issue_id, number, state, note",
}
"""What the application's role fills: never who recorded a row, nor what follows from it."""


def upgrade() -> None:
    """Make what summaries need."""
    op.execute((SQL / "0017_summaries.sql").read_text(encoding="utf-8"))
    for table, columns in WRITTEN.items():
        put_on_record(table, "id")
        op.execute(f"GRANT SELECT, INSERT ({columns}) ON {table} TO hq_app")
