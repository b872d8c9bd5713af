import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from gis.errors import (
    ChangedMeanwhile,
    IncidentNotOpen,
    NotFound,
    Refused,
    ShelterAlreadyOpen,
    StateTooEarly,
)
from gis.models import Opening
from gis.operations.incidents import close_incident, open_incident
from gis.operations.openings import close_shelter, open_shelters
from gis.store import Workspace
from gis.text import Language
from gis.vocabulary import IncidentKind
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.conftest import Ask


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
