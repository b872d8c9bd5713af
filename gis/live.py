"""What changed, told as it happens: one listener per process and workspace.

The store's triggers send a NOTIFY per changed table (``hq_change``); the listener turns it into the
subject that screens know and calls whoever subscribed. Nothing polls the database.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import psycopg

from gis.store import Workspace

logger = logging.getLogger(__name__)

ACCESS = "access"
"""Sign-ins: nothing that a screen shows, but what may end its right to be shown anything."""

SUBJECTS = {
    "shelter": "shelters",
    "designation": "shelters",
    "inventory_import": "inventories",
    "column_mapping": "inventories",
    "opening": "shelters",
    "opening_state": "shelters",
    "assignment": "shelters",
    "condition_report": "shelters",
    "chronology_entry": "chronology",
    "evacuation_order": "evacuation_orders",
    "evacuation_announcement": "evacuation_orders",
    "road_closure": "road_closures",
    "road_closure_statement": "road_closures",
    "annotation": "annotations",
    "annotation_statement": "annotations",
    "occupancy_reading": "shelters",
    "photograph": "photographs",
    "stock_place": "supplies",
    "movement": "supplies",
    "supply_request": "supplies",
    "request_decision": "supplies",
    "dispatch": "supplies",
    "dispatch_event": "supplies",
    "equipment_check": "supplies",
    "declaration": "summaries",
    "summary_issue": "summaries",
    "summary_issue_step": "summaries",
    "damage_report": "damage_reports",
    "damage_assessment": "damage_reports",
    "damage_claim": "damage_claims",
    "damage_cell": "damage_cells",
    "hazard_layer": "hazard_zones",
    "hazard_edition": "hazard_zones",
    "hazard_choice": "hazard_zones",
    "incident": "incidents",
    "sign_in": ACCESS,
    "municipality": "places",
    "town": "places",
}
"""Which subject of the screens a table belongs to; tables not named here are not announced."""

ALL_SUBJECTS = frozenset(SUBJECTS.values())

RECONNECT_SECONDS = 1.0
"""How long to wait before listening again after the database went away."""

_WAKE_SECONDS = 0.5
"""How often the listener looks whether it shall stop."""

CELLS_MOST = 300
"""More cells than that are not named; the store does the same."""


@dataclass(frozen=True)
class Change:
    """That something changed, and where on the map."""

    subject: str
    """One of :data:`SUBJECTS`."""
    cells: frozenset[tuple[int, int]] | None = None
    """Columns and rows of level 16 (gis.geometry.tiles); None: anywhere, or nowhere on a map."""

    @classmethod
    def read(cls, notice: str) -> "Change | None":
        """Return what a notice of the store says: a table, and for one of cells which these are."""
        table, *cells = notice.split(" ")
        if table not in SUBJECTS:
            return None
        if not cells:
            return cls(SUBJECTS[table])
        places = (cell.split(",") for cell in cells)
        return cls(SUBJECTS[table], frozenset((int(x), int(y)) for x, y in places))

    def followed_by(self, later: "Change") -> "Change":
        """Return both as one; where there are very many cells, it may be anywhere."""
        if self.cells is None or later.cells is None:
            return Change(self.subject)
        cells = self.cells | later.cells
        return Change(self.subject, cells if len(cells) <= CELLS_MOST else None)


Subscriber = Callable[[Change], object]


class Listener:
    """Listens to one workspace on a thread of its own, for as long as the process lives."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._subscribers: dict[Subscriber, None] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(
            target=self._run, name=f"listener-{workspace.name}", daemon=True
        )

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening, and wait until the connection is closed."""
        self._stopping.set()
        self._thread.join()

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Have a function called with each change; returns how to end that.

        It is called on the listener's thread, after those that came before it, and must return at
        once.
        """
        self._subscribers[subscriber] = None
        return lambda: self._subscribers.pop(subscriber, None)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except psycopg.OperationalError:
                logger.warning("the database went away; listening again shortly")
                self._stopping.wait(RECONNECT_SECONDS)

    def _listen(self) -> None:
        with psycopg.connect(
            self._workspace.database_url, autocommit=True, keepalives_idle=10
        ) as connection:
            connection.execute("LISTEN hq_change")
            # Nobody knows what happened while nobody listened: all of it may have changed.
            for subject in ALL_SUBJECTS:
                self._announce(Change(subject))
            while not self._stopping.is_set():
                for notice in connection.notifies(timeout=_WAKE_SECONDS):
                    if change := Change.read(notice.payload):
                        self._announce(change)

    def _announce(self, change: Change) -> None:
        for subscriber in tuple(self._subscribers):
            try:
                subscriber(change)
            except Exception:
                # One reader who is gone must not silence the line for all the others.
                logger.exception("a subscriber failed and is told nothing more")
                self._subscribers.pop(subscriber, None)


class Revisions:
    """How often each subject has changed since the process began.

    A cached answer that carries the revision of its subjects can never outlive them.
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def advance(self, *subjects: str) -> None:
        """Note that subjects changed; a writer does so at once, before its own notice returns."""
        with self._lock:
            self._counts.update(subjects)

    def of(self, subjects: Iterable[str]) -> int:
        """Return a number that grows whenever one of the subjects changes."""
        with self._lock:
            return sum(self._counts[subject] for subject in subjects)
