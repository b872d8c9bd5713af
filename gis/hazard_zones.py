"""Hazard zones: in which class a depth is drawn, and which hazards an incident brings."""

from collections.abc import Collection

from gis.vocabulary import DepthClass, Hazard, IncidentKind

UPPER_M = {
    DepthClass.UNDER_0_5: 0.5,
    DepthClass.TO_3: 3.0,
    DepthClass.TO_5: 5.0,
    DepthClass.TO_10: 10.0,
    DepthClass.TO_20: 20.0,
}
"""Where each class ends, metres (水害ハザードマップ作成の手引き); the last one is open."""


def depth_class(min_depth_m: float | None, max_depth_m: float | None) -> DepthClass | None:
    """Return the class in which a depth is drawn; None where it is unknown.

    Boundaries of a file may lie across those of the classes: the deeper class is taken. What is
    open upwards is at least in the class in which it begins.

    Parameters
    ----------
    min_depth_m, max_depth_m
        The file's boundaries, metres; ``max_depth_m`` None is open upwards.
    """
    if min_depth_m is None:
        return None
    for drawn, upper_m in UPPER_M.items():
        if min_depth_m < upper_m if max_depth_m is None else max_depth_m <= upper_m:
            return drawn
    return DepthClass.OVER_20


_FLOODS = frozenset({Hazard.FLOOD, Hazard.INLAND_FLOOD, Hazard.FLOOD_UNSPECIFIED})

THREATENING: dict[IncidentKind, frozenset[Hazard]] = {
    IncidentKind.EARTHQUAKE: frozenset({Hazard.EARTHQUAKE, Hazard.TSUNAMI}),
    IncidentKind.TSUNAMI: frozenset({Hazard.TSUNAMI}),
    IncidentKind.FLOOD: _FLOODS,
    IncidentKind.STORM: _FLOODS | {Hazard.STORM_SURGE, Hazard.LANDSLIDE},
    IncidentKind.LANDSLIDE: frozenset({Hazard.LANDSLIDE}),
    IncidentKind.LARGE_FIRE: frozenset({Hazard.LARGE_FIRE}),
    IncidentKind.VOLCANO: frozenset({Hazard.VOLCANO}),
    IncidentKind.OTHER: frozenset(),
}
"""Zones of which hazards count in an incident as long as nobody has said otherwise."""

OWN_HAZARD: dict[IncidentKind, Hazard] = {
    IncidentKind.EARTHQUAKE: Hazard.EARTHQUAKE,
    IncidentKind.TSUNAMI: Hazard.TSUNAMI,
    IncidentKind.FLOOD: Hazard.FLOOD,
    IncidentKind.LANDSLIDE: Hazard.LANDSLIDE,
    IncidentKind.LARGE_FIRE: Hazard.LARGE_FIRE,
    IncidentKind.VOLCANO: Hazard.VOLCANO,
}
"""For which hazard a site is to be designated in an incident; a storm brings none for certain."""


def is_designated_for(hazard: Hazard, designated: Collection[str] | None) -> bool | None:
    """Tell whether a shelter is designated for a hazard; None where nobody has said.

    Parameters
    ----------
    designated
        The codes of its hazards; None is unknown. Older lists do not tell the floods apart.
    """
    if designated is None:
        return None
    if hazard in designated:
        return True
    floods = _FLOODS | {Hazard.STORM_SURGE}
    is_told_apart = Hazard.FLOOD_UNSPECIFIED not in designated
    if hazard is Hazard.FLOOD_UNSPECIFIED:
        return None if floods & set(designated) else False
    return None if hazard in floods and not is_told_apart else False
