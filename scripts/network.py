"""The addresses and names by which other machines reach this one; no question leaves it."""

import fcntl
import socket
import struct
from pathlib import Path

from scripts.cluster import default_folder

SIOCGIFADDR = 0x8915
"""Linux: the IPv4 address of an interface, at bytes 20 to 24 of the answer (netdevice(7))."""


def address_file() -> Path:
    """Return the file that names the address by which the network reaches the running server."""
    return default_folder().with_name("address")


def lan_addresses() -> list[str]:
    """Return the IPv4 addresses of this machine, those of real network cards first.

    Bridges of virtual machines and containers come last; the loopback address is left out.
    """
    interfaces = [name for _, name in socket.if_nameindex()]
    interfaces.sort(key=lambda name: not Path("/sys/class/net", name, "device").exists())
    addresses = filter(None, map(_address, interfaces))
    return [address for address in addresses if not address.startswith("127.")]


def _address(interface: str) -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            answer = fcntl.ioctl(probe, SIOCGIFADDR, struct.pack("256s", interface.encode()))
        except OSError:
            return None  # it has none
    return socket.inet_ntoa(answer[20:24])


def host_names() -> list[str]:
    """Return this machine's name, plain and as multicast DNS tells it, and its name for itself."""
    name = socket.gethostname().partition(".")[0].lower()
    return list(dict.fromkeys([name, f"{name}.local", "localhost"]))
