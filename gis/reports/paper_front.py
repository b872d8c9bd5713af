"""The first page of a printed summary: headline figures, figures of the form, map and orders."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from gis.figures import change
from gis.form4 import CASUALTIES, key_of
from gis.occupancy import Tally
from gis.reports.figure_wording import change_text, figure_cell
from gis.reports.order_wording import areas_text, order_text, people_text
from gis.reports.paper_look import Said
from gis.reports.rendering import Cell, figures, moment_text
from gis.reports.situation import OrderLine, SituationSummary
from gis.reports.summary_map import draw_map, legend_mark, placed
from gis.text import N_, Language, translate
from gis.vocabulary import Crowding, DamageUnit, FormRow

MAP_MM: Final = (84.0, 88.0)
MAP_OF: Final = N_("Open shelters by crowding")
UNPLACED: Final = N_("Open shelters without a place on the map: {count}")
NO_MAP: Final = N_("No place is known that a map could show.")
SINCE: Final = N_("Change since issue {number} of {moment}")
FICTION: Final = N_("Capacity, crowding and free places rest on invented capacities.")
ORDERS_MOST: Final = 3
"""Orders on the first page; all of them stand in their table."""
AREAS_MOST: Final = 6
MORE_ORDERS: Final = N_("and {count} more, in the table of orders")
NO_ORDERS: Final = N_("No evacuation order is in force.")
_DWELLINGS: Final = (
    FormRow.DWELLING_TOTAL,
    FormRow.DWELLING_HALF,
    FormRow.DWELLING_PARTIAL,
    FormRow.DWELLING_OVER_FLOOR,
    FormRow.DWELLING_UNDER_FLOOR,
)
_FIRES: Final = (FormRow.FIRE_BUILDING, FormRow.FIRE_HAZARDOUS, FormRow.FIRE_OTHER)
GROUPS: Final = (
    (N_("Casualties"), tuple(key_of(row, DamageUnit.PERSONS) for row in CASUALTIES)),
    (N_("Dwellings"), tuple(key_of(row, DamageUnit.BUILDINGS) for row in _DWELLINGS)),
    (N_("Fires"), tuple(key_of(row, DamageUnit.FIRES) for row in _FIRES)),
    (
        N_("Out of service"),
        (
            key_of(FormRow.WATER, DamageUnit.CUSTOMERS),
            key_of(FormRow.ELECTRICITY, DamageUnit.CUSTOMERS),
            key_of(FormRow.GAS, DamageUnit.CUSTOMERS),
            key_of(FormRow.TELEPHONE, DamageUnit.LINES),
            key_of(FormRow.RAILWAY, DamageUnit.PLACES),
        ),
    ),
)
"""The main figures of the form, as the first page names them."""


def front(summary: SituationSummary, language: Language) -> dict[str, Said]:
    """Return what the first page says, by the names that its template uses."""
    return {
        "since": _since(summary, language),
        "tiles": list(_tiles(summary, language)),
        "fiction": translate(FICTION, language) if summary.rests_on_fiction else None,
        "groups": [_group(summary, title, keys, language) for title, keys in GROUPS],
        "map": _map(summary, language),
        "orders": _orders(summary, language),
    }


def shown(cell: Cell) -> str:
    """Return a cell as it is printed: numbers with their thousands set off."""
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else f"{cell:,}"


def _since(summary: SituationSummary, language: Language) -> str | None:
    if summary.before is None:
        return None
    return translate(SINCE, language).format(
        number=summary.before.number, moment=moment_text(summary.before.as_of)
    )


def _tiles(summary: SituationSummary, language: Language) -> Iterator[Said]:
    changes = _changes(summary, language)
    for label, value, note in figures(summary, language):
        yield {
            "label": label,
            "value": shown(value),
            "is_number": not isinstance(value, str),
            "note": note,
            "change": changes.get(label, ""),
        }


def _changes(summary: SituationSummary, language: Language) -> Mapping[str, str]:
    """Return how headline figures changed since the issue before, by their labels."""
    before = summary.before
    if before is None:
        return {}
    in_force = len(summary.orders_in_force)
    told = {
        N_("Persons in shelters"): (before.persons, summary.persons),
        N_("Households in shelters"): (before.households, summary.households),
        N_("Open shelters"): (_all(before.open_shelters), _all(len(summary.open_shelters))),
        N_("Evacuation orders in force"): (_all(before.orders_in_force), _all(in_force)),
    }
    return {
        translate(label, language): change_text(
            change(then.known, now.known, only_grows=False), language
        )
        for label, (then, now) in told.items()
    }


def _all(count: int) -> Tally:
    return Tally(count, 0)


def _group(summary: SituationSummary, title: str, keys: Iterable[str], language: Language) -> Said:
    return {
        "title": translate(title, language),
        "rows": [_row(summary, key, language) for key in keys],
    }


def _row(summary: SituationSummary, key: str, language: Language) -> Said:
    figure = summary.figure(key)
    cell = figure_cell(figure, language)
    return {
        "label": translate(figure.cell.row.label, language),
        "unit": translate(figure.cell.unit.label, language),
        "value": shown(cell),
        "is_number": not isinstance(cell, str),
        "change": change_text(summary.change(key), language),
    }


def _map(summary: SituationSummary, language: Language) -> Said:
    width, height = MAP_MM
    drawn = draw_map(summary, width, height)
    unplaced = len(summary.open_shelters) - len(placed(summary))
    note = translate(UNPLACED, language).format(count=unplaced) if unplaced else None
    return {
        "title": translate(MAP_OF, language),
        "svg": drawn,
        "width": width,
        "height": height,
        "note": note if drawn else translate(NO_MAP, language),
        "legend": [
            {
                "mark": legend_mark(crowding),
                "label": translate(crowding.label, language),
                "count": shown(summary.crowding_count(crowding)),
            }
            for crowding in Crowding
        ],
    }


def _orders(summary: SituationSummary, language: Language) -> Said:
    lines = summary.orders_in_force
    more = len(lines) - ORDERS_MOST
    if not lines:
        note: str | None = translate(NO_ORDERS, language)
    else:
        note = translate(MORE_ORDERS, language).format(count=more) if more > 0 else None
    return {
        "title": translate(N_("Evacuation orders in force"), language),
        "rows": [_order(line, language) for line in lines[:ORDERS_MOST]],
        "note": note,
    }


def _order(line: OrderLine, language: Language) -> Said:
    areas = areas_text(
        line.areas, language, is_whole=line.is_whole, is_drawn=line.is_drawn, most=AREAS_MOST
    )
    persons = translate(N_("Persons concerned: {persons}"), language)
    return [
        order_text(line.kind, line.hazard, language),
        areas,
        persons.format(persons=people_text(line.persons, language)),
        moment_text(line.announced_at),
    ]
