"""Names and addresses in one spelling, for comparison only; what people read stays as written.

The rules are those that the two national lists (指定避難所, 指定緊急避難場所) need to agree with
each other: each undoes a difference in which one facility is written in both.
"""

import re
import unicodedata
from functools import lru_cache

_REMEMBERED = 20_000
"""Spellings kept: both sides of the largest municipality's lists several times over."""

_BLANKS = re.compile(r"\s+|[\u200b\ufeff]")
_ONE_LETTER = str.maketrans("﨑髙ヶヵ", "崎高ケケ")
"""﨑 and 髙 have no folding in Unicode; small ヶ and ヵ are written large as often as not."""

_MODERN = str.maketrans("龍附ノ", "竜付の")
"""Old letters that the lists exchange for new ones in the name of one facility."""

_GA = re.compile(r"[がガ](?=[丘岡岳原崎浜浦森関谷島鼻峰瀬沢台池])")
"""自由が丘, 自由ガ丘, 自由ヶ丘: before a landform the sound is written in any of these ways."""

_KANJI_NUMBER = re.compile(
    r"(?<=第)[一二三四五六七八九十]+|[一二三四五六七八九十]+(?=丁目|番地|条|階|号)"
)
"""Only where it counts something: the 三 of 三和 and the 八 of 八代 are no numbers."""

_DIGITS = str.maketrans("一二三四五六七八九", "123456789")

_BETWEEN_DIGITS = re.compile(r"(?<=\d)(?:[^\w]|ー)+(?=\d)")
_MARKS = re.compile(r"[^\w-]|ー|_|(?<!\d)-|-(?!\d)")
"""Brackets, dots and quotes; ー too, for センター, センタ- and センタ are one word."""

# 3丁5-1 without 目 is how 堺市 writes; 3番町 and 2号館 are names and stay.
_LOT_WORDS = re.compile(r"(?<=\d)(?:丁目?|番地|番(?![町丁街])|号(?![室棟館])|の)+")
_SECTION = re.compile(r"大字|(?<!文)字")
"""字 is left out at will; 十文字町 and the like are names of their own."""

_PREFECTURE = re.compile(r"^(?:北海道|東京都|(?:京都|大阪)府|.{2,3}県)")
DISTRICT = re.compile(
    r"^(?!郡|蒲郡市|小郡市|大和郡山市|上郡町)(?:余市|高市|[^市区町村]{1,4})郡(?=.+?[町村])"
)
"""A 郡 at the start, but not the cities and towns that have the character in their names."""

_OWNED = re.compile(r"^.{0,8}?[都道府県市区町村]立(?=.)")


@lru_cache(_REMEMBERED)
def comparable_name(text: str) -> str:
    """Return a facility's name in the one spelling in which names are compared.

    Width, blanks, brackets, ヶ/ケ/が, long-vowel marks and 第一/第1 make no difference; what stands
    in brackets stays, for 体育館(本館) and 体育館(南部館) are two places.

    Parameters
    ----------
    text
        The name as it is written.
    """
    return _MARKS.sub("", _BETWEEN_DIGITS.sub("-", _folded(text)))


@lru_cache(_REMEMBERED)
def comparable_address(text: str) -> str:
    """Return an address in the one spelling in which addresses are compared.

    Prefecture and 郡 at the start, 大字 and 字 are dropped; 一丁目2番地の3 becomes 1-2-3.

    Parameters
    ----------
    text
        The address as it is written.
    """
    letters = _folded(text).translate(_MODERN)
    lots = _BETWEEN_DIGITS.sub("-", _LOT_WORDS.sub("-", letters))
    local = DISTRICT.sub("", _PREFECTURE.sub("", lots))
    return _SECTION.sub("", _MARKS.sub("", local))


@lru_cache(_REMEMBERED)
def ownerless_name(name: str) -> str:
    """Return a comparable name without the 市立, 茅ケ崎市立 or 県立 at its start.

    Parameters
    ----------
    name
        What :func:`comparable_name` returned.
    """
    return _OWNED.sub("", name)


def modern_name(name: str) -> str:
    """Return a comparable name with 龍 as 竜, 附 as 付 and ノ as の.

    Apart from :func:`comparable_name`, for where a list knows both, the one written as asked goes
    first.

    Parameters
    ----------
    name
        What :func:`comparable_name` returned.
    """
    return name.translate(_MODERN)


def _folded(text: str) -> str:
    # Blanks go first, so that a half-width mark meets its letter again: ｶ ﾞ is ガ.
    whole = unicodedata.normalize("NFKC", _BLANKS.sub("", text))
    glyphs = _BLANKS.sub("", whole).casefold().translate(_ONE_LETTER)
    return _KANJI_NUMBER.sub(_in_digits, _GA.sub("ケ", glyphs))


def _in_digits(found: re.Match[str]) -> str:
    """Write 一 to 九十九 in digits; without 十 they are read one by one."""
    tens, ten, ones = found[0].translate(_DIGITS).rpartition("十")
    return f"{tens or 1}{ones or 0}" if ten else ones
