"""The words on the map, translated for the browser."""

from typing import Final

from dashboard.components import wording
from gis.items import item_list
from gis.layers import LAYERS
from gis.map_sheet.wording import CREDITS
from gis.reports.order_wording import (
    AND_MORE_AREAS,
    DRAWN_AREA,
    ORDER_WITH_LEVEL,
    ORDER_WITHOUT_LEVEL,
    UNKNOWN_IN_TOWNS,
    WHOLE_MUNICIPALITY,
)
from gis.reports.supply_wording import (
    FROM_TO,
    GOODS,
    LASTS_UNTIL,
    LATE,
    LATE_ON_THE_ROAD,
    NO_DATES_THEN,
    NONE_LEFT,
    OR_MORE,
    RESERVED,
    RESERVED_UNKNOWN,
    SHORTAGE_STEPS,
)
from gis.text import N_, Language, translate
from gis.vocabulary import (
    AnnotationColour,
    ClosureGrade,
    Crowding,
    DamageCategory,
    DepthClass,
    DispatchStep,
    Hazard,
    ItemKind,
    OrderKind,
    PlaceKind,
    ReportState,
    Severity,
    ShelterState,
    Term,
    ZoneWarning,
)

WORDS: Final = {
    "just_now": wording.JUST_NOW,
    "minutes_ago": wording.MINUTES_AGO,
    "hours_ago": wording.HOURS_AGO,
    "days_ago": wording.DAYS_AGO,
    "not_reported": wording.NOT_REPORTED,
    "unknown": wording.UNKNOWN,
    "persons_of_capacity": N_("Persons: {persons} / capacity: {capacity}"),
    "capacity_is_fictitious": N_("The capacity is fictitious"),
    "self_organised": N_("Self-organised shelter"),
    "old": N_("Old figure"),
    "shelter": N_("Shelter"),
    "damage_report": N_("Damage report"),
    "evacuation_order": N_("Evacuation orders"),
    "order_with_level": ORDER_WITH_LEVEL,
    "order_without_level": ORDER_WITHOUT_LEVEL,
    "order_in_legend": N_("{kind} (level {level})"),
    "whole_municipality": WHOLE_MUNICIPALITY,
    "drawn_area": DRAWN_AREA,
    "and_more_areas": AND_MORE_AREAS,
    "since": N_("Announced {moment} ({age})"),
    "persons_concerned": N_("Persons concerned: {persons}"),
    "unknown_in_towns": UNKNOWN_IN_TOWNS,
    "approximate_area": N_("About where the towns lie: of each only a point is known"),
    "annotations": N_("Annotations"),
    "written": N_("Written {moment} ({age}) · {actor}"),
    "road_closure": N_("Road closures"),
    "last_confirmed": N_("Last confirmed {moment} ({age}) · {actor}"),
    "expected_until": N_("Expected until {moment}"),
    "depot": PlaceKind.DEPOT.label,
    "supplies": ItemKind.SUPPLY.label,
    "depot_closed": N_("Depot not in use"),
    "fictitious_depot": N_("This depot is fictitious"),
    "fictitious_stock": N_("The quantities are fictitious"),
    "goods": GOODS,
    "or_more": OR_MORE,
    "reserved": RESERVED,
    "reserved_unknown": RESERVED_UNKNOWN,
    "kinds_there": N_("Kinds of items there: {count}"),
    "kinds_more": N_("And other kinds of items: {count}"),
    "kinds_reserved": N_("Kinds of items of which some is reserved: {count}"),
    "last_told": N_("Last told {moment} ({age})"),
    "on_the_road": DispatchStep.LEFT.label,
    "on_the_road_late": LATE_ON_THE_ROAD,
    "from_to": FROM_TO,
    "left_at": N_("Left {moment}"),
    "arrival_expected": N_("Arrival expected {moment}"),
    "expected_unknown": N_("Nobody has told when it is expected"),
    "minutes_late": LATE,
    "shortage_in_legend": N_("Supplies: {step}"),
    "item_none_left": NONE_LEFT,
    "no_dates_then": NO_DATES_THEN,
    "hazard_zone": N_("Hazard zones"),
    "depth_unknown": N_("depth unknown"),
    "depth_from": N_("{least} m or more"),
    "depth_up_to": N_("less than {most} m"),
    "depth_between": N_("{least} to {most} m"),
    "severity_unknown": N_("Severity unknown"),
    "reports_here": N_("Damage reports here: {count}"),
    "more_reports": N_("There are more. Look nearer to see all of them."),
    "layers_shown": N_("Layers"),
    "layers_limited": N_("Layers: not all is shown"),
    "opacity": N_("Opacity"),
    "people_live_here": N_("Population: {persons}"),
    "move_up": N_("Move up: {layer}"),
    "move_down": N_("Move down: {layer}"),
    "table": N_("Table"),
    "read_table": N_("Read as a table: {layer}"),
    "base_map": N_("Map beneath"),
    "base_map_none": N_("None (only the city's boundary and the names of its towns)"),
    "base_map_file": N_("Map file on this server"),
    "base_map_lost": N_(
        "“{chosen}” cannot be reached. Shown meanwhile: {shown}. It comes back by itself."
    ),
    "base_map_back": N_("“{chosen}” can be reached again and is shown."),
    "only_these_reports": N_("Only these damage reports"),
    "show_everything": N_("Show everything"),
    "address_shows_the_same": N_("The address of this page shows whoever opens it the same map."),
    "legend": N_("Legend"),
    "unplaced": N_("Shelters without a place on the map: {count}"),
    "loading": N_("Reading…"),
    "unreadable": N_("The map could not be updated. Trying again."),
    "disconnected": N_("Connection lost. The map may be out of date."),
    "search_place": N_("Town, shelter or coordinates"),
    "places_found": N_("Places found"),
    "no_place_found": N_("Nothing of that name is on the map."),
    "not_on_the_map": N_("It has no place on the map."),
    "town": N_("Town"),
    "coordinates": N_("Coordinates"),
    "my_position": N_("Go to my position"),
    "position_sought": N_("Looking for your position…"),
    "position_found": N_("Your position, to within {metres} m"),
    "position_refused": N_("The browser may not tell your position. Allow it for this site."),
    "position_unavailable": N_("Your position could not be found. Search for the place instead."),
    "position_needs_https": N_("Your position can only be told over HTTPS. Search for the place."),
    "ask_area": N_("Ask about an area"),
    "measure": N_("Measure"),
    "area_begin": N_("Tap the corners of the area. A tap on the first one finishes it."),
    "measure_begin": N_("Tap one place after another. A tap on the last one finishes it."),
    "pen_keys": N_("Keys: arrows move the map, Space sets a corner, Enter finishes, Esc closes."),
    "pen_enough": N_("No more than {most} corners can be drawn."),
    "area_size": N_("{area}, {length} around"),
    "measured": N_("{length} (to within 0.5 %)"),
    "measured_area": N_("{area}, {length} around (to within 0.5 %)"),
    "pen_undo": N_("Undo the last corner"),
    "pen_finish": N_("Finish"),
    "pen_close": N_("Close"),
    "zoom_in": N_("Zoom in"),
    "zoom_out": N_("Zoom out"),
    "zoom_whole": N_("Whole city"),
    "credits": CREDITS,
    "print": N_("Print map"),
    "print_what": N_("PDF of what the map shows now"),
    "print_small": N_("A4 paper"),
    "print_large": N_("A3 paper"),
    "print_making": N_("Making the PDF…"),
    "print_made": N_("Saved: {name}"),
    "print_failed": N_("The PDF could not be made. Check the connection and try again."),
}
TERMS: Final[dict[str, type[Term]]] = {
    "states": ShelterState,
    "crowding": Crowding,
    "categories": DamageCategory,
    "severities": Severity,
    "report_states": ReportState,
    "order_kinds": OrderKind,
    "hazards": Hazard,
    "depth_classes": DepthClass,
    "zone_warnings": ZoneWarning,
    "closure_grades": ClosureGrade,
    "annotation_colours": AnnotationColour,
}


def map_words(language: Language) -> dict[str, object]:
    """Return every word of the map in a language, by the names the JavaScript uses."""
    words: dict[str, object] = {
        name: translate(message, language) for name, message in WORDS.items()
    }
    terms = {
        name: {term.value: translate(term.label, language) for term in vocabulary}
        for name, vocabulary in TERMS.items()
    }
    titles = {name: translate(layer.title, language) for name, layer in LAYERS.items()}
    items = {
        code: {"name": item.name(language), "unit": item.unit(language)}
        for code, item in item_list().items.items()
    }
    shortages = {
        "lasts_until": {
            bound.value: translate(message, language) for bound, message in LASTS_UNTIL.items()
        },
        "shortage_steps": {
            step: translate(message, language) for step, message in SHORTAGE_STEPS.items()
        },
    }
    return words | terms | shortages | {"layers": titles, "items": items}
