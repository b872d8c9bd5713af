from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest

from gis import errors
from gis.errors import Refused
from gis.models.chronology import CONTENT_LENGTH, NAME_LENGTH
from gis.operations import Filed
from gis.operations.chronology import NewEntry, follow_up, write_entry
from gis.operations.incidents import close_incident
from gis.queries.chronology import WrittenEntry, chronology_entry
from gis.store import Workspace
from gis.text import Language
from tests.conftest import HEADQUARTERS, NOON, FixedClock
from tests.gis.conftest import Ask

LATER = NOON + timedelta(minutes=5)


def write(workspace: Workspace, content: str = "県から電話", **more: Any) -> Filed:  # noqa: ANN401
    entry = NewEntry(more.pop("id", None) or uuid4(), content, **more)
    with workspace.transaction(HEADQUARTERS) as session:
        return write_entry(session, entry)


def follow(
    workspace: Workspace, entry_id: UUID, version: int, *, done: bool = False, **told: str | None
) -> None:
    said: dict[str, str | None] = {"action": None, "assignee": None, **told}
    with workspace.transaction(HEADQUARTERS) as session:
        follow_up(session, entry_id, version=version, done=done, **said)


def stored(workspace: Workspace, entry_id: UUID) -> WrittenEntry:
    with workspace.reading() as session:
        return chronology_entry(session, entry_id)


def test_an_entry_is_stored_as_it_came(workspace: Workspace, incident_id: UUID) -> None:
    said = {"sender": "県", "recipient": "本部", "action": "返答する", "assignee": "連絡班"}
    happened_at = NOON - timedelta(minutes=20)
    filed = write(workspace, " 毛布が届く\n18時 ", happened_at=happened_at, **said)
    entry = stored(workspace, filed.id)
    assert entry == WrittenEntry(
        **said, content="毛布が届く\n18時", done_at=None, version=1, id=filed.id,
        incident_id=incident_id, happened_at=happened_at, recorded_at=NOON,
        recorded_by=HEADQUARTERS.name,
    )  # fmt: skip


@pytest.mark.usefixtures("incident_id")
def test_what_is_left_blank_is_unknown_and_the_moment_is_now(workspace: Workspace) -> None:
    entry = stored(workspace, write(workspace, sender="　", action="").id)
    assert (entry.sender, entry.action, entry.happened_at) == (None, None, NOON)
    assert not entry.is_task


@pytest.mark.parametrize(
    ("content", "refusal", "field"),
    [
        ({"content": ""}, errors.ContentMissing, "content"),
        ({"content": " 　\n"}, errors.ContentMissing, "content"),
        ({"content": "長" * (CONTENT_LENGTH + 1)}, errors.TextTooLong, "content"),
        ({"sender": "長" * (NAME_LENGTH + 1)}, errors.TextTooLong, "sender"),
        ({"recipient": "長" * (NAME_LENGTH + 1)}, errors.TextTooLong, "recipient"),
        ({"action": "長" * (CONTENT_LENGTH + 1)}, errors.TextTooLong, "action"),
        ({"assignee": "長" * (NAME_LENGTH + 1)}, errors.TextTooLong, "assignee"),
        ({"happened_at": NOON + timedelta(minutes=6)}, errors.ObservedInFuture, "happened_at"),
        ({"happened_at": NOON.replace(tzinfo=None)}, errors.MomentWithoutZone, "happened_at"),
        ({"happened_at": NOON.replace(year=1970)}, errors.ObservedTooEarly, "happened_at"),
        ({"incident_id": UUID(int=1)}, errors.NotFound, "incident_id"),
    ],
)
@pytest.mark.usefixtures("incident_id")
def test_what_cannot_be_is_refused_and_not_stored(
    workspace: Workspace, ask: Ask, content: dict[str, Any], refusal: type[Refused], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        write(workspace, **content)
    assert refused.value.field == field
    assert ask("SELECT count(*) FROM chronology_entry") == [(0,)]


@pytest.mark.usefixtures("incident_id")
def test_texts_as_long_as_is_kept_are_kept(workspace: Workspace) -> None:
    longest = {"content": "災" * CONTENT_LENGTH, "assignee": "災" * NAME_LENGTH}
    entry = stored(workspace, write(workspace, **longest).id)
    assert (len(entry.content), len(entry.assignee or "")) == (CONTENT_LENGTH, NAME_LENGTH)


def test_writing_needs_an_open_incident(workspace: Workspace, incident_id: UUID) -> None:
    entry_id = write(workspace).id
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)
    for named in (None, incident_id):
        with pytest.raises(errors.IncidentNotOpen):
            write(workspace, incident_id=named)
    with pytest.raises(errors.IncidentNotOpen):
        follow(workspace, entry_id, 1, done=True)


@pytest.mark.usefixtures("incident_id")
def test_writing_again_changes_nothing_even_after_it_was_followed_up(
    workspace: Workspace, clock: FixedClock, ask: Ask
) -> None:
    said: dict[str, Any] = {"id": uuid4(), "content": "停電", "action": "確認する"}
    assert write(workspace, **said).is_new
    clock.moment = LATER
    assert not write(workspace, **said).is_new
    follow(workspace, said["id"], 1, action="電力会社に確認した", done=True)
    assert not write(workspace, **said).is_new
    assert ask("SELECT action FROM chronology_entry") == [("電力会社に確認した",)]


@pytest.mark.usefixtures("incident_id")
@pytest.mark.parametrize(
    "other", [{"content": "断水"}, {"sender": "県"}, {"action": "別"}, {"happened_at": LATER}]
)
def test_an_id_cannot_stand_for_two_entries(workspace: Workspace, other: dict[str, Any]) -> None:
    said: dict[str, Any] = {"id": uuid4(), "content": "停電"}
    write(workspace, **said)
    with pytest.raises(errors.IdUsedForAnother):
        write(workspace, **said | other)


@pytest.mark.usefixtures("incident_id")
def test_deliveries_that_race_make_one_entry(workspace: Workspace, ask: Ask) -> None:
    entry_id, start = uuid4(), Barrier(4)

    def deliver(_: int) -> bool:
        start.wait()
        return write(workspace, id=entry_id).is_new

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(deliver, range(4))) == [False, False, False, True]
    assert ask("SELECT count(*) FROM chronology_entry") == [(1,)]


@pytest.mark.usefixtures("incident_id")
def test_an_entry_is_followed_up_until_it_is_done_and_back(
    workspace: Workspace, clock: FixedClock
) -> None:
    entry_id = write(workspace, action="手配する").id
    clock.moment = LATER
    follow(workspace, entry_id, 1, action="手配した", assignee="物資班", done=True)
    entry = stored(workspace, entry_id)
    assert (entry.action, entry.assignee, entry.version) == ("手配した", "物資班", 2)
    assert entry.done_at == LATER
    clock.moment += timedelta(minutes=1)
    follow(workspace, entry_id, 2, action="手配した", assignee="避難所班", done=True)
    assert stored(workspace, entry_id).done_at == LATER
    follow(workspace, entry_id, 3, action="手配した", assignee="避難所班")
    assert stored(workspace, entry_id).is_unfinished


@pytest.mark.usefixtures("incident_id")
def test_who_follows_up_what_somebody_else_changed_sees_both(workspace: Workspace) -> None:
    entry_id = write(workspace).id
    follow(workspace, entry_id, 1, action="給水車", assignee="水道班")
    with pytest.raises(errors.ChangedMeanwhile) as refused:
        follow(workspace, entry_id, 1, action="毛布", assignee="物資班", done=True)
    said = refused.value.explain(Language.JA)
    assert "給水車 / 水道班 / —" in said
    assert "毛布 / 物資班 / 2026-09-01 12:00" in said
    assert stored(workspace, entry_id).assignee == "水道班"


@pytest.mark.usefixtures("incident_id")
def test_following_up_again_with_the_same_words_is_harmless(workspace: Workspace) -> None:
    entry_id = write(workspace).id
    for _ in range(2):
        follow(workspace, entry_id, 1, action="給水車", done=True)
    assert stored(workspace, entry_id).version == 2


@pytest.mark.usefixtures("incident_id")
def test_of_some_who_follow_up_at_once_one_is_heard_and_the_others_learn_of_it(
    workspace: Workspace,
) -> None:
    entry_id, start = write(workspace).id, Barrier(4)

    def say(number: int) -> bool:
        start.wait()
        try:
            follow(workspace, entry_id, 1, assignee=f"第{number}班")
        except errors.ChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        heard = list(threads.map(say, range(4)))
    assert sorted(heard) == [False, False, False, True]
    entry = stored(workspace, entry_id)
    assert (entry.assignee, entry.version) == (f"第{heard.index(True)}班", 2)


def test_an_entry_that_does_not_exist_is_not_found(workspace: Workspace) -> None:
    with pytest.raises(errors.NotFound):
        follow(workspace, uuid4(), 1)
