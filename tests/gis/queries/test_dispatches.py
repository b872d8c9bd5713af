"""What happened to a dispatch, step by step, now and as it was known then."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from gis.operations.dispatches import Load, Sending, reserve
from gis.queries.dispatches import steps_of
from gis.store import Workspace
from gis.vocabulary import DispatchStep
from tests.conftest import HEADQUARTERS, NOON, FixedClock
from tests.gis.operations.test_dispatches import OpenShelter
from tests.gis.supplying import WATER, Supplying

pytestmark = pytest.mark.usefixtures("city", "incident_id")

HOUR = timedelta(hours=1)


@pytest.fixture
def dispatch(workspace: Workspace, open_shelter: OpenShelter) -> UUID:
    """What was reserved half an hour ago, and is told now."""
    supplying = Supplying(workspace)
    depot = supplying.depot()
    supplying.count(depot, 10)
    loads = (Load(WATER, 10),)
    sending = Sending(uuid4(), depot, open_shelter(), loads, observed_at=NOON - HOUR / 2)
    with workspace.transaction(HEADQUARTERS) as session:
        return reserve(session, sending).id


def test_steps_are_told_the_latest_first(
    workspace: Workspace, dispatch: UUID, clock: FixedClock
) -> None:
    clock.moment += HOUR
    Supplying(workspace).leave(dispatch, expected_at=NOON + 2 * HOUR)
    with workspace.reading() as session:
        left, reserved = steps_of(session, dispatch)
    assert (reserved.step, reserved.observed_at) == (DispatchStep.RESERVED, NOON - HOUR / 2)
    assert (left.step, left.vehicle, left.team) == (DispatchStep.LEFT, "1号車", "輸送班")
    assert (left.expected_at, left.recorded_by) == (NOON + 2 * HOUR, "本部")


def test_looking_back_tells_the_steps_of_then(
    workspace: Workspace, dispatch: UUID, clock: FixedClock
) -> None:
    clock.moment += HOUR
    Supplying(workspace).leave(dispatch)
    then, quarter = NOON + HOUR / 2, NOON - HOUR / 4
    with workspace.reading() as session:
        assert len(steps_of(session, dispatch, as_of=then)) == 1
        assert steps_of(session, dispatch, as_of=quarter) == []
        assert len(steps_of(session, dispatch, as_of=quarter, known_at=then)) == 1
