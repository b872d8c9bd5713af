"""Export the situation summary of the current incident.

\b
    python -m scripts.export_situation
    python -m scripts.export_situation --format pdf
    python -m scripts.export_situation --format csv --language en -o summary.csv
"""  # noqa: D301 - click's own mark for lines that stay as they are

from pathlib import Path

import click

from gis.config import city_profile, settings
from gis.reports import RENDERINGS, compile_current_report, file_name
from gis.text import N_, Language
from scripts.terminal import Command, live_workspace, say


@click.command(cls=Command, help=__doc__)
@click.option("--format", "name", type=click.Choice([*RENDERINGS]), default="xlsx")
@click.option("--language", type=click.Choice([language.value for language in Language]))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Default: a name that says city and moment.",
)
def main(name: str, language: str | None, output: Path | None) -> None:
    """Compile the summary as of now and write it."""
    rendering = RENDERINGS[name]
    with live_workspace() as workspace, workspace.reading() as session:
        summary = compile_current_report(
            session, city_profile(settings().city), is_drill=workspace.is_drill
        )
    target = output or Path(file_name(summary, rendering))
    target.write_bytes(rendering.render(summary, Language(language or settings().language)))
    say(N_("Written: {file}"), file=target)


if __name__ == "__main__":
    main()
