"""Damage reports hold what a situation report has to count."""

from pathlib import Path

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    """Give reports their details."""
    op.execute((SQL / "0006_damage_details.sql").read_text(encoding="utf-8"))
