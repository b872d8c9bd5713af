"""What names, addresses and places say about whether two records mean one facility."""

import re
from enum import Enum
from itertools import takewhile

from pyproj import Geod
from rapidfuzz import fuzz

from gis.identity.spelling import modern_name, ownerless_name

SAME_PLACE_M = 100.0
"""Metres within which two places are one site: a school's gate and its gymnasium."""

FAR_M = 500.0
"""Metres beyond which two places are not one site, however alike the names."""

SAME_NAME, RESPELLED_NAME, OWNED_NAME, PART_NAME, MOST_ALIKE = 1.0, 0.99, 0.97, 0.93, 0.9
"""Likeness of equal names, of those apart by an old letter (龍, 竜), by an owner's prefix
(茅ケ崎市立), of a part and its whole (小学校, 小学校体育館), and the most of any other two."""

_OWNER = re.compile(r".{0,8}[都道府県市区町村]立?|国立|私立")
_NUMBERS = re.compile(r"\d+")
_TELLING_LOT = 100
"""A lot number from which on two lots of one number in one municipality are hardly two places."""

_RESPELLED_TOWN = 60.0
"""松尾町上松尾 became 上松尾町: share of common letters, in percent, of a town written anew."""

_ELLIPSOID = Geod(ellps="GRS80")


class Verdict(Enum):
    """What one kind of evidence says."""

    AGREES = 1.0
    SILENT = 0.5
    CONTRADICTS = 0.0


def name_likeness(name: str, other: str) -> float:
    """Return how alike two comparable names are, from 0 to :data:`SAME_NAME`.

    Numbers, directions and kinds of school count as letters like any other: 第1 and 第2 stay below
    :data:`MOST_ALIKE`, as do 小学校 and 中学校.

    Parameters
    ----------
    name, other
        Names as :func:`gis.identity.spelling.comparable_name` returns them.
    """
    if name == other:
        return SAME_NAME
    if modern_name(name) == modern_name(other):
        return RESPELLED_NAME
    short, long = sorted((name, other), key=len)
    if long.endswith(short) and _OWNER.fullmatch(long.removesuffix(short)):
        return OWNED_NAME
    bare, whole = sorted(map(ownerless_name, (name, other)), key=len)
    if len(bare) * 2 >= len(whole) and (whole.startswith(bare) or whole.endswith(bare)):
        return PART_NAME
    return fuzz.ratio(bare, whole) / 100 * MOST_ALIKE


def address_verdict(address: str, other: str) -> Verdict:
    """Compare two addresses of one municipality.

    Parameters
    ----------
    address, other
        As :func:`gis.identity.spelling.comparable_address` returns them; empty when not known.

    Notes
    -----
    A branch number may be left out (564 for 564-2), a town too (高良 for 不知火町高良). Towns
    written otherwise agree only by a lot number that tells places apart.
    """
    if not address or not other:
        return Verdict.SILENT
    lots, other_lots = _lots(address), _lots(other)
    towns, respelled = _towns_agree(_town(address), _town(other))
    if not lots or not other_lots:
        return Verdict.SILENT if towns or respelled else Verdict.CONTRADICTS
    shared = min(len(lots), len(other_lots))
    same = lots == other_lots if not towns else lots[:shared] == other_lots[:shared]
    if same and (towns or (respelled and max(lots) >= _TELLING_LOT)):
        return Verdict.AGREES
    return Verdict.CONTRADICTS


def place_verdict(apart_m: float | None) -> Verdict:
    """Judge a distance in metres; between the same place and far apart it says nothing."""
    if apart_m is None or SAME_PLACE_M < apart_m <= FAR_M:
        return Verdict.SILENT
    return Verdict.AGREES if apart_m <= SAME_PLACE_M else Verdict.CONTRADICTS


def ground_verdict(address: Verdict, place: Verdict) -> Verdict:
    """Join what address and place say: one contradiction outweighs an agreement."""
    if Verdict.CONTRADICTS in (address, place):
        return Verdict.CONTRADICTS
    return Verdict.AGREES if Verdict.AGREES in (address, place) else Verdict.SILENT


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the geodesic distance in metres between two places in EPSG:4326 degrees."""
    _, _, apart_m = _ELLIPSOID.inv(lon, lat, other_lon, other_lat)
    return float(apart_m)


def _town(address: str) -> str:
    return _NUMBERS.split(address, maxsplit=1)[0]


def _lots(address: str) -> tuple[int, ...]:
    return tuple(map(int, _NUMBERS.findall(address)))


def _towns_agree(town: str, other: str) -> tuple[bool, bool]:
    """Tell whether two towns are one, and whether they may be one town written otherwise."""
    pairs = zip(town, other, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    rest, other_rest = town[shared:], other[shared:]
    inside = not rest or not other_rest or rest.endswith(other_rest) or other_rest.endswith(rest)
    return inside, inside or fuzz.ratio(rest, other_rest) >= _RESPELLED_TOWN
