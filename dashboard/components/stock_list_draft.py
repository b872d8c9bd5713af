"""A stock list that somebody is about to import, and what that would do."""

from dataclasses import dataclass

from dashboard import cached, session
from dashboard.background import Task
from dashboard.components.file_draft import FileDraft
from dashboard.workspaces import Desk
from gis.clock import jst
from gis.importers.stock_list import StockList, parse_stock_list
from gis.operations.stock_list_plan import StockPlan
from gis.operations.stock_lists import COMPARING, preview
from gis.store import Actor
from gis.text import N_, Language

READING = N_("Reading the file")


@dataclass(frozen=True)
class Asked:
    """What a preview depends on besides the file itself."""

    takes_expired: bool
    adds_depots: bool
    language: Language
    revision: tuple[str, int]
    """Of what lies where."""


@dataclass(frozen=True)
class Preview:
    """What the file says, and what importing it would do."""

    found: StockList
    plan: StockPlan
    adds_depots: bool

    @property
    def refused_count(self) -> int:
        """How many rows would not be taken."""
        return len(self.found.refused_rows | self.plan.refused_rows)

    @property
    def has_news(self) -> bool:
        """Whether there is anything to import."""
        return bool(self.plan.writes)


@dataclass
class Draft(FileDraft[Asked, Preview]):
    """A stock list on its way."""

    steps = (READING, COMPARING)
    takes_expired: bool = False
    """Whether a person said that the last days of use that are past are right."""
    adds_depots: bool = False
    """Whether places that nobody knows become depots."""

    def asked(self) -> Asked:
        """Return what the preview must be of now."""
        revision = cached.supplies_revision()
        return Asked(self.takes_expired, self.adds_depots, session.language(), revision)

    def find(self, task: Task[Preview], desk: Desk, actor: Actor, asked: Asked) -> Preview:  # noqa: ARG002 - nothing is written, so nobody acts
        """Read the file and compare it with the ledger."""
        task.begin(READING)
        today = jst(desk.workspace.clock.now()).date()
        found = parse_stock_list(
            self.content, today, asked.language, takes_expired=asked.takes_expired
        )
        task.begin(COMPARING)
        with desk.workspace.reading() as store, task.interruptible(store):
            plan = preview(store, found, asked.language, adds_depots=asked.adds_depots)
        return Preview(found, plan, asked.adds_depots)
