"""What the browser loads from us: our own files, and what npm put here by lock file.

Only the folders named here are served, never all of ``node_modules``.
"""

from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
OWN: Final = HERE / "hq"
INSTALLED: Final = HERE / "node_modules"

MOUNTS: Final[dict[str, Path]] = {
    "hq": OWN,
    "idb": INSTALLED / "idb" / "build",
    "leaflet": INSTALLED / "leaflet" / "dist",
    "noto-sans-jp": INSTALLED / "@fontsource-variable" / "noto-sans-jp",
    "pbf": INSTALLED / "pbf",
    "point-geometry": INSTALLED / "@mapbox" / "point-geometry",
    "vector-tile": INSTALLED / "@mapbox" / "vector-tile",
}
"""Each is served under ``/assets/<name>``."""

MODULES: Final[dict[str, str]] = {
    "@mapbox/point-geometry": "/assets/point-geometry/index.js",
    "@mapbox/vector-tile": "/assets/vector-tile/index.js",
    "pbf": "/assets/pbf/index.js",
}
"""Where a browser finds the modules that name each other by their package."""
