"""Whether an address lies in the municipality that a list names."""

import re
import unicodedata

from gis.identity.spelling import DISTRICT

_PREFECTURE = re.compile(r"北海道|東京都|(?:京都|大阪)府|.{2,3}県")


def municipality_key(name: str) -> str:
    """Return a municipality's name for comparison: without prefecture, 郡, width and blanks."""
    return DISTRICT.sub("", _local(_folded(name)), count=1)


def lies_within(address: str, municipality: str) -> bool:
    """Tell whether an address begins with a municipality, with or without prefecture and 郡.

    An address without its prefecture seldom names its municipality, and is not doubted.
    """
    if address.startswith(municipality):
        return True
    whole, name = _folded(address), _local(_folded(municipality))
    local = _local(whole)
    return (
        not name
        or local == whole
        or local.startswith(name)
        or DISTRICT.sub("", local, count=1).startswith(name)
    )


def _local(text: str) -> str:
    """Return a text without the prefecture at its beginning."""
    found = _PREFECTURE.match(text)
    return text[found.end() :] if found else text


def _folded(text: str) -> str:
    """Return a text in which width, blanks and ヶ/ケ/ｹ make no difference."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("ケ", "ヶ")
