import re

import pytest

from dashboard.maps.changes import change_map
from dashboard.maps.picker import picked_of, picker_map
from gis.config import city_profile
from gis.geometry.place import Place
from gis.operations.inventories import Change, Counts, ImportPlan, Listed
from gis.text import Language

CITY = city_profile("142077")
OUTSIDE = re.compile(r"(?:https?:)?//[a-z0-9]", re.IGNORECASE)
NEW = Listed("新しい公園", "芹沢1", 139.42, 35.37, 2)
GONE = Listed("</script><b>旧公会堂</b>", None, None, None)
PLAN = ImportPlan(
    Counts(added=1, changed=1, unchanged=0, retired=0),
    (NEW,),
    (Change(Listed("鶴嶺小学校", None, 139.39, 35.34, 3), {"phone": (None, "1")}, ()),),
    (GONE,),
    1,
    (),
    0,
)


def changes() -> str:
    return str(change_map(CITY, PLAN, Language.EN).get_root().render())


def test_the_maps_of_the_register_load_nothing_from_outside() -> None:
    assert not OUTSIDE.search(changes())
    assert not OUTSIDE.search(str(picker_map(CITY, None, Language.EN).get_root().render()))


def test_the_map_shows_each_kind_of_change() -> None:
    assert re.findall(r'"kind": "([a-z]+)"', changes()) == ["missing", "changed", "added"]


def test_a_name_cannot_end_the_script() -> None:
    scripts = changes().split("<script>")[1:]
    assert all(script.count("</script>") == 1 for script in scripts)


def test_a_tap_is_a_place() -> None:
    assert picked_of({"picked": {"lon": 139.39, "lat": 35.34}}) == Place(139.39, 35.34)


@pytest.mark.parametrize(
    "returned", [None, {}, {"picked": None}, {"picked": {"lon": "1 or 1=1", "lat": 35.3}}]
)
def test_anything_else_is_no_place(returned: object) -> None:
    assert picked_of(returned) is None
