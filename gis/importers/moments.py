"""Moments as people in Japan write them."""

import calendar
import re
import unicodedata
from datetime import date, datetime, timedelta, timezone

from gis.importers.values import Unreadable
from gis.text import N_

JAPAN_TIME = timezone(timedelta(hours=9))
ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988}
"""To which year the years of an era are added."""
CENTURY = 2000
"""Of a year with two digits."""

EXPECTED = N_("a moment such as 2026-09-01 14:30 or 9月1日 14時30分; that of the import is taken")

DAY_EXPECTED = N_("a day or a month with its year, such as 2027-03-31, 2027/3 or 令和9年3月")

_NOISE = re.compile(r"(?<=[年月])\s+|\([日月火水木金土]\)|頃|ごろ|ころ|jst")
_MOMENT = re.compile(
    r"(?:(?P<era>令和|平成|r|h)?(?P<year>\d{1,4}|元)[年./-])?"
    r"(?P<month>\d{1,2})[月./-](?P<day>\d{1,2})日?"
    r"(?:[t ]*(?P<half>午前|午後)?(?P<hour>\d{1,2})[時:](?:(?P<minute>\d{1,2}|半)分?)?"
    r"(?::?(?P<second>\d{1,2})(?:\.\d+)?秒?)?(?P<english>am|pm)?"
    r"(?P<zone>z|[+-]\d\d:?\d\d)?)?"
)

_MONTH = re.compile(
    r"(?P<era>令和|平成|r|h)?(?P<year>\d{1,4}|元)[年./-](?P<month>\d{1,2})(?:月末?日?)?"
)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})?")


def moment(cell: str, today: date) -> tuple[datetime, bool]:
    """Return a moment, aware, and whether its time of day is told; without one it is midnight.

    Without an offset it is Japan's time. Without a year it is the last such day up to tomorrow.

    Parameters
    ----------
    cell
        Such as 2026-09-01T14:30+09:00, 2026/9/1 14:30, 令和8年9月1日 午後2時半 or 9月1日 14時頃.
    today
        In Japan.

    Raises
    ------
    Unreadable
        It is none.
    """
    found = _matched(cell)
    if not found:
        raise Unreadable(EXPECTED)
    try:
        return _moment(found.groupdict(), today), found["hour"] is not None
    except (ValueError, OverflowError):
        raise Unreadable(EXPECTED) from None


def last_day(cell: str) -> date:
    """Return a day; of a month that is told without one, its last.

    Parameters
    ----------
    cell
        Such as 2027-03-31, 20270331, 2027/3, 2027年3月末, 令和9年3月 or R9.3.31, with its year.

    Raises
    ------
    Unreadable
        It is none.
    """
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell).casefold())
    if digits := _DIGITS.fullmatch(text):
        text = "-".join(filter(None, digits.groups()))
    if of_month := _MONTH.fullmatch(text):
        return _end_of_month(of_month.groupdict())
    of_day = _matched(cell if digits is None else text)
    if of_day and of_day["year"] is not None:
        return _day(of_day.groupdict())
    raise Unreadable(DAY_EXPECTED)


def _matched(cell: str) -> re.Match[str] | None:
    text = _NOISE.sub("", unicodedata.normalize("NFKC", cell).casefold())
    return _MOMENT.fullmatch(re.sub(r"\s+", " ", text).strip().replace("日 ", "日"))


def _day(parts: dict[str, str | None]) -> date:
    try:
        # A year is told, so that no day is asked from which it would follow.
        return _moment(parts, date.max - timedelta(days=2)).date()
    except (ValueError, OverflowError):
        raise Unreadable(DAY_EXPECTED) from None


def _end_of_month(parts: dict[str, str | None]) -> date:
    try:
        year, month = _year(parts, date.min), int(parts["month"] or 0)
        return date(year, month, calendar.monthrange(year, month)[1])
    except ValueError:
        raise Unreadable(DAY_EXPECTED) from None


def _moment(parts: dict[str, str | None], today: date) -> datetime:
    minute = "30" if parts["minute"] == "半" else parts["minute"] or "0"
    told = datetime(
        _year(parts, today),
        int(parts["month"] or 0),
        int(parts["day"] or 0),
        _hour(parts),
        int(minute),
        int(parts["second"] or 0),
        tzinfo=_zone(parts["zone"]),
    )
    if parts["year"] is None and told.date() > today + timedelta(days=1):
        return told.replace(year=told.year - 1)
    return told


def _year(parts: dict[str, str | None], today: date) -> int:
    match parts["era"], parts["year"]:
        case _, None:
            return today.year
        case str(era), year:
            return ERAS[era] + (1 if year == "元" else int(year))
        case _, year if len(year) <= 2:  # noqa: PLR2004 - digits
            return CENTURY + int(year)
        case _, year:
            return int(year)


def _hour(parts: dict[str, str | None]) -> int:
    hour, half = int(parts["hour"] or 0), parts["half"] or parts["english"]
    if half in {"午後", "pm"} and hour < 12:  # noqa: PLR2004 - hours of a half day
        return hour + 12
    return 0 if half in {"午前", "am"} and hour == 12 else hour  # noqa: PLR2004 - as above


def _zone(offset: str | None) -> timezone:
    if offset is None:
        return JAPAN_TIME
    if offset == "z":
        return timezone.utc  # noqa: UP017 - the type of the others
    sign = -1 if offset[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:])))
