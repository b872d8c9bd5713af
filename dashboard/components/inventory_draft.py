"""An inventory that somebody is about to import: the file, and what was decided about it."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID, uuid4

from dashboard import cached
from dashboard.background import Task
from dashboard.components.file_draft import FileDraft
from dashboard.workspaces import Desk
from gis.importers import Choices, Format, Inventory, Problem, likely_header
from gis.importers.errors import UnrecognisedInventory
from gis.importers.mapping import read_mapping
from gis.operations.formats import known_formats
from gis.operations.identification import Question
from gis.operations.inventories import ImportPlan, plan_import
from gis.queries.inventories import municipality_codes
from gis.store import Actor
from gis.text import N_

READING, COMPARING = N_("Reading the file"), N_("Comparing with the register")

Decision = UUID | Literal["new"]


@dataclass(frozen=True)
class Asked:
    """What a preview depends on besides the file itself."""

    swap_axes: bool
    mapping: str | None
    """A mapping of columns (TOML) that was made for this file; None where a format is known."""
    decisions: tuple[tuple[str, Decision], ...]
    register: tuple[object, ...]
    """Grows other when the register may have become another one."""


@dataclass(frozen=True)
class Preview:
    """What the file says, and what importing it would do."""

    asked: Asked
    inventory: Inventory
    plan: ImportPlan

    @property
    def questions(self) -> tuple[Problem, ...]:
        """The rows that wait for a person, as the other rows that are left out."""
        return tuple(question.as_problem() for question in self.plan.questions)

    @property
    def refused_count(self) -> int:
        """How many rows would not be taken."""
        return len(self.inventory.refused_rows) + len(self.plan.questions)

    @property
    def has_news(self) -> bool:
        """Whether an import would write anything; who was recognised is remembered, too."""
        counts = self.plan.counts
        return bool(counts.added or counts.changed or self.plan.recognised_count)


@dataclass(frozen=True)
class Unrecognised:
    """A file whose columns no format knows."""

    asked: Asked
    refused: UnrecognisedInventory
    headings: tuple[str, ...]


Finding = Preview | Unrecognised


@dataclass
class Draft(FileDraft[Asked, Finding]):
    """A list of shelters on its way."""

    steps = (READING, COMPARING)

    key: str = field(default_factory=lambda: uuid4().hex)
    """Sets its widgets apart from those of another file."""
    mapping: str | None = None
    decisions: dict[str, Decision] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    """All that were ever asked: one that is decided is asked no more, but can be decided anew."""
    rounds: int = 0
    """How often the person changed the register meanwhile."""

    def asked(self) -> Asked:
        """Return what the preview must be of now."""
        last = next(iter(cached.imports()), None)
        register = (self.rounds, last and (last.id, last.undone_at))
        decisions = tuple(sorted(self.decisions.items()))
        return Asked(self.swap_axes, self.mapping, decisions, register)

    def find(self, task: Task[Finding], desk: Desk, actor: Actor, asked: Asked) -> Finding:
        """Read the file and rehearse its import."""
        task.begin(READING)
        with desk.workspace.reading() as store:
            choices = Choices(desk.city.code, municipality_codes(store, desk.city), asked.swap_axes)
            formats = _formats(asked.mapping) or known_formats(store)
        try:
            inventory = cached.inventory(self.content, choices, formats)
        except UnrecognisedInventory as refused:
            return Unrecognised(asked, refused, likely_header(self.content))
        task.begin(COMPARING)
        with desk.workspace.rehearsal(actor) as store, task.interruptible(store):
            return Preview(asked, inventory, plan_import(store, inventory, dict(asked.decisions)))

    def note(self, finding: Finding) -> None:
        """Keep the questions that were decided beside those that are still asked."""
        if isinstance(finding, Preview):
            kept = {key: one for key, one in self.questions.items() if key in self.decisions}
            self.questions = kept | {one.facility_key: one for one in finding.plan.questions}


def _formats(mapping: str | None) -> tuple[Format, ...]:
    return (read_mapping("draft", mapping),) if mapping else ()
