"""The store as it began: tables, change record, rights of the application's role."""

from pathlib import Path

from alembic import op

from gis.migrations.record import put_on_record

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

RECORDED = {
    "designation": "id",
    "damage_report": "id",
    "incident": "id",
    "municipality": "code",
    "occupancy_reading": "id",
    "opening": "id",
    "resource_item": "code",
    "shelter": "id",
    "sign_in": "id",
    "sign_in_link": "id",
    "stock": "id",
    "town": "code",
}
"""Every table whose changes are on record, with its key column."""

EDITABLE = {
    "designation": "common_id",
    "incident": "name, kind, started_at, closed_at, version",
    "municipality": "name_ja, name_en, area",
    "opening": "opened_at, closed_at, reason, version",
    "resource_item": "name_ja, name_en, unit_ja, unit_en, is_consumable",
    "shelter": "name, name_kana, address, phone, capacity, capacity_is_fictitious, hazards, note,"
    " location, version",
    "sign_in": "ended_at",
    "sign_in_link": "used_at",
    "stock": "quantity, observed_at, is_fictitious, version",
    "town": "municipality_code, name, population, location",
}
"""What the application's role may change: never a key, never who recorded a row and when.

What people report (damage reports, readings) it may add to, not change.
"""


def upgrade() -> None:
    """Make the store."""
    op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.execute((SQL / "application_role.sql").read_text(encoding="utf-8"))
    for step in ("0001_transaction_facts", "0001_tables", "0001_change_record"):
        op.execute((SQL / f"{step}.sql").read_text(encoding="utf-8"))
    for table, key in RECORDED.items():
        put_on_record(table, key)
        op.execute(f"GRANT SELECT, INSERT ON {table} TO hq_app")
        if table in EDITABLE:
            op.execute(f"GRANT UPDATE ({EDITABLE[table]}) ON {table} TO hq_app")
    op.execute("GRANT SELECT ON change_record, alembic_version TO hq_app")
