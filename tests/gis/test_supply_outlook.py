"""What runs out first in open shelters, from counts, stock and what is on the road."""

import math
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from gis.config import city_profile
from gis.operations.conditions import ConditionReportIn, ConditionSaid, report_condition
from gis.operations.dispatches import Load
from gis.operations.ledger import Lot
from gis.queries.incidents import open_incident_or_refuse
from gis.store import Workspace
from gis.supply_outlook import ItemOutlook, SupplyOutlook, compile_supply_outlook
from gis.vocabulary import Ask, Bound, LifelineState
from tests.conftest import HEADQUARTERS, NOON, FixedClock
from tests.gis.conftest import Count
from tests.gis.supplying import BLANKET, WATER, Supplying

pytestmark = pytest.mark.usefixtures("city", "incident_id")

OpenShelter = Callable[..., UUID]


@pytest.fixture
def supplying(workspace: Workspace) -> Supplying:
    return Supplying(workspace)


@pytest.fixture
def shelter(open_shelter: OpenShelter) -> UUID:
    return open_shelter()


def outlook(workspace: Workspace, days: float = 3) -> SupplyOutlook:
    with workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        at = workspace.clock.now()
        city = city_profile("142077")
        return compile_supply_outlook(session, city, incident, as_of=at, horizon_days=days)


def line(workspace: Workspace, shelter: UUID, item: str = WATER) -> ItemOutlook:
    (found,) = (one for one in outlook(workspace).of(shelter) if one.item_code == item)
    return found


def test_water_lasts_as_long_as_people_drink_of_it(
    workspace: Workspace, supplying: Supplying, count: Count, shelter: UUID
) -> None:
    count(shelter, 80)
    supplying.count(shelter, 60)
    # 80 people x 3 L a day are 10 L an hour.
    found = line(workspace, shelter)
    assert found.outlook
    assert (found.hours, found.outlook.bound) == (6, Bound.EXACT)
    assert found.outlook.runs_out_at == NOON + timedelta(hours=6)
    # Three days take 720 L.
    assert found.lacking.units == 660
    assert outlook(workspace).running_out(timedelta(hours=6))[0].item_code == WATER


def test_what_nobody_counted_is_asked(
    workspace: Workspace, supplying: Supplying, count: Count, shelter: UUID
) -> None:
    assert set(line(workspace, shelter).asks) == {Ask.PERSONS, Ask.STOCK}
    count(shelter, 80)
    assert line(workspace, shelter).asks == (Ask.STOCK,)
    supplying.tell("receive", shelter, 60)
    found = line(workspace, shelter)
    assert found.outlook
    # What came is known; what lay there before is not.
    assert (found.hours, found.outlook.bound, found.asks) == (6, Bound.AT_LEAST, (Ask.STOCK,))


def test_a_count_of_some_is_a_bound(
    workspace: Workspace, supplying: Supplying, count: Count, shelter: UUID
) -> None:
    count(shelter, None, men=50, women=30)
    supplying.count(shelter, 60)
    found = line(workspace, shelter)
    assert found.outlook
    assert (found.hours, found.outlook.bound, found.asks) == (6, Bound.AT_MOST, (Ask.PERSONS,))


def test_nobody_uses_up_anything_where_nobody_is(
    workspace: Workspace, supplying: Supplying, count: Count, shelter: UUID
) -> None:
    count(shelter, 0)
    supplying.count(shelter, 60)
    assert line(workspace, shelter).hours == math.inf


def test_what_is_on_the_road_counts_when_it_is_expected(
    workspace: Workspace, supplying: Supplying, count: Count, shelter: UUID, clock: FixedClock
) -> None:
    depot = supplying.depot()
    supplying.count(depot, 100)
    count(shelter, 80)
    supplying.count(shelter, 60)
    dispatch = supplying.reserve(depot, shelter, Load(WATER, 100))
    assert line(workspace, shelter).hours == 6
    supplying.leave(dispatch, expected_at=NOON + timedelta(hours=2))
    assert line(workspace, shelter).hours == 16
    clock.moment += timedelta(hours=3)
    found = line(workspace, shelter)
    assert found.outlook
    assert (found.outlook.overdue, Ask.ARRIVAL in found.asks) == (100, True)
    # Thirty of the sixty litres were used in the three hours since they were counted.
    assert (found.stock, found.left, found.hours) == (60, 30, 3)
    supplying.arrive(dispatch, {WATER: 100})
    assert line(workspace, shelter).hours == 13


def test_what_was_counted_long_ago_is_used_up_by_now(
    workspace: Workspace, supplying: Supplying, count: Count, shelter: UUID, clock: FixedClock
) -> None:
    count(shelter, 80)
    supplying.count(shelter, 60)
    clock.moment += timedelta(hours=2)
    assert line(workspace, shelter).hours == 4
    # Whoever tells what was used says how fast it goes.
    supplying.tell("use", shelter, 5)
    found = line(workspace, shelter)
    assert (found.stock, found.left, found.hours) == (55, 55, 5.5)
    clock.moment += timedelta(hours=7)
    found = line(workspace, shelter)
    assert (found.stock, found.left, found.hours) == (55, 0, 0)
    supplying.count(shelter, 20, reason="数え直し")
    assert line(workspace, shelter).hours == 2


def test_what_expires_is_not_counted_on(
    workspace: Workspace, supplying: Supplying, count: Count, shelter: UUID
) -> None:
    count(shelter, 80)
    supplying.count(shelter, {Lot("", NOON.date() - timedelta(days=1)): 500, Lot(): 60})
    found = line(workspace, shelter)
    assert found.outlook
    assert (found.hours, found.outlook.expiring, found.stock) == (6, 500, 560)


def test_blankets_are_lacking_or_to_spare(
    workspace: Workspace,
    supplying: Supplying,
    count: Count,
    shelter: UUID,
    open_shelter: OpenShelter,
) -> None:
    other = open_shelter("梅田中学校")
    count(shelter, 80)
    count(other, 20)
    supplying.count(shelter, 50, BLANKET)
    supplying.count(other, 50, BLANKET)
    assert line(workspace, shelter, BLANKET).lacking.units == 30
    assert line(workspace, other, BLANKET).surplus.units == 30
    assert outlook(workspace).short[0].shelter_id == shelter


def test_bags_for_toilets_are_needed_while_water_is_out(
    workspace: Workspace, supplying: Supplying, count: Count, shelter: UUID, clock: FixedClock
) -> None:
    bags = "portable_toilet"
    count(shelter, 48)
    supplying.count(shelter, 100, bags)
    found = line(workspace, shelter, bags)
    assert Ask.LIFELINES in found.asks

    def told(state: LifelineState) -> float | None:
        clock.moment += timedelta(minutes=1)
        said = ConditionSaid(water=state, sewage=LifelineState.USABLE)
        with workspace.transaction(HEADQUARTERS) as session:
            report_condition(session, ConditionReportIn(uuid4(), shelter, said))
        return line(workspace, shelter, bags).hours

    # 48 people x 5 a day are 10 an hour.
    assert told(LifelineState.UNUSABLE) == pytest.approx(10, abs=0.1)
    assert told(LifelineState.USABLE) == math.inf


def test_toilets_that_are_reported_count(workspace: Workspace, count: Count, shelter: UUID) -> None:
    count(shelter, 500)
    said = ConditionSaid(toilets_shared=2, toilets_women=1, toilets_men=1)
    with workspace.transaction(HEADQUARTERS) as session:
        report_condition(session, ConditionReportIn(uuid4(), shelter, said))
    found = line(workspace, shelter, "temporary_toilet")
    assert found.provision
    # One for fifty; of other kinds there may be more.
    assert (found.provision.needed, found.provision.have) == (10, 4)
    assert (found.lacking.units, found.lacking.bound) == (6, Bound.AT_MOST)


def test_a_closed_shelter_needs_nothing(
    workspace: Workspace, make_shelter: Callable[..., UUID], supplying: Supplying
) -> None:
    supplying.count(make_shelter(), 60)
    assert outlook(workspace).lines == ()


def test_dates_end_at_midnight_in_japan(
    workspace: Workspace, supplying: Supplying, count: Count, shelter: UUID
) -> None:
    count(shelter, 8)
    supplying.count(shelter, {Lot("", date(2026, 9, 1)): 100, Lot(): 24})
    found = line(workspace, shelter)
    assert found.outlook
    # Twelve hours of one litre until midnight in Japan, then a day of the other lot.
    assert found.hours == 36
    assert found.outlook.expiring == 88
