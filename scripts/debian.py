"""What the set-up needs of Debian's or Ubuntu's packages; standard library only."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.postgres import OLDEST_POSTGRESQL, usable_postgres
from scripts.steps import TroubleError, carry_out

APT_GET = ["apt-get", "-o", "DPkg::Lock::Timeout=120"]
# Debian makes a cluster "main" when a server is first installed. Ours is private, so the machine
# stays without one, and the administrator's settings stay as they were. Likewise it starts a Caddy
# on port 80 when that is first installed; a unit that is masked is neither started nor, once it is
# disabled, started with the machine.
INSTALL = """
set -e
setting=/etc/postgresql-common/createcluster.d/disaster-hq.conf
unit=/etc/systemd/system/caddy.service
mkdir -p "${setting%/*}" "${unit%/*}"
masked=
if [ ! -e /usr/bin/caddy ] && [ ! -e "$unit" ]; then ln -s /dev/null "$unit"; masked=$unit; fi
leave() {
    rm -f "$setting"
    [ -z "$masked" ] && return
    rm -f "$masked"
    deb-systemd-helper disable caddy.service > /dev/null 2>&1 || true
    systemctl daemon-reload > /dev/null 2>&1 || true
}
trap leave EXIT
echo 'create_main_cluster = false' > "$setting"
DEBIAN_FRONTEND=noninteractive "$@"
"""


def newest_offered(listing: str) -> int | None:
    """Return the newest major version of which both the server and PostGIS are offered.

    Parameters
    ----------
    listing
        What ``apt-cache search --names-only`` prints: name, dash and title on each line.
    """
    servers = re.findall(r"^postgresql-(\d+) - ", listing, re.MULTILINE)
    extensions = re.findall(r"^postgresql-(\d+)-postgis-3 - ", listing, re.MULTILINE)
    both = {int(version) for version in {*servers} & {*extensions}}
    return max((version for version in both if version >= OLDEST_POSTGRESQL), default=None)


def missing(purpose: str) -> list[str]:
    """Return what the distribution has to provide and this machine lacks."""
    external = purpose != "test" and bool(os.environ.get("HQ_DATABASE_URL"))
    present: dict[str, object] = {
        "postgresql": external or usable_postgres(),
        f"python3.{sys.version_info.minor}-venv": importlib.util.find_spec("ensurepip"),
    }
    if purpose != "run":
        present["caddy"] = shutil.which("caddy")
    if purpose == "test":
        present |= {
            "chromium": shutil.which("chromium"),
            "fonts-noto-cjk": [*Path("/usr/share/fonts").rglob("NotoSansCJK*")],
            "libatomic1": [*Path("/usr/lib").glob("*/libatomic.so.1")],  # Playwright's driver
        }
    return [thing for thing, is_there in present.items() if not is_there]


def packages_for(thing: str) -> list[str]:
    """Return the packages that provide a missing thing, as the distribution offers them now."""
    if thing == "postgresql":
        version = newest_offered(_offered("^postgresql-[0-9]+(-postgis-3)?$"))
        if version is None:
            raise TroubleError(
                f"This machine's package sources offer no PostgreSQL {OLDEST_POSTGRESQL} or newer "
                "with PostGIS; use Debian 12 or Ubuntu 24.04 or newer, or set HQ_DATABASE_URL."
            )
        return [f"postgresql-{version}", f"postgresql-{version}-postgis-3"]
    if not _offered(f"^{re.escape(thing)}$"):
        raise TroubleError(
            f"This machine's package sources offer no {thing}; install it in another way "
            "(Chromium on Ubuntu: snap install chromium) and repeat."
        )
    return [thing]


def _offered(pattern: str) -> str:
    search = ["apt-cache", "search", "--names-only", pattern]
    return subprocess.run(search, capture_output=True, text=True, check=False).stdout


def install_packages(purpose: str) -> None:
    """Install what is missing of the distribution's packages, and nothing that it suggests."""
    things = missing(purpose)
    if not things:
        return
    if not shutil.which("apt-get"):
        raise TroubleError(f"This machine lacks {', '.join(things)} and apt-get; install them.")
    root = as_root()
    if root is None:
        raise TroubleError(
            f"This user may not install what this machine lacks; ask an administrator to install "
            f"{', '.join(things)}{' with PostGIS' if 'postgresql' in things else ''}."
        )
    outdated = refresh(root)
    try:
        packages = [name for thing in things for name in packages_for(thing)]
    except TroubleError as trouble:
        raise outdated or trouble from None
    install = [*APT_GET, "install", "--yes", "--no-install-recommends", *packages]
    carry_out(f"Installing {', '.join(packages)}", [*root, "sh", "-c", INSTALL, "sh", *install])


def refresh(root: list[str]) -> TroubleError | None:
    """Fetch the lists of packages; one broken source of several need not concern us."""
    update = [*root, *APT_GET, "-o", "APT::Update::Error-Mode=any", "update"]
    try:
        carry_out("Fetching the lists of packages", update)
    except TroubleError as trouble:
        return trouble
    return None


def as_root() -> list[str] | None:
    """Return what makes a command run as root; None where this user may not."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    quiet = subprocess.run([sudo, "-n", "true"], capture_output=True, check=False)
    if quiet.returncode and sys.stdin.isatty():
        quiet = subprocess.run([sudo, "-v"], check=False)  # asks for the password
    return None if quiet.returncode else [sudo, "-n"]
