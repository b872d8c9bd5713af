"""What was told may have come in a file."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = (
    "occupancy_reading",
    "damage_report",
    "condition_report",
    "photograph",
    "road_closure_statement",
)


def upgrade() -> None:
    """Let every source be a file."""
    for table in TABLES:
        op.execute(
            f"ALTER TABLE {table} DROP CONSTRAINT {table}_source_known,"
            f" ADD CONSTRAINT {table}_source_known CHECK"
            " (source IN ('visit', 'phone', 'radio', 'field_app', 'api', 'file', 'other'))"
        )
