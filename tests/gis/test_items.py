"""The item list: what a city writes in it, and what is refused."""

from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gis.config import DATA_FOLDER
from gis.errors import UnitUnfit
from gis.items import UNITS_MOST, Item, ItemList, instructions_folder, item_list, read_item_list
from gis.occupancy import FIGURES
from gis.text import Language
from gis.vocabulary import ItemKind, Lifeline

PUSH_SUPPLY = (
    "drinking_water",
    "food",
    "blanket",
    "infant_formula_powder",
    "infant_formula_liquid",
    "portable_toilet",
    "diaper_child",
    "diaper_adult",
    "sanitary_product",
    "toilet_paper",
)
PLACEHOLDER = ("市の設定（デモの仮の値）", "Setting of the city (placeholder of the demonstration)")

INSTRUCTIONS = instructions_folder()

GROUP = {
    "code": "all",
    "name_ja": "避難者全員",
    "name_en": "Everybody",
    "share": 1.0,
    "source_ja": "避難者数の総数",
    "source_en": "The total of the head count",
}
NORM = {"amount": 3.0, "source_ja": "市の設定", "source_en": "Setting of the city"}
WATER = {
    "code": "drinking_water",
    "name_ja": "飲料水",
    "name_en": "Drinking water",
    "unit_ja": "Ｌ",
    "unit_en": "litres",
    "kind": "supply",
    "consumable": True,
    "norm": NORM,
    "packs": [{"name_ja": "箱", "name_en": "box", "size": 12}],
}


def listed(*items: dict[str, Any], groups: tuple[dict[str, Any], ...] = (GROUP,)) -> ItemList:
    return ItemList.model_validate({"items": list(items), "groups": list(groups)})


@pytest.fixture
def water() -> Item:
    return Item.model_validate(WATER)


def test_the_push_supply_comes_first_and_then_equipment_and_staff() -> None:
    items = item_list().items
    assert tuple(items)[:10] == PUSH_SUPPLY
    assert all(items[code].kind is ItemKind.SUPPLY for code in PUSH_SUPPLY)
    assert {items[code].kind for code in tuple(items)[10:]} == {ItemKind.EQUIPMENT, ItemKind.STAFF}
    assert all(code == item.code for code, item in items.items())


def test_only_these_figures_claim_a_source_and_all_others_say_that_they_are_placeholders() -> None:
    norms = {code: item.norm for code, item in item_list().items.items() if item.norm}
    claiming = {
        code
        for code, norm in norms.items()
        if not (
            norm.source_ja.startswith(PLACEHOLDER[0]) and norm.source_en.startswith(PLACEHOLDER[1])
        )
    }
    assert claiming == {"drinking_water", "blanket", "temporary_toilet"}
    shares = [group for group in item_list().groups.values() if group.code != "all"]
    assert all((group.source_ja, group.source_en) == PLACEHOLDER for group in shares)


def test_a_city_is_told_of_water_and_blankets_what_the_national_papers_say() -> None:
    water, blanket = (item_list().items[code].norm for code in ("drinking_water", "blanket"))
    assert water is not None
    assert blanket is not None
    assert (water.amount, water.group) == (3, "all")
    assert (blanket.amount, blanket.group) == (1, "all")


def test_the_groups_are_those_of_the_national_list_and_parts_of_what_is_counted() -> None:
    groups = item_list().groups
    assert tuple(groups) == ("all", "age_0", "age_0_2", "women_12_51", "adult_care")
    counted = {group.counted_as for group in groups.values() if group.counted_as}
    assert counted == {"infants", "women", "special_care"}
    assert counted <= set(FIGURES)


def test_bags_are_for_where_water_or_sewage_fails() -> None:
    norm = item_list().items["portable_toilet"].norm
    assert norm is not None
    assert norm.while_out == (Lifeline.WATER, Lifeline.SEWAGE)


def test_every_instruction_is_there_and_no_file_is_without_its_line() -> None:
    sheets = [sheet for item in item_list().items.values() for sheet in item.instructions]
    assert all(sheet.path.is_file() for sheet in sheets)
    assert {sheet.file for sheet in sheets} == {path.name for path in INSTRUCTIONS.iterdir()}
    assert all(sheet.title(language) for sheet in sheets for language in Language)


@pytest.mark.parametrize("file", sorted(INSTRUCTIONS.glob("*.svg")), ids=lambda path: path.stem)
def test_a_drawn_sheet_has_its_six_steps_and_loads_nothing(file: Path) -> None:
    root = ET.parse(file).getroot()  # noqa: S314 - a file of our own
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "title", "defs", "marker", "path", "rect", "text", "g", "circle"}
    texts = [element.text for element in root.iter() if element.tag.endswith("}text")]
    assert [text for text in texts if text and text.isdecimal()] == list("123456")
    assert "href" not in file.read_text(encoding="utf-8")


def test_names_units_and_sources_are_told_in_the_readers_language(water: Item) -> None:
    group = item_list().groups["age_0"]
    assert (water.name(Language.JA), water.name(Language.EN)) == ("飲料水", "Drinking water")
    assert (water.unit(Language.JA), water.unit(Language.EN)) == ("Ｌ", "litres")
    assert (group.name(Language.JA), group.source(Language.JA)) == ("0歳", PLACEHOLDER[0])
    assert (group.name(Language.EN), group.source(Language.EN)) == (
        "Babies under 1",
        PLACEHOLDER[1],
    )


@pytest.mark.parametrize(
    ("quantity", "unit", "units"),
    [
        (5, "L", 5),
        (5, "ｌ", 5),
        (5, " Ｌ　", 5),
        (5, "Litres", 5),
        (2, "箱", 24),
        (2, "ＢＯＸ", 24),
        (Decimal("0.5"), "箱", 6),
        (Decimal("2.0"), "L", 2),
        (0, "箱", 0),
        (Decimal("2.5"), "L", None),
        (-1, "L", None),
        (UNITS_MOST, "L", UNITS_MOST),
        (UNITS_MOST, "箱", None),
        (Decimal("1E+999999"), "箱", None),
        (Decimal("1E-999999"), "箱", None),
        (Decimal("NaN"), "L", None),
        (Decimal("Infinity"), "L", None),
    ],
)
def test_a_quantity_is_told_in_units_where_it_is_one_of_whole_units(
    water: Item, quantity: Decimal | int, unit: str, units: int | None
) -> None:
    assert water.in_units(quantity, unit) == units


@given(boxes=st.integers(0, 1_000_000), size=st.integers(1, 90))
def test_packs_hold_what_the_list_says(boxes: int, size: int) -> None:
    packs = [{"name_ja": "袋", "name_en": "bag", "size": size}]
    item = Item.model_validate(WATER | {"packs": packs})
    assert item.in_units(boxes, "袋") == boxes * size


def test_a_unit_of_another_item_is_refused_in_the_readers_language(water: Item) -> None:
    with pytest.raises(UnitUnfit) as refused:
        water.in_units(3, "缶")
    assert "“缶” does not fit Drinking water, which is counted in litres" in (
        refused.value.explain(Language.EN)
    )
    japanese = refused.value.explain(Language.JA)
    assert "飲料水" in japanese
    assert "Ｌ" in japanese


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "Drinking water"},
        {"kind": "water"},
        {"kind": "staff"},
        {"unit_ja": ""},
        {"shelf_life_days": 0},
        {"colour": "blue"},
        {"norm": NORM | {"amount": 0}},
        {"norm": NORM | {"amount": float("inf")}},
        {"norm": NORM | {"one_per": 5}},
        {"norm": {"one_per": 5, "source_ja": "市", "source_en": "city"}},
        {"norm": {"source_ja": "市", "source_en": "city"}},
        {"norm": {"amount": 3}},
        {"norm": NORM | {"group": "nobody"}},
        {"norm": NORM | {"while_out": ["road"]}},
        {"packs": [{"name_ja": "箱", "name_en": "box", "size": 0}]},
        {"packs": [{"name_ja": "l", "name_en": "bottle", "size": 2}]},
        {"packs": [WATER["packs"][0]] * 2},  # type: ignore[index]
        {"instructions": [{"file": "../secret.pdf", "title_ja": "紙", "title_en": "Sheet"}]},
        {"instructions": [{"file": "sheet.html", "title_ja": "紙", "title_en": "Sheet"}]},
    ],
)
def test_an_item_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    listed(WATER)
    with pytest.raises(ValidationError):
        listed(WATER | wrong)


@pytest.mark.parametrize(
    "wrong", [{"share": 0}, {"share": 1.1}, {"counted_as": "cats"}, {"share_of_counted": 2}]
)
def test_a_group_that_is_none_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        listed(WATER, groups=(GROUP | wrong,))


def test_a_code_stands_once() -> None:
    with pytest.raises(ValidationError, match="drinking_water"):
        listed(WATER, deepcopy(WATER))


@pytest.mark.parametrize("content", ["", "items = 3\ngroups = []", "items = [1]\ngroups = []"])
def test_a_file_that_is_no_item_list_is_refused(content: str, tmp_path: Path) -> None:
    file = tmp_path / "items.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ValidationError):
        read_item_list(file)


def test_the_product_reads_its_list_once() -> None:
    assert item_list() is item_list()
    assert item_list() == read_item_list(DATA_FOLDER / "items.toml")
