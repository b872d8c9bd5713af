"""What changed is told as it happens, and to nobody's harm."""

import threading
from collections.abc import Callable, Iterator
from queue import Empty, Queue
from uuid import UUID

import pytest
from sqlalchemy import text

from gis import live
from gis.live import ALL_SUBJECTS, CELLS_MOST, SUBJECTS, Change, Listener, Revisions
from gis.models import Base
from gis.operations.incidents import open_incident
from gis.store import SYSTEM, Workspace
from gis.vocabulary import IncidentKind
from tests.conftest import HEADQUARTERS, MakeShelter
from tests.gis.conftest import Count, CutConnections, Report

Heard = Queue[str]


@pytest.fixture
def heard(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """What a subscriber hears from now on."""
    monkeypatch.setattr(live, "RECONNECT_SECONDS", 0.01)
    monkeypatch.setattr(live, "_WAKE_SECONDS", 0.05)
    subjects: Heard = Queue()
    listener = Listener(workspace)
    listener.subscribe(put_in(subjects))
    listener.start()
    assert everything(subjects) == ALL_SUBJECTS
    yield subjects
    listener.stop()


def put_in(subjects: Heard) -> Callable[[Change], None]:
    return lambda change: subjects.put(change.subject)


def everything(subjects: Heard) -> set[str]:
    return {subjects.get(timeout=10) for _ in ALL_SUBJECTS}


def nothing_more(subjects: Heard) -> bool:
    try:
        subjects.get(timeout=0.1)
    except Empty:
        return True
    return False


def test_every_announced_table_exists() -> None:
    assert set(SUBJECTS) <= set(Base.metadata.tables)


@pytest.mark.usefixtures("incident_id")
def test_a_report_is_announced_within_a_second(heard: Heard, report: Report) -> None:
    report()
    assert heard.get(timeout=1) == "damage_reports"
    assert nothing_more(heard)


@pytest.mark.usefixtures("incident_id")
def test_of_a_report_on_the_map_it_is_told_where(
    workspace: Workspace, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_WAKE_SECONDS", 0.05)
    changes = Queue[Change]()
    listener = Listener(workspace)
    listener.subscribe(changes.put)
    listener.start()
    assert {changes.get(timeout=10).subject for _ in ALL_SUBJECTS} == ALL_SUBJECTS
    report(location=(139.4035, 35.3338))
    told = {change.subject: change.cells for change in (changes.get(timeout=10) for _ in range(2))}
    # 2**16 columns of 360 degrees, from 180 degrees west; the row is that of every XYZ tile.
    assert told == {"damage_reports": None, "damage_cells": frozenset({(58145, 25884)})}
    report(location=None)
    assert changes.get(timeout=10) == Change("damage_reports")
    listener.stop()


def test_changes_that_wait_become_one() -> None:
    one, other = (
        Change("damage_cells", frozenset({(1, 2)})),
        Change("damage_cells", frozenset({(3, 4)})),
    )
    assert one.followed_by(other).cells == frozenset({(1, 2), (3, 4)})
    assert one.followed_by(Change("damage_cells")).cells is None
    many = Change("damage_cells", frozenset((x, 0) for x in range(CELLS_MOST)))
    assert many.followed_by(one).cells is None


def test_a_count_is_announced_within_a_second(
    open_shelter: Callable[..., UUID], heard: Heard, count: Count
) -> None:
    count(open_shelter(), 5)
    assert heard.get(timeout=1) == "shelters"


def test_a_transaction_announces_each_table_once(workspace: Workspace, heard: Heard) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        for name in ("地震", "津波"):
            open_incident(session, name, IncidentKind.OTHER)
    assert heard.get(timeout=1) == "incidents"
    assert nothing_more(heard)


def test_what_was_rolled_back_is_not_announced(
    workspace: Workspace, heard: Heard, make_shelter: MakeShelter
) -> None:
    def fail() -> None:
        with workspace.transaction(HEADQUARTERS) as session:
            open_incident(session, "地震", IncidentKind.EARTHQUAKE)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    make_shelter()
    assert heard.get(timeout=1) == "shelters"
    assert nothing_more(heard)


def test_what_changed_nothing_is_not_announced(
    workspace: Workspace, make_shelter: MakeShelter, heard: Heard
) -> None:
    make_shelter()
    assert heard.get(timeout=1) == "shelters"
    with workspace.transaction(SYSTEM) as session:
        session.execute(text("UPDATE shelter SET capacity = capacity"))
    assert nothing_more(heard)


def test_after_a_restart_of_the_database_all_may_have_changed(
    heard: Heard, cut_connections: CutConnections, make_shelter: MakeShelter
) -> None:
    cut_connections()
    assert everything(heard) == ALL_SUBJECTS
    make_shelter()
    assert heard.get(timeout=1) == "shelters"


def test_who_no_longer_subscribes_hears_nothing(
    workspace: Workspace, make_shelter: MakeShelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_WAKE_SECONDS", 0.05)
    gone, stays = Queue[str](), Queue[str]()
    listener = Listener(workspace)
    leave = listener.subscribe(put_in(gone))
    listener.subscribe(put_in(stays))
    leave()
    listener.start()
    assert everything(stays) == ALL_SUBJECTS
    make_shelter()
    assert stays.get(timeout=1) == "shelters"
    listener.stop()
    assert gone.empty()


def test_a_subscriber_that_fails_silences_nobody_else(
    workspace: Workspace, make_shelter: MakeShelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Change) -> None:
        raise RuntimeError("Event loop is closed")

    monkeypatch.setattr(live, "_WAKE_SECONDS", 0.05)
    subjects: Heard = Queue()
    listener = Listener(workspace)
    listener.subscribe(fail)
    listener.subscribe(put_in(subjects))
    listener.start()
    assert everything(subjects) == ALL_SUBJECTS
    make_shelter()
    assert subjects.get(timeout=1) == "shelters"
    listener.stop()


def test_a_listener_that_stopped_leaves_no_thread(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_WAKE_SECONDS", 0.05)
    listener = Listener(workspace)
    listener.start()
    listener.stop()
    assert f"listener-{workspace.name}" not in {thread.name for thread in threading.enumerate()}


def test_a_revision_grows_with_its_own_subjects_and_no_others() -> None:
    revisions = Revisions()
    before = revisions.of(["shelters", "incidents"])
    revisions.advance("damage_reports")
    assert revisions.of(["shelters", "incidents"]) == before
    revisions.advance("shelters", "incidents")
    assert revisions.of(["shelters", "incidents"]) > before
    assert revisions.of([]) == 0
