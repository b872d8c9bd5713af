"""What the commands share: the store they work on, and errors as one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from alembic.util.exc import CommandError
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from gis import store
from gis.config import settings
from gis.errors import Refused
from gis.store import Workspace, refusal
from gis.text import translate
from scripts.cluster import OWNER, SERVER, ClusterError, PrivateCluster, default_folder


class Command(click.Command):
    """A command that ends with a sentence, never with a traceback."""

    def invoke(self, context: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command; exit with 1 and say why where something was refused."""
        try:
            return super().invoke(context)
        except Refused as refused:
            raise click.ClickException(refused.explain(settings().language)) from refused
        except DBAPIError as fault:
            raise click.ClickException(refusal(fault).explain(settings().language)) from fault
        except (ClusterError, CommandError, OSError) as fault:
            raise click.ClickException(str(fault)) from fault
        except ValidationError as fault:
            first = fault.errors(include_url=False)[0]
            name = ".".join(map(str, first["loc"]))
            raise click.ClickException(f"{name}: {first['msg']}") from fault


class CannotStartError(click.ClickException):
    """Why the product does not start: one sentence, what happened and what to do."""


def cannot_start(message: str, **facts: object) -> CannotStartError:
    """Return the error with its sentence in the terminal's language."""
    return CannotStartError(translate(message, settings().language).format(**facts))


def say(message: str, **facts: object) -> None:
    """Print a message in the terminal's language."""
    click.echo(translate(message, settings().language).format(**facts))


@contextmanager
def live_workspace() -> Iterator[Workspace]:
    """Give the live workspace: the configured database, else the private cluster, kept running."""
    with database_urls() as (server_url, _):
        yield store.live(server_url)


@contextmanager
def database_urls() -> Iterator[tuple[str, str]]:
    """Give the addresses of the live database: as the server's login, and as its owner."""
    configured = settings().database_url
    if configured is not None:
        owner = settings().migration_database_url or configured
        yield configured.get_secret_value(), owner.get_secret_value()
        return
    with PrivateCluster(default_folder()).running() as cluster:
        yield cluster.url(SERVER), cluster.url(OWNER)
