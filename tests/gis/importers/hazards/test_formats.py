import pkgutil
from importlib import import_module

import pytest

import gis.importers.hazards
from gis.importers.errors import ZoneClassInvalid
from gis.importers.hazards import FORMATS, parse_zones
from gis.importers.hazards.depths import depth_words, read_class, read_depth
from gis.importers.hazards.zones import DepthRange
from gis.vocabulary import Hazard, ZoneWarning
from tests.gis.importers.hazards.making import geojson, only, square


def test_every_format_is_registered() -> None:
    modules = (
        import_module(f"gis.importers.hazards.{module.name}")
        for module in pkgutil.iter_modules(gis.importers.hazards.__path__)
    )
    written = {module.FORMAT.code for module in modules if hasattr(module, "FORMAT")}
    assert written == {one.code for one in FORMATS}


@pytest.mark.parametrize(
    ("words", "depth"),
    [
        ("0.3m以上 ～ 1m未満", (0.3, 1)),
        ("～0.3m未満", (0, 0.3)),
        ("0.5ｍ未満", (0, 0.5)),
        ("20m以上", (20, None)),
        ("1.0～2.0m", (1, 2)),
        ("3-5", (3, 5)),
        ("20-", (20, None)),
        ("浸水深不明", None),
        ("3", None),
        ("50cm未満", None),
        ("5m以上3m未満", None),
        ("", None),
    ],
)
def test_a_depth_is_read_in_the_words_of_the_prefectures(
    words: str, depth: tuple[float, float | None] | None
) -> None:
    assert read_depth(words) == depth


@pytest.mark.parametrize("depth", [(0, 0.5), (0.5, 3), (20, None)])
def test_the_words_of_a_depth_are_read_as_it(depth: tuple[float, float | None]) -> None:
    assert read_depth(depth_words(DepthRange(*depth))) == depth


def test_a_class_is_told_by_its_value_and_depth() -> None:
    assert read_class("6=20-") == ("6", (20, None))


@pytest.mark.parametrize("told", ["", "6", "=20-", "6=deep"])
def test_what_tells_no_class_is_refused(told: str) -> None:
    with pytest.raises(ZoneClassInvalid):
        read_class(told)


def test_a_tsunami_zone_keeps_the_words_of_its_prefecture() -> None:
    says = only({"A40_001": "神奈川県", "A40_002": 14, "A40_003": "2m以上5m未満"}).says
    assert (says.label, says.depth) == ("2m以上5m未満", (2, 5))


@pytest.mark.parametrize(
    ("column", "rank", "depth"),
    [
        ("A31_001", 11, (0, 0.5)),
        ("A31_001", 14, (2, 5)),
        ("A31_001", 15, (5, None)),
        ("A31_001", 24, (2, 3)),
        ("A31_001", 27, (5, None)),
        ("A31_201", 6, (20, None)),
        ("A31_105", 4, (5, 10)),
        ("A31a_105", 5, (10, 20)),
        ("A31a_205", 2, (0.5, 3)),
    ],
)
def test_the_ranks_of_every_edition_of_floods_are_known(
    column: str, rank: int, depth: tuple[float, float | None]
) -> None:
    assert only({column: rank}).says.depth == depth


def test_the_number_of_a_river_is_no_rank_of_a_depth() -> None:
    says = only({"A31_101": "8303030555", "A31_102": "相模川", "A31_105": "3"}).says
    assert (says.name, says.depth) == ("相模川", (3, 5))


def test_where_houses_are_washed_away_no_depth_is_known() -> None:
    says = only({"A31a_402": "相模川", "A31a_405": 1}).says
    assert (says.label, says.depth) == ("家屋倒壊等氾濫想定区域（氾濫流）", None)


def test_a_rank_of_no_list_is_named_and_its_zone_taken() -> None:
    found = parse_zones(geojson((square(), {"A31a_205": 9})))
    assert found.rows[0].says.depth is None
    assert [(one.column, one.found, one.taken) for one in found.problems] == [
        ("A31a_205", "9", True)
    ]


def test_how_long_water_stays_is_no_file_of_depths() -> None:
    assert not any(one.recognises(frozenset({"A31a_301", "A31a_305"})) for one in FORMATS)


@pytest.mark.parametrize(
    ("code", "warning"),
    [
        (1, ZoneWarning.WARNING),
        (2, ZoneWarning.SPECIAL),
        (3, ZoneWarning.WARNING_PLANNED),
        (4, ZoneWarning.SPECIAL_PLANNED),
    ],
)
def test_a_slope_is_warned_of_by_its_class(code: int, warning: ZoneWarning) -> None:
    content = geojson((square(), {"A33_001": 2, "A33_002": code, "A33_005": "芹沢沢"}))
    found = parse_zones(content)
    (row,) = found.rows
    assert found.hazard is Hazard.LANDSLIDE
    assert (row.says.label, row.says.name, row.says.warning) == ("土石流", "芹沢沢", warning)
