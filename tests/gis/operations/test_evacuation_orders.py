"""Evacuation orders: issued, changed, lifted, taken back, and what is refused with a reason."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest

from gis import errors
from gis.errors import Refused
from gis.models.evacuation_order import PEOPLE_MOST, TEXT_LENGTH
from gis.occupancy import Tally
from gis.operations.incidents import close_incident, open_incident
from gis.store import Workspace
from gis.text import Language
from gis.vocabulary import Hazard, IncidentKind, OrderAction, OrderKind
from tests.conftest import HEADQUARTERS, NOON, FixedClock
from tests.gis.announcing import (
    CITY,
    NANKO,
    SHIOMIDAI,
    SHORE,
    change,
    history,
    issue,
    lift,
    retract,
    standing,
)
from tests.gis.conftest import Ask

MINUTE = timedelta(minutes=1)
BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[139.40, 35.32], [139.41, 35.33], [139.41, 35.32], [139.40, 35.33],
                     [139.40, 35.32]]],
}  # fmt: skip
AT_SEA = {
    "type": "Polygon",
    "coordinates": [[[139.40, 35.20], [139.41, 35.20], [139.41, 35.21], [139.40, 35.20]]],
}
pytestmark = pytest.mark.usefixtures("city", "incident_id")


def close(workspace: Workspace, incident_id: UUID) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)


def people_of(ask: Ask, *codes: str) -> int:
    ((people,),) = ask("SELECT sum(population)::int FROM town WHERE code = ANY(%s)", list(codes))
    assert isinstance(people, int)
    return people


def test_an_order_says_what_was_announced(workspace: Workspace, incident_id: UUID) -> None:
    said: dict[str, Any] = {"reason": "氾濫危険水位", "guidance": "高い所へ", "note": "地下に注意"}
    filed = issue(workspace, *NANKO[:2], announced_at=NOON - MINUTE, **said)
    order = standing(workspace, filed.id)
    assert filed.is_new
    assert {name: getattr(order, name) for name in said} == said
    assert (order.order_id, order.incident_id, order.municipality_code) == (
        filed.id, incident_id, CITY,
    )  # fmt: skip
    assert (order.action, order.kind, order.hazard) == (
        OrderAction.ISSUED, OrderKind.EVACUATE, Hazard.FLOOD,
    )  # fmt: skip
    assert (order.number, order.version, order.level) == (1, 1, 4)
    assert (order.announced_at, order.recorded_at) == (NOON - MINUTE, NOON)
    assert order.town_codes == NANKO[:2]
    assert order.is_in_force


def test_persons_are_counted_from_the_towns_and_households_are_unknown(
    workspace: Workspace, ask: Ask
) -> None:
    order = standing(workspace, issue(workspace, *NANKO).id)
    assert order.persons == Tally(people_of(ask, *NANKO), 0)
    assert order.households == Tally(None, len(NANKO))


def test_what_is_unknown_of_a_town_is_not_counted_as_nobody(workspace: Workspace, ask: Ask) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        session.connection().exec_driver_sql(
            "UPDATE town SET population = NULL WHERE code = %s", (NANKO[0],)
        )
        session.connection().exec_driver_sql(
            "UPDATE town SET households = 100 WHERE code = %s", (NANKO[1],)
        )
    order = standing(workspace, issue(workspace, *NANKO[:3]).id)
    assert order.persons == Tally(people_of(ask, *NANKO[1:3]), 1)
    assert order.households == Tally(100, 2)
    alone = standing(workspace, issue(workspace, NANKO[0]).id)
    assert alone.persons == Tally(None, 1)


def test_the_citys_own_figures_stand_instead_of_the_count(workspace: Workspace) -> None:
    order = standing(workspace, issue(workspace, *NANKO, persons=9000, households=0).id)
    assert (order.persons, order.households) == (Tally(9000, 0), Tally(0, 0))


def test_a_drawn_area_is_for_the_towns_whose_points_lie_inside(
    workspace: Workspace, ask: Ask
) -> None:
    filed = issue(workspace, area=SHORE, hazard=Hazard.TSUNAMI)
    order = standing(workspace, filed.id)
    assert order.is_drawn
    assert set(order.areas) == {"中海岸四丁目", "南湖四丁目", "南湖六丁目", "南湖七丁目"}
    assert order.persons == Tally(people_of(ask, *order.town_codes), 0)
    assert ask("SELECT ST_SRID(area), ST_SRID(area_3857) FROM evacuation_announcement") == [
        (4326, 3857)
    ]


def test_of_a_drawn_area_without_a_towns_point_the_people_are_unknown(
    workspace: Workspace,
) -> None:
    corner = {
        "type": "Polygon",
        "coordinates": [
            [[139.385, 35.319], [139.386, 35.319], [139.386, 35.32], [139.385, 35.319]]
        ],
    }
    order = standing(workspace, issue(workspace, area=corner).id)
    assert (order.areas, order.persons, order.households) == ((), Tally(None, 0), Tally(None, 0))


@pytest.mark.parametrize(
    ("content", "refusal", "field"),
    [
        ({"towns": ()}, errors.AreaMissing, "town_codes"),
        ({"towns": ("142070999999",)}, errors.NotFound, "town_codes"),
        ({"area": SHORE}, errors.AreaGivenTwice, "area"),
        ({"towns": (), "area": BOW_TIE}, errors.AreaCrossesItself, "area"),
        ({"towns": (), "area": AT_SEA}, errors.AreaOutside, "area"),
        ({"towns": (), "area": {"type": "Point", "coordinates": [139.4, 35.3]}},
         errors.AreaUnreadable, "area"),
        ({"hazard": Hazard.TSUNAMI, "kind": OrderKind.EMERGENCY}, errors.OrderKindImpossible,
         "kind"),
        ({"hazard": Hazard.TSUNAMI, "kind": OrderKind.ELDERLY}, errors.OrderKindImpossible, "kind"),
        ({"announced_at": NOON + 6 * MINUTE}, errors.ObservedInFuture, "announced_at"),
        ({"announced_at": NOON.replace(tzinfo=None)}, errors.MomentWithoutZone, "announced_at"),
        ({"announced_at": NOON.replace(year=1970)}, errors.ObservedTooEarly, "announced_at"),
        ({"reason": "長" * (TEXT_LENGTH + 1)}, errors.TextTooLong, "reason"),
        ({"persons": -1}, errors.AmountImpossible, "persons"),
        ({"households": PEOPLE_MOST + 1}, errors.AmountImpossible, "households"),
        ({"incident_id": UUID(int=1)}, errors.NotFound, "incident_id"),
        ({"towns": (), "area": SHORE, "city": "142034"}, errors.NotFound, "municipality_code"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_not_stored(
    workspace: Workspace, ask: Ask, content: dict[str, Any], refusal: type[Refused], field: str
) -> None:
    said = dict(content)
    towns = said.pop("towns", (SHIOMIDAI,))
    with pytest.raises(refusal) as refused:
        issue(workspace, *towns, **said)
    assert refused.value.field == field
    assert ask("SELECT count(*) FROM evacuation_order") == [(0,)]


def test_another_municipalitys_town_is_refused_by_name(workspace: Workspace) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        session.connection().exec_driver_sql(
            "INSERT INTO municipality (code, name_ja, name_en, area)"
            " SELECT '142034', '平塚市', 'Hiratsuka', area FROM municipality"
        )
        session.connection().exec_driver_sql(
            "INSERT INTO town (code, municipality_code, name, location)"
            " SELECT '142030001000', '142034', '代官町', location FROM town LIMIT 1"
        )
    with pytest.raises(errors.TownElsewhere) as refused:
        issue(workspace, SHIOMIDAI, "142030001000")
    assert refused.value.received == "代官町"


@pytest.mark.parametrize(
    ("hazard", "levels"),
    [(Hazard.FLOOD, [3, 4, 5]), (Hazard.LANDSLIDE, [3, 4, 5]), (Hazard.TSUNAMI, [None])],
)
def test_the_level_follows_from_kind_and_hazard(hazard: Hazard, levels: list[int | None]) -> None:
    possible = [kind for kind in OrderKind if kind.is_possible(hazard)]
    assert [kind.level(hazard) for kind in possible] == levels


def test_an_order_is_raised_narrowed_and_lifted(workspace: Workspace, clock: FixedClock) -> None:
    order_id = issue(workspace, *NANKO, kind=OrderKind.ELDERLY, guidance="準備を").id
    clock.moment += MINUTE
    change(workspace, order_id, 1, *NANKO[:3], reason="水位上昇")
    raised = standing(workspace, order_id)
    assert (raised.action, raised.level, raised.town_codes) == (
        OrderAction.CHANGED, 4, NANKO[:3],
    )  # fmt: skip
    assert (raised.reason, raised.guidance) == ("水位上昇", None)
    clock.moment += MINUTE
    lift(workspace, order_id, 2, reason="水位低下")
    lifted = standing(workspace, order_id)
    assert (lifted.action, lifted.number, lifted.version) == (OrderAction.LIFTED, 3, 3)
    assert (lifted.town_codes, lifted.persons) == (raised.town_codes, raised.persons)
    assert not lifted.is_in_force


def test_lifting_a_drawn_order_says_again_where_it_was(workspace: Workspace, ask: Ask) -> None:
    order_id = issue(workspace, area=SHORE).id
    lift(workspace, order_id, 1)
    assert ask("SELECT count(DISTINCT area) FROM evacuation_announcement") == [(1,)]
    assert standing(workspace, order_id).is_drawn


def test_who_changes_what_somebody_else_changed_learns_both(workspace: Workspace) -> None:
    order_id = issue(workspace, *NANKO, kind=OrderKind.ELDERLY).id
    change(workspace, order_id, 1, SHIOMIDAI, kind=OrderKind.EMERGENCY)
    with pytest.raises(errors.OrderChangedMeanwhile) as refused:
        change(workspace, order_id, 1, NANKO[0])
    said = refused.value.explain(Language.EN)
    assert "Changed 2026-09-01 12:00, “Emergency safety measures”, for 汐見台." in said
    assert "You sent: Changed 2026-09-01 12:00, “Evacuation instruction”, for 南湖一丁目." in said
    for late in (lift, retract):
        with pytest.raises(errors.OrderChangedMeanwhile):
            late(workspace, order_id, 1)
    assert standing(workspace, order_id).kind is OrderKind.EMERGENCY


def test_of_two_who_change_at_once_the_second_is_told(workspace: Workspace) -> None:
    order_id = issue(workspace, *NANKO).id
    together = Barrier(2)

    def attempt(town: str) -> str:
        together.wait()
        try:
            change(workspace, order_id, 1, town)
        except errors.OrderChangedMeanwhile as refused:
            return str(refused.facts["theirs_areas"])
        return "done"

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(attempt, NANKO[:2])
    assert {first, second} in ({"done", "南湖一丁目"}, {"done", "南湖二丁目"})
    assert len(history(workspace, order_id)) == 2


def test_a_lifted_order_is_over(workspace: Workspace) -> None:
    order_id = issue(workspace, *NANKO).id
    lift(workspace, order_id, 1)
    with pytest.raises(errors.OrderLifted, match="order-lifted"):
        change(workspace, order_id, 2, SHIOMIDAI)
    with pytest.raises(errors.OrderLifted):
        lift(workspace, order_id, 2)


def test_nothing_follows_before_what_it_follows(workspace: Workspace) -> None:
    order_id = issue(workspace, *NANKO).id
    with pytest.raises(errors.AnnouncedTooEarly) as refused:
        lift(workspace, order_id, 1, announced_at=NOON - MINUTE)
    assert refused.value.field == "announced_at"
    with pytest.raises(errors.AnnouncedTooEarly):
        change(workspace, order_id, 1, SHIOMIDAI, announced_at=NOON - MINUTE)


def test_a_tsunami_order_stays_an_evacuation_instruction(workspace: Workspace) -> None:
    order_id = issue(workspace, *NANKO, hazard=Hazard.TSUNAMI).id
    with pytest.raises(errors.OrderKindImpossible):
        change(workspace, order_id, 1, *NANKO, kind=OrderKind.EMERGENCY)


def test_what_was_told_by_mistake_is_taken_back_and_stays_on_record(
    workspace: Workspace,
) -> None:
    order_id = issue(workspace, *NANKO, kind=OrderKind.ELDERLY).id
    change(workspace, order_id, 1, SHIOMIDAI, kind=OrderKind.EMERGENCY)
    retract(workspace, order_id, 2)
    held = standing(workspace, order_id)
    assert (held.number, held.kind, held.town_codes) == (1, OrderKind.ELDERLY, NANKO)
    assert [(each.action, each.is_taken_back) for each in history(workspace, order_id)] == [
        (OrderAction.TAKEN_BACK, False), (OrderAction.CHANGED, True), (OrderAction.ISSUED, False),
    ]  # fmt: skip
    change(workspace, order_id, 3, SHIOMIDAI)
    assert standing(workspace, order_id).number == 4


def test_a_lifting_that_is_taken_back_puts_the_order_in_force_again(
    workspace: Workspace,
) -> None:
    order_id = issue(workspace, *NANKO).id
    lift(workspace, order_id, 1)
    retract(workspace, order_id, 2)
    assert standing(workspace, order_id).is_in_force


def test_an_order_taken_back_wholly_never_was(workspace: Workspace) -> None:
    order_id = issue(workspace, *NANKO).id
    retract(workspace, order_id, 1)
    assert not any(each.holds for each in history(workspace, order_id))
    for over in (lift, retract):
        with pytest.raises(errors.OrderTakenBack):
            over(workspace, order_id, 2)
    with pytest.raises(errors.OrderTakenBack):
        change(workspace, order_id, 2, SHIOMIDAI)


def test_a_retry_changes_nothing(workspace: Workspace, ask: Ask, incident_id: UUID) -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    for is_new in (True, False):
        assert issue(workspace, *NANKO, id=first, reason=" 氾濫 ").is_new is is_new
    for is_new in (True, False):
        assert change(workspace, first, 1, area=SHORE, id=second).is_new is is_new
    for is_new in (True, False):
        assert lift(workspace, first, 2, id=third, reason="低下").is_new is is_new
    close(workspace, incident_id)
    assert not issue(workspace, *NANKO, id=first, reason="氾濫").is_new
    assert ask("SELECT count(*) FROM evacuation_announcement") == [(3,)]


@pytest.mark.parametrize(
    "other",
    [{"kind": OrderKind.EMERGENCY}, {"reason": "別"}, {"hazard": Hazard.LANDSLIDE},
     {"announced_at": NOON - MINUTE}],
)  # fmt: skip
def test_an_id_stands_for_one_announcement(workspace: Workspace, other: dict[str, Any]) -> None:
    order_id = issue(workspace, *NANKO).id
    with pytest.raises(errors.IdUsedForAnother):
        issue(workspace, *NANKO, id=order_id, **other)
    with pytest.raises(errors.IdUsedForAnother):
        issue(workspace, SHIOMIDAI, id=order_id)
    elsewhere = issue(workspace, SHIOMIDAI).id
    with pytest.raises(errors.IdUsedForAnother):
        change(workspace, elsewhere, 1, SHIOMIDAI, id=order_id)


def test_an_order_needs_an_open_incident(workspace: Workspace, incident_id: UUID) -> None:
    order_id = issue(workspace, *NANKO).id
    lift(workspace, order_id, 1)
    close(workspace, incident_id)
    for named in (None, incident_id):
        with pytest.raises(errors.IncidentNotOpen):
            issue(workspace, *NANKO, incident_id=named)
    with pytest.raises(errors.IncidentNotOpen):
        retract(workspace, order_id, 2)


def test_an_incident_with_an_order_in_force_is_not_closed(
    workspace: Workspace, incident_id: UUID
) -> None:
    order_id = issue(workspace, *NANKO).id
    with pytest.raises(errors.OrdersInForce) as refused:
        close(workspace, incident_id)
    assert refused.value.facts == {"count": 1}
    lift(workspace, order_id, 1)
    close(workspace, incident_id)


def test_invented_orders_keep_no_demonstration_open(workspace: Workspace) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        invented = open_incident(session, "架空", IncidentKind.FLOOD, is_demonstration=True)
    issue(workspace, *NANKO, incident_id=invented)
    close(workspace, invented)


def test_there_must_be_such_an_order(workspace: Workspace) -> None:
    with pytest.raises(errors.NotFound):
        change(workspace, uuid4(), 1, SHIOMIDAI)
    with pytest.raises(errors.NotFound):
        lift(workspace, uuid4(), 1)
