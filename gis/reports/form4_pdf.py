"""The situation summary as 消防庁 第4号様式 on two pages of A4, set by Typst: to print and to fax.

The form is Japanese by law, so it is the same one whatever language is asked for. It is marked
「第4号様式に準拠（参考）」, because it follows the form from before the revision of 2017.
"""

from pathlib import Path
from typing import Any, Final

from gis.reports.form4_filling import Entry, FilledForm, Page, filled_form
from gis.reports.form4_grid import Part, Range
from gis.reports.form4_page import across, down, heading_of_annex
from gis.reports.rendering import Rendering
from gis.reports.situation import SituationSummary
from gis.text import N_, Language
from gis.typesetting import MEDIA_TYPE, SHEET_FONT, SHEET_FONTS, typeset

TEMPLATE: Final = Path(__file__).with_name("form4.typ")
A4_PT: Final = (595.28, 841.89)
MARGIN_PT: Final = 34.0


def render(summary: SituationSummary, language: Language) -> bytes:
    """Return a page for each part, and further ones for what did not fit into them."""
    del language  # the form is Japanese, see above
    return typeset(TEMPLATE, _said(filled_form(summary)), SHEET_FONTS)


def _said(form: FilledForm) -> dict[str, Any]:
    """Return all that the template sets, by the names that it uses."""
    return {
        "font": SHEET_FONT,
        "title": heading_of_form(form),
        "pages": [_page(page) for page in form.pages],
        "annex_heading": heading_of_annex(form),
        "annex": [{"title": title, "lines": text.split("\n")} for title, text in form.annex],
    }


def heading_of_form(form: FilledForm) -> str:
    """Return what a reader of the file shows as its title."""
    return f"{form.said['drill']}第４号様式　{form.said['incident']}　{form.said['issue']}"


def page_scale(part: Part) -> float:
    """Return how much larger than in the spreadsheet a part is printed, so that it fills A4."""
    width, height = part.size(part.printed)
    return min((A4_PT[0] - 2 * MARGIN_PT) / width, (A4_PT[1] - 2 * MARGIN_PT) / height)


def page_corner(part: Part) -> tuple[float, float]:
    """Return where the grid begins on the paper, in points from its left and its top edge."""
    width, _ = part.size(part.printed)
    return (A4_PT[0] - width * page_scale(part)) / 2, MARGIN_PT


def _page(page: Page) -> dict[str, Any]:
    left, top = page_corner(page.part)
    return {
        "scale": page_scale(page.part),
        "left": left,
        "top": top,
        "boxes": [_box(entry, page.part) for entry in page.entries],
        "frames": [_outline(frame, page.part) for frame in page.part.frames],
    }


def _box(entry: Entry, part: Part) -> dict[str, Any]:
    return _outline(entry.box.cells, part) | {
        "lines": entry.text.split("\n"),
        "letters": entry.letters_pt,
        "bold": entry.box.runs_on,
        "downwards": entry.box.is_vertical,
        "border": entry.box.has_border,
        "across": across(entry),
        "down": down(entry, part),
    }


def _outline(cells: Range, part: Part) -> dict[str, float]:
    (x, y), (width, height) = part.place(cells), part.size(cells)
    return {"x": x, "y": y, "width": width, "height": height}


RENDERING = Rendering("form4_pdf", N_("Form 4 (PDF)"), ".pdf", MEDIA_TYPE, render, stem="form4")
