"""Reports of the same damage are found by when it was seen, where no place tells."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index reports by the moment of observation, and apart those whose place is words."""
    op.execute(
        "CREATE INDEX damage_report_observed_idx ON damage_report (incident_id, observed_at)"
    )
    op.execute(
        "CREATE INDEX damage_report_in_words_idx ON damage_report (incident_id, observed_at)"
        " WHERE corrected_location IS NULL"
        " AND (location IS NULL OR located_by IS NOT DISTINCT FROM 'town')"
    )
