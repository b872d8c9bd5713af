"""Export the situation summary of the current incident: as of now, or an issue of it.

\b
    python -m scripts.export_situation
    python -m scripts.export_situation --issue 3 --format xlsx
    python -m scripts.export_situation --format pdf
    python -m scripts.export_situation --format csv --language en -o summary.csv
"""  # noqa: D301 - click's own mark for lines that stay as they are

from pathlib import Path

import click

from gis.config import city_profile, settings
from gis.queries.incidents import open_incident_or_refuse
from gis.queries.summary_issues import issue_numbered
from gis.reports import RENDERINGS, compile_current_report, file_name
from gis.reports.issue import marked
from gis.text import N_, Language
from scripts.terminal import Command, live_workspace, say


@click.command(cls=Command, help=__doc__)
@click.option("--format", "name", type=click.Choice([*RENDERINGS]), default="xlsx")
@click.option("--issue", "number", type=click.IntRange(1), help="Default: as of now, no issue.")
@click.option("--language", type=click.Choice([language.value for language in Language]))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Default: a name that says city and moment.",
)
def main(name: str, number: int | None, language: str | None, output: Path | None) -> None:
    """Compile the summary as of now, or take an issue, and write it."""
    rendering = RENDERINGS[name]
    with live_workspace() as workspace, workspace.reading() as session:
        if number is None:
            city = city_profile(settings().city)
            summary = compile_current_report(session, city, is_drill=workspace.is_drill)
        else:
            incident = open_incident_or_refuse(session)
            summary = marked(session, issue_numbered(session, incident.id, number))
    target = output or Path(file_name(summary, rendering))
    target.write_bytes(rendering.render(summary, Language(language or settings().language)))
    say(N_("Written: {file}"), file=target)


if __name__ == "__main__":
    main()
