"""Print a one-time sign-in link.

\b
    python -m scripts.sign_in_link
    python -m scripts.sign_in_link --role field --name 第3班
"""  # noqa: D301 - click's own mark for lines that stay as they are

import click

from gis.config import settings
from gis.operations.access import issue_sign_in_link
from gis.store import SYSTEM, Workspace
from gis.vocabulary import Role
from scripts.terminal import Command, live_workspace

HEADQUARTERS = "本部"


def new_link(workspace: Workspace, *, name: str = HEADQUARTERS, role: Role = Role.ADMIN) -> str:
    """Make a link that signs one browser in, once, and return its address."""
    with workspace.transaction(SYSTEM) as session:
        token = issue_sign_in_link(session, name, role)
    return f"http://{settings().host}:{settings().port}/sign-in?token={token}"


@click.command(cls=Command, help=__doc__)
@click.option("--name", help="Whose link it is; stands beside all they do. Default: 本部.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.ADMIN.value)
def main(name: str | None, role: str) -> None:
    """Print a link."""
    if name is None and role != Role.ADMIN:
        raise click.UsageError("--name says whose link it is; only an admin's may do without.")
    with live_workspace() as workspace:
        click.echo(new_link(workspace, name=name or HEADQUARTERS, role=Role(role)))


if __name__ == "__main__":
    main()
