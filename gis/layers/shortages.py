"""What runs out first in open shelters: one feature for each in which something does today."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil, floor
from typing import Any

from sqlalchemy.orm import Session

from gis.forecast import Outlook
from gis.layers.layer import Layer, View, iso, point_feature
from gis.queries.shelters import ShelterStatus
from gis.supply_outlook import ItemOutlook, compile_supply_outlook
from gis.text import N_
from gis.vocabulary import Bound

WITHIN = timedelta(hours=24)
"""What lasts longer is not told."""
SOON_HOURS = 6
"""What lasts no longer has to be on the road by now."""
MOST = 6
"""Of how many items a shelter says until when each lasts."""
KEPT = timedelta(minutes=5)
"""How long an answer is told again: what was expected meanwhile and did not come is to be seen."""


def features(session: Session, view: View) -> list[dict[str, Any]]:
    """Return one feature per shelter in which something runs out, the most urgent last: on top."""
    if view.incident is None:
        return []
    outlook = compile_supply_outlook(
        session,
        view.city,
        view.incident,
        as_of=view.as_of,
        known_at=view.known_at,
        is_past=view.is_past,
    )
    ending = defaultdict(list)
    for line in outlook.running_out(WITHIN):
        ending[line.shelter_id].append(line)
    shelters = {status.id: status for status in outlook.shelters}
    return [_feature(shelters[id_], lines) for id_, lines in reversed(ending.items())]


def _feature(status: ShelterStatus, lines: Sequence[ItemOutlook]) -> dict[str, Any]:
    return point_feature(status.id, status.lon, status.lat, properties(status.name, lines))


def properties(name: str, lines: Sequence[ItemOutlook]) -> dict[str, Any]:
    """Return what the map shows of a shelter in which something runs out.

    Parameters
    ----------
    lines
        What does, what runs out first first; at least one.
    """
    items = [
        _item(line.item_code, line.outlook, line.hours)
        for line in lines
        if line.outlook and line.hours is not None
    ]
    first = items[0]
    return {
        "name": name,
        **first,
        "is_out": first["hours"] == 0,
        "step": step(first["hours"]),
        "tag": tag(first["hours"], Bound(first["bound"])),
        "further": items[1:MOST],
        "kinds": len(items),
    }


def _item(code: str, outlook: Outlook, hours: float) -> dict[str, Any]:
    return {
        "item": code,
        "hours": round(hours, 2),
        "runs_out_at": iso(_minute(outlook.runs_out_at)),
        "bound": outlook.bound.value,
    }


def step(hours: float) -> str:
    """Return by what a shortage is drawn: ``none_left``, ``soon`` or ``today``."""
    if hours == 0:
        return "none_left"
    return "soon" if hours <= SOON_HOURS else "today"


def tag(hours: float, bound: Bound) -> str:
    """Return how long something lasts as short as it stands on a mark, such as ``≥5h``.

    Whole hours, rounded to the side on which the figure stays true.
    """
    if hours == 0:
        return "0"
    if bound is Bound.AT_MOST:
        return f"≤{ceil(hours)}h"
    if bound is Bound.AT_LEAST:
        return f"≥{floor(hours)}h"
    return f"{floor(hours)}h" if hours >= 1 else "<1h"


def _minute(moment: datetime | None) -> datetime | None:
    """Return the minute of a moment: nobody plans by seconds."""
    return moment and moment.replace(second=0, microsecond=0)


LAYER = Layer(
    "shortages",
    N_("Runs out first"),
    frozenset({"supplies", "shelters", "incidents"}),
    features,
    kept=KEPT,
)
