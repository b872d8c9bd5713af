"""Importing a file of damage reports: long work that shows how far it is and can be stopped."""

from dataclasses import dataclass

from dashboard import session
from dashboard.background import Task
from dashboard.components.file_import import FileImport
from dashboard.components.intake_draft import Draft, Preview
from dashboard.workspaces import Desk
from gis.importers.inventory import Problem
from gis.importers.refused import refused_csv
from gis.operations.damage_report_files import (
    ADDING,
    FILING,
    STEPS,
    take_in_photographs,
    take_in_reports,
)
from gis.store import Actor


@dataclass(frozen=True)
class Imported:
    """What an import did, for as long as the person looks at it."""

    file_name: str
    filed: int
    known: int
    repeated: int
    photographs: int
    refused_count: int
    refused: bytes
    """The rows that were not taken, as CSV."""
    problems: tuple[Problem, ...]
    """Why photographs were not taken."""


REPORTS = FileImport[Draft, Imported]("intake", Draft)


def begin_import(preview: Preview, name: str) -> None:
    """Begin to import what a preview showed."""
    found, language = preview.found, session.language()

    def work(desk: Desk, actor: Actor, task: Task[Imported]) -> Imported:
        task.begin(FILING)
        with desk.transaction(actor) as store, task.interruptible(store):
            done = take_in_reports(
                store, found, language, progress=lambda _count: task.begin(FILING)
            )
            pictures = take_in_photographs(
                store, found.photographs, language, progress=lambda _count: task.begin(ADDING)
            )
        return Imported(
            name,
            len(done.new_ids),
            done.known,
            found.repeated,
            len(pictures.new_ids),
            len(found.refused_rows) + len(done.problems),
            refused_csv(found, language, done.problems),
            pictures.problems,
        )

    REPORTS.begin(work, STEPS)
