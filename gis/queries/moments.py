"""What had been told at a moment: the one rule for everything that is observed and recorded."""

from datetime import datetime

from sqlalchemy import ColumnElement, func

from gis.models import ConditionReport, DamageReport, Declaration, OccupancyReading

Told = type[ConditionReport | DamageReport | Declaration | OccupancyReading]
"""A table whose rows were observed at one moment and recorded at another."""


def told_by(
    table: Told, as_of: datetime | None, known_at: datetime | None = None
) -> list[ColumnElement[bool]]:
    """Return the conditions under which a row belongs to a moment; none without a moment.

    An observation counts from when it was recorded at the latest: a device whose clock runs ahead
    does not make it belong to the future.

    Parameters
    ----------
    as_of
        The moment.
    known_at
        By what was known when; None is as it was known at that moment itself.
    """
    if as_of is None:
        return []
    return [
        func.least(table.observed_at, table.recorded_at) <= as_of,
        table.recorded_at <= (known_at or as_of),
    ]
