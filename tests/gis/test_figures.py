"""Figures add up without hiding what is unknown, and changes say which of them are corrections."""

import pytest
from hypothesis import given

from gis.figures import Change, Declared, Figure, added, change, figures
from gis.form4 import CELLS
from gis.reports.figure_wording import change_cell, change_text, figure_cell
from gis.text import Language
from gis.vocabulary import FigureState
from tests.conftest import NOON
from tests.gis.reports.situations import declared_figures

CONFIRMED, UNCONFIRMED = FigureState.CONFIRMED, FigureState.UNCONFIRMED
INVESTIGATING, NONE = FigureState.INVESTIGATING, FigureState.NOT_APPLICABLE
STRICKEN = "stricken.households"
PARTS = CELLS[STRICKEN].parts


def figure(value: float | None, state: FigureState = CONFIRMED) -> Figure:
    return Figure("dead.persons", value, state)


def declared(value: float | None, state: FigureState = CONFIRMED) -> Declared:
    return Declared(1, state, value, None, None, NOON, NOON, "本部")


def test_every_cell_of_the_form_has_a_figure_and_none_is_declared_for_us() -> None:
    told = figures({})
    assert [each.key for each in told] == list(CELLS)
    assert {(each.value, each.state) for each in told} == {(None, UNCONFIRMED)}


def test_the_stricken_are_those_of_three_rows() -> None:
    assert PARTS == (
        "dwelling_total.households",
        "dwelling_half.households",
        "dwelling_over_floor.households",
    )
    told = {
        each.key: each for each in figures(dict(zip(PARTS, map(declared, (3, 4, 0)), strict=True)))
    }
    assert (told[STRICKEN].value, told[STRICKEN].state) == (7, CONFIRMED)
    # Neither partly damaged dwellings nor water under the floor make a household a stricken one.
    assert told["dwelling_partial.households"].value is None


@pytest.mark.parametrize(
    ("parts", "value", "state", "unknown"),
    [
        ([figure(3), figure(4)], 7, CONFIRMED, 0),
        ([figure(3), figure(None, UNCONFIRMED)], 3, UNCONFIRMED, 1),
        ([figure(None, INVESTIGATING), figure(None, UNCONFIRMED)], None, UNCONFIRMED, 2),
        ([figure(3), figure(2, INVESTIGATING)], 5, INVESTIGATING, 0),
        ([figure(3), figure(None, NONE)], 3, CONFIRMED, 0),
        ([figure(None, NONE), figure(None, NONE)], None, NONE, 0),
        ([figure(0), figure(0)], 0, CONFIRMED, 0),
    ],
)
def test_a_sum_is_as_sure_as_its_least_sure_part(
    parts: list[Figure], value: float | None, state: FigureState, unknown: int
) -> None:
    total = added(STRICKEN, parts)
    assert (total.value, total.state, total.unknown_parts) == (value, state, unknown)


@given(declared_figures)
def test_no_sum_counts_what_nobody_declared(told: dict[str, Declared]) -> None:
    for each in figures(told):
        parts = [told[key] for key in each.cell.parts if key in told]
        if each.cell.parts:
            known = [part.value for part in parts if part.value is not None]
            assert each.value == (sum(known) if known else None)
            applying = len(each.cell.parts) - sum(part.state is NONE for part in parts)
            assert each.unknown_parts == applying - len(known)


def test_losses_add_up_once() -> None:
    keys = CELLS["loss.thousand_yen"].parts
    assert "facility_loss.thousand_yen" not in keys
    told = {each.key: each for each in figures({key: declared(1) for key in keys})}
    assert told["facility_loss.thousand_yen"].value == 4
    assert told["loss.thousand_yen"].value == 10


@pytest.mark.parametrize(
    ("before", "now", "only_grows", "expected"),
    [
        (3, 3, True, None),
        (None, None, True, None),
        (3, 15, True, Change(3, 12, is_correction=False)),
        (3, 2, True, Change(3, -1, is_correction=True)),
        (300, 20, False, Change(300, -280, is_correction=False)),
        (None, 0, True, Change(None, None, is_correction=False)),
        (3, None, True, Change(3, None, is_correction=False)),
    ],
)
def test_a_change_is_a_correction_where_the_figure_only_grows(
    before: float | None, now: float | None, *, only_grows: bool, expected: Change | None
) -> None:
    assert change(before, now, only_grows=only_grows) == expected


def test_power_comes_back_and_nobody_corrects_it() -> None:
    assert not CELLS["electricity.customers"].only_grows
    assert CELLS["dead.persons"].only_grows


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (figure(0), 0),
        (figure(12.0), 12),
        (figure(None, UNCONFIRMED), "未確認"),
        (figure(None, INVESTIGATING), "調査中"),
        (figure(None, NONE), "該当なし"),
        (figure(3, UNCONFIRMED), "3（未確認）"),
        (added(STRICKEN, [figure(12), figure(None, UNCONFIRMED)]), "12 + 未確認 1"),
    ],
)
def test_a_figure_says_how_sure_it_is(shown: Figure, expected: str | int) -> None:
    assert figure_cell(shown, Language.JA) == expected


@pytest.mark.parametrize(
    ("told", "on_screen", "in_a_cell"),
    [
        (None, "", ""),
        (Change(3, 12, is_correction=False), "+12", 12),
        (Change(3, -1, is_correction=True), "-1（訂正）", "訂正 -1"),
        (Change(None, None, is_correction=False), "前回は不明", "前回は不明"),
        (Change(3, None, is_correction=False), "前回は3", "前回は3"),
    ],
)
def test_a_change_says_what_it_is(
    told: Change | None, on_screen: str, in_a_cell: str | int
) -> None:
    assert change_text(told, Language.JA) == on_screen
    assert change_cell(told, Language.JA) == in_a_cell
