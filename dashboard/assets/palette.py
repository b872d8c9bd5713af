"""The palette for Python: the browser's colours, read from the file that defines them."""

import re
from functools import cache

from dashboard.assets import OWN

_COLOUR = re.compile(r"--hq-([a-z0-9-]+):\s*(#[0-9a-f]{6});")


@cache
def palette() -> dict[str, str]:
    """Return each colour by its name in ``palette.css``, without prefix, as ``#rrggbb``."""
    return dict(_COLOUR.findall((OWN / "palette.css").read_text(encoding="utf-8")))
