"""Which heading of an unknown list is which of our columns: a proposal, for a person to correct."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from rapidfuzz import fuzz, process

from gis.importers import FORMATS, columns
from gis.importers.table import heading

ALIKE = 80.0
"""How alike, of 100, two headings must be to be proposed; below it, chance proposes as much."""

_UNIT = re.compile(r"\([^()]*\)$")
"""What stands in brackets behind a heading, such as 収容人数(人)."""

OFTEN: Final[Mapping[str, tuple[str, ...]]] = {
    columns.NAME: ("施設名", "施設名称", "避難所名", "避難場所名", "名前"),
    columns.NAME_KANA: ("カナ", "フリガナ", "ふりがな", "施設名カナ", "よみがな"),
    columns.ADDRESS: ("所在地", "住所", "施設所在地"),
    columns.LAT: ("北緯", "lat", "latitude", "Y座標"),
    columns.LON: ("東経", "lon", "lng", "longitude", "X座標"),
    columns.PHONE: ("電話", "TEL", "連絡先"),
    columns.CAPACITY: ("収容人数", "収容可能人数", "定員", "収容人員"),
    # Never a mere No: it counts rows, and the next edition of the list counts them anew.
    columns.LOCAL_ID: ("管理番号", "施設番号", "施設ID", "避難所番号"),
    columns.NOTE: ("摘要", "特記事項"),
}
"""What municipalities call these columns besides the headings of the known formats."""


def guessed_headings(found: Sequence[str], wanted: Sequence[str]) -> dict[str, str]:
    """Return our columns with the heading that seems to be meant, each heading once.

    Parameters
    ----------
    found
        The headings of the file.
    wanted
        Our columns (:mod:`gis.importers.columns`), those that matter most first.
    """
    left = {one: _UNIT.sub("", heading(one)).casefold() for one in found}
    guessed: dict[str, str] = {}
    # What is spelt the same goes first, so that no mere likeness takes it away.
    for cutoff in (100.0, ALIKE):
        for column in (column for column in wanted if column not in guessed):
            if best := _best(left, _names(column), cutoff):
                guessed[column] = best
                del left[best]
    return guessed


def _best(left: Mapping[str, str], names: Sequence[str], cutoff: float) -> str | None:
    scores = (
        (score, found)
        for name in names
        for _, score, found in process.extract(
            name, left, scorer=fuzz.ratio, score_cutoff=cutoff, limit=1
        )
    )
    return max(scores, default=(0.0, None), key=lambda pair: pair[0])[1]


def _names(column: str) -> list[str]:
    """Return all that a column is called, spelt as headings are compared."""
    known = (each.columns[column] for each in FORMATS if column in each.columns)
    names = (column, *known, *OFTEN.get(column, ()))
    return list(dict.fromkeys(heading(name).casefold() for name in names))
