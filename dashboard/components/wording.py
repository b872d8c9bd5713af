"""Figures as text: with what is unknown about them, and how old they are.

``dashboard/assets/hq/wording.js`` says the same on the map.
"""

from datetime import datetime, timedelta

from gis.clock import jst
from gis.text import N_, Language, translate
from gis.vocabulary import Crowding

JUST_NOW = N_("Just now")
MINUTES_AGO = N_("{minutes} min ago")
HOURS_AGO = N_("{hours} h {minutes} min ago")
DAYS_AGO = N_("{days} d ago")
NOT_REPORTED = N_("Not reported")
UNKNOWN = Crowding.UNKNOWN.label

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def number_text(known: int | None, language: Language) -> str:
    """Return a count with its thousands apart, or that it is unknown; none is 0, unknown is not."""
    return translate(UNKNOWN, language) if known is None else f"{known:,}"


def capacity_text(capacity: int | None, *, is_fictitious: bool, language: Language) -> str:
    """Return a capacity, and that it is invented where it is."""
    shown = number_text(capacity, language)
    if capacity is None or not is_fictitious:
        return shown
    return translate(N_("{capacity} (fict.)"), language).format(capacity=shown)


def lacking_text(known: int | None, unknown_places: int, language: Language) -> str:
    """Return what stands beside a total for what it lacks.

    ``+ 不明 5か所`` beside a number, ``5か所`` beside 不明, nothing where nothing is lacking.
    """
    if unknown_places == 0:
        return ""
    message = N_("at {places}") if known is None else N_("+ unknown at {places}")
    return translate(message, language).format(places=f"{unknown_places:,}")


def count_text(known: int | None, unknown_places: int, language: Language) -> str:
    """Return a total with what it lacks, such as ``6,483 + 不明 5か所``, or ``不明 5か所``.

    Parameters
    ----------
    known
        The sum of what is known; ``None`` when nothing is.
    unknown_places
        At how many places the count is not known.
    language
        The reader's language.
    """
    lacking = lacking_text(known, unknown_places, language)
    return f"{number_text(known, language)} {lacking}".rstrip()


def age_text(observed_at: datetime | None, now: datetime, language: Language) -> str:
    """Return how long ago something was seen, such as ``12分前`` or ``3時間07分前``."""
    if observed_at is None:
        return translate(NOT_REPORTED, language)
    age = now - observed_at
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return translate(JUST_NOW, language)
    if age < _HOUR:
        return translate(MINUTES_AGO, language).format(minutes=minutes)
    if age < _DAY:
        hours, rest = divmod(minutes, 60)
        return translate(HOURS_AGO, language).format(hours=hours, minutes=f"{rest:02}")
    return translate(DAYS_AGO, language).format(days=age.days)


def cell_text(value: str | float | None) -> str:
    """Return a cell of a table as it is read."""
    return f"{value:,}" if isinstance(value, int | float) else value or ""


def bold(text: str) -> str:
    """Return Markdown for one of our own texts in bold."""
    return f"**{text}**"


def clock_text(moment: datetime) -> str:
    """Return a moment as month, day and time of a wall clock in Japan."""
    return jst(moment).strftime("%m-%d %H:%M")
