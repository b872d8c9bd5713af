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
}
"""Each is served under ``/assets/<name>``."""
