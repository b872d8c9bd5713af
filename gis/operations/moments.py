"""Checks on moments that people and devices send."""

from datetime import UTC, datetime

from gis.clock import CLOCK_TOLERANCE
from gis.errors import MomentWithoutZone, ObservedInFuture, ObservedTooEarly

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""What a device sends whose clock was never set lies before; the store's oldest dates could not
even be read back."""


def checked_moment(observed_at: datetime | None, now: datetime) -> datetime:
    """Return when something was observed; not saying so means now.

    Raises
    ------
    gis.errors.MomentWithoutZone
        The moment has no offset, so that nobody knows when it was.
    gis.errors.ObservedInFuture
        It lies more than :data:`~gis.clock.CLOCK_TOLERANCE` after now.
    gis.errors.ObservedTooEarly
        It lies before :data:`EARLIEST`.
    """
    if observed_at is None:
        return now
    if observed_at.tzinfo is None:
        raise MomentWithoutZone(field="observed_at", received=observed_at.isoformat())
    if observed_at > now + CLOCK_TOLERANCE:
        raise ObservedInFuture(field="observed_at", received=observed_at.isoformat())
    if observed_at < EARLIEST:
        raise ObservedTooEarly(field="observed_at", received=observed_at.isoformat())
    return observed_at
