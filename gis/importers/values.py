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

_BLANKS = re.compile(r"[\s,]+")
_YES = frozenset({"1", "○", "◯", "〇", "●", "有", "true", "該当"})
_NO = frozenset({"", "0", "×", "-", "無", "false"})
_CHECK_WEIGHTS = (6, 5, 4, 3, 2)
_DECIMAL = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]*)?")
# 35°20'02.5" in any of the marks that lists use, and 35.20.02.5; minutes and seconds below 60.
_SEXAGESIMAL = re.compile(
    r"(\d{1,3})[°度.](\d|[0-5]\d)['′’分.](\d(?:\.\d*)?|[0-5]\d(?:\.\d*)?)(?:[\"”秒]|''|′′)?"
)
_COMMON_ID = re.compile(r"E[0-9]{10}(11|12|20)[1-9A-Za-z]")
_KIND_OF_ID = {
    "11": DesignationKind.DESIGNATED_SHELTER,
    "12": DesignationKind.WELFARE_SHELTER,
    "20": DesignationKind.EMERGENCY_SITE,
}
_PERSONS = r"([0-9]+)(?![0-9])(?:人|名)?"
# 屋内 stands before its number (屋内1371人／屋外5470人) or after it (256【屋内1人／3㎡】), where
# 1人／3㎡ tells how it was reckoned and is no number of persons.
_INDOORS = (
    re.compile(rf"屋内[:は]?約?{_PERSONS}(?!人?/[0-9])"),
    re.compile(rf"{_PERSONS}[\[【(]屋内"),
)
_ANY_NUMBER = re.compile(r"[0-9.]+")
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
    # Nearly every cell that rules read is a bare number or word already.
    if cell.isascii() and cell.isprintable() and " " not in cell and "," not in cell:
        return cell
    return _BLANKS.sub("", unicodedata.normalize("NFKC", cell))


def written(cell: str) -> str:
    """Return a cell for people to read: as it is, on one line."""
    # What can be printed holds no line end and no blank but the plain one.
    if cell.isprintable():
        return cell.strip(" ")
    return " ".join(filter(None, map(str.strip, cell.splitlines())))


@lru_cache(maxsize=1024)
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


def capacity_in_prose(cell: str) -> int | None:
    """Return the number of persons that a sentence means, or None where it could be several.

    A shelter holds people indoors: of 屋内1,371人／屋外5,470人 that is 1,371, and of
    256【屋内1人／3㎡】 6135【屋外1人／2㎡】 (so the remarks of the national lists) 256. A
    sentence with one number alone, such as 約500人, means that one.
    """
    prose = plain(cell)
    found = [match[1] for pattern in _INDOORS for match in pattern.finditer(prose)]
    if not found and "屋外" not in prose:
        found = _ANY_NUMBER.findall(prose)
    try:
        return capacity(found[0]) if len(found) == 1 else None
    except Unreadable:
        return None


@lru_cache(maxsize=4096)
def check_digit(code: str) -> str:
    """Return the check digit of a five-digit 全国地方公共団体コード (総務省's modulus 11)."""
    total = sum(weight * int(digit) for weight, digit in zip(_CHECK_WEIGHTS, code, strict=True))
    return str((11 - total % 11) % 10)


def completed(code: str) -> str:
    """Return a five-digit code with its check digit."""
    return code + check_digit(code)


@lru_cache(maxsize=4096)
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


@lru_cache(maxsize=4096)
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
    found = plain(cell)
    if _COMMON_ID.fullmatch(found):
        return found
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


def facility_kind(cell: str) -> DesignationKind:
    """Return the designation that the free text 施設の種類 of 国土数値情報 P20 comes nearest to."""
    text = plain(cell)
    if "福祉" in text:
        return DesignationKind.WELFARE_SHELTER
    if "避難所" in text or "収容" in text:
        return DesignationKind.DESIGNATED_SHELTER
    if "避難場所" in text or "避難地" in text:
        return DesignationKind.EMERGENCY_SITE
    raise Unreadable(N_("a kind that names 避難所, 避難場所 or 福祉避難所"))


SWAPPED = N_("latitude and longitude; they seem to be swapped")
"""What is expected of a place whose axes can be turned round when a person says so."""


def place(lon: str, lat: str) -> Place:
    """Return a place in EPSG:4326 from two cells with degrees.

    Swapped axes are recognised and named, never turned round: that is for a person to do.
    """
    east, north = degrees(lon), degrees(lat)
    if JAPAN.contain(east, north):
        return Place(lon=east, lat=north)
    if east == north == 0:
        raise Unreadable(N_("a place; 0/0 is none, so the shelter waits to be put on the map"))
    if JAPAN.contain(north, east):
        raise Unreadable(SWAPPED)
    raise Unreadable(N_("a place in Japan"))


def degrees(cell: str) -> float:
    """Return degrees, written as a decimal or as degrees, minutes and seconds."""
    digits = plain(cell)
    if not digits:
        raise Unreadable(N_("a latitude and a longitude; the shelter waits to be put on the map"))
    if _DECIMAL.fullmatch(digits):
        return float(digits)
    if found := _SEXAGESIMAL.fullmatch(digits):
        whole, minutes, seconds = map(float, found.groups())
        return whole + minutes / 60 + seconds / 3600
    raise Unreadable(N_("decimal degrees, such as 35.333827 and 139.403497"))


def metres(cell: str) -> float:
    """Return a coordinate of a plane, in metres."""
    digits = plain(cell).removesuffix("m")
    if re.fullmatch(r"[+-]?[0-9]{1,9}(\.[0-9]*)?", digits):
        return float(digits)
    raise Unreadable(N_("a coordinate in metres, such as -64211.5"))
