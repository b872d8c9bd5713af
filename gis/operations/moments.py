"""Checks on moments that people and devices send."""

from datetime import datetime

from gis.clock import CLOCK_TOLERANCE, EARLIEST
from gis.errors import MomentWithoutZone, ObservedInFuture, ObservedTooEarly


def checked_moment(
    observed_at: datetime | None, now: datetime, field: str = "observed_at"
) -> datetime:
    """Return when something was observed; not saying so means now.

    Parameters
    ----------
    field
        What the sender calls it.

    Raises
    ------
    gis.errors.MomentWithoutZone
        The moment has no offset, so that nobody knows when it was.
    gis.errors.ObservedInFuture
        It lies more than :data:`~gis.clock.CLOCK_TOLERANCE` after now.
    gis.errors.ObservedTooEarly
        It lies before :data:`~gis.clock.EARLIEST`.
    """
    if observed_at is None:
        return now
    if observed_at.tzinfo is None:
        raise MomentWithoutZone(field=field, received=observed_at.isoformat())
    if observed_at > now + CLOCK_TOLERANCE:
        raise ObservedInFuture(field=field, received=observed_at.isoformat())
    if observed_at < EARLIEST:
        raise ObservedTooEarly(field=field, received=observed_at.isoformat())
    return observed_at
