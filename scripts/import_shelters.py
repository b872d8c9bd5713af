"""Import shelter inventories into the register.

\b
    python -m scripts.import_shelters data/shelters/142077_evacuation_space.csv
    python -m scripts.import_shelters --dry-run list.xlsx
    python -m scripts.import_shelters --strict --city 142077 list.csv other-list.zip
    python -m scripts.import_shelters --mapping data/mappings/our_town.toml list.ods

Good rows go in; each row with a problem is named with its reason, and the rows that were not taken
are written beside the file as FILE_refused.csv, to be corrected and imported again. Importing a
file again changes nothing, and nothing is ever deleted.
"""  # noqa: D301 - click's own mark for lines that stay as they are

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.status import Status
from rich.table import Table
from rich.text import Text

from gis.config import city_profile, settings
from gis.importers import FORMATS, Choices, Format, Problem, parse_inventory, values
from gis.importers.files import checked_size
from gis.importers.mapping import read_mapping
from gis.importers.refused import refused_csv
from gis.operations.formats import known_formats
from gis.operations.inventories import (
    Change,
    Counts,
    ImportPlan,
    SourceFile,
    import_inventory,
    plan_import,
)
from gis.queries.inventories import municipality_codes
from gis.store import Actor, Workspace
from gis.text import N_, translate
from gis.vocabulary import Role
from scripts.terminal import Command, live_workspace, say

IMPORTER = Actor("import_shelters", Role.ADMIN)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(cls=Command, help=__doc__)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option(
    "--format",
    "code",
    type=click.Choice([known.code for known in FORMATS]),
    help="Read as this format instead of recognising one.",
)
@click.option("--mapping", type=FILE, help="A mapping of columns (TOML) for these files.")
@click.option(
    "--city",
    callback=lambda _context, _option, code: code and _six_digits(code),
    help="Six-digit code of rows that name no municipality.",
)
@click.option("--swap-axes", is_flag=True, help="Turn latitude and longitude where swapped.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--strict", is_flag=True, help="Take all rows of a file or none.")
def main(  # noqa: PLR0913 - an option each
    files: tuple[Path, ...],
    code: str | None,
    mapping: Path | None,
    city: str | None,
    *,
    swap_axes: bool,
    dry_run: bool,
    strict: bool,
) -> None:
    """Import files, each in a transaction of its own."""
    with live_workspace() as workspace:
        with workspace.reading() as session:
            codes = municipality_codes(session, city_profile(settings().city))
            choices = Choices(city or settings().city, codes, swap_axes)
            formats = _formats(code, mapping) or known_formats(session)
        for file in files:
            with Console(stderr=True).status(Text(file.name)) as status:
                work = Work(workspace, file, choices, formats, status)
                work.rehearse() if dry_run else work.do(strict=strict)


def _six_digits(code: str) -> str:
    try:
        return values.municipality_code(code)
    except values.Unreadable as unreadable:
        expected = translate(unreadable.expected, settings().language)
        raise click.BadParameter(f"{code}: {expected}") from None


def _formats(code: str | None, mapping: Path | None) -> Sequence[Format]:
    """Return the one format that was chosen, if any; its optional columns may be missing."""
    chosen = [known for known in FORMATS if known.code == code]
    if mapping:
        text = mapping.read_text(encoding="utf-8")
        chosen.append(replace(read_mapping(mapping.stem, text), signs=()))
    return chosen


class Work:
    """One file on its way into the register."""

    def __init__(
        self,
        workspace: Workspace,
        file: Path,
        choices: Choices,
        formats: Sequence[Format],
        status: Status,
    ) -> None:
        checked_size(file.stat().st_size)
        content = file.read_bytes()
        self.workspace = workspace
        self.file = file
        self.status = status
        self.source = SourceFile.of(file.name, content)
        self.inventory = parse_inventory(content, choices, formats)

    def rehearse(self) -> None:
        """Show what the import would do, and write nothing."""
        with self.workspace.rehearsal(IMPORTER) as session:
            plan = plan_import(session, self.inventory)
        questions = [question.as_problem() for question in plan.questions]
        show_problems((*self.inventory.problems, *questions))
        show_changes(plan)
        self._tell(
            N_(
                "{file}: {rows} rows, {refused} would be refused; shelters: {added} would be added,"
                " {changed} changed, {unchanged} stay, {missing} of the register are not listed."
                " Nothing was written."
            ),
            plan.counts,
            len(questions),
            missing=plan.missing_count,
        )

    def do(self, *, strict: bool) -> None:
        """Import the file and say what came of it."""
        if strict:
            self._check_whole()
        with self.workspace.transaction(IMPORTER) as session:
            done = import_inventory(session, self.inventory, self.source, progress=self._show_step)
        questions = [question.as_problem() for question in done.questions]
        show_problems((*self.inventory.problems, *questions))
        self._write_refused(questions)
        message = N_(
            "{file}: {rows} rows, {refused} refused; shelters:"
            " {added} added, {changed} changed, {unchanged} unchanged."
        )
        self._tell(message, done.counts, len(questions))
        if done.import_id is None:
            say(N_("The register says all of this already; nothing was written."))

    def _check_whole(self) -> None:
        """Refuse the whole file where a row of it is refused, or in question."""
        with self.workspace.rehearsal(IMPORTER) as session:
            questions = plan_import(session, self.inventory).questions
        problems = [question.as_problem() for question in questions]
        show_problems((*self.inventory.problems, *problems))
        count = len(self.inventory.refused_rows) + len(problems)
        if count:
            words = translate(
                N_("{file}: {count} rows have problems; nothing was imported."), settings().language
            )
            raise click.ClickException(words.format(file=self.file.name, count=count))

    def _show_step(self, step: str) -> None:
        self.status.update(Text(f"{self.file.name}  {translate(step, settings().language)}"))

    def _tell(self, message: str, counts: Counts, question_count: int, **facts: object) -> None:
        self.status.stop()
        say(
            message,
            file=self.file.name,
            rows=self.inventory.row_count,
            refused=len(self.inventory.refused_rows) + question_count,
            **vars(counts),
            **facts,
        )

    def _write_refused(self, questions: Sequence[Problem]) -> None:
        if not (self.inventory.refused_rows or questions):
            return
        target = self.file.with_name(f"{self.file.name}_refused.csv")
        target.write_bytes(refused_csv(self.inventory, settings().language, questions))
        say(N_("The rows that were not taken: {file}"), file=target)


def show_problems(problems: Sequence[Problem]) -> None:
    """Print each problem with its row, column, what was found and what is expected."""
    language = settings().language
    rows = [
        (
            str(problem.row or ""),
            problem.column or "",
            problem.found,
            translate(problem.expected, language),
            translate(N_("Yes") if problem.taken else N_("No"), language),
        )
        for problem in problems
    ]
    show_table((N_("Row"), N_("Column"), N_("Found"), N_("Expected"), N_("Taken")), rows)


def show_changes(plan: ImportPlan) -> None:
    """Print what would be added, what would change field by field, and what is not listed."""
    language = settings().language
    added, missing = (translate(word, language) for word in (N_("added"), N_("not listed")))
    rows = [
        *((str(new.row), new.name, added, "", new.address or "") for new in plan.added),
        *(line for change in plan.changed for line in _lines(change)),
        *(("", gone.name, missing, gone.address or "", "") for gone in plan.missing),
    ]
    show_table((N_("Row"), N_("Shelter"), N_("Field"), N_("Register"), N_("File")), rows)


def _lines(change: Change) -> list[tuple[str, ...]]:
    row, name = str(change.shelter.row), change.shelter.name
    return [
        *(
            (row, name, field, _shown(was), _shown(becomes))
            for field, (was, becomes) in change.fields.items()
        ),
        *(
            (row, name, translate(kind.label, settings().language), "", common_id or "")
            for kind, common_id in change.designations
        ),
    ]


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def show_table(headings: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows of text below their headings, messages of the catalogue; none prints nothing."""
    if not rows:
        return
    table = Table(*(translate(heading, settings().language) for heading in headings))
    for row in rows:
        # As text: what stands in a file is not markup of ours.
        table.add_row(*map(Text, row))
    Console(stderr=True).print(table)


if __name__ == "__main__":
    main()
