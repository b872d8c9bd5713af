import pytest

from gis.queries.access import shelters_like, shelters_meant
from gis.store import Workspace
from tests.conftest import MakeShelter
from tests.gis.conftest import as_owner

CITY = "142077"
COMMON_ID = "E1420700001201"


def meant(workspace: Workspace, words: str, city: str = CITY) -> list[str]:
    with workspace.reading() as session:
        return [shelter.name for shelter in shelters_meant(session, city, words)]


@pytest.fixture
def schools(make_shelter: MakeShelter, owner_url: str) -> None:
    make_shelter("鶴が台小学校")
    designated = make_shelter("鶴嶺小学校")
    retired = make_shelter("鶴嶺小学校")
    with as_owner(owner_url) as connection:
        connection.execute(
            "INSERT INTO designation (shelter_id, kind, common_id) VALUES"
            " (%s, 'designated_shelter', %s)",
            (designated, COMMON_ID),
        )
        connection.execute("UPDATE shelter SET retired_at = now() WHERE id = %s", (retired,))


@pytest.mark.usefixtures("schools")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("鶴嶺小学校", ["鶴嶺小学校"]),
        (COMMON_ID, ["鶴嶺小学校"]),
        ("鶴ヶ台 小学校", ["鶴が台小学校"]),
        ("鶴", []),
        ("", []),
        ("・", []),
    ],
)
def test_a_shelter_is_meant_by_its_whole_name_or_its_id(
    words: str, found: list[str], workspace: Workspace
) -> None:
    assert meant(workspace, words) == found


@pytest.mark.usefixtures("schools")
def test_another_city_s_shelter_is_not_meant(workspace: Workspace) -> None:
    assert meant(workspace, "鶴嶺小学校", "011002") == []


def test_namesakes_are_both_meant(workspace: Workspace, make_shelter: MakeShelter) -> None:
    make_shelter("中央公園")
    make_shelter("中央公園")
    assert meant(workspace, "中央公園") == ["中央公園", "中央公園"]


@pytest.mark.usefixtures("schools")
def test_part_of_a_name_finds_those_that_have_it(workspace: Workspace) -> None:
    with workspace.reading() as session:
        assert {found.name for found in shelters_like(session, CITY, "鶴")} == {
            "鶴が台小学校",
            "鶴嶺小学校",
        }
        assert shelters_like(session, CITY, "") == []
