"""What stands of equipment: the last check that counted, and nothing that nobody looked at."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from gis.operations.equipment import Seen, check_equipment
from gis.operations.ledger import Filing
from gis.operations.register import join_shelters
from gis.queries.equipment import CheckView, EquipmentState, checks_of, equipment_states
from gis.store import Workspace
from gis.vocabulary import Source
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.supplying import Supplying

GENERATOR, AED = "generator", "aed"
DUE = date(2026, 12, 1)
DAY = timedelta(days=1)

pytestmark = pytest.mark.usefixtures("city")


def look(workspace: Workspace, place_id: UUID, seen: Seen, days_ago: int = 0) -> None:
    filing = Filing(uuid4(), NOON - days_ago * DAY, Source.VISIT, reason="点検")
    with workspace.transaction(HEADQUARTERS) as session:
        check_equipment(session, filing, place_id, seen)


def states(workspace: Workspace) -> list[EquipmentState]:
    with workspace.reading() as session:
        return equipment_states(session)


def history(workspace: Workspace, place_id: UUID) -> list[CheckView]:
    with workspace.reading() as session:
        return checks_of(session, place_id, GENERATOR)


@pytest.fixture
def depot(workspace: Workspace) -> UUID:
    return Supplying(workspace).depot()


def test_nothing_stands_where_nobody_looked(workspace: Workspace) -> None:
    assert states(workspace) == []


def test_the_check_that_was_seen_last_stands(workspace: Workspace, depot: UUID) -> None:
    look(workspace, depot, Seen(GENERATOR, 2, 1, 1, DUE, "異音"))
    look(workspace, depot, Seen(GENERATOR, 3, 0), days_ago=5)
    assert states(workspace) == [
        EquipmentState(depot, GENERATOR, 2, 1, 1, DUE, "異音", NOON, HEADQUARTERS.name)
    ]
    assert [one.working for one in history(workspace, depot)] == [2, 3]


def test_a_note_alone_leaves_figures_and_due_date_as_they_are(
    workspace: Workspace, depot: UUID
) -> None:
    look(workspace, depot, Seen(GENERATOR, 2, 1, next_check_on=DUE), days_ago=5)
    look(workspace, depot, Seen(GENERATOR, note="鍵は本部"))
    (one,) = states(workspace)
    assert (one.working, one.broken, one.next_check_on) == (2, 1, DUE)
    assert (one.note, one.checked_at) == ("鍵は本部", NOON - 5 * DAY)


def test_where_there_are_notes_alone_nothing_was_checked(workspace: Workspace, depot: UUID) -> None:
    look(workspace, depot, Seen(GENERATOR, note="あるらしい"))
    (one,) = states(workspace)
    assert (one.working, one.checked_at, one.checked_by) == (None, None, None)


def test_what_a_check_left_out_is_unknown_whatever_was_known_before(
    workspace: Workspace, depot: UUID
) -> None:
    look(workspace, depot, Seen(GENERATOR, 2, 1, 1, DUE), days_ago=5)
    look(workspace, depot, Seen(GENERATOR, broken=2))
    (one,) = states(workspace)
    assert (one.working, one.broken, one.in_use) == (None, 2, None)
    assert one.next_check_on is None


def test_each_item_of_each_place_stands_for_itself(workspace: Workspace, depot: UUID) -> None:
    other = Supplying(workspace).depot()
    for place, item in ((depot, GENERATOR), (depot, AED), (other, GENERATOR)):
        look(workspace, place, Seen(item, 1, 0))
    assert {(one.place_id, one.item_code) for one in states(workspace)} == {
        (depot, GENERATOR),
        (depot, AED),
        (other, GENERATOR),
    }


def test_what_was_told_of_a_joined_shelter_is_told_of_the_one_it_became(
    workspace: Workspace, clock: FixedClock, make_shelter: MakeShelter
) -> None:
    gone, into = make_shelter("北館"), make_shelter("本館")
    look(workspace, gone, Seen(GENERATOR, 1, 0))
    with workspace.transaction(HEADQUARTERS) as session:
        join_shelters(session, gone, into)
    clock.moment = NOON + DAY
    look(workspace, into, Seen(GENERATOR, note="移動"))
    (one,) = states(workspace)
    assert replace(one, checked_by=None) == EquipmentState(
        into, GENERATOR, 1, 0, None, None, "移動", NOON, None
    )
    assert len(history(workspace, into)) == 2
