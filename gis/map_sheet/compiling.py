"""The map sheet: compiled once from the store, with all that it shows, then only drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import floor, log2
from types import MappingProxyType
from typing import Any, Final

import shapely
from sqlalchemy.orm import Session

from gis.config import Bounds, CityProfile
from gis.geometry.mercator import Sheet
from gis.geometry.tiles import FINEST, HALF_WORLD_M
from gis.layers import LAYERS, View
from gis.map_sheet.paper import Layout, Paper, layout, sheet_of
from gis.past import PastMoment
from gis.queries.damage_marks import DamageMark, damage_marks
from gis.queries.damage_tiles import EVERYTHING, Seen
from gis.queries.incidents import IncidentView, current_incident
from gis.vocabulary import Knowledge

REPORTS: Final = "damage-reports"
CELL_MM: Final = 15.0
"""How wide a cell is on paper in which reports are counted: a number has room in it."""
SLACK_MM: Final = 3.0
FINENESS_MM: Final = 0.08
"""Finer than a printer's dots nothing is drawn."""
WHOLE: Final = 100


@dataclass(frozen=True)
class Wanted:
    """What of the map somebody wants on paper, as it is on their screen."""

    view: Bounds
    paper: Paper = Paper.A4
    hidden: frozenset[str] = frozenset(name for name, each in LAYERS.items() if not each.is_shown)
    """Names of layers (:data:`gis.layers.LAYERS`)."""
    opacity: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Per cent, of layers that are drawn fainter."""
    order: tuple[str, ...] = ()
    """Layers that were put above the others, the topmost first."""
    seen: Seen = EVERYTHING
    """Which damage reports."""


@dataclass(frozen=True)
class Shown:
    """Something of a layer, where it lies on the sheet: millimetres from its upper left corner."""

    shape: Any
    """A shapely geometry, cut off beyond the sheet's edge."""
    label: tuple[float, float]
    """Where its name or its mark stands."""
    told: Mapping[str, Any]
    """What the map tells of it, by the names of its layer."""


@dataclass(frozen=True)
class MapSheet:
    """Everything that stands on a printed map."""

    city_code: str
    city_name_ja: str
    city_name_en: str
    incident: IncidentView | None
    is_drill: bool
    as_of: datetime
    knowledge: Knowledge | None
    """By what was known when; None is now, where there is no question."""
    wanted: Wanted
    layout: Layout
    ground: Sheet
    layers: Mapping[str, tuple[Shown, ...]]
    """What lies on the sheet of each layer that is shown, from bottom to top."""
    reports: tuple[DamageMark, ...]
    unplaced: int
    """Shelters that are on no map, whatever is looked at."""


def compile_sheet(  # noqa: PLR0913 - a moment, and by what was known when
    session: Session,
    city: CityProfile,
    wanted: Wanted,
    *,
    now: datetime,
    past: PastMoment | None = None,
    is_drill: bool = False,
) -> MapSheet:
    """Compile the sheet of the current incident.

    Each layer is what the screen shows of it (:data:`gis.layers.LAYERS`), cut to the sheet; damage
    reports are counted by the store, so that the sheet costs the same however many there are.

    Parameters
    ----------
    past
        The moment that is looked back at; None is now.

    Raises
    ------
    gis.errors.ViewTooWide
        As :func:`gis.map_sheet.paper.sheet_of` does.
    """
    laid = layout(wanted.paper, wanted.view)
    ground = sheet_of(wanted.view, laid.map)
    as_of, known_at = (past.at, past.known_at(now)) if past else (now, now)
    view = View(city, current_incident(session), as_of, known_at, is_past=past is not None)
    layers, unplaced = {}, 0
    for name in LAYERS:
        if name not in wanted.hidden | {REPORTS}:
            features = LAYERS[name].features(session, view)
            layers[name] = tuple(_on_sheet(features, ground))
            unplaced += sum(each["geometry"] is None for each in features) * (name == "shelters")
    return MapSheet(
        city_code=city.code,
        city_name_ja=city.name_ja,
        city_name_en=city.name_en,
        incident=view.incident,
        is_drill=is_drill,
        as_of=as_of,
        knowledge=past.knowledge if past else None,
        wanted=wanted,
        layout=laid,
        ground=ground,
        layers=layers,
        reports=_reports(session, view, wanted, ground, laid.enlarged),
        unplaced=unplaced,
    )


def _on_sheet(features: list[dict[str, Any]], ground: Sheet) -> Iterator[Shown]:
    """Yield what of some features lies on the sheet."""
    inside = shapely.box(0, 0, ground.width_mm, ground.height_mm)
    for feature in features:
        if feature["geometry"] is None:
            continue
        shape = ground.draw(feature["geometry"], SLACK_MM, FINENESS_MM)
        visible = shapely.intersection(shape, inside)
        if not visible.is_empty:
            told = feature["properties"]
            yield Shown(shape, _label(visible, told.get("label"), ground), told)


def _label(visible: Any, named_at: Any, ground: Sheet) -> tuple[float, float]:  # noqa: ANN401 - shapely publishes no types
    """Return where something is named: where the screen does, else within what is seen of it."""
    if isinstance(named_at, list):  # of a hazard zone it is the word for its class
        x, y = ground.place(*named_at)
        if 0 <= x <= ground.width_mm and 0 <= y <= ground.height_mm:
            return x, y
    point = visible.representative_point()
    return point.x, point.y


def _reports(
    session: Session, view: View, wanted: Wanted, ground: Sheet, enlarged: float
) -> tuple[DamageMark, ...]:
    if view.incident_id is None or REPORTS in wanted.hidden:
        return ()
    cell_m = CELL_MM * enlarged * ground.m_per_mm
    level = min(max(floor(log2(2 * HALF_WORLD_M / cell_m)), 0), FINEST)
    moment = {"as_of": view.as_of, "known_at": view.known_at} if view.is_past else {}
    marks = damage_marks(session, view.incident_id, ground.extent, level, wanted.seen, **moment)
    return tuple(marks)
