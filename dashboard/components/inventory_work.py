"""Importing and taking back: long work that shows how far it is and can be stopped."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dashboard import session
from dashboard.background import Task
from dashboard.components.file_import import FileImport, Undone
from dashboard.components.inventory_draft import Draft, Preview
from dashboard.workspaces import Desk
from gis.importers.refused import refused_csv
from gis.operations.inventories import (
    STEPS,
    Counts,
    SourceFile,
    import_inventory,
    undo_import,
)
from gis.store import Actor
from gis.text import N_

UNDOING = N_("Taking the import back")


@dataclass(frozen=True)
class Imported:
    """What an import did, for as long as the person looks at it; the store keeps the rest."""

    file_name: str
    counts: Counts
    import_id: UUID | None
    refused_count: int
    refused: bytes
    """The rows that were not taken, as CSV."""


INVENTORIES = FileImport[Draft, Imported]("inventory", Draft)


def begin_import(preview: Preview, name: str, content: bytes) -> None:
    """Begin to import what a preview showed."""
    decisions = dict(preview.asked.decisions)
    source = SourceFile.of(name, content)
    language = session.language()

    def work(desk: Desk, actor: Actor, task: Task[Any]) -> Imported:
        with desk.transaction(actor) as store, task.interruptible(store):
            done = import_inventory(
                store, preview.inventory, source, decisions, progress=task.begin
            )
        questions = [question.as_problem() for question in done.questions]
        return Imported(
            name,
            done.counts,
            done.import_id,
            len(preview.inventory.refused_rows) + len(questions),
            refused_csv(preview.inventory, language, questions),
        )

    INVENTORIES.begin(work, STEPS)


def begin_undo(import_id: UUID) -> None:
    """Begin to take the last import back."""

    def work(desk: Desk, actor: Actor, task: Task[Any]) -> Undone:
        task.begin(UNDOING)
        with desk.transaction(actor) as store, task.interruptible(store):
            undo_import(store, import_id)
        return Undone()

    INVENTORIES.begin(work, (UNDOING,))
