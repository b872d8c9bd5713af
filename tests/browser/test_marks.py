"""What a shelter looks like, and what its card says, drawn by the code that draws the map."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dashboard.assets import own
from dashboard.maps.words import map_words
from gis.clock import SystemClock
from gis.text import Language
from gis.vocabulary import ShelterState
from scripts.visual_samples import samples_page

Draw = Callable[..., str]
Describe = Callable[..., list[str]]
WORDS: dict[str, Any] = map_words(Language.EN)
OPEN = {
    "name": "鶴嶺小学校",
    "state": "open",
    "crowding": "vacant",
    "share": 0.25,
    "percent": 25,
    "persons": 30,
    "capacity": 120,
    "capacity_is_fictitious": False,
    "self_organised": False,
    "designations": ["designated_shelter"],
    "observed_at": None,
    "stale_at": None,
}
HOLDING = [state for state in ShelterState if state.holds_people]
OTHERS = [state for state in ShelterState if not state.holds_people]


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    with samples_page(chromium) as page:
        yield page


@pytest.fixture
def draw(page: Page) -> Draw:
    """Draw a shelter and return its mark as markup."""

    def mark(*, old: bool = False, **looks: object) -> str:
        drawn: str = page.evaluate(
            "async ([shelter, isOld]) =>"
            f" (await import('{own('marks.js')}')).shelterMark(shelter, isOld).outerHTML",
            [OPEN | looks, old],
        )
        return drawn

    return mark


@pytest.fixture
def describe(page: Page) -> Describe:
    """Return the lines of a shelter's card."""

    def lines(**looks: object) -> list[str]:
        told: list[str | bool] = page.evaluate(
            "async ([shelter, words]) =>"
            f" (await import('{own('shelters.js')}')).describe(shelter, words).lines",
            [OPEN | looks, WORDS],
        )
        return [line for line in told if isinstance(line, str)]

    return lines


def test_what_was_reserved_in_a_depot_of_the_past_is_unknown_and_not_none(page: Page) -> None:
    line = {"item": "blanket", "quantity": 40, "is_counted": True}
    depot = {"name": "中央拠点", "closed_at": None, "kinds": 1, "told_at": None}

    def said(reserved: int | None, kinds: int | None) -> list[str | bool]:
        stock = [line | {"reserved": reserved}]
        lines: list[str | bool] = page.evaluate(
            "async ([depot, words]) =>"
            f" (await import('{own('depots.js')}')).describeDepot(depot, words).lines",
            [depot | {"reserved_kinds": kinds, "stock": stock}, WORDS],
        )
        return lines

    assert WORDS["reserved_unknown"] in said(None, None)
    assert WORDS["reserved_unknown"] not in said(0, 0)
    assert "Blankets 40 pieces (of it reserved: 5)" in said(5, 1)


def test_no_two_states_look_alike_but_open_and_permanent(draw: Draw) -> None:
    marks = {state: draw(state=state.value) for state in ShelterState}
    alike = {pair for pair in combinations(ShelterState, 2) if marks[pair[0]] == marks[pair[1]]}
    assert alike == {(ShelterState.OPEN, ShelterState.PERMANENT)}


@pytest.mark.parametrize("state", HOLDING)
def test_an_old_figure_has_a_dashed_ring_where_people_are_counted(
    draw: Draw, state: ShelterState
) -> None:
    assert "hq-old" in draw(state=state.value, old=True)
    assert "hq-old" not in draw(state=state.value)


@pytest.mark.parametrize("state", OTHERS)
def test_a_place_without_people_has_no_old_figure(draw: Draw, state: ShelterState) -> None:
    assert draw(state=state.value, old=True) == draw(state=state.value)


@pytest.mark.parametrize("state", HOLDING)
def test_what_is_not_counted_is_hatched_and_never_an_empty_ring(
    draw: Draw, state: ShelterState
) -> None:
    mark = draw(state=state.value, crowding="unknown", share=None)
    assert "hq-hatch" in mark
    assert "hq-track" not in mark


def test_a_state_that_nobody_knows_is_hatched_like_a_count_that_nobody_knows(draw: Draw) -> None:
    mark = draw(state="unknown", crowding=None, share=None)
    assert "hq-hatch" in mark
    assert mark != draw(crowding="unknown", share=None)


@pytest.mark.parametrize("state", HOLDING)
def test_the_card_of_an_open_shelter_says_its_state_and_its_people(
    describe: Describe, state: ShelterState
) -> None:
    first, persons, *_ = describe(state=state.value)
    assert first == f"{state.label} · Has room"
    assert persons.startswith("Persons: 30 / capacity: 120")


@pytest.mark.parametrize("state", OTHERS)
def test_the_card_of_any_other_says_its_state_alone(
    describe: Describe, state: ShelterState
) -> None:
    assert describe(state=state.value, crowding=None, persons=None) == [state.label]


def test_a_missing_figure_is_not_reported_and_no_old_figure(describe: Describe) -> None:
    an_hour_ago = (SystemClock().now() - timedelta(hours=1)).isoformat()
    told = describe(persons=None, crowding="unknown", share=None, stale_at=an_hour_ago)
    assert told[-1] == WORDS["not_reported"]
    assert WORDS["old"] in describe(observed_at=an_hour_ago, stale_at=an_hour_ago)[-1]


def test_the_legend_explains_every_state_that_has_a_mark_of_its_own(page: Page) -> None:
    labels = page.evaluate(
        f"async (words) => (await import('{own('legend.js')}')).shelterEntries(words)"
        ".map(([, label]) => label)",
        WORDS,
    )
    assert {state.label for state in OTHERS} <= set(labels)
    assert {*WORDS["crowding"].values(), WORDS["old"]} <= set(labels)


@pytest.mark.parametrize(
    ("mark", "offset"),
    [
        (None, (0, 0)),
        # A mark on the middle of the name: the nearest place is above or below, or beside it.
        ((200, 200), None),
        # At the lower edge of the map the name goes up.
        ((200, 390), None),
    ],
)
def test_the_name_of_an_order_stands_where_no_mark_hides_it(
    page: Page, mark: tuple[int, int] | None, offset: tuple[int, int] | None
) -> None:
    at = mark or (200, 200)
    half, size, reach = {"x": 50, "y": 12}, {"x": 400, "y": 400}, 18
    boxes = [
        {"left": x - reach, "right": x + reach, "top": y - reach, "bottom": y + reach}
        for x, y in ([mark] if mark else [])
    ]
    found = page.evaluate(
        "async ([point, half, taken, size]) =>"
        f" (await import('{own('names.js')}')).clearOffset(point, half, taken, size)",
        [{"x": at[0], "y": at[1]}, half, boxes, size],
    )
    x, y = at[0] + found["x"], at[1] + found["y"]
    assert offset in {None, (found["x"], found["y"])}
    assert half["x"] <= x <= size["x"] - half["x"]
    assert half["y"] <= y <= size["y"] - half["y"]
    for box in boxes:
        beside = x + half["x"] <= box["left"] or x - half["x"] >= box["right"]
        assert beside or y + half["y"] <= box["top"] or y - half["y"] >= box["bottom"]


def test_tags_of_what_runs_out_differ_in_more_than_colour(page: Page) -> None:
    looks = page.evaluate(
        f"""async () => {{
            const {{ SHORTAGE_STEPS, shortageMark }} = await import('{own("marks.js")}');
            return SHORTAGE_STEPS.map((step) => {{
                const mark = shortageMark(step, "5h");
                document.body.append(mark);
                const [, tag, glass, text] = [...mark.children].map((one) => getComputedStyle(one));
                const look = [tag.strokeWidth, glass.fill, text.fontWeight];
                mark.remove();
                return look;
            }});
        }}"""
    )
    assert len({tuple(look) for look in looks}) == len(looks) == 3


def test_the_card_of_what_runs_out_says_until_when_each_item_lasts(page: Page) -> None:
    item = {"item": "drinking_water", "hours": 5, "bound": "at_least"}
    item["runs_out_at"] = "2026-09-01T17:00:00+09:00"
    gone = item | {"item": "food", "hours": 0, "bound": "exact"}
    shortage = gone | {"name": "鶴嶺小学校", "further": [item], "kinds": 4}
    told = page.evaluate(
        "async ([shortage, words]) =>"
        f" (await import('{own('shortages.js')}')).describeShortage(shortage, words)",
        [shortage, WORDS],
    )
    assert told["title"] == "鶴嶺小学校"
    assert [line for line in told["lines"] if line] == [
        "Food: none left",
        "Drinking water: lasts until 09-01 17:00 or longer",
        "And other kinds of items: 2",
    ]
