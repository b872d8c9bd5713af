"""Export the register of shelters as a list that others can read.

\b
    python -m scripts.export_shelters
    python -m scripts.export_shelters --format gsi_emergency_site --encoding xlsx
    python -m scripts.export_shelters --city 142077 --encoding csv_cp932 -o list.csv
    python -m scripts.export_shelters --all

What the list cannot say is told beside it.
"""  # noqa: D301 - click's own mark for lines that stay as they are

from pathlib import Path

import click

from gis.config import settings
from gis.exporters import ENCODINGS, LISTS, Exported, export
from gis.exporters.errors import NothingRegistered
from gis.queries.register import registered_shelters
from gis.text import N_, translate
from scripts.terminal import Command, live_workspace, say


@click.command(cls=Command, help=__doc__)
@click.option("--format", "code", type=click.Choice([*LISTS]), default="municipal_standard")
@click.option("--encoding", type=click.Choice([*ENCODINGS]), default="csv_utf8")
@click.option("--city", help="The municipality's code of six digits. Default: the one served.")
@click.option("--all", "is_for_all", is_flag=True, help="All municipalities of the register.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Default: the name that such a list has.",
)
def main(
    code: str, encoding: str, city: str | None, output: Path | None, *, is_for_all: bool
) -> None:
    """Write the list and say what it leaves out."""
    if city and is_for_all:
        raise click.UsageError(
            translate(N_("Give --city or --all, not both."), settings().language)
        )
    municipality_code = None if is_for_all else city or settings().city
    exported = exported_list(code, encoding, municipality_code)
    target = output or Path(exported.file_name)
    target.write_bytes(exported.content)
    say(N_("Written: {file}"), file=target)
    for remark in exported.remarks:
        say(remark.message, **remark.facts)


def exported_list(code: str, encoding: str, municipality_code: str | None) -> Exported:
    """Return the list of a municipality, or (None) of all in the register."""
    with live_workspace() as workspace, workspace.reading() as session:
        shelters = registered_shelters(session, municipality_code)
    if not shelters:
        raise NothingRegistered(received=municipality_code)
    return export(
        LISTS[code],
        shelters,
        ENCODINGS[encoding],
        municipality_code=municipality_code,
        is_drill=workspace.is_drill,
    )


if __name__ == "__main__":
    main()
