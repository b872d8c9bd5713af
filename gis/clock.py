"""The one source of "now".

Live work runs on the machine's clock; a drill will bring its own. Nothing else asks the machine
for the time, so that a drill changes it in one place.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

JST = ZoneInfo("Asia/Tokyo")


CLOCK_TOLERANCE = timedelta(minutes=5)
"""How far a device's clock may be wrong; the tables' checks allow the same."""

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""What a device sends whose clock was never set lies before; the store's oldest dates could not
even be read back."""


class Clock(Protocol):
    """Anything that can say what moment it is."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


def jst(moment: datetime) -> datetime:
    """Return the same moment as it reads on a wall clock in Japan."""
    return moment.astimezone(JST)


def moment_text(moment: datetime | None) -> str:
    """Return a moment as it stands on a wall clock in Japan, or a dash."""
    return jst(moment).strftime("%Y-%m-%d %H:%M") if moment else "—"


def of_wall_clock(shown: datetime | None) -> datetime | None:
    """Return the moment when a wall clock in Japan shows that; None for nothing."""
    return shown.replace(tzinfo=JST) if shown else None
