"""Situation summaries: one compiled value, many renderings; one file each and one line here."""

from gis.reports import csv_summary, form4_pdf, form4_xlsx, xlsx_summary
from gis.reports.rendering import Rendering, file_name
from gis.reports.situation import SituationSummary, compile_current_summary, compile_summary

__all__ = [
    "RENDERINGS",
    "Rendering",
    "SituationSummary",
    "compile_current_summary",
    "compile_summary",
    "file_name",
]

RENDERINGS: dict[str, Rendering[SituationSummary]] = {
    rendering.name: rendering
    for rendering in (
        xlsx_summary.RENDERING,
        csv_summary.RENDERING,
        form4_xlsx.RENDERING,
        form4_pdf.RENDERING,
    )
}
