"""Shelters as CSV with HXL tags, for humanitarian bodies: a header for people, one for programs."""

from gis.reports.csv_blocks import csv_table
from gis.reports.eei import moment
from gis.reports.rendering import Cell, Rendering
from gis.reports.sip4d_terms import located_in, real_capacity
from gis.reports.situation import ShelterLine, SituationSummary
from gis.text import N_, Language, translate

COLUMNS = {
    N_("Common ID"): "#meta+id",
    N_("Name of the prefecture"): "#adm1+name",
    N_("Municipality code"): "#adm2+code",
    N_("Name of the municipality"): "#adm2+name",
    N_("Shelter"): "#loc+name",
    N_("Latitude"): "#geo+lat",
    N_("Longitude"): "#geo+lon",
    N_("State"): "#status",
    N_("Persons"): "#affected+idps",
    N_("Households"): "#affected+households",
    N_("Capacity"): "#capacity+num",
    N_("Observed"): "#date+reported",
    N_("Telephone"): "#contact",
    N_("Kind of data"): "#description",
}
"""What a column is called, with its tag."""
DRILL = N_("Drill")
TEST = N_("Test")
REAL = N_("Real")


def render(summary: SituationSummary, language: Language) -> bytes:
    """Return both headers and one row per shelter that was opened; unknown stays empty."""
    names = [translate(name, language) for name in COLUMNS]
    rows = (_row(line, summary, language) for line in summary.shelters)
    return csv_table([names, [*COLUMNS.values()], *rows])


def _row(line: ShelterLine, summary: SituationSummary, language: Language) -> list[Cell]:
    facts = line.facts
    code, municipality = located_in(line, summary)
    is_japanese = language is Language.JA
    if code == summary.city_code and not is_japanese:
        municipality = summary.city_name_en
    prefecture = summary.prefecture_ja if is_japanese else summary.prefecture_en
    return [
        facts.common_id,
        prefecture if code[:2] == summary.city_code[:2] else None,
        code,
        municipality,
        line.name,
        facts.lat,
        facts.lon,
        translate(line.state.label, language),
        line.persons,
        line.households,
        real_capacity(line),
        moment(line.observed_at),
        facts.phone,
        translate(kind_of_data(summary), language),
    ]


def kind_of_data(summary: SituationSummary) -> str:
    """Return whether it is of a drill, of a demonstration with invented figures, or real."""
    if summary.is_drill:
        return DRILL
    return TEST if summary.is_demonstration else REAL


RENDERING = Rendering(
    "hxl_shelters",
    N_("HXL: shelters"),
    ".csv",
    "text/csv; charset=utf-8",
    render,
    stem="hxl_shelters",
    for_systems=True,
)
