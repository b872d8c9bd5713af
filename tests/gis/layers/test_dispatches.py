"""What is on the road, on the map: from where to where, with what, expected when."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from shapely.geometry import shape

from gis.layers import LAYERS, View
from gis.operations.dispatches import Load
from gis.queries.incidents import incident_named
from gis.store import Workspace
from tests.conftest import NOON, FixedClock
from tests.gis.layers.test_layers import CITY
from tests.gis.operations.test_dispatches import OpenShelter
from tests.gis.supplying import WATER, Supplying, send_out

pytestmark = pytest.mark.usefixtures("city")

DEPOT, SHELTER = [139.409, 35.344], [139.3897, 35.3377]
HOUR = timedelta(hours=1)


@pytest.fixture
def supplying(workspace: Workspace) -> Supplying:
    return Supplying(workspace)


def on_the_road(
    workspace: Workspace,
    incident_id: UUID | None,
    at: Any = None,  # noqa: ANN401
) -> list[dict[str, Any]]:
    with workspace.reading() as session:
        incident = incident_named(session, incident_id) if incident_id else None
        view = View(CITY, incident, at or workspace.clock.now(), is_past=at is not None)
        return LAYERS["dispatches"].features(session, view)


def test_a_dispatch_is_a_line_from_where_it_left_to_where_it_goes(
    workspace: Workspace, incident_id: UUID, supplying: Supplying, open_shelter: OpenShelter
) -> None:
    dispatch = send_out(supplying, open_shelter(), expected_at=NOON + HOUR)
    (feature,) = on_the_road(workspace, incident_id)
    told = feature["properties"]
    assert feature["id"] == str(dispatch)
    assert feature["geometry"] == {"type": "LineString", "coordinates": [DEPOT, SHELTER]}
    assert (told["origin"], told["destination"]) == ("中央拠点", "鶴嶺小学校")
    assert (told["vehicle"], told["team"]) == ("1号車", "輸送班")
    assert told["loads"] == [{"item": WATER, "quantity": 30}]
    assert (told["left_at"], told["expected_at"]) == (NOON.isoformat(), (NOON + HOUR).isoformat())
    middle = shape(feature["geometry"]).interpolate(0.5, normalized=True)
    assert told["label"] == pytest.approx([middle.x, middle.y])


def test_what_is_reserved_received_or_of_no_open_incident_is_not_drawn(
    workspace: Workspace, incident_id: UUID, supplying: Supplying, open_shelter: OpenShelter
) -> None:
    shelter = open_shelter()
    dispatch = send_out(supplying, shelter)
    depot = supplying.sent()[0].from_place_id
    supplying.reserve(depot, shelter, Load(WATER, 5))
    assert len(on_the_road(workspace, incident_id)) == 1
    supplying.arrive(dispatch, {WATER: 30})
    assert on_the_road(workspace, incident_id) == []
    assert on_the_road(workspace, None) == []


def test_where_an_end_has_no_place_there_is_no_line(
    workspace: Workspace, incident_id: UUID, supplying: Supplying, open_shelter: OpenShelter
) -> None:
    depot = supplying.depot("どこか")
    supplying.tell("receive", depot, 9)
    supplying.leave(supplying.reserve(depot, open_shelter(), Load(WATER, 9)))
    (feature,) = on_the_road(workspace, incident_id)
    assert (feature["geometry"], feature["properties"]["label"]) == (None, None)


def test_vehicles_of_one_way_have_their_signs_apart(
    workspace: Workspace, incident_id: UUID, supplying: Supplying, open_shelter: OpenShelter
) -> None:
    shelter = open_shelter()
    send_out(supplying, shelter, expected_at=NOON + HOUR)
    depot = supplying.sent()[0].from_place_id
    back = supplying.depot("帰り", location=(139.4, 35.34))
    for origin, destination in ((depot, shelter), (shelter, depot), (depot, back)):
        supplying.tell("receive", origin, 9)
        supplying.leave(supplying.reserve(origin, destination, Load(WATER, 1)))
    signs = [tuple(one["properties"]["label"]) for one in on_the_road(workspace, incident_id)]
    assert len({*signs}) == 4
    # What is expected lies over what nobody knows of.
    assert on_the_road(workspace, incident_id)[-1]["properties"]["expected_at"]


def test_looking_back_shows_what_was_on_the_road_then(
    workspace: Workspace,
    incident_id: UUID,
    supplying: Supplying,
    open_shelter: OpenShelter,
    clock: FixedClock,
) -> None:
    shelter = open_shelter()
    clock.moment += HOUR
    dispatch = send_out(supplying, shelter)
    clock.moment += HOUR
    supplying.arrive(dispatch, {WATER: 30})
    half = timedelta(minutes=30)
    seen = [on_the_road(workspace, incident_id, NOON + hours * half) for hours in (1, 3, 4)]
    assert [len(features) for features in seen] == [0, 1, 0]
