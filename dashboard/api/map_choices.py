"""What somebody has chosen to see of the map, in the words of the page's address.

``dashboard/assets/hq/map-choices.js`` writes them.
"""

from collections.abc import Mapping
from typing import Final

from gis.errors import FieldInvalid
from gis.layers import LAYERS
from gis.queries.damage_tiles import UNKNOWN, Seen
from gis.text import N_
from gis.vocabulary import DamageCategory, ReportState, Severity

BENEATH: Final = "base-map"
"""What lies beneath all layers has a strength as well."""
FAINTEST: Final = 10
WHOLE: Final = 100


def read_layers(text: str) -> tuple[frozenset[str], Mapping[str, int]]:
    """Return which layers are hidden, and of which ones the opacity is below 100 per cent.

    Parameters
    ----------
    text
        Such as ``-towns,shelters:60,population``: the towns are hidden, the shelters shown at 60
        per cent, and the population, which is shown to those who ask for it.

    Raises
    ------
    gis.errors.FieldInvalid
        A layer is unknown, or a number none from 10 to 100.
    """
    hidden, opacity = {name for name, layer in LAYERS.items() if not layer.is_shown}, {}
    for said in filter(None, text.split(",")):
        name, colon, percent = said.removeprefix("-").partition(":")
        if name == BENEATH:
            continue
        _known("layers", name, said)
        if said.startswith("-"):
            hidden.add(name)
            continue
        if not LAYERS[name].is_shown:
            hidden.discard(name)
        if colon:
            opacity[name] = _percent(said, percent)
    return frozenset(hidden), opacity


def read_order(text: str) -> tuple[str, ...]:
    """Return which layers were put above the others, the topmost first.

    Parameters
    ----------
    text
        Such as ``hazard-zones,shelters``.

    Raises
    ------
    gis.errors.FieldInvalid
        A layer is unknown.
    """
    names = tuple(filter(None, text.split(",")))
    for name in names:
        _known("order", name, name)
    return names


def _known(field: str, name: str, said: str) -> None:
    if name not in LAYERS:
        raise _invalid(field, said, N_("there is no layer of this name"))


def _percent(said: str, percent: str) -> int:
    # Digits alone, so that neither a sign nor a number of another script is read as one.
    if percent.isascii() and percent.isdecimal() and FAINTEST <= int(percent[:4]) <= WHOLE:
        return int(percent)
    raise _invalid("layers", said, N_("an opacity is a whole number from 10 to 100"))


def read_reports(text: str) -> Seen:
    """Return which damage reports are shown.

    Parameters
    ----------
    text
        Categories, severities, ``unknown`` (severity) and ``unconfirmed``; nothing is all of them.

    Raises
    ------
    gis.errors.FieldInvalid
        A word is none of these.
    """
    categories: set[DamageCategory] = set()
    severities: set[Severity | None] = set()
    is_confirmed = None
    for said in filter(None, text.split(",")):
        if said in set(DamageCategory):
            categories.add(DamageCategory(said))
        elif said in set(Severity):
            severities.add(Severity(said))
        elif said == UNKNOWN:
            severities.add(None)
        elif said == ReportState.UNCONFIRMED:
            is_confirmed = False
        else:
            raise _invalid("reports", said, N_("it is not one of the known terms"))
    return Seen(frozenset(categories) or None, frozenset(severities) or None, is_confirmed)


def _invalid(field: str, said: str, problem: str) -> FieldInvalid:
    return FieldInvalid(field=field, received=said, name=field, problem=problem)
