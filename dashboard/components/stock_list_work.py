"""Importing a stock list: long work that shows how far it is and can be stopped."""

from dataclasses import dataclass

from dashboard import session
from dashboard.background import Task
from dashboard.components.file_import import FileImport
from dashboard.components.stock_list_draft import Draft, Preview
from dashboard.workspaces import Desk
from gis.importers.refused import refused_csv
from gis.operations.stock_list_plan import StockPlan
from gis.operations.stock_lists import STEPS, WRITING, import_reason, import_stock_list
from gis.store import Actor


@dataclass(frozen=True)
class Imported:
    """What an import did, for as long as the person looks at it."""

    file_name: str
    plan: StockPlan
    refused_count: int
    refused: bytes
    """The rows that were not taken, as CSV."""


STOCK_LISTS = FileImport[Draft, Imported]("stock-list", Draft)


def begin_import(preview: Preview, name: str) -> None:
    """Begin to import what a preview showed."""
    found, language = preview.found, session.language()

    def work(desk: Desk, actor: Actor, task: Task[Imported]) -> Imported:
        task.begin(WRITING)
        with desk.transaction(actor) as store, task.interruptible(store):
            plan = import_stock_list(
                store,
                found,
                language,
                reason=import_reason(name),
                adds_depots=preview.adds_depots,
            )
        refused_count = len(found.refused_rows | plan.refused_rows)
        return Imported(name, plan, refused_count, refused_csv(found, language, plan.problems))

    STOCK_LISTS.begin(work, STEPS)
