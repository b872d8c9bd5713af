"""Bring the store to the present form.

python -m scripts.migrate
"""

import click

from gis.store import migrate
from gis.text import N_
from scripts.terminal import Command, database_urls, say


@click.command(cls=Command, help=__doc__)
def main() -> None:
    """Run the migrations that are missing."""
    with database_urls() as (_, owner_url):
        migrate(owner_url)
    say(N_("The store has the present form."))


if __name__ == "__main__":
    main()
