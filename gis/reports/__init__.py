"""Situation summaries: one compiled value, many renderings; one file each and one line here."""

from gis.reports import csv_summary, pdf_summary, xlsx_summary
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
    for rendering in (xlsx_summary.RENDERING, csv_summary.RENDERING, pdf_summary.RENDERING)
}
