"""Folium elements that hand options to our own JavaScript and draw nothing themselves.

What is constant of a map goes in here as options; what moves is read by the browser. Everything
the browser loads comes from ``/assets``: the map works with the cable cut.
"""

from typing import ClassVar

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from dashboard.assets import MODULES, modules_of, own


class OfflineMap(folium.Map):
    """A folium map that loads nothing but our own Leaflet, style and font."""

    # Folium declares these on the instance, so they cannot be called class variables here.
    default_js = [("leaflet", "/assets/leaflet/leaflet.js")]  # noqa: RUF012
    default_css = [  # noqa: RUF012
        ("leaflet_css", "/assets/leaflet/leaflet.css"),
        ("noto_sans_jp", "/assets/noto-sans-jp/index.css"),
        ("hq_palette", own("palette.css")),
        ("hq_marks", own("marks.css")),
        ("hq_map", own("map.css")),
    ]


class Part(JSCSSMixin):
    """A part of the map, drawn by the function of that name in a script."""

    script: ClassVar[str] = "situation-map.js"
    function: ClassVar[str]
    _template = Template("""
        {% macro script(this, kwargs) %}
        import({{ this.address|tojson }}).then((hq) =>
            hq.{{ this.function }}({{ this._parent.get_name() }}, {{ this.settings|tojson }}));
        {% endmacro %}
    """)

    def __init__(self, **settings: object) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = type(self).__name__
        self.address = own(self.script)
        self.settings = settings


class ModuleNames(JSCSSMixin):
    """Where third-party modules are that ours import by name; must come before all parts.

    It asks for all scripts of the map at once.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        if (!document.querySelector("script[type=importmap]")) {
            const names = document.createElement("script");
            names.type = "importmap";
            names.textContent = JSON.stringify({ imports: {{ this.imports|tojson }} });
            document.head.append(names);
            for (const href of {{ this.scripts|tojson }}) {
                const ahead = { rel: "modulepreload", href };
                document.head.append(Object.assign(document.createElement("link"), ahead));
            }
        }
        {% endmacro %}
    """)

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "ModuleNames"
        self.imports = MODULES
        self.scripts = modules_of(Part.script)


class Frame(Part):
    """Controls, legend, credits and notices. Settings: ``words``, ``bounds`` ([[s, w], [n, e]])."""

    function = "addFrame"


class PlaceSearch(Part):
    """A box to find a place in; comes before the layers it searches. Settings: ``words``."""

    function = "addPlaceSearch"
    default_css = [("hq_place_search", own("place-search.css"))]  # noqa: RUF012


class Land(Part):
    """The municipality's land on the sea. Settings: ``url`` of its boundary as GeoJSON."""

    function = "addLand"


class BaseMap(Part):
    """A map beneath all layers. Settings: ``words``, ``url`` of what there is, ``place`` in it."""

    function = "addBaseMap"
    default_css = [("hq_base_map", own("base-map.css"))]  # noqa: RUF012


class HazardZones(Part):
    """Hazard zones, live. Settings: ``words``, ``url``, ``subject`` (of their change events)."""

    function = "addHazardZones"


class Population(Part):
    """How many people live where. Settings: ``words``, ``url``, ``subject`` (of their events)."""

    function = "addPopulation"


class TownNames(Part):
    """Names of towns, thinned out by zoom. Settings: ``url`` of the towns as GeoJSON."""

    function = "addTownNames"


class Shelters(Part):
    """Shelters, live. Settings: ``words``, ``url``, ``subject`` (of their change events)."""

    function = "addShelters"


class EvacuationOrders(Part):
    """Orders in force, live. Settings: ``words``, ``url``, ``subject`` (of their change events)."""

    function = "addEvacuationOrders"


class RoadClosures(Part):
    """Closures in force, live. Settings: ``words``, ``url``, ``subject`` (of their events)."""

    function = "addRoadClosures"


class Dispatches(Part):
    """What is on the road, live. Settings: ``words``, ``url``, ``subject`` (when selected)."""

    function = "addDispatches"


class Depots(Part):
    """Depots, live. Settings: ``words``, ``url``, ``subject`` (when one is selected)."""

    function = "addDepots"


class Shortages(Part):
    """What runs out first, live. Settings: ``words``, ``url``, ``subject``, ``shelters``.

    ``shelters`` is what shelters are called when one is selected, and in their change events.
    """

    function = "addShortages"


class Annotations(Part):
    """What is written on the map, live. Settings: ``words``, ``url``, ``subject``."""

    function = "addAnnotations"


class LayerControl(Part):
    """What is shown, and how strongly; comes after the layers. Settings: ``words``, ``layers``.

    ``layers`` are their names from bottom to top.
    """

    function = "addLayerControl"
    default_css = [("hq_layer_control", own("layer-control.css"))]  # noqa: RUF012


class MapPrint(Part):
    """The map as a PDF to print. Settings: ``words``, ``url``."""

    function = "addMapPrint"
    default_css = [("hq_map_print", own("map-print.css"))]  # noqa: RUF012


class AreaAsking(Part):
    """An area that is drawn on the map, and what the page says of it. Settings: ``words``."""

    function = "addAreaAsking"
    default_css = [("hq_map_pen", own("map-pen.css"))]  # noqa: RUF012


class Measuring(Part):
    """Distances measured on the map, by the browser alone. Settings: ``words``."""

    function = "addMeasuring"


class DamageReports(Part):
    """Damage reports, live. Settings: ``words``, ``url`` of their tiles, ``subject``, ``tiles``.

    ``subject`` is what they are called when one is selected, ``tiles`` that of the change events.
    """

    function = "addDamageReports"


class StillMap(OfflineMap):
    """A map whose contents stand still while somebody looks at it."""

    default_css = [*OfflineMap.default_css, ("hq_change_map", own("change-map.css"))]  # noqa: RUF012


class StillPart(Part):
    """A part of such a map, with a script of its own."""


class Changes(StillPart):
    """What an import would change. Settings: ``words``, ``labels``, ``places``, ``bounds``."""

    script = "change-map.js"
    function = "addChanges"


class PlacePicker(StillPart):
    """A place that a person taps. Settings: ``words``, ``labels``, ``bounds``, ``near``."""

    script = "place-picker.js"
    function = "addPlacePicker"


class AreaDrawing(StillPart):
    """Something being drawn. Settings: ``words``, ``labels``, ``bounds``, ``pen``, ``present``."""

    script = "area-drawing.js"
    function = "addAreaDrawing"


class PlaceMover(StillPart):
    """A mark that is dragged. Settings: ``words``, ``labels``, ``bounds``, ``place``, ``filed``."""

    script = "place-mover.js"
    function = "addPlaceMover"
