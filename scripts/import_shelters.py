"""Import shelter inventories into the register.

\b
    python -m scripts.import_shelters data/shelters/142077_evacuation_space.csv
    python -m scripts.import_shelters --strict list.csv other-list.csv

Good rows go in; each row with a problem is named with its reason. Importing a file again changes
nothing.
"""  # noqa: D301 - click's own mark for lines that stay as they are

from pathlib import Path

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from gis.config import settings
from gis.importers import Problem, parse_inventory
from gis.operations.register import register_shelters
from gis.store import Actor, Workspace
from gis.text import N_, translate
from gis.vocabulary import Role
from scripts.terminal import Command, live_workspace, say

IMPORTER = Actor("import_shelters", Role.ADMIN)


@click.command(cls=Command, help=__doc__)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--strict", is_flag=True, help="Take all rows of a file or none.")
def main(files: tuple[Path, ...], *, strict: bool) -> None:
    """Import files, each in a transaction of its own."""
    with live_workspace() as workspace:
        for file in track(files, description="", console=Console(stderr=True), transient=True):
            import_file(workspace, file, strict=strict)


def import_file(workspace: Workspace, file: Path, *, strict: bool) -> None:
    """Import one file and say what came of it."""
    inventory = parse_inventory(file.read_bytes(), settings().city)
    show_problems(inventory.problems)
    if strict and inventory.refused_rows:
        raise click.ClickException(
            translate(
                N_("{file}: {count} rows have problems; nothing was imported."), settings().language
            ).format(file=file.name, count=len(inventory.refused_rows))
        )
    with workspace.transaction(IMPORTER) as session:
        done = register_shelters(session, inventory)
    say(
        N_(
            "{file}: {rows} rows, {refused} refused; shelters:"
            " {added} added, {changed} changed, {unchanged} unchanged."
        ),
        file=file.name,
        rows=inventory.row_count,
        refused=len(inventory.refused_rows),
        **vars(done),
    )


def show_problems(problems: tuple[Problem, ...]) -> None:
    """Print each problem with its row, column, what was found and what is expected."""
    if not problems:
        return
    language = settings().language
    columns = (N_("Row"), N_("Column"), N_("Found"), N_("Expected"), N_("Taken"))
    table = Table(*(translate(column, language) for column in columns))
    for problem in problems:
        taken = translate(N_("Yes") if problem.taken else N_("No"), language)
        expected = translate(problem.expected, language)
        # As text: what stands in a file is not markup of ours.
        cells = (str(problem.row or ""), problem.column or "", problem.found, expected, taken)
        table.add_row(*map(Text, cells))
    Console(stderr=True).print(table)


if __name__ == "__main__":
    main()
