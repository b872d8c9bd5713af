"""Inventories: what lists say besides, who is the same, what was imported and can be undone."""

from pathlib import Path

from alembic import op

from gis.migrations.record import put_on_record

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

RECORDED = {"facility_link": "facility_key", "inventory_import": "id", "column_mapping": "code"}

WRITTEN = {
    "inventory_import": " (id, file_name, file_sha256, format, row_count, refused, added, changed,"
    " unchanged)"
}
"""Where the application's role fills some columns only: an import's number and end are not its."""


def upgrade() -> None:
    """Make what inventories need."""
    for step in (
        "0002_transaction_facts",
        "0002_inventories",
        "0002_change_record",
        "0002_undo_inventory_import",
    ):
        op.execute((SQL / f"{step}.sql").read_text(encoding="utf-8"))
    for table, key in RECORDED.items():
        put_on_record(table, key)
        op.execute(f"GRANT SELECT, INSERT{WRITTEN.get(table, '')} ON {table} TO hq_app")
    op.execute("GRANT UPDATE (details, retired_at, joined_to_id) ON shelter TO hq_app")
    op.execute("GRANT UPDATE (shelter_id, joined_from_id) ON designation TO hq_app")
    op.execute("GRANT UPDATE (content) ON column_mapping TO hq_app")
