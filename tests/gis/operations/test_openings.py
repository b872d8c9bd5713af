import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from gis.errors import (
    ChangedMeanwhile,
    IncidentNotOpen,
    NameMissing,
    NotFound,
    NothingToTakeBack,
    PlaceSwapped,
    Refused,
    ShelterAlreadyOpen,
    ShelterInUse,
    ShelterNotOpen,
    StateChangedMeanwhile,
    StateTooEarly,
)
from gis.models import Opening
from gis.operations.incidents import close_incident, open_incident
from gis.operations.openings import (
    UnlistedShelter,
    change_state,
    close_shelter,
    open_shelters,
    open_unlisted_shelter,
    take_back,
)
from gis.operations.register import join_shelters, separate_shelter
from gis.queries.shelters import ShelterStatus, shelter_statuses
from gis.store import Workspace
from gis.text import Language
from gis.vocabulary import IncidentKind, ShelterState
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.conftest import Ask, Count


def open_(
    workspace: Workspace,
    incident_id: UUID,
    shelter_ids: Sequence[UUID],
    opened_at: datetime | None = None,
) -> list[UUID]:
    with workspace.transaction(HEADQUARTERS) as session:
        return open_shelters(session, incident_id, shelter_ids, since_at=opened_at)


def close(
    workspace: Workspace, opening_id: UUID, closed_at: datetime | None = None, *, version: int = 1
) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        close_shelter(session, opening_id, version=version, closed_at=closed_at)


def test_shelters_open_together(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, ask: Ask
) -> None:
    shelters = [make_shelter("鶴嶺小学校"), make_shelter("梅田中学校")]
    openings = open_(workspace, incident_id, shelters)
    rows = ask("SELECT id, shelter_id, incident_id, began_at, ended_at FROM opening")
    assert {row[0] for row in rows} == set(openings)
    assert {row[1] for row in rows} == set(shelters)
    assert {row[2:] for row in rows} == {(incident_id, NOON, None)}


def test_one_that_cannot_open_keeps_all_of_them_shut(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, ask: Ask
) -> None:
    first, second = make_shelter("鶴嶺小学校"), make_shelter("梅田中学校")
    open_(workspace, incident_id, [second])
    with pytest.raises(ShelterAlreadyOpen):
        open_(workspace, incident_id, [first, second])
    assert ask("SELECT shelter_id FROM opening") == [(second,)]


def test_a_shelter_is_open_once_whatever_the_incident(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    shelter = make_shelter()
    open_(workspace, incident_id, [shelter])
    with workspace.transaction(HEADQUARTERS) as session:
        other = open_incident(session, "津波", IncidentKind.TSUNAMI)
    with pytest.raises(ShelterAlreadyOpen):
        open_(workspace, other, [shelter])


def test_the_same_shelter_twice_in_one_list_is_refused(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    shelter = make_shelter()
    with pytest.raises(ShelterAlreadyOpen):
        open_(workspace, incident_id, [shelter, shelter])


def test_a_closed_shelter_can_open_again(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, clock: FixedClock
) -> None:
    shelter = make_shelter()
    (opening,) = open_(workspace, incident_id, [shelter])
    clock.moment += timedelta(hours=1)
    close(workspace, opening)
    assert open_(workspace, incident_id, [shelter])


def test_opening_into_a_time_when_it_was_open_is_refused(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, clock: FixedClock
) -> None:
    shelter = make_shelter()
    (opening,) = open_(workspace, incident_id, [shelter])
    clock.moment += timedelta(hours=2)
    close(workspace, opening)
    with pytest.raises(ShelterAlreadyOpen):
        open_(workspace, incident_id, [shelter], NOON + timedelta(hours=1))


def test_opening_no_shelter_does_nothing(workspace: Workspace, incident_id: UUID, ask: Ask) -> None:
    assert open_(workspace, incident_id, []) == []
    assert ask("SELECT count(*) FROM opening") == [(0,)]


@pytest.mark.parametrize("at", [NOON, NOON + timedelta(hours=1)])
def test_a_shelter_closes_at_or_after_its_opening(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, ask: Ask, at: datetime
) -> None:
    (opening,) = open_(workspace, incident_id, [make_shelter()])
    close(workspace, opening, at)
    assert ask("SELECT ended_at, version FROM opening") == [(at, 2)]


def test_a_shelter_cannot_close_before_it_opened(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, ask: Ask
) -> None:
    (opening,) = open_(workspace, incident_id, [make_shelter()])
    with pytest.raises(StateTooEarly):
        close(workspace, opening, NOON - timedelta(seconds=1))
    assert ask("SELECT ended_at, version FROM opening") == [(None, 1)]


def test_closing_what_somebody_else_closed_shows_both_values(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, ask: Ask
) -> None:
    (opening,) = open_(workspace, incident_id, [make_shelter()])
    close(workspace, opening, NOON + timedelta(hours=1))
    with pytest.raises(ChangedMeanwhile) as refused:
        close(workspace, opening, NOON + timedelta(hours=2))
    explained = refused.value.explain(Language.EN)
    assert "2026-09-01 13:00" in explained
    assert "2026-09-01 14:00" in explained
    assert ask("SELECT ended_at FROM opening") == [(NOON + timedelta(hours=1),)]


def test_nothing_opens_in_an_incident_that_is_closed(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)
    with pytest.raises(IncidentNotOpen):
        open_(workspace, incident_id, [make_shelter()])


def test_nothing_opens_in_an_incident_that_does_not_exist(
    workspace: Workspace, make_shelter: MakeShelter
) -> None:
    with pytest.raises(NotFound):
        open_(workspace, uuid4(), [make_shelter()])


def test_a_shelter_that_does_not_exist_cannot_open(workspace: Workspace, incident_id: UUID) -> None:
    with pytest.raises(Refused):
        open_(workspace, incident_id, [uuid4()])


def test_an_opening_that_does_not_exist_cannot_close(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        close(workspace, uuid4())


def test_a_shelter_cannot_be_opened_in_an_incident_that_is_being_closed(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    shelter_id = make_shelter()
    opened = threading.Event()

    def close_it() -> None:
        opened.wait(10)
        with workspace.transaction(HEADQUARTERS) as session:
            close_incident(session, incident_id, version=1)

    with ThreadPoolExecutor(1) as somebody_else:
        with workspace.transaction(HEADQUARTERS) as session:
            open_shelters(session, incident_id, [shelter_id])
            closing = somebody_else.submit(close_it)
            opened.set()
            with pytest.raises(TimeoutError):
                closing.result(timeout=0.5)
        closing.result(timeout=10)
    with workspace.reading() as session:
        still_open = select(func.count()).where(Opening.ended_at.is_(None))
        assert session.scalar(still_open) == 0


def change(
    workspace: Workspace,
    opening_id: UUID,
    state: ShelterState,
    version: int,
    **told: Any,  # noqa: ANN401
) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        change_state(session, opening_id, state, version=version, **told)


def undo(workspace: Workspace, opening_id: UUID, version: int) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        take_back(session, opening_id, version=version)


def only(
    workspace: Workspace, incident_id: UUID, at: datetime, known_at: datetime | None = None
) -> ShelterStatus:
    with workspace.reading() as session:
        (found,) = shelter_statuses(session, incident_id, as_of=at, known_at=known_at)
        return found


def test_a_shelter_is_prepared_then_opened_then_closed(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, clock: FixedClock
) -> None:
    shelter = make_shelter()
    with workspace.transaction(HEADQUARTERS) as session:
        (opening,) = open_shelters(
            session, incident_id, [shelter], state=ShelterState.PREPARING, reason="避難指示"
        )
    told = [ShelterState.OPEN, ShelterState.UNKNOWN, ShelterState.OPEN, ShelterState.CLOSED]
    for number, state in enumerate(told, start=1):
        clock.moment = NOON + timedelta(hours=number)
        change(workspace, opening, state, number)
    seen = [
        only(workspace, incident_id, NOON + timedelta(hours=hour, minutes=30)).state
        for hour in range(5)
    ]
    assert seen == [ShelterState.PREPARING, *told]
    last = only(workspace, incident_id, clock.moment)
    assert (last.opened_at, last.closed_at) == (NOON + timedelta(hours=1), clock.moment)


def test_why_and_since_when_stand_beside_the_state(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, clock: FixedClock
) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        open_shelters(session, incident_id, [make_shelter()], since_at=NOON, reason="避難指示")
    clock.moment += timedelta(hours=1)
    found = only(workspace, incident_id, clock.moment)
    assert (found.since_at, found.reason) == (NOON, "避難指示")


@pytest.mark.parametrize("state", [ShelterState.OPEN, ShelterState.PERMANENT])
def test_what_is_open_holds_people_and_nothing_else_does(state: ShelterState) -> None:
    assert state.holds_people
    assert sum(each.holds_people for each in ShelterState) == 2


def test_a_state_cannot_begin_before_the_one_it_follows(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    (opening,) = open_(workspace, incident_id, [make_shelter()])
    with pytest.raises(StateTooEarly) as refused:
        change(workspace, opening, ShelterState.UNKNOWN, 1, since_at=NOON - timedelta(minutes=1))
    assert "2026-09-01 12:00" in refused.value.explain(Language.JA)


def test_a_closed_shelter_has_no_next_state(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    (opening,) = open_(workspace, incident_id, [make_shelter()])
    close(workspace, opening)
    with pytest.raises(ShelterNotOpen):
        change(workspace, opening, ShelterState.OPEN, 2)


def test_a_closing_that_was_a_mistake_is_taken_back_and_stays_on_record(
    workspace: Workspace,
    incident_id: UUID,
    make_shelter: MakeShelter,
    clock: FixedClock,
    ask: Ask,
) -> None:
    shelter = make_shelter()
    (opening,) = open_(workspace, incident_id, [shelter])
    clock.moment = NOON + timedelta(hours=1)
    close(workspace, opening)
    clock.moment = NOON + timedelta(hours=2)
    undo(workspace, opening, 2)
    now_ = only(workspace, incident_id, clock.moment)
    assert (now_.state, now_.since_at, now_.opening_version) == (ShelterState.OPEN, NOON, 3)
    # At half past one it was closed by what was known then, and open by what is known now.
    half_past = NOON + timedelta(hours=1, minutes=30)
    assert only(workspace, incident_id, half_past).state is ShelterState.CLOSED
    assert only(workspace, incident_id, half_past, clock.moment).state is ShelterState.OPEN
    assert ask("SELECT state FROM opening_state ORDER BY number") == [
        ("open",),
        ("closed",),
        ("open",),
    ]
    with pytest.raises(ShelterAlreadyOpen):
        open_(workspace, incident_id, [shelter])


def test_state_after_state_is_taken_back_until_the_shelter_was_never_opened(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, clock: FixedClock
) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        (opening,) = open_shelters(
            session, incident_id, [make_shelter()], state=ShelterState.PREPARING
        )
    for version, state in enumerate((ShelterState.OPEN, ShelterState.CLOSED), start=1):
        clock.moment += timedelta(hours=1)
        change(workspace, opening, state, version)
    back = [ShelterState.OPEN, ShelterState.PREPARING, ShelterState.NOT_OPENED]
    for version, state in enumerate(back, start=3):
        undo(workspace, opening, version)
        seen = only(workspace, incident_id, clock.moment)
        assert seen.state is state
        assert (seen.opened_at is not None) == (state is ShelterState.OPEN)
    with pytest.raises(NothingToTakeBack):
        undo(workspace, opening, 6)


def test_what_is_told_after_a_state_was_taken_back_is_taken_back_by_itself(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, clock: FixedClock
) -> None:
    (opening,) = open_(workspace, incident_id, [make_shelter()])
    clock.moment += timedelta(hours=1)
    close(workspace, opening)
    undo(workspace, opening, 2)
    change(workspace, opening, ShelterState.UNKNOWN, 3)
    undo(workspace, opening, 4)
    seen = only(workspace, incident_id, clock.moment)
    assert (seen.state, seen.since_at) == (ShelterState.OPEN, NOON)


def test_nothing_is_told_of_a_shelter_whose_incident_has_been_closed(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, clock: FixedClock
) -> None:
    (opening,) = open_(workspace, incident_id, [make_shelter()])
    clock.moment += timedelta(hours=1)
    close(workspace, opening)
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)
    with pytest.raises(IncidentNotOpen):
        undo(workspace, opening, 2)


def test_a_shelter_that_was_joined_to_another_one_does_not_open_beside_it(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, clock: FixedClock
) -> None:
    kept, joined = make_shelter("鶴嶺小学校"), make_shelter("鶴嶺小")
    (opening,) = open_(workspace, incident_id, [joined])
    clock.moment += timedelta(hours=1)
    close(workspace, opening)
    with workspace.transaction(HEADQUARTERS) as session:
        join_shelters(session, joined, kept)
    with pytest.raises(ShelterInUse):
        open_(workspace, incident_id, [joined])
    open_(workspace, incident_id, [kept])
    with pytest.raises(ShelterAlreadyOpen):
        undo(workspace, opening, 2)


def test_a_closing_is_taken_back_under_the_name_that_the_shelter_has_now(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, clock: FixedClock
) -> None:
    kept, joined = make_shelter("鶴嶺小学校"), make_shelter("鶴嶺小")
    (opening,) = open_(workspace, incident_id, [joined])
    clock.moment += timedelta(hours=1)
    close(workspace, opening)
    with workspace.transaction(HEADQUARTERS) as session:
        join_shelters(session, joined, kept)
    undo(workspace, opening, 2)
    seen = only(workspace, incident_id, clock.moment)
    assert (seen.id, seen.state) == (kept, ShelterState.OPEN)
    with pytest.raises(ShelterAlreadyOpen):
        open_(workspace, incident_id, [kept])


def test_nobody_joins_a_shelter_while_it_is_being_opened(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    kept, joined = make_shelter("鶴嶺小学校"), make_shelter("鶴嶺小")
    open_(workspace, incident_id, [kept])
    begun = threading.Event()

    def join_them() -> None:
        begun.wait(10)
        with workspace.transaction(HEADQUARTERS) as session:
            join_shelters(session, joined, kept)

    with ThreadPoolExecutor(1) as somebody_else:
        with workspace.transaction(HEADQUARTERS) as session:
            open_shelters(session, incident_id, [joined])
            joining = somebody_else.submit(join_them)
            begun.set()
            with pytest.raises(TimeoutError):
                joining.result(timeout=0.5)
        with pytest.raises(ShelterInUse):
            joining.result(timeout=10)


def test_an_opening_that_was_a_mistake_never_was_and_the_shelter_can_open(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, clock: FixedClock
) -> None:
    shelter = make_shelter()
    (opening,) = open_(workspace, incident_id, [shelter])
    undo(workspace, opening, 1)
    assert only(workspace, incident_id, clock.moment).state is ShelterState.NOT_OPENED
    with pytest.raises(NothingToTakeBack):
        undo(workspace, opening, 2)
    assert open_(workspace, incident_id, [shelter])
    assert only(workspace, incident_id, clock.moment).state is ShelterState.OPEN


def test_a_closing_is_not_taken_back_once_the_shelter_has_opened_anew(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, clock: FixedClock
) -> None:
    shelter = make_shelter()
    (opening,) = open_(workspace, incident_id, [shelter])
    clock.moment += timedelta(hours=1)
    close(workspace, opening)
    clock.moment += timedelta(hours=1)
    open_(workspace, incident_id, [shelter])
    with pytest.raises(ShelterAlreadyOpen):
        undo(workspace, opening, 2)


def test_of_two_who_tell_the_next_state_at_once_one_learns_of_the_other(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, ask: Ask
) -> None:
    (opening,) = open_(workspace, incident_id, [make_shelter()])
    together = threading.Barrier(2)

    def tell(state: ShelterState) -> str:
        with workspace.transaction(HEADQUARTERS) as session:
            together.wait(10)
            try:
                change_state(session, opening, state, version=1)
            except StateChangedMeanwhile as refused:
                return refused.explain(Language.JA)
        return ""

    with ThreadPoolExecutor(2) as people:
        answers = list(people.map(tell, [ShelterState.CLOSED, ShelterState.UNKNOWN]))
    assert sorted(map(bool, answers)) == [False, True]
    assert "閉鎖" in "".join(answers)
    assert "不明" in "".join(answers)
    assert ask("SELECT count(*), max(number) FROM opening_state") == [(2, 2)]


def unlisted(
    workspace: Workspace,
    incident_id: UUID,
    name: str = "公民館",
    location: tuple[float, float] | None = None,
    shelter_id: UUID | None = None,
) -> UUID:
    new = UnlistedShelter(shelter_id or uuid4(), "142077", name, location)
    with workspace.transaction(HEADQUARTERS) as session:
        open_unlisted_shelter(session, incident_id, new)
    return new.id


def test_a_shelter_that_is_on_no_list_opens_where_somebody_taps(
    workspace: Workspace, incident_id: UUID, clock: FixedClock
) -> None:
    place = (139.40, 35.33)
    made = unlisted(workspace, incident_id, location=place)
    assert unlisted(workspace, incident_id, location=place, shelter_id=made) == made
    found = only(workspace, incident_id, clock.moment)
    assert (found.state, found.is_self_organised) == (ShelterState.OPEN, True)
    assert (found.lon, found.lat) == place


@pytest.mark.parametrize(
    ("given", "refusal"),
    [({"name": "  "}, NameMissing), ({"location": (35.33, 139.40)}, PlaceSwapped)],
)
def test_an_unlisted_shelter_needs_a_name_and_a_possible_place(
    workspace: Workspace,
    incident_id: UUID,
    ask: Ask,
    given: dict[str, Any],
    refusal: type[Refused],
) -> None:
    with pytest.raises(refusal):
        unlisted(workspace, incident_id, **given)
    assert ask("SELECT count(*) FROM shelter") == [(0,)]


def test_an_unlisted_shelter_found_on_the_register_brings_its_people_along(
    workspace: Workspace,
    incident_id: UUID,
    make_shelter: MakeShelter,
    count: Count,
    clock: FixedClock,
) -> None:
    made = unlisted(workspace, incident_id)
    count(made, 40)
    listed = make_shelter("南湖会館")
    with workspace.transaction(HEADQUARTERS) as session:
        join_shelters(session, made, listed)
    found = only(workspace, incident_id, clock.moment)
    assert (found.id, found.state, found.persons) == (listed, ShelterState.OPEN, 40)
    count(listed, 50, observed_at=clock.moment)
    assert only(workspace, incident_id, clock.moment).persons == 50
    with pytest.raises(ShelterAlreadyOpen):
        open_(workspace, incident_id, [listed])
    with workspace.transaction(HEADQUARTERS) as session:
        separate_shelter(session, made)
    with workspace.reading() as session:
        statuses = shelter_statuses(session, incident_id, as_of=clock.moment, opened_only=True)
    assert [(each.id, each.persons) for each in statuses] == [(made, 50)]


def test_two_open_shelters_are_not_joined(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    made, listed = unlisted(workspace, incident_id), make_shelter()
    open_(workspace, incident_id, [listed])
    with pytest.raises(ShelterInUse), workspace.transaction(HEADQUARTERS) as session:
        join_shelters(session, made, listed)
