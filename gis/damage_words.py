"""What a note about damage says, as a set of words: two wordings of a thing come out alike."""

import re
import unicodedata
from functools import lru_cache

_REMEMBERED = 20_000

_MEANS = {
    "裂": "亀裂|ひび割れ|ひび|割れ目",
    "壊": "押しつぶ|つぶれ|圧壊|倒壊|崩壊|崩落|崩れ|くずれ|倒れ|壊れ",
    "落": "落下|落ち|外れ",
    "傾": "傾斜|傾い|傾き|傾く",
    "塞": "通れない|通行不能|通行不可|通行できない|通行止め|ふさ",
    "陥": "陥没|穴があ|沈んで",
    "停電": "電気がつかない",
    "断水": "水道が出ない|水が出ません",
    "漏水": "噴き出|水道管",
    "濁": "茶色い水",
    "断線": "垂れ|切れた電線",
    "変圧": "火花|トランス|変圧器",
    "臭": "におい|臭い|漏れ",
    "止": "供給停止|止ま|出ない|つかない",
    "火": "火災|火事|燃え|出火|炎上|炎|煙",
    "崖": "斜面|がけ|のり面|裏山|土手|堤防",
    "浸水": "冠水|水浸し|床上",
    "液状": "液状化|噴砂|泥水|砂",
    "浮": "隆起|浮き上が|浮上|飛び出",
    "開": "変形|開かない|開かず|ゆがん|故障",
    "扉": "ドア|シャッター",
    "家": "家屋|住宅|民家|建物",
    "平屋": "平家|1階建",
    "空家": "空き家|住んでいない",
    "道": "車道|路面|アスファルト|道路",
    "傷者": "負傷者|けが人|怪我人",
    "コンビニ": "コンビニエンスストア",
    "神社": "お宮",
    "アパート": "集合住宅",
    "自動販売機": "自販機",
    "ゴミ": "ごみ",
    "バス停": "停留所",
    "ビニールハウス": "温室",
    "太陽光": "ソーラー",
    "rc": "鉄筋コンクリート",
    "袋小路": "路地|行き止まり",
    "角地": "交差点|曲がり角",
    "軒": "棟|戸(?!建)",
    "人": "名",
    "マンホール": "人孔",
}
"""What is said in other words: what they come to, and the pattern of those words."""

_MEANT = {f"_{number}": word for number, word in enumerate(_MEANS)}
_FIRST = "".join({word[0] for said in _MEANS.values() for word in said.split("|")})
# Most letters begin none of them, and are passed over at once.
_SAID = re.compile(
    f"(?=[{re.escape(_FIRST)}])(?:"
    + "|".join(f"(?P<_{n}>{said})" for n, said in enumerate(_MEANS.values()))
    + ")"
)
_COUNTED = re.compile("[一二三四五六七八九](?=[階人名軒棟戸世mメ])")
_WORD = re.compile(r"\d+[^\W\dぁ-ん]?|[^\W\dぁ-んー]")
"""A number with what it counts, or one letter that is no hiragana: kanji mean something alone."""


@lru_cache(_REMEMBERED)
def words(text: str) -> frozenset[str]:
    """Return what a text says; numbers keep what they count: 2人, 5軒.

    Parameters
    ----------
    text
        As it is written, in letters of any width.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    counted = _COUNTED.sub(lambda found: str("一二三四五六七八九".index(found[0]) + 1), folded)
    return frozenset(_WORD.findall(_SAID.sub(lambda found: _MEANT[found.lastgroup or ""], counted)))
