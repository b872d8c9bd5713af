import re
from uuid import UUID

import pytest

from dashboard.maps.situation import Answer, Selection, answer_of, situation_map
from gis.config import city_profile
from gis.geometry.place import Place
from gis.text import Language

SHELTER = "0b6e8e4a-5a5c-4d5e-9a53-0c5f6f0a7a11"
OUTSIDE = re.compile(r"(?:https?:)?//[a-z0-9]", re.IGNORECASE)


def page(language: Language = Language.EN) -> str:
    return str(situation_map(city_profile("142077"), language).get_root().render())


def test_the_map_loads_nothing_from_outside() -> None:
    assert not OUTSIDE.search(page())


def test_the_map_loads_no_library_that_it_does_not_use() -> None:
    html = page()
    for name in ("jquery", "bootstrap", "awesome"):
        assert name not in html.lower()


def test_the_map_is_the_same_each_time_but_for_folium_s_own_names() -> None:
    standard = [re.sub(r"_[a-z0-9]+", "", page()) for _ in range(2)]
    assert standard[0] == standard[1]


def test_a_word_cannot_end_the_script() -> None:
    scripts = page(Language.JA).split("<script>")[1:]
    assert all(script.count("</script>") == 1 for script in scripts)


def test_a_click_selects() -> None:
    returned = {"selected": {"layer": "shelters", "id": SHELTER}}
    assert answer_of(returned) == Answer(Selection("shelters", UUID(SHELTER)))


@pytest.mark.parametrize(
    "returned",
    [
        None,
        {},
        {"selected": None},
        {"selected": {"layer": "towns", "id": SHELTER}},
        {"selected": {"layer": "shelters", "id": "1 or 1=1"}},
        {"selected": {"layer": "shelters"}},
        {"selected": None, "tapped": {"lon": "139", "lat": 35}},
        {"selected": None, "tapped": {"lon": 139, "lat": 135}},
        {"selected": None, "tapped": {"lon": float("inf"), "lat": 35}},
        {"selected": None, "tapped": {"lon": 139, "lat": float("nan")}},
        {"selected": None, "area": [[139.4, 35.3], [139.5, 35.3]]},
        {"selected": None, "area": [[139.4, 35.3], [139.5, 35.3], ["139", 35.4]]},
        {"selected": None, "area": [[139.4, 35.3], [139.5, 35.3], [float("nan"), 35.4]]},
        {"selected": None, "area": "everywhere"},
    ],
)
def test_anything_else_selects_nothing(returned: object) -> None:
    assert answer_of(returned) == Answer()


def test_a_tap_beside_everything_tells_where_it_was() -> None:
    returned = {"selected": None, "tapped": {"lon": 139.4, "lat": 35.3}}
    assert answer_of(returned) == Answer(tapped=Place(139.4, 35.3))


def test_an_area_that_is_asked_about_stays_whatever_is_selected() -> None:
    corners = [[139.4, 35.3], [139.5, 35.3], [139.5, 35.4]]
    returned = {"selected": {"layer": "shelters", "id": SHELTER}, "area": corners}
    expected = ((139.4, 35.3), (139.5, 35.3), (139.5, 35.4))
    assert answer_of(returned) == Answer(Selection("shelters", UUID(SHELTER)), area=expected)
