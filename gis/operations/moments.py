"""Checks on moments that people and devices send."""

from datetime import datetime, timedelta

from gis.clock import CLOCK_TOLERANCE, EARLIEST
from gis.errors import (
    MomentWithoutZone,
    ObservedInFuture,
    ObservedTooEarly,
    PlannedOutOfReach,
)

PLANNED_AHEAD = timedelta(days=3653)
"""Nobody plans further; the store's last dates could not even be read back."""


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


def planned_moment(planned_at: datetime | None, now: datetime, field: str) -> datetime | None:
    """Return for when something is planned or expected; None is unknown.

    Raises
    ------
    gis.errors.MomentWithoutZone
        The moment has no offset, so that nobody knows when it is.
    gis.errors.PlannedOutOfReach
        It lies before :data:`~gis.clock.EARLIEST`, or :data:`PLANNED_AHEAD` after now.
    """
    if planned_at is None:
        return None
    if planned_at.tzinfo is None:
        raise MomentWithoutZone(field=field, received=planned_at.isoformat())
    if not EARLIEST <= planned_at <= now + PLANNED_AHEAD:
        raise PlannedOutOfReach(field=field, received=planned_at.isoformat())
    return planned_at
