"""Run the product for the local network: HTTPS without internet or a domain.

\b
    python -m scripts.serve
    HQ_LAN_ADDRESS=192.0.2.7 HQ_HTTPS_PORT=9443 python -m scripts.serve

Caddy stands before the server with a certificate authority of its own. Telephones scan the code
that is shown, and trust it once. Ctrl-C stops all that it started.
"""  # noqa: D301 - click's own mark for lines that stay as they are

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import click
import segno

from gis.config import Settings, city_profile, settings
from gis.text import N_, Language, translate
from scripts.caddy import Caddy
from scripts.cluster import default_folder
from scripts.network import address_file, host_names, lan_addresses
from scripts.run import (
    AnnouncingServer,
    read_settings,
    run_until_stopped,
    serve,
    take_port,
)
from scripts.terminal import Command, cannot_start, say
from scripts.trust_page import fingerprint, write_pages

EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 - the network is who it is for


def addresses_of(wanted: Settings) -> list[str]:
    """Return the addresses by which the network is to reach this machine."""
    there = lan_addresses()
    chosen = [str(wanted.lan_address)] if wanted.lan_address else there
    if not chosen:
        raise cannot_start(
            N_(
                "This machine is in no network, so nobody else could reach it; connect it to the "
                "network of the telephones, or start it for itself with: make run"
            )
        )
    return chosen


def caddy_for(wanted: Settings, addresses: list[str]) -> Caddy:
    """Return Caddy as the settings want it, its ports being free."""
    host = str(wanted.lan_address or EVERY_ADDRESS)
    ports = {"HQ_HTTPS_PORT": wanted.https_port, "HQ_TRUST_PORT": wanted.trust_port}
    for setting, port in ports.items():
        take_port(host, port, setting).close()
    own = f"[{wanted.host}]" if ":" in wanted.host else wanted.host
    return Caddy(
        folder=default_folder().with_name("caddy"),
        app=f"{own}:{wanted.port}",
        names=(*addresses, "127.0.0.1", *host_names()),
        listen=str(wanted.lan_address or ""),
        https_port=wanted.https_port,
        trust_port=wanted.trust_port,
        authority=_authority(wanted),
    )


def _authority(wanted: Settings) -> str:
    city = city_profile(wanted.city)
    name = city.name_ja if wanted.language is Language.JA else city.name_en
    what = translate(N_("Disaster headquarters"), wanted.language)
    return f"{name} {what}"


def serve_network(wanted: Settings) -> bool:
    """Run the product with Caddy before it; return whether it came up."""
    addresses = addresses_of(wanted)
    caddy = caddy_for(wanted, addresses)
    pages = [f"https://{address}:{wanted.https_port}" for address in addresses]
    trust_url = f"http://{addresses[0]}:{wanted.trust_port}/"
    os.environ.setdefault("HQ_PUBLIC_URL", pages[0])
    settings.cache_clear()

    @contextmanager
    def front(server: AnnouncingServer) -> Iterator[None]:
        def leave() -> None:
            server.should_exit = True

        with caddy.running(when_dead=leave):
            write_pages(caddy, trust_url, pages)
            server.say_more = lambda: _say_how_others_come_in(caddy, trust_url)
            address_file().write_text(str(settings().public_url))
            try:
                yield
            finally:
                address_file().unlink(missing_ok=True)

    return serve(settings(), front)


def _say_how_others_come_in(caddy: Caddy, trust_url: str) -> None:
    say(N_("The link is for this computer. Other machines trust this server once; scan or open:"))
    print(f"\n    {trust_url}\n")
    _show_code(trust_url)
    say(N_("The certificate they are offered must have this SHA-256 fingerprint:"))
    parts = fingerprint(caddy.root_certificate)
    print(f"\n    {' '.join(parts[:4])}\n    {' '.join(parts[4:])}\n")
    say(N_("Then they open {url} with a link of their own:"), url=settings().public_url)
    print("\n    make sign-in-link\n")


def _show_code(address: str) -> None:
    """Draw a QR code that is dark on light whatever the terminal's own colours are."""
    drawn = StringIO()
    segno.make(address, error="m", micro=False).terminal(drawn, compact=True)
    for line in drawn.getvalue().splitlines():
        click.secho(line, fg="bright_white", bg="black")
    print()


@click.command(cls=Command, help=__doc__)
def main() -> None:
    """Run until told to stop."""
    run_until_stopped(lambda: serve_network(read_settings()))


if __name__ == "__main__":
    main()
