"""Headquarters look at damage reports, confirm, assign, merge, close."""

from pathlib import Path

from alembic import op

from gis.migrations.record import put_on_record

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

FILED = (
    "id, incident_id, category, severity, location, place_text, note, reporter, observed_at,"
    " source, phenomenon, dwelling_class, flood_level, depth_cm, quick_inspection,"
    " people_in_danger, affected, households, residents, accuracy_m, located_by, is_outside,"
    " clock_ahead_s"
)
"""What whoever files a report says; what headquarters make of it, an assessment tells."""


def upgrade() -> None:
    """Make what triage needs."""
    op.execute((SQL / "0007_triage.sql").read_text(encoding="utf-8"))
    put_on_record("damage_assessment", "id")
    op.execute("REVOKE INSERT ON damage_report FROM hq_app")
    op.execute(f"GRANT INSERT ({FILED}) ON damage_report TO hq_app")
    op.execute(
        "GRANT SELECT, INSERT (report_id, number, state, team, location, merged_into_id, reason,"
        " supersedes) ON damage_assessment TO hq_app"
    )
    op.execute(
        "GRANT SELECT, INSERT (report_id, claimed_until), UPDATE (claimed_by, claimed_until)"
        " ON damage_claim TO hq_app"
    )
