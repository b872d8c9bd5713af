"""The pages that can look back: what they show of a past moment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.workspaces import Desk
from gis.clock import jst
from gis.models.occupancy import DOUBTS
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.store import Workspace
from gis.vocabulary import Role
from tests.conftest import HEADQUARTERS, FixedClock
from tests.dashboard.conftest import MAIN, SignIn

OpenShelter = Callable[..., UUID]
HOUR = timedelta(hours=1)


def count(workspace: Workspace, shelter_id: UUID, persons: int) -> None:
    reading = Reading(uuid4(), shelter_id, Counts(persons=persons), confirmed=frozenset(DOUBTS))
    with workspace.transaction(HEADQUARTERS) as session:
        record_occupancy(session, reading)


@pytest.fixture
def moment(
    empty_desk: Desk, workspace: Workspace, clock: FixedClock, open_shelter: OpenShelter
) -> datetime:
    """A moment at which 80 were counted; now there are 95."""
    del empty_desk
    now = clock.moment
    clock.moment = now - 5 * HOUR
    shelter_id = open_shelter(capacity=100)
    count(workspace, shelter_id, 80)
    clock.moment = now
    count(workspace, shelter_id, 95)
    return now - 4 * HOUR


def look(page: str, at: str, known: str = "then") -> AppTest:
    """Open a page by a link that names a moment."""
    app = AppTest.from_file(MAIN, default_timeout=60)
    app.query_params["at"] = at
    app.query_params["known"] = known
    app = app.run()
    return app if page == "situation_map" else app.switch_page(f"app_pages/{page}.py").run()


def shown(app: AppTest) -> str:
    return "\n".join(part.proto.body for part in app.get("html"))


def test_the_figures_of_the_map_page_are_those_of_the_moment(
    moment: datetime, sign_in: SignIn
) -> None:
    sign_in(Role.OPERATOR)
    app = look("situation_map", jst(moment).isoformat())
    assert not app.exception
    assert ">80<" in shown(app)
    assert ">95<" not in shown(app)
    assert "1 h 00 min ago" in shown(app)


@pytest.mark.parametrize(
    "at", ["2999-01-01T00:00:00+09:00", "2026-09-01T12:00:00", "yesterday", ""]
)
def test_a_moment_that_makes_no_sense_is_told_and_now_is_shown(
    moment: datetime, sign_in: SignIn, at: str
) -> None:
    del moment
    sign_in(Role.OPERATOR)
    app = look("situation_map", at)
    assert len(app.warning) == 1
    assert ">95<" in shown(app)


def test_before_the_incident_nothing_was_open(moment: datetime, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = look("situation_map", (moment - 48 * HOUR).isoformat())
    assert "No shelter was open at that moment." in shown(app)
    assert not app.exception


def test_without_an_incident_there_is_nothing_to_look_back_at(
    empty_desk: Desk, sign_in: SignIn
) -> None:
    sign_in(Role.OPERATOR)
    app = look("situation_map", (empty_desk.workspace.clock.now() - HOUR).isoformat())
    assert not app.exception
    assert not app.warning
    assert "No incident is open." in app.info[0].value
