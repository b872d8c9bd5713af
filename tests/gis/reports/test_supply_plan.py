"""What to send, compiled from what shelters lack, asked for, and depots have."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from gis.clock import jst
from gis.config import city_profile
from gis.operations.dispatches import Load
from gis.operations.ledger import Lot
from gis.operations.stock_places import PlaceSaid, add_place, close_place
from gis.queries.dispatches import requests
from gis.queries.incidents import open_incident_or_refuse
from gis.queries.stocks import lots, places, stocks
from gis.reports.supply_plan import SupplyPlan, compile_supply_plan
from gis.store import Workspace
from gis.supply_outlook import compile_supply_outlook
from gis.vocabulary import PlaceKind
from tests.conftest import HEADQUARTERS, NOON
from tests.gis.conftest import Count
from tests.gis.supplying import WATER, Supplying

pytestmark = pytest.mark.usefixtures("city", "incident_id")

OpenShelter = Callable[..., UUID]
NEAR, FAR = (139.39, 35.338), (139.42, 35.36)


@pytest.fixture
def supplying(workspace: Workspace) -> Supplying:
    return Supplying(workspace)


@pytest.fixture
def shelter(open_shelter: OpenShelter, count: Count) -> UUID:
    """One that lacks 90 litres a day, at 139.3897, 35.3377."""
    shelter_id = open_shelter()
    count(shelter_id, 30)
    return shelter_id


def depot(workspace: Workspace, name: str, location: tuple[float, float] | None) -> UUID:
    place_id = UUID(int=hash(name) & (2**128 - 1))
    with workspace.transaction(HEADQUARTERS) as session:
        add_place(session, place_id, PlaceKind.DEPOT, PlaceSaid(name, location=location))
    return place_id


def plan(workspace: Workspace, *, with_shelters: bool = False) -> SupplyPlan:
    with workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        at = workspace.clock.now()
        city = city_profile("142077")
        outlook = compile_supply_outlook(session, city, incident, as_of=at, horizon_days=1)
        return compile_supply_plan(
            outlook,
            places(session),
            stocks(session),
            lots(session),
            requests(session, incident.id),
            with_shelters=with_shelters,
            today=jst(at).date(),
        )


def sent(found: SupplyPlan) -> list[tuple[UUID, int]]:
    shipments = found.plan.shipments
    return [(one.origin, one.quantity) for one in shipments if one.item == WATER]


def lacking(found: SupplyPlan) -> int:
    return sum(one.quantity for one in found.plan.lacking if one.item == WATER)


def test_what_lacks_comes_from_the_nearest(
    workspace: Workspace, supplying: Supplying, shelter: UUID
) -> None:
    supplying.count(shelter, 10)
    near, far = depot(workspace, "近", NEAR), depot(workspace, "遠", FAR)
    for place in (near, far):
        supplying.count(place, 1000)
    assert sent(plan(workspace)) == [(near, 80)]


def test_what_is_reserved_or_past_its_date_is_not_sent(
    workspace: Workspace, supplying: Supplying, open_shelter: OpenShelter, shelter: UUID
) -> None:
    supplying.count(shelter, 10)
    near = depot(workspace, "近", NEAR)
    past = Lot("", NOON.date() - timedelta(days=1))
    supplying.count(near, {Lot(): 60, past: 500})
    supplying.reserve(near, open_shelter("梅田中学校"), Load(WATER, 20))
    found = plan(workspace)
    assert sent(found) == [(near, 40)]
    assert lacking(found) == 40


def test_a_closed_depot_gives_nothing(
    workspace: Workspace, supplying: Supplying, shelter: UUID
) -> None:
    supplying.count(shelter, 10)
    near = depot(workspace, "近", NEAR)
    supplying.count(near, 60)
    with workspace.transaction(HEADQUARTERS) as session:
        close_place(session, near, version=1)
    found = plan(workspace)
    assert sent(found) == []
    assert lacking(found) == 80


def test_who_is_nowhere_is_told(workspace: Workspace, supplying: Supplying, shelter: UUID) -> None:
    supplying.count(shelter, 10)
    lost = depot(workspace, "どこか", None)
    supplying.count(lost, 60)
    found = plan(workspace)
    assert (sent(found), found.unplaced) == ([], (lost,))


def test_what_is_approved_is_sent_even_where_it_is_more(
    workspace: Workspace, supplying: Supplying, shelter: UUID
) -> None:
    near = depot(workspace, "近", NEAR)
    supplying.count(near, 1000)
    supplying.count(near, 9, "radio")
    supplying.count(shelter, 10)
    supplying.approve(supplying.ask(shelter, 200), 200)
    supplying.approve(supplying.ask(shelter, 2, "radio"), 2)
    found = plan(workspace)
    assert sent(found) == [(near, 200)]
    assert [one.quantity for one in found.plan.shipments if one.item == "radio"] == [2]


def test_what_shelters_have_to_spare_is_passed_on_where_wanted(
    workspace: Workspace,
    supplying: Supplying,
    open_shelter: OpenShelter,
    count: Count,
    shelter: UUID,
) -> None:
    other = open_shelter("梅田中学校")
    count(other, 10)
    supplying.count(other, 100)
    supplying.count(shelter, 10)
    assert sent(plan(workspace)) == []
    # Ten people drink 30 of its 100 litres.
    assert sent(plan(workspace, with_shelters=True)) == [(other, 70)]


def test_what_is_promised_is_not_suggested_again(
    workspace: Workspace, supplying: Supplying, shelter: UUID
) -> None:
    near = depot(workspace, "近", NEAR)
    supplying.count(near, 1000)
    supplying.count(shelter, 10)
    supplying.reserve(near, shelter, Load(WATER, 50))
    assert sent(plan(workspace)) == [(near, 30)]


def test_what_a_shelter_has_promised_is_not_passed_on_again(
    workspace: Workspace,
    supplying: Supplying,
    open_shelter: OpenShelter,
    count: Count,
    shelter: UUID,
) -> None:
    other = open_shelter("梅田中学校")
    count(other, 10)
    supplying.count(other, 100)
    supplying.count(shelter, 10)
    supplying.reserve(other, shelter, Load(WATER, 65))
    assert sent(plan(workspace, with_shelters=True)) == [(other, 15)]
