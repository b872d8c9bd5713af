"""What stands beside the map about an area that was drawn."""

from collections.abc import Callable
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.workspaces import Desk
from gis.vocabulary import Role
from tests.dashboard.conftest import SignIn
from tests.dashboard.test_place_here import record
from tests.gis.importers.hazards.making import square
from tests.gis.zoning import take_in

AREA = ((139.37, 35.30), (139.42, 35.30), (139.42, 35.36), (139.37, 35.36))
BOW_TIE = (AREA[0], AREA[2], AREA[1], AREA[3])
OpenShelter = Callable[..., UUID]

pytestmark = pytest.mark.usefixtures("incident_id")


def beside_the_map() -> None:
    """Draw what stands beside the map."""
    import streamlit as st  # noqa: PLC0415 - runs by itself

    from dashboard.components.area_here import area_here  # noqa: PLC0415

    area_here(st.session_state["area"])


def page(area: tuple[tuple[float, float], ...] = AREA) -> AppTest:
    app = AppTest.from_function(beside_the_map, default_timeout=60)
    app.session_state["area"] = area
    app.run()
    assert not app.exception
    return app


def said(area: tuple[tuple[float, float], ...] = AREA) -> str:
    return "\n".join(part.proto.body for part in page(area).get("html"))


def test_it_tells_the_shelters_inside_with_their_free_places(
    empty_desk: Desk, sign_in: SignIn, open_shelter: OpenShelter
) -> None:
    record(empty_desk, open_shelter("<b>鶴嶺</b>小学校"), 40)
    open_shelter("人数不明")
    take_in(empty_desk.workspace, (square(), "3m以上5m未満"))
    sign_in(Role.VIEWER)
    shown = said()
    assert "&lt;b&gt;鶴嶺&lt;/b&gt;小学校" in shown
    assert "<b>80</b>" in shown
    assert "<th>Free places</th><td>80 + unknown at 1</td>" in shown
    assert "Unknown: no town has its point there" in shown
    assert "Tsunami 3 to 5 m" in shown


def test_an_area_that_crosses_itself_is_answered_with_the_reason(
    empty_desk: Desk, sign_in: SignIn
) -> None:
    assert empty_desk.city.code == "142077"
    sign_in(Role.VIEWER)
    (error,) = page(BOW_TIE).error
    assert "cross each other" in error.value
