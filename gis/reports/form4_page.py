"""How the boxes of 第4号様式 are laid out on paper, in the workbook and the PDF alike. Pure."""

from collections.abc import Iterator
from typing import Final, Literal

from gis.reports.form4_filling import ANNEX, Entry, FilledForm
from gis.reports.form4_fitting import TALL_PT, lines_of
from gis.reports.form4_grid import Part
from gis.text import Language, translate

LONGEST: Final = 1000
"""Characters of a paragraph that one row holds; a spreadsheet allows no row above 409 points."""


def across(entry: Entry) -> Literal["left", "center", "right"]:
    """Return where its words stand from left to right: figures right, what is said left."""
    if entry.box.figure:
        return "right"
    return "left" if entry.box.begins_left or entry.box.asks else "center"


def down(entry: Entry, part: Part) -> Literal["top", "center"]:
    """Return where its words stand from top to bottom."""
    _, height = part.size(entry.box.cells)
    return "top" if entry.box.asks and height >= TALL_PT else "center"


def heading_of_annex(form: FilledForm) -> str:
    """Return what stands at the top of the annex: drill, form, incident and issue."""
    said = form.said
    words = (translate(ANNEX, Language.JA), said["incident"], said["issue"])
    return said["drill"] + "　".join(words)


def paragraphs(text: str, ems: float) -> Iterator[tuple[str, int]]:
    """Yield the paragraphs of a text in pieces that a row can hold, with how many lines each takes.

    Parameters
    ----------
    ems
        How many Japanese characters a line holds.
    """
    for line in text.split("\n"):
        for begin in range(0, max(len(line), 1), LONGEST):
            piece = line[begin : begin + LONGEST]
            yield piece, lines_of(piece, ems)
