"""A file of damage reports that somebody is about to import, and what that would do."""

from dataclasses import dataclass
from uuid import UUID

from dashboard import cached, session
from dashboard.background import Task
from dashboard.components.file_draft import FileDraft
from dashboard.workspaces import Desk
from gis.clock import jst
from gis.importers.damage_list import ReportList
from gis.importers.damage_reports import parse_reports
from gis.operations.damage_report_files import Intake, take_in_reports
from gis.store import Actor
from gis.text import N_, Language

READING, COMPARING = N_("Reading the file"), N_("Trying what would be filed")


@dataclass(frozen=True)
class Asked:
    """What a preview depends on besides the file itself."""

    swap_axes: bool
    incident_id: UUID | None
    language: Language


@dataclass(frozen=True)
class Preview:
    """What the file says, and what importing it would do."""

    found: ReportList
    plan: Intake

    @property
    def refused_count(self) -> int:
        """How many rows would not be taken."""
        return len(self.found.refused_rows) + len(self.plan.problems)

    @property
    def has_news(self) -> bool:
        """Whether there is anything to import; of photographs only the import itself knows."""
        return bool(self.plan.new_ids or self.found.photographs)


@dataclass
class Draft(FileDraft[Asked, Preview]):
    """A file of damage reports on its way."""

    steps = (READING, COMPARING)

    def asked(self) -> Asked:
        """Return what the preview must be of now."""
        incident = cached.incident()
        return Asked(self.swap_axes, incident.id if incident else None, session.language())

    def find(self, task: Task[Preview], desk: Desk, actor: Actor, asked: Asked) -> Preview:
        """Read the file and rehearse its import."""
        task.begin(READING)
        today = jst(desk.workspace.clock.now()).date()
        found = parse_reports(self.content, today, swap_axes=asked.swap_axes)
        task.begin(COMPARING)
        with desk.workspace.rehearsal(actor) as store, task.interruptible(store):
            plan = take_in_reports(
                store, found, asked.language, progress=lambda _count: task.begin(COMPARING)
            )
        return Preview(found, plan)
