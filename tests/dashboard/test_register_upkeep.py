"""The page “Register upkeep” below the browser: every step on a real store, and its way back."""

from uuid import UUID

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from dashboard.components.unplaced import near
from dashboard.workspaces import Desk
from gis.exporters import LISTS
from gis.geometry.place import Place
from gis.queries.inventories import ShelterName
from gis.queries.places import TownPoint
from gis.vocabulary import Role
from tests.conftest import HEADQUARTERS, MakeShelter
from tests.dashboard.conftest import MAIN, SignIn
from tests.dashboard.test_pages import ask, markup

JOINED = "SELECT count(joined_to_id) FROM shelter"


@pytest.fixture
def app(empty_desk: Desk, sign_in: SignIn) -> AppTest:
    """The page of headquarters, in English."""
    assert empty_desk
    sign_in(Role.OPERATOR)
    return AppTest.from_file(MAIN, default_timeout=60)


def look(app: AppTest, part: str, *chosen: UUID) -> AppTest:
    """Open the page on one part, perhaps with rows of its list chosen."""
    app.run()
    app.session_state["register-part"] = part
    if chosen:
        app.session_state[f"register-{part}-chosen"] = list(chosen)
    app.switch_page("app_pages/register.py").run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    (button,) = (button for button in app.button if button.label == label)
    assert not button.disabled
    button.click().run()
    assert not app.exception
    return app


def designate(desk: Desk, shelter_id: UUID, kind: str, common_id: str) -> None:
    with desk.transaction(HEADQUARTERS) as store:
        store.execute(
            text(
                "INSERT INTO designation (shelter_id, kind, common_id) VALUES (:id, :kind, :common)"
            ),
            {"id": shelter_id, "kind": kind, "common": common_id},
        )


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("unplaced", "Every shelter of the register has its place on the map."),
        ("joinable", "No two shelters of the register look like one."),
        ("joined", "No shelters have been joined."),
        ("retired", "No shelter has been taken off the register."),
        (
            "export",
            "The register is empty. Import a list on the page “Inventories” first.",
        ),
    ],
)
def test_a_part_with_nothing_in_it_says_so(app: AppTest, part: str, said: str) -> None:
    look(app, part)
    assert [info.value for info in app.info] == [said]


def test_a_shelter_without_a_place_waits_for_a_tap_on_the_map(
    app: AppTest, make_shelter: MakeShelter
) -> None:
    shelter_id = make_shelter("高田集会所", lon=None, lat=None)
    look(app, "unplaced", shelter_id)
    (button,) = (button for button in app.button if button.label == "Tap the place on the map")
    assert button.disabled
    assert "高田集会所" in markup(app)


def test_the_map_opens_near_the_town_that_the_address_names() -> None:
    towns = [
        TownPoint("1", "高田", 1, 139.40, 35.34),
        TownPoint("2", "高田一丁目", 1, 139.41, 35.35),
    ]
    shelter = ShelterName(UUID(int=0), "集会所", "茅ヶ崎市高田一丁目2", None, None, 1)
    assert near(shelter, towns) == Place(139.41, 35.35)
    assert near(shelter, []) is None


def test_two_that_are_one_are_joined_and_separated_again(
    app: AppTest, empty_desk: Desk, make_shelter: MakeShelter
) -> None:
    site, shelter = make_shelter("総合体育館"), make_shelter("総合体育館")
    designate(empty_desk, site, "emergency_site", "E1420700012201")
    designate(empty_desk, shelter, "designated_shelter", "E1420700063111")
    press(look(app, "joinable"), "They are one: join them")
    assert ask(empty_desk, JOINED) == 1
    press(look(app, "joined", site), "Separate 1 again")
    assert ask(empty_desk, JOINED) == 0
    assert [message.value for message in app.toast] == ["They are two shelters again."]


def test_a_shelter_off_the_register_is_brought_back(
    app: AppTest, empty_desk: Desk, make_shelter: MakeShelter
) -> None:
    shelter_id = make_shelter("旧公会堂")
    with empty_desk.transaction(HEADQUARTERS) as store:
        store.execute(text("UPDATE shelter SET retired_at = hq_now()"))
    press(look(app, "retired", shelter_id), "Bring 1 back onto the register")
    assert ask(empty_desk, "SELECT count(retired_at) FROM shelter") == 0


@pytest.mark.parametrize("code", LISTS)
def test_the_register_is_handed_out_as_every_list(
    app: AppTest, empty_desk: Desk, make_shelter: MakeShelter, code: str
) -> None:
    shelter_id = make_shelter()
    designate(empty_desk, shelter_id, "emergency_site", "E1420700012201")
    look(app, "export")
    app.selectbox("export-list").set_value(code).run()
    assert not app.exception
    (button,) = app.download_button
    assert button.label.endswith(".csv")
    app.segmented_control("export-encoding").set_value("xlsx").run()
    assert app.download_button[0].label.endswith(".xlsx")
    said = {warning.value for warning in app.warning}
    assert said or "The list says all that the register knows of these shelters." in {
        caption.value for caption in app.caption
    }
