"""Alembic's entry: runs the steps on the connection that :func:`gis.store.migrate` opened."""

from typing import Any

from alembic import context

from gis.models import Base


def ours(_object: object, name: str | None, kind: str, *_: Any) -> bool:  # noqa: ANN401
    """Leave PostGIS's own tables out of the comparison."""
    return not (kind == "table" and name == "spatial_ref_sys")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_object=ours,
)
with context.begin_transaction():
    context.run_migrations()
