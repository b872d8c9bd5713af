"""Hazard zones: layers, their editions, and which of them count in an incident."""

from pathlib import Path

from alembic import op

from gis.migrations.record import put_on_record

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

RECORDED = {
    "hazard_layer": "id, hazard, title",
    "hazard_edition": "id, layer_id, number, source, credit, file_name, format, content_sha256,"
    " is_fictitious, row_count, refused",
    "hazard_choice": "id, incident_id, layer_id, is_active",
}
"""What the application's role fills: never who recorded a row and when."""

ZONE = "id, edition_id, label, name, min_depth_m, max_depth_m, depth_class, warning, area"


def upgrade() -> None:
    """Make what hazard zones need."""
    op.execute((SQL / "0014_hazard_zones.sql").read_text(encoding="utf-8"))
    for table, columns in RECORDED.items():
        put_on_record(table, "id")
        op.execute(f"GRANT SELECT, INSERT ({columns}) ON {table} TO hq_app")
    op.execute(f"GRANT SELECT, INSERT ({ZONE}) ON hazard_zone TO hq_app")
    op.execute("GRANT SELECT ON hazard_zone_part TO hq_app")
