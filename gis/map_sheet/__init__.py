"""A map on paper: what the screen shows, as one sheet to pin to the wall or to hand out."""

from gis.map_sheet.compiling import MapSheet, Wanted, compile_sheet
from gis.map_sheet.pdf import Style, file_name, render

__all__ = ["MapSheet", "Style", "Wanted", "compile_sheet", "file_name", "render"]
