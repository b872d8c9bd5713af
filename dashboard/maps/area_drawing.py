"""A map on which a person draws a point, a line or an area, corner by corner."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import folium
from streamlit_folium import st_folium

from dashboard.maps.elements import AreaDrawing
from dashboard.maps.picker import still_map
from dashboard.maps.words import map_words
from gis.config import CityProfile
from gis.text import N_, Language, translate
from gis.vocabulary import ShapeKind

HEIGHT_PX: Final = 600

Corners = list[list[float]]
"""Places in the order in which they were tapped: degrees, EPSG:4326, longitude first."""
Shape = dict[str, Any]
"""A GeoJSON geometry of them."""


@dataclass(frozen=True)
class Pen:
    """What is drawn with a map: how many corners it takes, and what becomes of them."""

    make: Callable[[Corners], Shape]
    labels: Mapping[str, str]
    least: int
    most: int | None = None
    """None is any number; of one more tap than that the first place gives way."""
    is_area: bool = False


def _point(corners: Corners) -> Shape:
    return {"type": "Point", "coordinates": corners[0]}


def _line(corners: Corners) -> Shape:
    return {"type": "LineString", "coordinates": corners}


def _area(corners: Corners) -> Shape:
    return {"type": "Polygon", "coordinates": [[*corners, *corners[:1]]]}


def _stretch(corners: Corners) -> Shape:
    return _point(corners) if len(corners) == 1 else _line(corners)


AREA: Final = Pen(
    _area,
    {
        "begin": N_("Tap the corners of the area, in the order in which one walks around it."),
        "undo": N_("Undo the last corner"),
        "again": N_("Start again"),
        "use": N_("Use this area"),
        "used": N_("This area is used. Start again to draw another one."),
    },
    least=3,
    is_area=True,
)
STRETCH: Final = Pen(
    _stretch,
    {
        "begin": N_("Tap the places of the stretch one after another; one alone is a single spot."),
        "undo": N_("Undo the last place"),
        "again": N_("Start again"),
        "use": N_("Use this stretch"),
        "used": N_("This stretch is used. Start again to draw another one."),
    },
    least=1,
)
LINE: Final = Pen(
    _line,
    {
        "begin": N_("Tap the places of the line one after another."),
        "undo": N_("Undo the last place"),
        "again": N_("Start again"),
        "use": N_("Use this line"),
        "used": N_("This line is used. Start again to draw another one."),
    },
    least=2,
)
POINT: Final = Pen(
    _point,
    {
        "begin": N_("Tap the place."),
        "undo": N_("Undo the last place"),
        "again": N_("Start again"),
        "use": N_("Use this place"),
        "used": N_("This place is used. Start again to choose another one."),
    },
    least=1,
    most=1,
)
PENS: Final = {ShapeKind.POINT: POINT, ShapeKind.LINE: LINE, ShapeKind.AREA: AREA}


def drawing_map(
    profile: CityProfile, language: Language, pen: Pen, present: Shape | None = None
) -> folium.Map:
    """Return the map of a city, on which nothing is drawn yet.

    Parameters
    ----------
    present
        What is there already: shown, and what the map begins around.
    """
    chart = still_map(profile)
    box = profile.bounds
    AreaDrawing(
        words=map_words(language),
        labels={name: translate(message, language) for name, message in pen.labels.items()},
        bounds=[[box.south, box.west], [box.north, box.east]],
        pen={"least": pen.least, "most": pen.most, "is_area": pen.is_area},
        present=present,
    ).add_to(chart)
    return chart


def drawn_of(pen: Pen, returned: object) -> Shape | None:
    """Return what the map says was drawn; ``None`` for anything else, and for too few corners."""
    match returned:
        case {"drawn": [*corners]} if len(corners) >= pen.least and all(map(_is_place, corners)):
            return pen.make(corners)
        case _:
            return None


def _is_place(corner: object) -> bool:
    match corner:
        case [float() | int(), float() | int()]:
            return True
        case _:
            return False


def draw(  # noqa: PLR0913 - which map, in which words, with what
    profile: CityProfile,
    language: Language,
    key: str,
    pen: Pen,
    *,
    present: Shape | None = None,
    height_px: int = HEIGHT_PX,
) -> Shape | None:
    """Show the map and return what is drawn on it, once the person says that it is the one."""
    returned = st_folium(
        drawing_map(profile, language, pen, present),
        key=key,
        height=height_px,
        use_container_width=True,
        returned_objects=[],
    )
    return drawn_of(pen, returned)
