"""Single cells: what they mean, or that they cannot be understood.

Each reader takes a cell that is not blank and returns its meaning, or raises
:class:`Unreadable`. Width is normalised (NFKC) for numbers, flags and codes; text that people
read is kept as written.
"""

import re
import unicodedata
from functools import lru_cache

from gis.geometry.place import JAPAN, Place
from gis.text import N_
from gis.vocabulary import DesignationKind

CAPACITY_MOST = 1_000_000
"""Persons; the largest open-air evacuation areas (広域避難場所) take a few hundred thousand."""

_YES = frozenset({"1", "○", "◯", "〇", "●", "有", "true", "該当"})
_NO = frozenset({"", "0", "×", "-", "無", "false"})
_CHECK_WEIGHTS = (6, 5, 4, 3, 2)
_COMMON_ID = re.compile(r"E[0-9]{10}(11|12|20)[1-9A-Za-z]")
_KIND_OF_ID = {
    "11": DesignationKind.DESIGNATED_SHELTER,
    "12": DesignationKind.WELFARE_SHELTER,
    "20": DesignationKind.EMERGENCY_SITE,
}
_SHELTER_KINDS = {
    "一般": DesignationKind.DESIGNATED_SHELTER,
    "福祉": DesignationKind.WELFARE_SHELTER,
}


class Unreadable(Exception):  # noqa: N818 - a finding about a file, not a fault of the program
    """A cell says something else than it should; ``expected`` is a message of the catalogue."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


def plain(cell: str) -> str:
    """Return a cell for reading by rule: width normalised, all blanks and commas out."""
    return re.sub(r"[\s,]+", "", unicodedata.normalize("NFKC", cell))


def written(cell: str) -> str:
    """Return a cell for people to read: as it is, on one line."""
    return " ".join(filter(None, map(str.strip, cell.splitlines())))


@lru_cache(maxsize=64)
def flag(cell: str) -> bool:
    """Return what a flag says; a mark that nobody agreed on is neither yes nor no."""
    mark = plain(cell).casefold()
    if mark in _YES:
        return True
    if mark in _NO:
        return False
    raise Unreadable(N_("1 or ○ for yes, empty or 0 for no"))


def capacity(cell: str) -> int:
    """Return a number of persons; 0 is refused, since lists write it where they do not know."""
    digits = plain(cell).removesuffix("人").removesuffix("名")
    if re.fullmatch(r"[0-9]{1,9}", digits) and 0 < int(digits) <= CAPACITY_MOST:
        return int(digits)
    raise Unreadable(N_("a number of persons above 0; leave it empty where it is unknown"))


def check_digit(code: str) -> str:
    """Return the check digit of a five-digit 全国地方公共団体コード (総務省's modulus 11)."""
    total = sum(weight * int(digit) for weight, digit in zip(_CHECK_WEIGHTS, code, strict=True))
    return str((11 - total % 11) % 10)


def completed(code: str) -> str:
    """Return a five-digit code with its check digit."""
    return code + check_digit(code)


def municipality_code(cell: str) -> str:
    """Return a 全国地方公共団体コード with six digits.

    A leading zero that a spreadsheet dropped, or a check digit that is not there, is put back
    where only one code of the 47 prefectures can be meant: 12203 can be 市川市 without its check
    digit or 士別市 without its zero, and is refused.
    """
    digits = plain(cell)
    if re.fullmatch(r"[0-9]{4,6}", digits):
        whole = (digits.zfill(6),) if len(digits) > 4 else ()  # noqa: PLR2004 - 4, 5 or 6 digits
        short = (completed(digits.zfill(5)),) if len(digits) < 6 else ()  # noqa: PLR2004
        possible = {code for code in whole + short if _is_code(code)}
        if len(possible) == 1:
            return possible.pop()
    raise Unreadable(N_("a municipality code of six digits with its check digit"))


def short_municipality_code(cell: str) -> str:
    """Return a code with six digits from a list that writes it without its check digit.

    There a dropped zero leaves four digits and five are whole, so that none is ambiguous.
    """
    digits = plain(cell)
    if re.fullmatch(r"[0-9]{4,5}", digits):
        digits = completed(digits.zfill(5))
    return municipality_code(digits)


def _is_code(code: str) -> bool:
    return "01" <= code[:2] <= "47" and completed(code[:5]) == code


def is_common_id(cell: str) -> bool:
    """Tell whether a cell has the form of a 全国共通避難所・避難場所ID."""
    return _COMMON_ID.fullmatch(plain(cell)) is not None


def common_id(cell: str) -> str:
    """Return a 全国共通避難所・避難場所ID."""
    if is_common_id(cell):
        return plain(cell)
    raise Unreadable(N_("a common shelter ID: E, ten digits, 11, 12 or 20, and one more character"))


def kind_of_id(identifier: str) -> DesignationKind:
    """Return the designation that a common ID stands for."""
    return _KIND_OF_ID[identifier[11:13]]


def shelter_kind(cell: str) -> DesignationKind:
    """Return the designation that 避難所種別 names."""
    try:
        return _SHELTER_KINDS[plain(cell).removesuffix("避難所")]
    except KeyError:
        raise Unreadable(N_("一般 or 福祉")) from None


def place(lon: str, lat: str) -> Place:
    """Return a place in EPSG:4326 from two cells with decimal degrees.

    Swapped axes are recognised and named, never turned round: that is for a person to do.
    """
    east, north = _degrees(lon), _degrees(lat)
    if east == north == 0:
        raise Unreadable(N_("a place; 0/0 is none, so the shelter waits to be put on the map"))
    if JAPAN.contain(north, east):
        raise Unreadable(N_("latitude and longitude; they seem to be swapped"))
    if not JAPAN.contain(east, north):
        raise Unreadable(N_("a place in Japan"))
    return Place(lon=east, lat=north)


def _degrees(cell: str) -> float:
    digits = plain(cell)
    if not digits:
        raise Unreadable(N_("a latitude and a longitude; the shelter waits to be put on the map"))
    if not re.fullmatch(r"[+-]?[0-9]{1,3}(\.[0-9]*)?", digits):
        raise Unreadable(N_("decimal degrees, such as 35.333827 and 139.403497"))
    return float(digits)
