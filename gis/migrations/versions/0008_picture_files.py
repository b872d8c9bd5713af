"""Pictures leave the database; photographs of damage reports, sent in parts."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from gis.picture_files import picture_files

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"

ANNOUNCED = "id, report_id, sha256, size_bytes, taken_at, lon, lat, caption"
"""What whoever sends a photograph in parts says of it beforehand."""


def upgrade() -> None:
    """Move what is there, then make what photographs of reports need."""
    op.execute((SQL / "0008_picture_files.sql").read_text(encoding="utf-8"))
    _move_pictures()
    op.execute(
        "ALTER TABLE photograph DROP COLUMN content, DROP COLUMN thumbnail,"
        " ALTER COLUMN content_hash SET NOT NULL, ALTER COLUMN thumbnail_hash SET NOT NULL"
    )
    op.execute(
        "GRANT INSERT (report_id, content_hash, thumbnail_hash, size_bytes) ON photograph TO hq_app"
    )
    op.execute(
        f"GRANT SELECT, INSERT ({ANNOUNCED}), UPDATE (received_bytes) ON photograph_upload"
        " TO hq_app"
    )
    op.execute("GRANT SELECT, INSERT ON photograph_part TO hq_app")
    op.execute("GRANT EXECUTE ON FUNCTION drop_photograph_uploads TO hq_app")


def _move_pictures() -> None:
    """Write each picture to its file; one at a time, for together they may not fit in memory.

    Nobody changed anything: the change record, which never had the pictures, is told nothing.
    """
    store, files = op.get_bind(), picture_files()
    op.execute("ALTER TABLE photograph DISABLE TRIGGER photograph_update_recorded")
    for (identity,) in store.execute(sa.text("SELECT id FROM photograph")).all():
        pictures = store.execute(
            sa.text("SELECT content, thumbnail FROM photograph WHERE id = :id"), {"id": identity}
        ).one()
        content_hash, thumbnail_hash = (files.keep(bytes(picture)) for picture in pictures)
        store.execute(
            sa.text(
                "UPDATE photograph SET content_hash = :content, thumbnail_hash = :thumbnail"
                " WHERE id = :id"
            ),
            {"content": content_hash, "thumbnail": thumbnail_hash, "id": identity},
        )
    op.execute("ALTER TABLE photograph ENABLE TRIGGER photograph_update_recorded")
