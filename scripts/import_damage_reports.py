"""Import damage reports from files into the current incident.

\b
    python -m scripts.import_damage_reports reports.csv
    python -m scripts.import_damage_reports --dry-run list.xlsx
    python -m scripts.import_damage_reports --strict reports.geojson other.csv
    python -m scripts.import_damage_reports hq-field-20260901T1200.json

Good rows go in; each row with a problem is named with its reason, and the rows that were not taken
are written beside the file as FILE_refused.csv, to be corrected and imported again. Importing a
file again changes nothing. A file that the field app saved goes in with its photographs.
"""  # noqa: D301 - click's own mark for lines that stay as they are

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.status import Status
from rich.text import Text
from sqlalchemy.orm import Session

from gis.clock import jst
from gis.config import settings
from gis.importers.damage_list import ReportList
from gis.importers.damage_reports import parse_reports
from gis.importers.files import checked_size
from gis.importers.inventory import Problem
from gis.importers.refused import refused_csv
from gis.operations.damage_report_files import (
    ADDING,
    FILING,
    Intake,
    take_in_photographs,
    take_in_reports,
)
from gis.store import Actor, Workspace
from gis.text import N_, translate
from gis.vocabulary import Role
from scripts.import_shelters import show_problems
from scripts.terminal import Command, live_workspace, say

IMPORTER = Actor("import_damage_reports", Role.ADMIN)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(cls=Command, help=__doc__)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--swap-axes", is_flag=True, help="Turn latitude and longitude where swapped.")
@click.option("--dry-run", is_flag=True, help="Show what would be filed, and write nothing.")
@click.option("--strict", is_flag=True, help="Take all rows of a file or none.")
def main(files: tuple[Path, ...], *, swap_axes: bool, dry_run: bool, strict: bool) -> None:
    """Import files, each in a transaction of its own."""
    with live_workspace() as workspace:
        for file in files:
            with Console(stderr=True).status(Text(file.name)) as status:
                work = Work(workspace, file, read(file, swap_axes=swap_axes), status)
                work.rehearse() if dry_run else work.do(strict=strict)


def read(file: Path, *, swap_axes: bool) -> ReportList:
    """Return what a file says."""
    checked_size(file.stat().st_size)
    today = jst(datetime.now(UTC)).date()
    return parse_reports(file.read_bytes(), today, swap_axes=swap_axes)


@dataclass
class Work:
    """One file on its way into the current incident."""

    workspace: Workspace
    file: Path
    found: ReportList
    status: Status
    refused: tuple[Problem, ...] = field(default=())
    """What the store refused."""

    def rehearse(self) -> None:
        """Show what the import would do, and write nothing."""
        with self.workspace.rehearsal(IMPORTER) as session:
            done = self._take_in(session)
        show_problems((*self.found.problems, *self.refused))
        message = N_(
            "{file}: {rows} rows, {refused} would be refused; reports: {added} would be filed,"
            " {known} were filed before, {repeated} said twice; {photographs} photographs."
            " Nothing was written."
        )
        self._tell(message, done, photographs=len(self.found.photographs))

    def do(self, *, strict: bool) -> None:
        """Import the file and say what came of it."""
        if strict:
            self._check_whole()
        with self.workspace.transaction(IMPORTER) as session:
            done = self._take_in(session)
            pictures = take_in_photographs(
                session, self.found.photographs, settings().language, progress=self._show(ADDING)
            )
        show_problems((*self.found.problems, *self.refused, *pictures.problems))
        self._write_refused()
        message = N_(
            "{file}: {rows} rows, {refused} refused; reports: {added} filed, {known} filed before,"
            " {repeated} said twice."
        )
        self._tell(message, done)
        if self.found.photographs:
            words = N_("Photographs: {added} added, {known} there before, {refused} refused.")
            refused = len(pictures.problems)
            say(words, added=len(pictures.new_ids), known=pictures.known, refused=refused)

    def _take_in(self, session: Session) -> Intake:
        done = take_in_reports(
            session, self.found, settings().language, progress=self._show(FILING)
        )
        self.refused = done.problems
        return done

    def _check_whole(self) -> None:
        """Refuse the whole file where a row of it is refused."""
        with self.workspace.rehearsal(IMPORTER) as session:
            self._take_in(session)
        count = self._refused_count()
        if count:
            show_problems((*self.found.problems, *self.refused))
            words = translate(
                N_("{file}: {count} rows have problems; nothing was imported."), settings().language
            )
            raise click.ClickException(words.format(file=self.file.name, count=count))

    def _refused_count(self) -> int:
        return len(self.found.refused_rows) + len(self.refused)

    def _show(self, step: str) -> "Progress":
        return Progress(self.status, f"{self.file.name}  {translate(step, settings().language)}")

    def _tell(self, message: str, done: Intake, **facts: object) -> None:
        self.status.stop()
        say(
            message,
            file=self.file.name,
            rows=self.found.row_count,
            refused=self._refused_count(),
            added=len(done.new_ids),
            known=done.known,
            repeated=self.found.repeated,
            **facts,
        )

    def _write_refused(self) -> None:
        if not self._refused_count():
            return
        target = self.file.with_name(f"{self.file.name}_refused.csv")
        target.write_bytes(refused_csv(self.found, settings().language, self.refused))
        say(N_("The rows that were not taken: {file}"), file=target)


@dataclass(frozen=True)
class Progress:
    """Shows how many are done of a step."""

    status: Status
    step: str

    def __call__(self, count: int) -> None:
        """Show it."""
        self.status.update(Text(f"{self.step} {count:,}"))


if __name__ == "__main__":
    main()
