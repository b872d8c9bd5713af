"""What stands beside the map about a place that was tapped."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.place_here import distance_text
from dashboard.workspaces import Desk
from gis.config import city_profile
from gis.geometry.place import Place
from gis.operations.city import load_city
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.past import PastMoment
from gis.store import SYSTEM
from gis.vocabulary import Role
from tests.conftest import HEADQUARTERS
from tests.dashboard.conftest import SignIn
from tests.gis.importers.hazards.making import square
from tests.gis.zoning import take_in

TAPPED = Place(139.3897, 35.3377)
AT_SEA = Place(139.405, 35.315)
MINUTE = timedelta(minutes=1)
OpenShelter = Callable[..., UUID]

pytestmark = pytest.mark.usefixtures("incident_id")


def beside_the_map() -> None:
    """Draw what stands beside the map."""
    import streamlit as st  # noqa: PLC0415 - runs by itself

    from dashboard.components.place_here import place_here  # noqa: PLC0415

    place_here(st.session_state["tapped"], st.session_state.get("past"))


def said(place: Place = TAPPED, past: PastMoment | None = None) -> str:
    """Return the markup of the page."""
    app = AppTest.from_function(beside_the_map, default_timeout=60)
    app.session_state["tapped"] = place
    app.session_state["past"] = past
    app.run()
    assert not app.exception
    return "\n".join(part.proto.body for part in app.get("html"))


def record(desk: Desk, shelter_id: UUID, persons: int) -> None:
    with desk.workspace.transaction(HEADQUARTERS) as session:
        record_occupancy(session, Reading(uuid4(), shelter_id, Counts(persons=persons)))


@pytest.fixture
def city(empty_desk: Desk) -> None:
    with empty_desk.workspace.transaction(SYSTEM) as session:
        load_city(session, city_profile("142077"))


@pytest.mark.parametrize(
    ("metres", "text"),
    [(0, "0 m"), (431.6, "432 m"), (999.7, "1.0 km"), (1240, "1.2 km"), (12_345, "12.3 km")],
)
def test_a_distance_is_told_in_metres_and_from_a_kilometre_on_in_kilometres(
    metres: float, text: str
) -> None:
    assert distance_text(metres) == text


@pytest.mark.usefixtures("city")
def test_a_tap_tells_the_town_the_people_and_the_shelters_near_it(
    empty_desk: Desk, sign_in: SignIn, open_shelter: OpenShelter
) -> None:
    record(empty_desk, open_shelter("<b>鶴嶺</b>小学校"), 40)
    sign_in(Role.VIEWER)
    page = said()
    assert "About " in page
    assert "35.33770, 139.38970" in page
    assert "Population within 500 m" in page
    assert "&lt;b&gt;鶴嶺&lt;/b&gt;小学校" in page
    assert "0 m" in page
    assert "<b>80</b>" in page
    assert "hq-chip-slightly_crowded" in page


@pytest.mark.usefixtures("city")
def test_far_from_every_town_point_the_population_is_unknown(sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    assert "Unknown: no town has its point there" in said(Place(139.4225, 35.28))


def test_a_store_without_towns_says_so_and_that_no_shelter_is_open(
    empty_desk: Desk, sign_in: SignIn
) -> None:
    sign_in(Role.VIEWER)
    page = said()
    assert empty_desk.city.code == "142077"
    assert "Town unknown" in page
    assert "No shelter is open." in page


def test_a_full_shelter_is_left_out_and_that_is_said(
    empty_desk: Desk, sign_in: SignIn, open_shelter: OpenShelter
) -> None:
    record(empty_desk, open_shelter("満員小学校"), 120)
    sign_in(Role.VIEWER)
    page = said()
    assert "満員小学校" not in page
    assert "Every open shelter is full." in page
    assert "Left out, for they are full: 1" in page


def test_an_unknown_capacity_is_unknown_free_places_and_not_0(
    empty_desk: Desk, sign_in: SignIn, open_shelter: OpenShelter
) -> None:
    record(empty_desk, open_shelter("定員不明", capacity=None), 40)
    sign_in(Role.VIEWER)
    page = said()
    assert "<b>Unknown</b>" in page
    assert "hq-chip-unknown" in page


def test_looking_back_tells_no_shelter_that_was_opened_later(
    empty_desk: Desk, sign_in: SignIn, open_shelter: OpenShelter
) -> None:
    open_shelter()
    sign_in(Role.VIEWER)
    past = PastMoment(empty_desk.workspace.clock.now() - MINUTE)
    assert "鶴嶺小学校" in said()
    assert "No shelter is open." in said(past=past)


def test_it_names_the_hazard_zones_in_which_the_place_lies(
    empty_desk: Desk, sign_in: SignIn
) -> None:
    take_in(empty_desk.workspace, (square(), "3m以上5m未満"))
    sign_in(Role.VIEWER)
    assert "<th>Hazard zones</th><td>Tsunami 3 to 5 m (津波浸水想定)</td>" in said(AT_SEA)
    assert "<th>Hazard zones</th><td>None of those registered</td>" in said()
