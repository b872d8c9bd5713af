"""Damage reports are counted in the cells of the map as they are written."""

from pathlib import Path

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

CHANGES = {
    "insert": "SELECT *, 1 AS n FROM new_rows",
    "delete": "SELECT *, -1 AS n FROM old_rows",
    # Of what a report says, these alone may change and show on the map.
    "update": """
        SELECT o.*, -1 AS n FROM old_rows o JOIN new_rows w USING (id)
        WHERE (o.state, o.merged_into_id, o.location_3857)
            IS DISTINCT FROM (w.state, w.merged_into_id, w.location_3857)
        UNION ALL
        SELECT w.*, 1 AS n FROM old_rows o JOIN new_rows w USING (id)
        WHERE (o.state, o.merged_into_id, o.location_3857)
            IS DISTINCT FROM (w.state, w.merged_into_id, w.location_3857)
    """,
}
SEEN = {
    "insert": "NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
}


def upgrade() -> None:
    """Make the cells, keep them up, and count what is there."""
    op.execute((SQL / "0013_damage_cells.sql").read_text(encoding="utf-8"))
    counted = (SQL / "0013_damage_cells_counted.sql").read_text(encoding="utf-8")
    for verb, changes in CHANGES.items():
        body = counted.replace("{verb}", verb).replace("{changes}", changes)
        # Without this a driver takes a per cent sign and a colon for parameters.
        op.get_bind().exec_driver_sql(body.replace("%", "%%"))
        op.execute(
            f"CREATE TRIGGER damage_report_cells_after_{verb} AFTER {verb.upper()}"
            f" ON damage_report REFERENCING {SEEN[verb]}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION damage_cells_after_{verb}()"
        )
    op.execute("GRANT SELECT ON damage_cell TO hq_app")
    op.execute("GRANT EXECUTE ON FUNCTION map_column, map_row TO hq_app")
    op.execute(
        "INSERT INTO damage_cell (incident_id, level, x, y, category, is_confirmed,"
        " severe, moderate, minor, unknown, sum_x, sum_y, is_sum)"
        " SELECT incident_id, level, map_column(location_3857) >> (28 - level),"
        " map_row(location_3857) >> (28 - level), category, state <> 'unconfirmed',"
        " count(*) FILTER (WHERE severity = 'severe'),"
        " count(*) FILTER (WHERE severity = 'moderate'),"
        " count(*) FILTER (WHERE severity = 'minor'), count(*) FILTER (WHERE severity IS NULL),"
        " sum(map_column(location_3857)), sum(map_row(location_3857)), true"
        " FROM damage_report CROSS JOIN unnest('{16,20}'\\:\\:smallint[]) AS level"
        " WHERE location_3857 IS NOT NULL AND merged_into_id IS NULL AND state <> 'rejected'"
        " GROUP BY 1, 2, 3, 4, 5, 6"
    )
