"""Words on a printed map: none over another, none cut off, and what found no room is counted."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from gis.map_sheet.labels import Area, Label, around, arrange, beside, letters, wrapped

WIDTH, HEIGHT = 120.0, 80.0
places = st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT))


def named(x: float, y: float, text: str = "鶴嶺小学校") -> Label:
    return Label("shelter", (text,), x, y, 2.3, beside(3), mark=(x, y, 3))


@given(st.lists(places, max_size=40))
def test_no_words_lie_over_others_nor_over_a_mark_nor_off_the_sheet(
    found: list[tuple[float, float]],
) -> None:
    marks = [Area.around(x, y, 3, 3) for x, y in found]
    placed, left_out = arrange([named(x, y) for x, y in found], marks, WIDTH, HEIGHT)
    areas = [label.area() for label in placed]
    assert len(placed) + left_out == len(found)
    assert not any(one.overlaps(other) for one, other in combinations(areas, 2))
    assert not any(one.overlaps(mark) for one in areas for mark in marks)
    assert all(area.is_within(WIDTH, HEIGHT) for area in areas)


def test_what_comes_first_chooses_first() -> None:
    middle = WIDTH / 2, HEIGHT / 2
    taken = [Area.around(*middle, 3, 3)]
    placed, _ = arrange([named(*middle, "一"), named(*middle, "二")], taken, WIDTH, HEIGHT)
    assert placed[0].x > middle[0] > placed[1].x


def test_what_is_needed_stands_even_where_there_is_no_room() -> None:
    full = [Area(0, 0, WIDTH, HEIGHT)]
    label = Label("order", ("避難指示",), 0, 0, 3, beside(0), is_needed=True)
    placed, left_out = arrange([label], full, WIDTH, HEIGHT)
    assert left_out == 0
    assert placed[0].area().is_within(WIDTH, HEIGHT)


def test_a_line_leads_from_a_mark_to_words_that_stand_away_from_it() -> None:
    x, y = WIDTH / 2, HEIGHT / 2
    crowd = [Area.around(x, y, 12, 12)]
    label = Label("shelter", ("鶴嶺小学校",), x, y, 2.3, around(3, 20, 3), mark=(x, y, 3))
    (near,), _ = arrange([label], [Area.around(x, y, 3, 3)], WIDTH, HEIGHT)
    (away,), _ = arrange([label], crowd, WIDTH, HEIGHT)
    assert near.leader is None
    assert away.leader is not None


def test_no_line_leads_across_another_mark() -> None:
    x, y = WIDTH / 2, HEIGHT / 2
    other = Area.around(x + 9, y, 3, 3)
    label = Label("shelter", ("鶴嶺",), x, y, 2.3, lambda *_: [(24, 0), (0, 20)], mark=(x, y, 3))
    (placed,), _ = arrange([label], [Area.around(x, y, 3, 3), other], WIDTH, HEIGHT)
    assert placed.y > y


@given(st.text(max_size=80))
def test_a_text_is_wrapped_without_losing_a_letter(text: str) -> None:
    lines = wrapped(text, 11, 99)
    assert all(letters(line) <= 11 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_long_text_is_cut() -> None:
    lines = wrapped("あ" * 100, 11, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")


def test_a_name_is_broken_in_the_middle_and_not_before_its_last_letter() -> None:
    assert wrapped("神奈川県立茅ヶ崎支援学校", 11, 2) == ("神奈川県立茅", "ヶ崎支援学校")
