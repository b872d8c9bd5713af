"""The queue of damage reports is read in its own order, whatever the state."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index the reports of each state by urgency."""
    op.execute("DROP INDEX damage_report_unconfirmed_idx")
    # The expressions are those of gis/models/damage_report.py, by which the queue is asked for.
    op.execute(
        "CREATE INDEX damage_report_queue_idx ON damage_report (incident_id, state,"
        " (- coalesce(2 * people_in_danger, 1)),"
        " (CASE severity WHEN 'severe' THEN 1 WHEN 'moderate' THEN 3 WHEN 'minor' THEN 4"
        " ELSE 2 END), recorded_at, id) WHERE merged_into_id IS NULL"
    )
