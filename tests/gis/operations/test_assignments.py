from uuid import UUID, uuid4

import pytest

from gis.errors import IncidentNotOpen, NotFound, TextTooLong
from gis.operations.assignments import NAME_LENGTH, assign
from gis.operations.incidents import close_incident
from gis.store import Workspace
from tests.conftest import HEADQUARTERS, MakeShelter
from tests.gis.conftest import Ask


def say(workspace: Workspace, incident_id: UUID, **words: object) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        assign(session, incident_id, **words)  # type: ignore[arg-type]


def test_each_word_is_kept_with_who_said_it(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, ask: Ask
) -> None:
    shelter_id = make_shelter()
    say(workspace, incident_id, shelter_id=shelter_id, assignee=" 佐藤 ")
    say(workspace, incident_id, shelter_id=shelter_id, assignee=" ")
    assert ask("SELECT assignee, recorded_by FROM assignment ORDER BY number") == [
        ("佐藤", "本部"),
        (None, "本部"),
    ]


def test_a_closed_incident_takes_no_more_words(workspace: Workspace, incident_id: UUID) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)
    with pytest.raises(IncidentNotOpen):
        say(workspace, incident_id, district="茅ヶ崎", assignee="佐藤")


def test_an_unknown_shelter_is_refused(workspace: Workspace, incident_id: UUID) -> None:
    with pytest.raises(NotFound):
        say(workspace, incident_id, shelter_id=uuid4(), assignee="佐藤")


@pytest.mark.parametrize("district", [None, " ", "町" * (NAME_LENGTH + 1)])
def test_without_a_shelter_there_is_a_district(
    workspace: Workspace, incident_id: UUID, district: str | None
) -> None:
    with pytest.raises(NotFound):
        say(workspace, incident_id, district=district, assignee="佐藤")


def test_a_name_that_is_too_long_is_refused(workspace: Workspace, incident_id: UUID) -> None:
    with pytest.raises(TextTooLong):
        say(workspace, incident_id, district="茅ヶ崎", assignee="名" * (NAME_LENGTH + 1))
