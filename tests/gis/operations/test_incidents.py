from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from gis.errors import ChangedMeanwhile, NameMissing, NotFound
from gis.models import Incident
from gis.operations.incidents import close_incident, open_incident
from gis.operations.openings import open_shelters
from gis.queries.incidents import current_incident
from gis.store import Workspace
from gis.text import Language
from gis.vocabulary import IncidentKind
from tests.conftest import HEADQUARTERS, FixedClock, MakeShelter
from tests.gis.conftest import Ask

OpenShelter = Callable[..., UUID]


def current(workspace: Workspace) -> UUID | None:
    with workspace.reading() as session:
        incident = current_incident(session)
        return incident.id if incident else None


def close(workspace: Workspace, incident_id: UUID, *, version: int = 1) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=version)


def test_an_incident_that_is_opened_becomes_the_current_one(
    workspace: Workspace, incident_id: UUID, clock: FixedClock
) -> None:
    assert current(workspace) == incident_id
    clock.moment += timedelta(minutes=1)
    with workspace.transaction(HEADQUARTERS) as session:
        later = open_incident(session, "津波", IncidentKind.TSUNAMI)
    assert current(workspace) == later


def test_an_incident_begins_now_unless_it_began_earlier(
    workspace: Workspace, clock: FixedClock, ask: Ask
) -> None:
    earlier = clock.moment - timedelta(hours=3)
    with workspace.transaction(HEADQUARTERS) as session:
        open_incident(session, "地震", IncidentKind.EARTHQUAKE)
        open_incident(session, "洪水", IncidentKind.FLOOD, started_at=earlier)
    assert ask("SELECT started_at FROM incident ORDER BY started_at") == [
        (earlier,),
        (clock.moment,),
    ]


@pytest.mark.parametrize("name", ["", "   ", "あ" * 101])
def test_an_incident_needs_a_name_of_reasonable_length(workspace: Workspace, name: str) -> None:
    with pytest.raises(NameMissing), workspace.transaction(HEADQUARTERS) as session:
        open_incident(session, name, IncidentKind.OTHER)
    assert current(workspace) is None


def test_a_closed_incident_is_no_longer_current(workspace: Workspace, incident_id: UUID) -> None:
    close(workspace, incident_id)
    assert current(workspace) is None


def test_closing_an_incident_closes_the_shelters_that_are_open_in_it(
    workspace: Workspace,
    incident_id: UUID,
    open_shelter: OpenShelter,
    clock: FixedClock,
    ask: Ask,
) -> None:
    open_shelter("鶴嶺小学校")
    open_shelter("梅田中学校")
    clock.moment += timedelta(hours=5)
    close(workspace, incident_id)
    assert ask("SELECT ended_at, version FROM opening") == [(clock.moment, 2)] * 2


def test_closing_an_incident_leaves_the_shelters_of_another_open(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, ask: Ask
) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        other = open_incident(session, "津波", IncidentKind.TSUNAMI)
        open_shelters(session, other, [make_shelter()])
    close(workspace, incident_id)
    assert ask("SELECT ended_at FROM opening") == [(None,)]


def test_a_shelter_that_was_to_open_later_does_not_open(
    workspace: Workspace,
    incident_id: UUID,
    make_shelter: MakeShelter,
    clock: FixedClock,
    ask: Ask,
) -> None:
    tonight = clock.moment + timedelta(hours=6)
    with workspace.transaction(HEADQUARTERS) as session:
        open_shelters(session, incident_id, [make_shelter()], since_at=tonight)
    close(workspace, incident_id)
    assert ask("SELECT isempty(tstzrange(began_at, ended_at)) FROM opening") == [(True,)]


def test_closing_what_somebody_else_closed_shows_both_values(
    workspace: Workspace, incident_id: UUID, clock: FixedClock, ask: Ask
) -> None:
    close(workspace, incident_id)
    clock.moment += timedelta(minutes=90)
    with pytest.raises(ChangedMeanwhile) as refused:
        close(workspace, incident_id)
    explained = refused.value.explain(Language.JA)
    assert "2026-09-01 12:00" in explained
    assert "2026-09-01 13:30" in explained
    assert ask("SELECT closed_at FROM incident") == [(clock.moment - timedelta(minutes=90),)]


def test_an_incident_that_does_not_exist_cannot_be_closed(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        close(workspace, uuid4())


def test_an_incident_opened_twice_under_one_id_is_one(workspace: Workspace) -> None:
    ours = uuid4()
    for _ in range(2):
        with workspace.transaction(HEADQUARTERS) as session:
            assert open_incident(session, "洪水", IncidentKind.FLOOD, incident_id=ours) == ours
    with workspace.reading() as session:
        assert session.scalar(select(func.count()).select_from(Incident)) == 1
