"""Import hazard zones (想定区域): where a tsunami, a flood or a slope is expected to come.

\b
    python -m scripts.import_hazard_zones A40-16_14_GML.zip
    python -m scripts.import_hazard_zones --dry-run A33-24_14_GML.zip
    python -m scripts.import_hazard_zones --hazard storm_surge --title 高潮浸水想定 surge.geojson
    python -m scripts.import_hazard_zones --hazard flood --class-column rank \\
        --class 1=0-0.5 --class 2=0.5-3 --class 3=3- flood.gpkg

The files of 国土数値情報 A40, A31, A31a and A33 are recognised by their columns. Any other file of
polygons needs its hazard, and the column of its depths where it has one: depths in words, such as
0.5m以上3m未満, are read, others are named by --class. Rings that cross themselves are mended, and
each is named; rows that hold no area are left out. Importing a file again changes nothing; a newer
file under the same title takes its place.
"""  # noqa: D301 - click's own mark for lines that stay as they are

from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from gis.importers.files import checked_size
from gis.importers.hazards import Choices, ZoneFile, parse_zones
from gis.importers.hazards.depths import read_class
from gis.operations.hazard_zones import Edition, ZoneSource, import_hazard_zones
from gis.store import Actor
from gis.text import N_
from gis.vocabulary import Hazard, Role
from scripts.import_shelters import show_problems
from scripts.terminal import Command, live_workspace, say

IMPORTER = Actor("import_hazard_zones", Role.ADMIN)
HAZARD = click.Choice([hazard.value for hazard in Hazard])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(cls=Command, help=__doc__)
@click.argument("file", type=FILE)
@click.option("--hazard", type=HAZARD, help="Of which hazard the zones are.")
@click.option("--title", help="Under which title they are kept; else what the file is called.")
@click.option("--source", help="Who published them, as the publisher wants to be named.")
@click.option("--credit", help="On what terms, and what was changed.")
@click.option("--fictitious", is_flag=True, help="They are made up, for a drill.")
@click.option("--class-column", help="The column with the depth of a zone.")
@click.option("--class", "classes", multiple=True, help="What a value means: 3=3-5, or 6=20-.")
@click.option("--dry-run", is_flag=True, help="Show what would be taken, and write nothing.")
def main(  # noqa: PLR0913 - an option each
    file: Path,
    *,
    hazard: str | None,
    title: str | None,
    source: str | None,
    credit: str | None,
    class_column: str | None,
    classes: tuple[str, ...],
    fictitious: bool,
    dry_run: bool,
) -> None:
    """Import a file, in one transaction."""
    given = Hazard(hazard) if hazard else None
    choices = Choices(given, class_column, dict(map(read_class, classes)))
    with live_workspace() as workspace, Console(stderr=True).status(Text(file.name)) as status:
        found = read(file, choices)
        told = ZoneSource(title or file.stem, file.name, source, credit, fictitious)
        acting = workspace.rehearsal if dry_run else workspace.transaction
        with acting(IMPORTER) as session:
            done = import_hazard_zones(session, told, found)
        status.stop()
        show_problems(found.problems)
        tell(told, found, done, is_written=not dry_run)


def read(file: Path, choices: Choices) -> ZoneFile:
    """Return what a file says."""
    checked_size(file.stat().st_size)
    return parse_zones(file.read_bytes(), choices)


def tell(told: ZoneSource, found: ZoneFile, done: Edition, *, is_written: bool) -> None:
    """Say what came of it."""
    say(
        N_("{file}: {rows} rows read as {format}, {refused} refused; zones: {zones}."),
        file=told.file_name,
        rows=found.row_count,
        format=found.format.name,
        refused=found.refused_count,
        zones=len(found.rows),
    )
    if not is_written:
        say(N_("Nothing was written."))
    elif done.is_new:
        say(N_("“{title}” is now edition {number}."), title=told.title, number=done.number)
    else:
        say(N_("“{title}” says all of this already; nothing was written."), title=told.title)


if __name__ == "__main__":
    main()
