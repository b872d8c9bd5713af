"""Shelters in operation: states told one after another, fuller counts, who has to ask."""

from pathlib import Path

from alembic import op

from gis.migrations.record import put_on_record

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

WRITTEN = {
    "opening_state": "opening_id, number, state, since_at, reason, supersedes",
    "assignment": "incident_id, shelter_id, district, assignee",
    "condition_report": "id, opening_id, observed_at, source, electricity, gas, water, sewage,"
    " communication, drinking_water, domestic_water, food, fuel, floor_area_m2, toilets_shared,"
    " toilets_women, toilets_men, toilets_multipurpose, toilets_temporary, toilets_simple,"
    " toilets_manhole, toilets_portable, toilets_vehicle, needs, note",
    "chronology_entry": "id, incident_id, happened_at, sender, recipient, content, action,"
    " assignee",
}
"""What the application's role fills: never who recorded a row and when."""


def upgrade() -> None:
    """Make what shelters in operation need."""
    op.execute((SQL / "0003_operation.sql").read_text(encoding="utf-8"))
    for table, columns in WRITTEN.items():
        put_on_record(table, "id")
        op.execute(f"GRANT SELECT, INSERT ({columns}) ON {table} TO hq_app")
    op.execute("GRANT UPDATE (action, assignee, done_at, version) ON chronology_entry TO hq_app")
