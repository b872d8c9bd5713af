"""What is in force at a moment, as it was known at one; where it applies."""

from datetime import timedelta
from uuid import UUID

import pytest
from shapely.geometry import MultiPolygon, Point, shape

from gis.errors import NotFound
from gis.queries.evacuation_orders import (
    Announcement,
    Area,
    announcements,
    announcements_of,
    areas,
    orders,
    orders_in_force,
)
from gis.queries.places import towns
from gis.store import Workspace
from gis.vocabulary import Hazard, OrderAction, OrderKind
from tests.conftest import HEADQUARTERS, NOON, FixedClock
from tests.gis.announcing import (
    CITY,
    NANKO,
    SHIOMIDAI,
    SHORE,
    change,
    issue,
    lift,
    retract,
    standing,
)
from tests.gis.queries.conftest import PlanOf

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.usefixtures("city", "incident_id")


def in_force(workspace: Workspace, incident_id: UUID, minutes: int) -> list[Announcement]:
    with workspace.reading() as session:
        return orders_in_force(session, incident_id, as_of=NOON + minutes * MINUTE)


def area_of(workspace: Workspace, order_id: UUID) -> Area:
    with workspace.reading() as session:
        (found,) = areas(session, [standing(workspace, order_id).id]).values()
    return found


def all_codes(workspace: Workspace) -> list[str]:
    with workspace.reading() as session:
        return [town.code for town in towns(session, CITY)]


def test_orders_are_in_force_from_their_issue_to_their_lifting(
    workspace: Workspace, incident_id: UUID, clock: FixedClock
) -> None:
    order_id = issue(workspace, *NANKO, kind=OrderKind.ELDERLY).id
    clock.moment += 10 * MINUTE
    change(workspace, order_id, 1, *NANKO)
    clock.moment += 10 * MINUTE
    lift(workspace, order_id, 2)
    kinds = [
        [one.kind for one in in_force(workspace, incident_id, at)] for at in (-1, 0, 9, 10, 20)
    ]
    assert kinds == [
        [], [OrderKind.ELDERLY], [OrderKind.ELDERLY], [OrderKind.EVACUATE], [],
    ]  # fmt: skip


def test_what_was_recorded_later_was_not_known_then(
    workspace: Workspace, incident_id: UUID, clock: FixedClock
) -> None:
    order_id = issue(workspace, *NANKO).id
    clock.moment += 30 * MINUTE
    lift(workspace, order_id, 1, announced_at=NOON + 10 * MINUTE)
    clock.moment += 30 * MINUTE
    retract(workspace, order_id, 2)

    def known(at: int, known_at: int) -> bool:
        with workspace.reading() as session:
            moments = {"as_of": NOON + at * MINUTE, "known_at": NOON + known_at * MINUTE}
            return bool(orders_in_force(session, incident_id, **moments))

    assert known(20, 20)
    assert not known(20, 30)
    assert known(20, 60)


def test_what_is_announced_for_a_moment_soon_holds_once_it_is_recorded(
    workspace: Workspace, incident_id: UUID
) -> None:
    issue(workspace, SHIOMIDAI, announced_at=NOON + 3 * MINUTE)
    assert len(in_force(workspace, incident_id, 0)) == 1


def test_the_most_urgent_come_first_and_lifted_ones_last(
    workspace: Workspace, incident_id: UUID, clock: FixedClock
) -> None:
    over = issue(workspace, NANKO[0], kind=OrderKind.EMERGENCY).id
    lift(workspace, over, 1)
    for kind in (OrderKind.ELDERLY, OrderKind.EMERGENCY, OrderKind.EVACUATE, OrderKind.EVACUATE):
        clock.moment += MINUTE
        issue(workspace, SHIOMIDAI, kind=kind)
    with workspace.reading() as session:
        found = orders(session, incident_id, as_of=clock.moment)
    assert [(one.level, one.action.value) for one in found] == [
        (5, "issued"), (4, "issued"), (4, "issued"), (3, "issued"), (5, "lifted"),
    ]  # fmt: skip
    assert found[1].announced_at > found[2].announced_at


def test_the_history_tells_everything_the_latest_first(
    workspace: Workspace, incident_id: UUID, clock: FixedClock
) -> None:
    order_id = issue(workspace, *NANKO).id
    other = issue(workspace, SHIOMIDAI, announced_at=NOON - MINUTE).id
    clock.moment += MINUTE
    retract(workspace, order_id, 1)
    with workspace.reading() as session:
        told = announcements(session, incident_id)
        assert announcements(session, UUID(int=1)) == []
    assert [(one.order_id, one.action) for one in told] == [
        (order_id, OrderAction.TAKEN_BACK), (order_id, OrderAction.ISSUED),
        (other, OrderAction.ISSUED),
    ]  # fmt: skip
    assert [one.is_taken_back for one in told] == [False, True, False]
    assert [one.holds for one in told] == [False, False, True]


def test_there_must_be_such_an_order(workspace: Workspace) -> None:
    with workspace.reading() as session, pytest.raises(NotFound):
        announcements_of(session, UUID(int=1))


def test_a_district_that_is_named_wholly_stands_for_its_towns(workspace: Workspace) -> None:
    whole = standing(workspace, issue(workspace, *NANKO, SHIOMIDAI).id)
    part = standing(workspace, issue(workspace, SHIOMIDAI, *reversed(NANKO[:2])).id)
    assert (whole.areas, whole.is_whole) == (("南湖", "汐見台"), False)
    assert part.areas == ("南湖一丁目", "南湖二丁目", "汐見台")


def test_the_whole_municipality_is_known_as_such(workspace: Workspace) -> None:
    order_id = issue(workspace, *all_codes(workspace)).id
    assert standing(workspace, order_id).is_whole
    assert standing(workspace, order_id).persons.known == 242_899


def test_an_area_of_towns_lies_around_their_points_inside_the_boundary(
    workspace: Workspace,
) -> None:
    area = area_of(workspace, issue(workspace, *NANKO).id)
    ground = shape(area.geometry)
    assert isinstance(ground, MultiPolygon)
    assert ground.is_valid
    assert ground.contains(Point(area.lon, area.lat))
    with workspace.reading() as session:
        inside = {
            town.code for town in towns(session, CITY) if ground.covers(Point(town.lon, town.lat))
        }
    assert inside == set(NANKO)


def test_the_areas_of_all_towns_are_the_municipality(workspace: Workspace) -> None:
    codes = all_codes(workspace)
    whole = shape(area_of(workspace, issue(workspace, *codes).id).geometry)
    half = shape(area_of(workspace, issue(workspace, *codes[:60]).id).geometry)
    rest = shape(area_of(workspace, issue(workspace, *codes[60:]).id).geometry)
    assert half.intersection(rest).area < whole.area / 10_000
    assert half.area + rest.area == pytest.approx(whole.area, rel=1e-3)


def test_a_municipality_of_one_town_is_its_area(workspace: Workspace) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        session.connection().exec_driver_sql(
            "INSERT INTO municipality (code, name_ja, name_en, area)"
            " SELECT '142034', '平塚市', 'Hiratsuka', area FROM municipality"
        )
        session.connection().exec_driver_sql(
            "INSERT INTO town (code, municipality_code, name, location)"
            " SELECT '142030001000', '142034', '代官町', location FROM town LIMIT 1"
        )
    area = area_of(workspace, issue(workspace, "142030001000", city="142034").id)
    assert shape(area.geometry).area > 0.003


def test_a_drawn_area_is_where_it_was_drawn(workspace: Workspace) -> None:
    area = area_of(workspace, issue(workspace, area=SHORE, hazard=Hazard.TSUNAMI).id)
    assert shape(area.geometry).symmetric_difference(shape(SHORE)).area < 1e-9


def test_the_orders_of_an_incident_are_found_by_an_index(
    plan_of: PlanOf, incident_id: UUID
) -> None:
    plan = plan_of(lambda session: announcements(session, incident_id))
    assert "evacuation_order_incident_id_idx" in plan
