"""What the browser loads from us: our own files, and what npm put here by lock file.

Only the folders named here are served, never all of ``node_modules``.
"""

import re
from hashlib import blake2b
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
OWN: Final = HERE / "hq"
INSTALLED: Final = HERE / "node_modules"


def _version() -> str:
    """Return what changes whenever a file of ours does."""
    files = sorted(OWN.iterdir())
    told = b"".join(file.name.encode() + file.read_bytes() for file in files)
    return blake2b(told, digest_size=8).hexdigest()


_OWN_MOUNT: Final = f"hq-{_version()}"


def own(name: str) -> str:
    """Return the address of a file of ours.

    After an upgrade it is another one, so that browsers may keep what they have without asking.
    """
    return f"/assets/{_OWN_MOUNT}/{name}"


_IMPORT: Final = re.compile(r'\bfrom "\./([\w-]+\.js)"')


def modules_of(name: str) -> list[str]:
    """Return the addresses of a script of ours and of all that it imports of ours.

    Whoever asks for all of them at once need not wait for each to name the next.
    """
    found: dict[str, None] = {}
    asked = [name]
    while asked:
        found[each := asked.pop()] = None
        imported = _IMPORT.findall((OWN / each).read_text(encoding="utf-8"))
        asked += [one for one in imported if one not in found]
    return [own(each) for each in found]


MOUNTS: Final[dict[str, Path]] = {
    _OWN_MOUNT: OWN,
    "idb": INSTALLED / "idb" / "build",
    "leaflet": INSTALLED / "leaflet" / "dist",
    "noto-sans-jp": INSTALLED / "@fontsource-variable" / "noto-sans-jp",
    "pbf": INSTALLED / "pbf",
    "pmtiles": INSTALLED / "pmtiles" / "dist",
    "point-geometry": INSTALLED / "@mapbox" / "point-geometry",
    "protomaps-leaflet": INSTALLED / "protomaps-leaflet" / "dist",
    "vector-tile": INSTALLED / "@mapbox" / "vector-tile",
}
"""Each is served under ``/assets/<name>``."""

MODULES: Final[dict[str, str]] = {
    "@mapbox/point-geometry": "/assets/point-geometry/index.js",
    "@mapbox/vector-tile": "/assets/vector-tile/index.js",
    "pbf": "/assets/pbf/index.js",
}
"""Where a browser finds the modules that name each other by their package."""
