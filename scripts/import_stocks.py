"""Import stock lists: what a list names is counted, and what differs from the ledger corrected.

\b
    python -m scripts.import_stocks data/stocks/142077_stock.csv
    python -m scripts.import_stocks --dry-run list.xlsx
    python -m scripts.import_stocks --strict --add-depots list.xlsx depots.csv
    python -m scripts.import_stocks --take-expired list.xlsx

Good rows go in; each row with a problem is named with its reason, and the rows that were not taken
are written beside the file as FILE_refused.csv, to be corrected and imported again. Importing a
file again changes nothing.
"""  # noqa: D301 - click's own mark for lines that stay as they are

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.status import Status
from rich.text import Text

from gis.clock import jst
from gis.config import settings
from gis.importers.files import checked_size
from gis.importers.refused import refused_csv
from gis.importers.stock_list import StockList, parse_stock_list
from gis.operations.stock_list_plan import CountState, StockPlan
from gis.operations.stock_lists import COMPARING, WRITING, import_reason, import_stock_list, preview
from gis.store import Actor, Workspace
from gis.text import N_, translate
from gis.vocabulary import Role
from scripts.import_shelters import show_problems, show_table
from scripts.terminal import Command, live_workspace, say

IMPORTER = Actor("import_stocks", Role.ADMIN)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(cls=Command, help=__doc__)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--add-depots", is_flag=True, help="Add places that nobody knows as depots.")
@click.option("--take-expired", is_flag=True, help="Take in what is past its date, too.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--strict", is_flag=True, help="Take all rows of a file or none.")
def main(
    files: tuple[Path, ...],
    *,
    add_depots: bool,
    take_expired: bool,
    dry_run: bool,
    strict: bool,
) -> None:
    """Import files, each in a transaction of its own."""
    with live_workspace() as workspace:
        for file in files:
            with Console(stderr=True).status(Text(file.name)) as status:
                found = read(file, takes_expired=take_expired)
                work = Work(workspace, file, found, status, adds_depots=add_depots)
                work.rehearse() if dry_run else work.do(strict=strict)


def read(file: Path, *, takes_expired: bool) -> StockList:
    """Return what a file says."""
    checked_size(file.stat().st_size)
    today = jst(datetime.now(UTC)).date()
    language = settings().language
    return parse_stock_list(file.read_bytes(), today, language, takes_expired=takes_expired)


@dataclass(frozen=True)
class Work:
    """One file on its way into the ledger."""

    workspace: Workspace
    file: Path
    found: StockList
    status: Status
    adds_depots: bool

    def rehearse(self) -> None:
        """Show what the import would do, and write nothing."""
        plan = self._preview()
        self.status.stop()
        show_changes(plan)
        show_problems((*self.found.problems, *plan.problems))
        message = N_(
            "{file}: {rows} rows, {refused} would be refused; items counted in places: {counts}"
            " would be new, {changed} of them other than the ledger, {known} known; depots:"
            " {depots} would be added. Nothing was written."
        )
        self._tell(message, plan)

    def do(self, *, strict: bool) -> None:
        """Import the file and say what came of it."""
        if strict:
            self._check_whole()
        self._show(WRITING)
        with self.workspace.transaction(IMPORTER) as session:
            plan = import_stock_list(
                session,
                self.found,
                settings().language,
                reason=import_reason(self.file.name),
                adds_depots=self.adds_depots,
            )
        self.status.stop()
        show_problems((*self.found.problems, *plan.problems))
        message = N_(
            "{file}: {rows} rows, {refused} refused; items counted in places: {counts} new,"
            " {changed} of them other than the ledger, {known} known; depots: {depots} added."
        )
        self._tell(message, plan)
        self._write_refused(plan)

    def _preview(self) -> StockPlan:
        self._show(COMPARING)
        language = settings().language
        with self.workspace.reading() as session:
            return preview(session, self.found, language, adds_depots=self.adds_depots)

    def _check_whole(self) -> None:
        """Refuse the whole file where a row of it is refused."""
        plan = self._preview()
        count = self._refused_count(plan)
        if count:
            self.status.stop()
            show_problems((*self.found.problems, *plan.problems))
            words = translate(
                N_("{file}: {count} rows have problems; nothing was imported."), settings().language
            )
            raise click.ClickException(words.format(file=self.file.name, count=count))

    def _refused_count(self, plan: StockPlan) -> int:
        return len(self.found.refused_rows | plan.refused_rows)

    def _show(self, step: str) -> None:
        words = translate(step, settings().language)
        self.status.update(Text(f"{self.file.name}  {words} {len(self.found.rows):,}"))

    def _tell(self, message: str, plan: StockPlan) -> None:
        say(
            message,
            file=self.file.name,
            rows=self.found.row_count,
            refused=self._refused_count(plan),
            counts=len(plan.writes),
            changed=len(plan.changed),
            known=len(plan.of(CountState.KNOWN, CountState.SAME)),
            depots=len(plan.new_depots),
        )

    def _write_refused(self, plan: StockPlan) -> None:
        if not self._refused_count(plan):
            return
        target = self.file.with_name(f"{self.file.name}_refused.csv")
        target.write_bytes(refused_csv(self.found, settings().language, plan.problems))
        say(N_("The rows that were not taken: {file}"), file=target)


def show_changes(plan: StockPlan) -> None:
    """Print what differs from the ledger: place, item, ledger, found, difference."""
    rows = [
        (one.place, one.item_code, f"{one.ledger:,}", f"{one.found:,}", f"{one.difference:+,}")
        for one in plan.changed
    ]
    headings = N_("Place"), N_("Item"), N_("Ledger"), N_("Found"), N_("Difference")
    show_table(headings, rows)


if __name__ == "__main__":
    main()
