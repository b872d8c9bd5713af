"""The words around the map: of when and of what it is, what it leaves out, whose it is."""

from collections.abc import Container, Iterator
from typing import Final

from babel.dates import format_datetime

from gis.clock import JST, jst
from gis.layers import LAYERS
from gis.map_sheet.compiling import REPORTS, MapSheet
from gis.map_sheet.drawing import tags
from gis.reports.rendering import DEMONSTRATION
from gis.reports.supply_wording import NO_DATES_THEN
from gis.text import N_, Language, translate
from gis.vocabulary import DamageCategory, Knowledge, ReportState, Severity

CREDITS: Final = N_("National Land Numerical Information, MLIT place references, GSI")
AS_OF: Final = N_("'As of' yyyy-MM-dd HH:mm 'Japan time'")
"""A pattern of the Unicode CLDR: letters are parts of a date, words stand between quotes."""
MAP: Final = N_("Situation map")
LEFT_OUT: Final = N_("Not shown: {layers}")
FAINTER: Final = N_("Drawn fainter: {layers}")
ONLY_REPORTS: Final = N_("Only these damage reports: {reports}")
UNPLACED: Final = N_("Shelters without a place on the map: {count}")
NAMELESS: Final = N_("Shelters in operation whose name found no room: {count}")
BESIDE: Final = N_("Beside a shelter: persons of capacity")
INVENTED_CAPACITIES: Final = N_("Capacities are fictitious.")
INVENTED_ZONES: Final = N_("Hazard zones are fictitious: {titles}")
INVENTED_DEPOTS: Final = N_("Depots are fictitious: {names}")
APPROXIMATE: Final = N_("Where orders name towns, they are drawn about where the towns lie.")
TAGS_LEFT_OUT: Final = N_(
    "Shelters in which something runs out in 6 to 24 hours, without a tag at this scale: {count}"
)
PAST: Final = N_("A look back: {knowledge}.")
ZONES_FROM: Final = N_("Hazard zones: {sources}")
SEVERITY_UNKNOWN: Final = N_("Severity unknown")


def city_name(sheet: MapSheet, language: Language) -> str:
    """Return the municipality's name."""
    return sheet.city_name_ja if language is Language.JA else sheet.city_name_en


def title(sheet: MapSheet, language: Language) -> str:
    """Return what the sheet is called: as its incident is."""
    return sheet.incident.name if sheet.incident else translate(MAP, language)


def as_of(sheet: MapSheet, language: Language) -> str:
    """Return of when the sheet is, as a wall clock in Japan shows it."""
    pattern = translate(AS_OF, language)
    return format_datetime(jst(sheet.as_of), pattern, tzinfo=JST, locale=language.value)


def notes(sheet: MapSheet, nameless: int, language: Language) -> list[str]:
    """Return what a reader must know to trust the sheet: first of all what it leaves out."""
    return [
        translate(message, language).format(**facts)
        for message, facts in _notes(sheet, nameless, language)
    ]


def credit_lines(sheet: MapSheet, language: Language) -> list[str]:
    """Return whose map this is."""
    zones = sheet.layers.get("hazard-zones", ())
    sources = sorted({one.told["source"] for one in zones if one.told["source"]})
    lines = [translate(CREDITS, language)]
    if sources:
        named = _listed(sources, language)
        lines.append(translate(ZONES_FROM, language).format(sources=named))
    return lines


def _notes(
    sheet: MapSheet, nameless: int, language: Language
) -> Iterator[tuple[str, dict[str, object]]]:
    if sheet.knowledge:
        yield PAST, {"knowledge": translate(Knowledge(sheet.knowledge).label, language)}
    yield from _left_out(sheet, language)
    shelters = sheet.layers.get("shelters", ())
    counted = [one.told for one in shelters if one.told["crowding"] is not None]
    if counted:
        yield BESIDE, {}
    if nameless:
        yield NAMELESS, {"count": nameless}
    if sheet.unplaced:
        yield UNPLACED, {"count": sheet.unplaced}
    orders = sheet.layers.get("evacuation-orders", ())
    if any(not one.told["is_drawn"] and not one.told["is_whole"] for one in orders):
        yield APPROXIMATE, {}
    if sheet.incident and sheet.incident.is_demonstration:
        yield DEMONSTRATION, {}
    elif any(told["capacity_is_fictitious"] and told["capacity"] is not None for told in counted):
        yield INVENTED_CAPACITIES, {}
    zones = [one.told for one in sheet.layers.get("hazard-zones", ())]
    invented = sorted({told["title"] for told in zones if told["is_fictitious"]})
    if invented:
        yield INVENTED_ZONES, {"titles": _listed(invented, language)}
    yield from _shortages(sheet)
    depots = [one.told for one in sheet.layers.get("depots", ())]
    made_up = sorted({told["name"] for told in depots if told["is_fictitious"]})
    if made_up:
        yield INVENTED_DEPOTS, {"names": _listed(made_up, language)}


def _shortages(sheet: MapSheet) -> Iterator[tuple[str, dict[str, object]]]:
    shortages = sheet.layers.get("shortages", ())
    untagged = len(shortages) - len(tags(sheet))
    if untagged:
        yield TAGS_LEFT_OUT, {"count": untagged}
    if shortages and sheet.knowledge:
        yield NO_DATES_THEN, {}


def _left_out(sheet: MapSheet, language: Language) -> Iterator[tuple[str, dict[str, object]]]:
    wanted = sheet.wanted
    faint = [f"{_layer(name, language)} {wanted.opacity[name]}%" for name in _known(wanted.opacity)]
    hidden = [_layer(name, language) for name in _known(wanted.hidden) if LAYERS[name].is_shown]
    if hidden:
        yield LEFT_OUT, {"layers": _listed(hidden, language)}
    if faint:
        yield FAINTER, {"layers": _listed(faint, language)}
    chosen = [*_chosen(sheet, language)] if REPORTS not in wanted.hidden else []
    if chosen:
        yield ONLY_REPORTS, {"reports": _listed(chosen, language)}


def _chosen(sheet: MapSheet, language: Language) -> Iterator[str]:
    """Yield to what the damage reports are narrowed down."""
    seen = sheet.wanted.seen
    if seen.is_confirmed is not None:
        state = ReportState.CONFIRMED if seen.is_confirmed else ReportState.UNCONFIRMED
        yield translate(state.label, language)
    for severity in (*reversed(Severity), None):
        if severity in (seen.severities or ()):
            yield translate(severity.label if severity else SEVERITY_UNKNOWN, language)
    for category in DamageCategory:
        if category in (seen.categories or ()):
            yield translate(category.label, language)


def _known(names: Container[str]) -> list[str]:
    """Return the layers among some names, from top to bottom."""
    return [name for name in reversed(LAYERS) if name in names]


def _layer(name: str, language: Language) -> str:
    return translate(LAYERS[name].title, language)


def _listed(names: list[str], language: Language) -> str:
    return ("、" if language is Language.JA else ", ").join(names)
