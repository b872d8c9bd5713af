"""Work beside the pages: it ends, it is refused, it is stopped; somebody always hears how."""

import threading

import pytest
from sqlalchemy import text

from dashboard.background import Stopped, Task
from gis.errors import NameMissing, ServerFault
from gis.store import SYSTEM, Workspace

STEPS = ("first", "second")
LONG_SECONDS = 20


def test_work_tells_its_step_and_its_outcome() -> None:
    look = threading.Event()

    def work(task: Task[int]) -> int:
        task.begin("second")
        look.wait(LONG_SECONDS)
        return 42

    task = Task(work, STEPS)
    while task.step != "second":
        assert not task.wait(0.01)
    look.set()
    assert task.wait(LONG_SECONDS)
    assert task.outcome() == 42


def test_what_is_refused_is_refused_to_who_asks_for_the_outcome() -> None:
    def work(_task: Task[int]) -> int:
        raise NameMissing

    task = Task(work, STEPS)
    assert task.wait(LONG_SECONDS)
    with pytest.raises(NameMissing):
        task.outcome()


def test_an_unexpected_fault_is_told_in_words_of_the_catalogue() -> None:
    task = Task(lambda _task: 1 // 0, STEPS)
    assert task.wait(LONG_SECONDS)
    with pytest.raises(ServerFault):
        task.outcome()


def test_work_that_is_stopped_ends_before_its_next_step() -> None:
    look = threading.Event()

    def work(task: Task[int]) -> int:
        look.wait(LONG_SECONDS)
        task.begin("second")
        return 42

    task = Task(work, STEPS)
    task.stop()
    look.set()
    assert task.wait(LONG_SECONDS)
    with pytest.raises(Stopped):
        task.outcome()


def test_a_stop_cuts_what_the_database_does_and_nothing_is_kept(workspace: Workspace) -> None:
    def work(task: Task[int]) -> int:
        with workspace.transaction(SYSTEM) as store, task.interruptible(store):
            store.execute(text("INSERT INTO column_mapping (code, content) VALUES ('a', 'b')"))
            task.begin("second")
            store.execute(text("SELECT pg_sleep(:long)"), {"long": LONG_SECONDS})
        return 42

    task = Task(work, STEPS)
    while task.step != "second":
        assert not task.wait(0.01)
    while not task.wait(0.1):
        task.stop()
    with pytest.raises(Stopped):
        task.outcome()
    assert task.seconds < LONG_SECONDS
    with workspace.reading() as store:
        assert store.scalar(text("SELECT count(*) FROM column_mapping")) == 0


def test_a_late_stop_disturbs_nobody_else(workspace: Workspace) -> None:
    def work(task: Task[int]) -> int:
        with workspace.transaction(SYSTEM) as store, task.interruptible(store):
            store.execute(text("SELECT 1"))
        return 42

    task = Task(work, STEPS)
    assert task.wait(LONG_SECONDS)
    with workspace.reading() as store:
        stopping = threading.Timer(0.1, task.stop)
        stopping.start()
        store.execute(text("SELECT pg_sleep(0.4)"))
        stopping.join()
    assert task.outcome() == 42
