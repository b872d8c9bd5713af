"""Print a one-time sign-in link.

\b
    python -m scripts.sign_in_link
    python -m scripts.sign_in_link --role field --name 第3班
    python -m scripts.sign_in_link --role shelter --shelter 鶴嶺小学校

A shelter manager's link leads to the count of that one shelter, named by its whole name or by one
of its 共通ID.
"""  # noqa: D301 - click's own mark for lines that stay as they are

from collections.abc import Sequence
from uuid import UUID

import click
from sqlalchemy.orm import Session

from gis.config import settings
from gis.errors import NotFound
from gis.operations.access import NAME_LENGTH, issue_sign_in_link
from gis.queries.access import NamedShelter, shelters_like, shelters_meant
from gis.store import SYSTEM, Workspace
from gis.text import N_, translate
from gis.vocabulary import Role
from scripts.network import address_file
from scripts.terminal import Command, live_workspace, say

HEADQUARTERS = "本部"
CANDIDATES_SHOWN = 10


def new_link(
    workspace: Workspace,
    *,
    name: str = HEADQUARTERS,
    role: Role = Role.ADMIN,
    shelter_id: UUID | None = None,
) -> str:
    """Make a link that signs one browser in, once, and return its address."""
    with workspace.transaction(SYSTEM) as session:
        token = issue_sign_in_link(session, name, role, shelter_id)
    return f"{own_address()}/sign-in?token={token}"


def own_address() -> str:
    """Return where this computer itself reaches the server."""
    return f"http://{settings().host}:{settings().port}"


def shelter_meant(session: Session, words: str) -> NamedShelter:
    """Return the one shelter of the city that a name or a 共通ID means.

    Raises
    ------
    gis.errors.NotFound
        No shelter has a name like that.
    click.ClickException
        Several are meant, or only some with longer names: it lists them.
    """
    city = settings().city
    meant = shelters_meant(session, city, words)
    if len(meant) == 1:
        return meant[0]
    candidates = meant or shelters_like(session, city, words)
    if not candidates:
        raise NotFound(field="shelter", received=words, kind=N_("shelter"))
    raise click.ClickException(_choice(words, candidates))


def _choice(words: str, candidates: Sequence[NamedShelter]) -> str:
    message = translate(
        N_("“{words}” may mean several shelters; name one by its whole name or its common ID:"),
        settings().language,
    )
    lines = [
        "  ".join(filter(None, ("   ", shelter.name, shelter.address, *shelter.common_ids)))
        for shelter in candidates[:CANDIDATES_SHOWN]
    ]
    rest = ["    …"] if len(candidates) > CANDIDATES_SHOWN else []
    return "\n".join([message.format(words=words), *lines, *rest])


@click.command(cls=Command, help=__doc__)
@click.option("--name", help="Whose link it is; stands beside all they do. Default: 本部.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.ADMIN.value)
@click.option("--shelter", help="The one shelter of a shelter manager: its name or 共通ID.")
def main(name: str | None, role: str, shelter: str | None) -> None:
    """Print a link."""
    if (role == Role.SHELTER) != (shelter is not None):
        raise click.UsageError("--shelter says whose manager --role shelter is; both or neither.")
    if name is None and shelter is None and role != Role.ADMIN:
        raise click.UsageError("--name says whose link it is; only an admin's may do without.")
    with live_workspace() as workspace:
        link = _link(workspace, name, Role(role), shelter)
    click.echo(link)
    if address_file().exists():
        say(N_("The same link for other machines in the network:"))
        click.echo(link.replace(own_address(), address_file().read_text()))


def _link(workspace: Workspace, name: str | None, role: Role, shelter: str | None) -> str:
    if shelter is None:
        return new_link(workspace, name=name or HEADQUARTERS, role=role)
    with workspace.reading() as session:
        own = shelter_meant(session, shelter)
    return new_link(workspace, name=name or own.name[:NAME_LENGTH], role=role, shelter_id=own.id)


if __name__ == "__main__":
    main()
