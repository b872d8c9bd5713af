"""The tables of an area, and the files that hold them: every row says as of when."""

from collections.abc import Sequence

from gis.geometry.area import M2_PER_KM2
from gis.occupancy import Tally
from gis.reports.area import AreaClosure, AreaShelter, AreaSummary
from gis.reports.csv_blocks import csv_blocks
from gis.reports.order_wording import areas_text, order_text
from gis.reports.rendering import (
    DEMONSTRATION,
    Cell,
    Rendering,
    known_or_unknown,
    moment_text,
    tally_note,
)
from gis.reports.situation import OrderLine
from gis.reports.tables import DAMAGE_COLUMNS, damage_row
from gis.reports.workbook import MEDIA_TYPE, workbook
from gis.reports.zone_wording import gravity_text
from gis.text import N_, Language, translate

AS_OF = N_("As of")
FIGURE_COLUMNS = (AS_OF, N_("Figure"), N_("Value"), N_("Note"))
SHELTER_COLUMNS = (
    N_("Shelter"),
    N_("State"),
    N_("Persons"),
    N_("Capacity"),
    N_("Free places"),
    N_("Crowding"),
    N_("Observed"),
    N_("Remarks"),
)
CLOSURE_COLUMNS = (
    N_("Grade"),
    N_("Road"),
    N_("Section"),
    N_("Reason"),
    N_("Last confirmed"),
    N_("Recorded by"),
    N_("Expected end"),
)
ORDER_COLUMNS = (
    N_("Evacuation order"),
    N_("Area concerned"),
    N_("Time of issue, change or lifting"),
    N_("Persons concerned"),
)
ZONE_COLUMNS = (
    N_("Hazard"),
    N_("Class"),
    N_("Share of the area (%)"),
    N_("Area inside (km²)"),
    N_("Layer"),
    N_("Counts in this incident"),
)
NEAREST_KM2 = 4
"""Decimals of square kilometres: a hundred square metres."""

Table = tuple[str, list[Cell], list[list[Cell]]]
"""Title, headings and rows."""


def tables(area: AreaSummary, language: Language) -> list[Table]:
    """Return the tables of an area, each row with its moment in front."""

    def table(title: str, columns: Sequence[str], rows: list[list[Cell]]) -> Table:
        names: list[Cell] = [translate(column, language) for column in (AS_OF, *columns)]
        as_of = moment_text(area.as_of)
        return translate(title, language), names, [[as_of, *row] for row in rows]

    return [
        table(
            N_("Shelters"),
            SHELTER_COLUMNS,
            [_shelter_row(one, language) for one in area.shelters],
        ),
        table(
            N_("Damage reports"),
            DAMAGE_COLUMNS,
            [damage_row(line, language) for line in area.damage],
        ),
        table(
            N_("Road closures"),
            CLOSURE_COLUMNS,
            [_closure_row(one, language) for one in area.closures],
        ),
        table(
            N_("Evacuation orders"),
            ORDER_COLUMNS,
            [_order_row(line, language) for line in area.orders],
        ),
        table(N_("Hazard zones"), ZONE_COLUMNS, _zone_rows(area, language)),
        table(N_("Towns"), (N_("Town"),), [[name] for name in area.towns]),
    ]


def figures(area: AreaSummary, language: Language) -> list[list[Cell]]:
    """Return what stands above the tables, in :data:`FIGURE_COLUMNS`."""

    def line(label: str, value: Cell, note: str = "") -> list[Cell]:
        return [moment_text(area.as_of), translate(label, language), value, note]

    def total(label: str, tally: Tally) -> list[Cell]:
        return line(label, known_or_unknown(tally.known, language), tally_note(tally, language))

    def more(count: int) -> str:
        message = translate(N_("{count} more are not listed"), language)
        return message.format(count=count) if count else ""

    by_towns = translate(N_("by the points of {towns} towns"), language)
    opened = sum(count for state, count in area.shelters_by_state.items() if state.holds_people)
    lines = [
        line(N_("Municipality"), _city(area, language)),
        line(N_("Incident"), area.incident_name or translate(N_("No incident is open."), language)),
        line(N_("Area (km²)"), round(area.extent.area_m2 / M2_PER_KM2, NEAREST_KM2)),
        line(N_("Way around it (m)"), round(area.extent.around_m)),
        line(
            N_("Population"),
            known_or_unknown(area.population.known, language),
            _joined(by_towns.format(towns=len(area.towns)), tally_note(area.population, language)),
        ),
        line(N_("Open shelters"), opened, more(area.shelters_more)),
        line(N_("Open, but without a place on the map"), area.shelters_unplaced),
        total(N_("Persons in shelters"), area.persons),
        total(N_("Free places"), area.free_places),
        total(N_("Persons over capacity"), area.persons_over_capacity),
        line(N_("Damage reports (confirmed)"), area.damage_confirmed),
        line(N_("Damage reports (unconfirmed)"), area.damage_total - area.damage_confirmed),
        total(N_("People in danger"), area.people_in_danger),
        line(N_("Road closures"), len(area.closures), more(area.closures_more)),
        line(N_("Closures told by the name of the road alone"), area.closures_unplaced),
        line(N_("Evacuation orders in force"), len(area.orders)),
    ]
    if area.is_demonstration:
        lines.append(line(N_("Note"), translate(DEMONSTRATION, language)))
    if area.is_drill:
        lines.insert(0, [moment_text(area.as_of), "【訓練】", _drill(language), ""])
    return lines


def _joined(*parts: str) -> str:
    return " / ".join(part for part in parts if part)


def _drill(language: Language) -> str:
    return translate(N_("This is a drill."), language)


def _city(area: AreaSummary, language: Language) -> str:
    return area.city_name_ja if language is Language.JA else area.city_name_en


def _shelter_row(shelter: AreaShelter, language: Language) -> list[Cell]:
    def figure(value: int | None) -> Cell:
        # What does not apply to one that is not open stays empty; unknown would be another thing.
        return known_or_unknown(value, language) if shelter.is_open else None

    fictitious = shelter.capacity_is_fictitious and shelter.capacity is not None
    return [
        shelter.name,
        translate(shelter.state.label, language),
        figure(shelter.persons),
        known_or_unknown(shelter.capacity, language),
        figure(shelter.free_places),
        translate(shelter.crowding.label, language) if shelter.crowding else "",
        moment_text(shelter.observed_at),
        translate(N_("Capacity is fictitious"), language) if fictitious else "",
    ]


def _closure_row(closure: AreaClosure, language: Language) -> list[Cell]:
    return [
        translate(closure.grade.label, language),
        closure.road_name or "",
        closure.section or "",
        closure.reason or "",
        moment_text(closure.confirmed_at),
        closure.confirmed_by,
        moment_text(closure.until_at),
    ]


def _order_row(order: OrderLine, language: Language) -> list[Cell]:
    return [
        order_text(order.kind, order.hazard, language),
        areas_text(order.areas, language, is_whole=order.is_whole, is_drawn=order.is_drawn),
        moment_text(order.announced_at),
        known_or_unknown(order.persons.known, language),
    ]


def _zone_rows(area: AreaSummary, language: Language) -> list[list[Cell]]:
    return [
        [
            translate(part.zone.layer.hazard.label, language),
            _joined(
                gravity_text(
                    part.zone.warning, part.zone.min_depth_m, part.zone.max_depth_m, language
                ),
                part.zone.label or "",
            ),
            round(100 * part.share, 1),
            round(part.area_m2 / M2_PER_KM2, NEAREST_KM2),
            part.zone.layer.title,
            translate(N_("Yes") if part.zone.layer.is_active else N_("No"), language),
        ]
        for part in area.zones
    ]


def _above(area: AreaSummary, language: Language) -> list[list[Cell]]:
    names: list[Cell] = [translate(column, language) for column in FIGURE_COLUMNS]
    return [names, *figures(area, language)]


def _csv(area: AreaSummary, language: Language) -> bytes:
    below = ([names, *rows] for _, names, rows in tables(area, language))
    return csv_blocks([_above(area, language), *below])


def _xlsx(area: AreaSummary, language: Language) -> bytes:
    first = translate(N_("Summary"), language), _above(area, language)
    return workbook(first, tables(area, language))


AREA_RENDERINGS: dict[str, Rendering[AreaSummary]] = {
    "xlsx": Rendering("xlsx", N_("Excel workbook"), ".xlsx", MEDIA_TYPE, _xlsx, "area"),
    "csv": Rendering("csv", N_("CSV"), ".csv", "text/csv; charset=utf-8", _csv, "area"),
}
