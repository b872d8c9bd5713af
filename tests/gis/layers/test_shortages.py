"""What runs out first, on the map: where, how soon, and how sure that is."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from gis.layers import LAYERS, View
from gis.layers.shortages import step, tag
from gis.operations.dispatches import Load
from gis.operations.openings import open_shelters
from gis.queries.incidents import incident_named
from gis.store import Workspace
from gis.vocabulary import Bound
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.conftest import Count
from tests.gis.layers.test_layers import CITY
from tests.gis.operations.test_dispatches import OpenShelter
from tests.gis.supplying import WATER, Supplying

pytestmark = pytest.mark.usefixtures("city")

HOUR = timedelta(hours=1)
PERSONS = 80
"""80 people x 3 L a day are 10 L an hour."""
KINDS = ("food", "portable_toilet", "sanitary_product", "toilet_paper", "diaper_child")


def shortages(
    workspace: Workspace,
    incident_id: UUID | None,
    at: datetime | None = None,
) -> list[dict[str, Any]]:
    with workspace.reading() as session:
        incident = incident_named(session, incident_id) if incident_id else None
        moment = at or workspace.clock.now()
        return LAYERS["shortages"].features(session, View(CITY, incident, moment, None, bool(at)))


@pytest.fixture
def supplying(workspace: Workspace) -> Supplying:
    return Supplying(workspace)


@pytest.fixture
def shelter(open_shelter: OpenShelter, count: Count) -> UUID:
    shelter_id = open_shelter()
    count(shelter_id, PERSONS)
    return shelter_id


def test_a_shelter_says_what_runs_out_first_and_when(
    workspace: Workspace, incident_id: UUID, supplying: Supplying, shelter: UUID
) -> None:
    supplying.count(shelter, 55)
    (feature,) = shortages(workspace, incident_id)
    told = feature["properties"]
    assert feature["id"] == str(shelter)
    assert feature["geometry"]["coordinates"] == [139.3897, 35.3377]
    assert (told["name"], told["item"], told["hours"]) == ("鶴嶺小学校", WATER, 5.5)
    assert told["runs_out_at"] == (NOON + 5.5 * HOUR).isoformat()
    assert (told["bound"], told["is_out"]) == ("exact", False)
    assert (told["step"], told["tag"]) == ("soon", "5h")
    assert (told["further"], told["kinds"]) == ([], 1)


def test_what_lasts_longer_than_a_day_is_unknown_or_is_not_open_is_not_drawn(
    workspace: Workspace,
    incident_id: UUID,
    supplying: Supplying,
    shelter: UUID,
    make_shelter: MakeShelter,
) -> None:
    assert shortages(workspace, incident_id) == []
    supplying.count(shelter, 241)
    supplying.count(make_shelter("閉じている所"), 0)
    assert shortages(workspace, incident_id) == []
    supplying.tell("use", shelter, 1)
    (feature,) = shortages(workspace, incident_id)
    assert (feature["properties"]["hours"], feature["properties"]["step"]) == (24, "today")


def test_no_more_than_six_items_are_told_and_all_counted(
    workspace: Workspace, incident_id: UUID, supplying: Supplying, shelter: UUID
) -> None:
    supplying.count(shelter, 60)
    for item in (*KINDS, "diaper_adult", "infant_formula_powder"):
        supplying.count(shelter, 0, item)
    (told,) = (one["properties"] for one in shortages(workspace, incident_id))
    assert (told["is_out"], told["tag"], told["hours"]) == (True, "0", 0)
    items = [told, *told["further"]]
    assert len(items) == min(told["kinds"], 6)
    assert [one["hours"] for one in items] == sorted(one["hours"] for one in items)


def test_the_most_urgent_lies_on_top(
    workspace: Workspace,
    incident_id: UUID,
    supplying: Supplying,
    open_shelter: OpenShelter,
    count: Count,
) -> None:
    for name, litres in (("甲", 100), ("乙", 0), ("丙", 50)):
        shelter_id = open_shelter(name)
        count(shelter_id, PERSONS)
        supplying.count(shelter_id, litres)
    told = [one["properties"] for one in shortages(workspace, incident_id)]
    assert [(one["name"], one["step"]) for one in told] == [
        ("甲", "today"),
        ("丙", "soon"),
        ("乙", "none_left"),
    ]


def test_what_is_known_in_part_is_a_bound(
    workspace: Workspace, incident_id: UUID, supplying: Supplying, shelter: UUID, count: Count
) -> None:
    supplying.tell("receive", shelter, 57)
    (told,) = (one["properties"] for one in shortages(workspace, incident_id))
    assert (told["bound"], told["tag"]) == ("at_least", "≥5h")
    supplying.count(shelter, 57)
    count(shelter, None, men=50, women=30)
    (told,) = (one["properties"] for one in shortages(workspace, incident_id))
    assert (told["bound"], told["tag"]) == ("exact", "5h")


def test_a_shelter_without_a_place_is_told_and_not_drawn(
    workspace: Workspace,
    incident_id: UUID,
    supplying: Supplying,
    make_shelter: MakeShelter,
    count: Count,
) -> None:
    shelter_id = make_shelter("自主避難所", lon=None)
    with workspace.transaction(HEADQUARTERS) as session:
        open_shelters(session, incident_id, [shelter_id])
    count(shelter_id, PERSONS)
    supplying.count(shelter_id, 0)
    (feature,) = shortages(workspace, incident_id)
    assert feature["geometry"] is None


def test_what_was_expected_and_did_not_come_is_seen_though_nothing_changed(
    workspace: Workspace,
    incident_id: UUID,
    supplying: Supplying,
    shelter: UUID,
    clock: FixedClock,
) -> None:
    depot = supplying.depot()
    supplying.count(depot, 1000)
    supplying.count(shelter, 60)
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 900))
    supplying.leave(dispatch, expected_at=NOON + HOUR)
    assert shortages(workspace, incident_id) == []
    clock.moment += 2 * HOUR
    (feature,) = shortages(workspace, incident_id)
    # Twenty litres were used meanwhile.
    assert feature["properties"]["hours"] == 4


def test_looking_back_shows_what_lay_there_then(
    workspace: Workspace,
    incident_id: UUID,
    supplying: Supplying,
    shelter: UUID,
    clock: FixedClock,
) -> None:
    supplying.count(shelter, 100)
    clock.moment += HOUR
    supplying.tell("use", shelter, 80)
    now = shortages(workspace, incident_id)
    then = shortages(workspace, incident_id, NOON + HOUR / 2)
    assert [one["properties"]["hours"] for one in (*now, *then)] == [2, 9.5]
    assert shortages(workspace, incident_id, NOON - HOUR) == []


@pytest.mark.parametrize(
    ("hours", "bound", "said", "drawn"),
    [
        (0, Bound.EXACT, "0", "none_left"),
        (0.4, Bound.EXACT, "<1h", "soon"),
        (0.4, Bound.AT_MOST, "≤1h", "soon"),
        (5.9, Bound.EXACT, "5h", "soon"),
        (5.9, Bound.AT_LEAST, "≥5h", "soon"),
        (5.9, Bound.AT_MOST, "≤6h", "soon"),
        (6.1, Bound.EXACT, "6h", "today"),
    ],
)
def test_a_tag_never_says_more_than_is_known(
    hours: float, bound: Bound, said: str, drawn: str
) -> None:
    assert (tag(hours, bound), step(hours)) == (said, drawn)
