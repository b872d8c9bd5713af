"""Stock as the sum of what moved; requests, dispatches, equipment that was looked at."""

from pathlib import Path

from alembic import op

from gis.migrations.record import put_on_record

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

WRITTEN = {
    "stock_place": "id, kind, shelter_id, name, address, phone, note, closed_at, is_fictitious,"
    " location",
    "movement": "id, filing_id, number, kind, item_code, lot, expires_on, from_place_id,"
    " to_place_id, quantity, counted, dispatch_id, reason, is_fictitious, supersedes_id,"
    " observed_at, source",
    "supply_request": "id, incident_id, shelter_id, item_code, quantity, urgency, needed_by_at,"
    " requester, note, observed_at, source",
    "request_decision": "id, request_id, number, action, quantity, reason",
    "dispatch": "id, incident_id, from_place_id, to_place_id",
    "dispatch_line": "id, dispatch_id, item_code, quantity, request_id",
    "dispatch_event": "id, dispatch_id, number, step, vehicle_id, team, expected_at, reason,"
    " observed_at, source",
    "equipment_check": "id, place_id, item_code, working, broken, in_use, next_check_on, note,"
    " observed_at, source",
}
"""What the application's role fills: never who recorded a row, nor what follows from it."""


def upgrade() -> None:
    """Make what resources need; what was counted so far becomes the first movement."""
    op.execute((SQL / "0016_supply.sql").read_text(encoding="utf-8"))
    for table, columns in WRITTEN.items():
        put_on_record(table, "id")
        op.execute(f"GRANT SELECT, INSERT ({columns}) ON {table} TO hq_app")
    op.execute("GRANT SELECT ON stock, stock_lot TO hq_app")
    op.execute(
        "GRANT UPDATE (name, address, phone, note, closed_at, location, version)"
        " ON stock_place TO hq_app"
    )
