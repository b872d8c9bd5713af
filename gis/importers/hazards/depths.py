"""Depths of water as files write them: in words, or as the number of a rank.

The words of 国土数値情報 A40 are those of each prefecture's report, such as 0.3m以上 ～ 1m未満,
～0.3m未満 or 20m以上.
"""

import re
import unicodedata

from gis.importers.errors import ZoneClassInvalid
from gis.importers.hazards.zones import DepthRange
from gis.text import N_

UNREADABLE = N_("a depth such as 0.5m以上3m未満; the zone was taken with its depth unknown")

_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
_UP_TO = re.compile(r"未満|以下|まで|^\D*[~\-<≤]")
_FROM = re.compile(r"以上|超|より|から|^\D*[>≥]|[~\-]\D*$")
_TO = str.maketrans("〜～–—−ー－", "~~-----")
_CENTIMETRE = re.compile(r"\d\s*(?:cm|センチ)")


def read_depth(cell: str) -> DepthRange | None:
    """Return the depth that a cell tells in words, metres; None where it tells none.

    A single number without a word that bounds it is none: it may be a rank as well as a depth.
    """
    plain = unicodedata.normalize("NFKC", cell).translate(_TO).lower()
    if _CENTIMETRE.search(plain):
        return None
    bounds = [float(number) for number in _NUMBER.findall(plain)]
    match bounds:
        case [lower, upper] if lower < upper:
            return DepthRange(lower, upper)
        case [upper] if _UP_TO.search(plain) and upper > 0:
            return DepthRange(0.0, upper)
        case [lower] if _FROM.search(plain):
            return DepthRange(lower, None)
    return None


def read_class(told: str) -> tuple[str, DepthRange]:
    """Return a value of a class column and what it means, from ``3=3-5`` or ``6=20-``.

    Raises
    ------
    gis.importers.errors.ZoneClassInvalid
        It is not of that form.
    """
    value, _, depth = told.rpartition("=")
    found = read_depth(depth)
    if not value or found is None:
        raise ZoneClassInvalid(received=told)
    return value.strip(), found


def depth_words(depth: DepthRange) -> str:
    """Return a depth in the words of the ministry's lists, such as 0.5m以上3m未満."""
    lower, upper = depth
    if upper is None:
        return f"{lower:g}m以上"
    return f"{lower:g}m以上{upper:g}m未満" if lower else f"{upper:g}m未満"


def ranks(first: int, *bounds_m: float) -> dict[str, DepthRange]:
    """Return what the ranks from ``first`` on mean, the last one open upwards."""
    lower = (0.0, *bounds_m)
    upper = (*bounds_m, None)
    return {
        str(first + step): DepthRange(*pair)
        for step, pair in enumerate(zip(lower, upper, strict=True))
    }
