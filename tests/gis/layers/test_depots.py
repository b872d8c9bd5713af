"""Depots on the map: where they are, what lies there now or lay there then."""

from datetime import timedelta
from typing import Any

import pytest

from gis.layers import LAYERS, View
from gis.operations.dispatches import Load
from gis.store import Workspace
from tests.conftest import NOON, FixedClock, MakeShelter
from tests.gis.layers.test_layers import CITY
from tests.gis.operations.test_dispatches import OpenShelter
from tests.gis.supplying import BLANKET, WATER, Supplying

pytestmark = pytest.mark.usefixtures("city")

HERE = (139.409, 35.344)
KINDS = ("food", "portable_toilet", "diaper_child", "toilet_paper")


def depots(workspace: Workspace, at: Any = None) -> list[dict[str, Any]]:  # noqa: ANN401
    with workspace.reading() as session:
        view = View(CITY, None, at or NOON, is_past=at is not None)
        return LAYERS["depots"].features(session, view)


@pytest.fixture
def supplying(workspace: Workspace) -> Supplying:
    return Supplying(workspace)


def test_a_depot_says_what_it_is_and_where(workspace: Workspace, supplying: Supplying) -> None:
    said: dict[str, Any] = {"address": "円蔵1-1", "phone": "0467-00-0000", "is_fictitious": True}
    depot = supplying.depot("中央拠点", location=HERE, **said)
    (feature,) = depots(workspace)
    told = feature["properties"]
    assert (feature["id"], feature["geometry"]["coordinates"]) == (str(depot), [*HERE])
    assert (told["name"], told["closed_at"]) == ("中央拠点", None)
    assert {name: told[name] for name in said} == said
    assert (told["kinds"], told["stock"], told["told_at"]) == (0, [], None)


def test_a_depot_without_a_place_is_told_and_not_drawn(
    workspace: Workspace, supplying: Supplying, make_shelter: MakeShelter
) -> None:
    supplying.depot("どこか")
    supplying.count(make_shelter(), 10)
    (feature,) = depots(workspace)
    assert feature["geometry"] is None


def test_the_five_largest_stocks_are_told_and_all_kinds_counted(
    workspace: Workspace, supplying: Supplying
) -> None:
    depot = supplying.depot(location=HERE)
    for number, item in enumerate(KINDS, start=1):
        supplying.count(depot, 100 * number, item)
    supplying.count(depot, 5, BLANKET)
    supplying.tell("receive", depot, 1000, WATER)
    supplying.count(depot, 0, "diaper_adult")
    told = depots(workspace)[0]["properties"]
    assert [line["item"] for line in told["stock"]] == [WATER, *reversed(KINDS)]
    assert told["kinds"] == 6
    assert [line["is_counted"] for line in told["stock"]] == [False, True, True, True, True]


@pytest.mark.usefixtures("incident_id")
def test_what_is_reserved_is_told_until_it_has_left(
    workspace: Workspace, supplying: Supplying, open_shelter: OpenShelter, clock: FixedClock
) -> None:
    shelter, depot = open_shelter(), supplying.depot(location=HERE)
    supplying.count(depot, 100)
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 30))
    reserved = depots(workspace)[0]["properties"]
    clock.moment += timedelta(minutes=10)
    supplying.leave(dispatch)
    left = depots(workspace)[0]["properties"]
    told = [(one["stock"][0]["quantity"], one["stock"][0]["reserved"]) for one in (reserved, left)]
    assert told == [(100, 30), (70, 0)]
    assert [one["reserved_kinds"] for one in (reserved, left)] == [1, 0]
    assert (reserved["told_at"], left["told_at"]) == (NOON.isoformat(), clock.moment.isoformat())


def test_a_closed_depot_lies_under_the_others_and_says_so(
    workspace: Workspace, supplying: Supplying
) -> None:
    supplying.close(supplying.depot("甲", location=HERE))
    supplying.depot("乙", location=HERE)
    supplying.close(supplying.depot("丙", location=HERE))
    told = [
        (one["properties"]["name"], one["properties"]["closed_at"]) for one in depots(workspace)
    ]
    assert [name for name, _ in told][-1] == "乙"
    assert [closed_at is None for _, closed_at in told] == [False, False, True]


def test_looking_back_shows_the_depots_of_now_with_the_stock_of_then(
    workspace: Workspace, supplying: Supplying, clock: FixedClock
) -> None:
    depot = supplying.depot(location=HERE)
    supplying.count(depot, 100)
    clock.moment += timedelta(hours=1)
    supplying.tell("use", depot, 40)
    told = [depots(workspace, at)[0]["properties"] for at in (None, NOON + timedelta(minutes=30))]
    assert [each["stock"][0]["quantity"] for each in told] == [60, 100]
    # What was reserved then nobody knows any more.
    assert [each["stock"][0]["reserved"] for each in told] == [0, None]
    assert [each["reserved_kinds"] for each in told] == [0, None]
