"""Work of seconds beside the pages: on a thread of its own, watched and stopped from a page."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Generic, TypeVar, cast

import psycopg
from sqlalchemy.orm import Session

from gis.errors import Refused, ServerFault
from gis.text import N_

logger = logging.getLogger(__name__)

AT_ONCE = 2
"""Tasks that run at the same time; a large list fills a processor and some hundred megabytes."""

QUICK_SECONDS = 0.5
"""Work that ends within it needs no progress bar."""

WAITING = N_("Waiting for other work to end")

_turns = threading.BoundedSemaphore(AT_ONCE)

T = TypeVar("T")


class Stopped(Refused):
    """Somebody stopped the work; the transaction that it was in wrote nothing."""

    what = N_("Stopped. Nothing was written.")
    remedy = N_("Start again whenever you like.")


class Task(Generic[T]):
    """A piece of work on a thread that dies with the server, and its transaction with it.

    Parameters
    ----------
    work
        Is given the task, to tell its steps to; knows nothing of pages.
    steps
        What the work does one after the other, messages of the catalogue.
    """

    def __init__(self, work: "Callable[[Task[T]], T]", steps: tuple[str, ...]) -> None:
        self.steps = steps
        self.step = WAITING
        self._work = work
        self._began = monotonic()
        self._done = threading.Event()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._cancel: Callable[[], None] | None = None
        self._result: T | None = None
        self._refusal: Refused | None = None
        threading.Thread(target=self._run, name="background", daemon=True).start()

    def begin(self, step: str) -> None:
        """Note what is done from now on, or end the work here where somebody stopped it.

        Raises
        ------
        Stopped
            Somebody did.
        """
        if self._stopping.is_set():
            raise Stopped
        self.step = step

    def stop(self) -> None:
        """End the work: the database at once, anything else before its next step."""
        self._stopping.set()
        # A database that does not answer has ended the work already.
        with self._lock, suppress(psycopg.Error):
            if self._cancel:
                self._cancel()

    @contextmanager
    def interruptible(self, store: Session) -> Iterator[None]:
        """Let :meth:`stop` cut what the database does meanwhile; never a commit."""
        connection = cast(
            "psycopg.Connection[object]", store.connection().connection.driver_connection
        )
        with self._lock:
            self._cancel = connection.cancel_safe
        try:
            yield
        finally:
            # Later the connection is somebody else's.
            with self._lock:
                self._cancel = None

    @property
    def is_done(self) -> bool:
        """Whether it has ended, one way or another."""
        return self._done.is_set()

    @property
    def is_stopping(self) -> bool:
        """Whether somebody has stopped it."""
        return self._stopping.is_set()

    @property
    def seconds(self) -> int:
        """For how long it has been wanted."""
        return int(monotonic() - self._began)

    def wait(self, seconds: float) -> bool:
        """Return whether it ends within some time: what is quick needs no progress bar."""
        return self._done.wait(seconds)

    def outcome(self) -> T:
        """Return what it came to, once it is done.

        Raises
        ------
        gis.errors.Refused
            It was refused, or somebody stopped it.
        """
        if self._refusal:
            raise self._refusal
        return cast("T", self._result)

    def _run(self) -> None:
        try:
            with _turns:
                self._result = self._work(self)
        except Exception as fault:  # noqa: BLE001 - whatever it is, somebody waits for an answer
            self._refusal = self._explained(fault)
        finally:
            self._done.set()

    def _explained(self, fault: Exception) -> Refused:
        if self.is_stopping:
            # What a database says that is cut short is no fault of the store.
            return Stopped()
        if isinstance(fault, Refused):
            return fault
        logger.error("unexpected fault of background work", exc_info=fault)
        return ServerFault()
