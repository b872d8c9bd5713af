"""Situation summaries: one compiled value, many renderings; one file each and one line here."""

from gis.reports import (
    csv_summary,
    eei_buildings,
    eei_casualties,
    eei_headquarters,
    eei_orders,
    eei_shelters,
    form4_pdf,
    form4_xlsx,
    hxl_shelters,
    pdf_summary,
    sip4d_closures,
    sip4d_damage,
    sip4d_landslides,
    sip4d_shelters,
    xlsx_summary,
)
from gis.reports.completing import compile_current_report, complete
from gis.reports.rendering import Rendering, file_name
from gis.reports.situation import SituationSummary, compile_current_summary, compile_summary

__all__ = [
    "RENDERINGS",
    "Rendering",
    "SituationSummary",
    "compile_current_report",
    "compile_current_summary",
    "compile_summary",
    "complete",
    "file_name",
]

RENDERINGS: dict[str, Rendering[SituationSummary]] = {
    rendering.name: rendering
    for rendering in (
        pdf_summary.RENDERING,
        form4_pdf.RENDERING,
        form4_xlsx.RENDERING,
        xlsx_summary.RENDERING,
        csv_summary.RENDERING,
        sip4d_shelters.RENDERING,
        sip4d_closures.RENDERING,
        sip4d_landslides.RENDERING,
        sip4d_damage.RENDERING,
        eei_shelters.RENDERING,
        eei_buildings.RENDERING,
        eei_casualties.RENDERING,
        eei_orders.RENDERING,
        eei_headquarters.RENDERING,
        hxl_shelters.RENDERING,
    )
}
