"""Pages set by Typst in this process, with our own fonts alone: what a template says, and data.

What comes from the store goes in beside the template, as data: Typst never reads it as markup.
"""

import json
from functools import cache
from pathlib import Path
from typing import Final, cast

import typst

from gis.folders import PROJECT

_INSTALLED: Final = PROJECT / "dashboard" / "assets" / "node_modules"
_UDGOTHIC: Final = _INSTALLED / "@expo-google-fonts" / "biz-udgothic"
SHEET_FONTS: Final = (_UDGOTHIC / "400Regular", _UDGOTHIC / "700Bold")
SHEET_FONT: Final = "BIZ UDGothic"
"""What printed pages are set in: the folders of its files, and its name."""
MEDIA_TYPE: Final = "application/pdf"


def typeset(template: Path, said: object, fonts: tuple[Path, ...]) -> bytes:
    """Return a template as PDF: all fonts embedded, nothing fetched.

    Parameters
    ----------
    said
        What JSON can hold; the template finds it as ``sys.inputs.sheet``.
    fonts
        Folders with the font files; no other font is used.
    """
    inputs = {"sheet": json.dumps(said, ensure_ascii=False)}
    compiler = typst.Compiler(input=_read(template), font_paths=_fonts(fonts), sys_inputs=inputs)
    # Asked for as PDF, it is one piece.
    return cast("bytes", compiler.compile(format="pdf"))


@cache
def _fonts(folders: tuple[Path, ...]) -> typst.Fonts:
    """Return the fonts of some folders, read once; neither the machine's nor Typst's own."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )


@cache
def _read(template: Path) -> bytes:
    return template.read_bytes()
