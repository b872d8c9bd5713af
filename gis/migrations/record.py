"""What more than one migration does."""

from alembic import op

_TRANSITIONS = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}


def put_on_record(table: str, key: str) -> None:
    """Have every change of a table written into the change record, under its key column."""
    for event, transition in _TRANSITIONS.items():
        op.execute(
            f"CREATE TRIGGER {table}_{event.lower()}_recorded AFTER {event} ON {table}"
            f" REFERENCING {transition} FOR EACH STATEMENT EXECUTE FUNCTION record_change('{key}')"
        )
