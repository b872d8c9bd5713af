"""The sheet as PDF, set by Typst in this process: what is drawn are vectors, letters are letters.

What comes from the store goes in beside the template, as data: Typst never reads it as markup.
"""

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from gis.clock import jst
from gis.map_sheet import wording
from gis.map_sheet.compiling import MapSheet
from gis.map_sheet.drawing import DIGITS_FROM, draw_map, unit_mm
from gis.map_sheet.labels import Label
from gis.map_sheet.legend import legend
from gis.map_sheet.marks import Marks, Palette
from gis.map_sheet.naming import named
from gis.map_sheet.paper import scale_bar_m
from gis.text import N_, Language, translate
from gis.typesetting import typeset

TEMPLATE: Final = Path(__file__).with_name("map_sheet.typ")
BAR_MM: Final = 44.0
KM: Final = 1000
NORTH: Final = N_("N")
LEGEND: Final = N_("Legend")
DRILL: Final = N_("This is a drill.")


@dataclass(frozen=True)
class Style:
    """How sheets look, which whoever prints them brings along."""

    fonts: tuple[Path, ...]
    """Folders with the font files; no other font is used."""
    family: str
    palette: Palette


def render(sheet: MapSheet, language: Language, style: Style) -> bytes:
    """Return a sheet as PDF: one page, all fonts embedded, nothing fetched."""
    return typeset(TEMPLATE, _said(sheet, language, style), style.fonts)


def file_name(sheet: MapSheet) -> str:
    """Return a name that says drill, incident, moment (JST) and paper; without odd characters."""
    prefix = "kunren_" if sheet.is_drill else ""
    name = re.sub(r"\W+", "_", sheet.incident.name if sheet.incident else sheet.city_name_ja)
    moment = jst(sheet.as_of).strftime("%Y%m%dT%H%M%S")
    return f"{prefix}{name.strip('_')[:40]}_{moment}_{sheet.wanted.paper}.pdf"


def _said(sheet: MapSheet, language: Language, style: Style) -> dict[str, Any]:
    """Return all that the template sets, by the names that it uses."""
    names = named(sheet, language)
    return {
        "language": language.value,
        "font": style.family,
        "palette": dict(style.palette),
        "layout": asdict(sheet.layout),
        "title": wording.title(sheet, language),
        "city": wording.city_name(sheet, language),
        "as_of": wording.as_of(sheet, language),
        "drill": translate(DRILL, language) if sheet.is_drill else None,
        "is_past": sheet.knowledge is not None,
        "map": draw_map(sheet, style.palette, names.counts),
        "labels": [_label(label, sheet) for label in names.labels],
        "legend_title": translate(LEGEND, language),
        "legend": [each._asdict() for each in legend(sheet, Marks(style.palette), language)],
        "notes": wording.notes(sheet, names.nameless, language),
        "credits": wording.credit_lines(sheet, language),
        "north": translate(NORTH, language),
        "scale": _scale(sheet),
    }


def _label(label: Label, sheet: MapSheet) -> dict[str, Any]:
    half_x, half_y = label.half
    return {
        "kind": label.kind, "lines": label.lines, "size": label.size, "colour": label.colour,
        "opacity": label.opacity, "x": label.x - half_x, "y": label.y - half_y,
        "width": 2 * half_x, "height": 2 * half_y, "leader": label.leader,
        "indent": DIGITS_FROM * unit_mm(sheet) if label.room else 0,
    }  # fmt: skip


def _scale(sheet: MapSheet) -> dict[str, Any]:
    per_mm = sheet.ground.ground_m_per_mm
    length_m = scale_bar_m(per_mm, BAR_MM * sheet.layout.enlarged)
    ends = (0, length_m / 2, length_m)
    if length_m >= KM:
        shown = [f"{end / KM:g}" for end in ends]
        shown[-1] += " km"
    else:
        shown = [f"{end:g}" for end in ends]
        shown[-1] += " m"
    return {
        "number": f"1:{round(per_mm * KM):,}",
        "length_mm": length_m / per_mm,
        "ends": shown,
    }
