"""How printed reports look, and how they are set: the fonts and colours of the pages, by Typst.

What comes from the store goes in beside the template, as data: Typst never reads it as markup.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, cast

import typst

from gis.folders import PROJECT

TEMPLATES: Final = Path(__file__).with_name("templates")
FAMILY: Final = "BIZ UDGothic"
_ASSETS: Final = PROJECT / "dashboard" / "assets"
_FONTS: Final = _ASSETS / "node_modules" / "@expo-google-fonts" / "biz-udgothic"
_COLOUR: Final = re.compile(r"--hq-([a-z0-9-]+):\s*(#[0-9a-f]{6});")
_UNPRINTABLE: Final = frozenset({"Cc", "Cs"})

Said = str | int | float | bool | None | list["Said"] | dict[str, "Said"]
"""What a template is told."""


def set_pages(template: str, said: Mapping[str, Said]) -> bytes:
    """Return a template of :data:`TEMPLATES` as PDF: fonts embedded, nothing fetched.

    The same data give the same bytes.
    """
    told = json.dumps(printable(dict(said)), ensure_ascii=False)
    compiler = typst.Compiler(
        input=(TEMPLATES / template).read_bytes(), font_paths=_fonts(), sys_inputs={"said": told}
    )
    # Asked for as PDF it is one piece, however many pages it has.
    return cast("bytes", compiler.compile(format="pdf"))


def printable(said: Said) -> Said:
    """Return what is said without the characters that no font has a shape for."""
    if isinstance(said, str):
        return "".join(
            char
            for char in said
            if char in "\n\t" or unicodedata.category(char) not in _UNPRINTABLE
        )
    if isinstance(said, list):
        return [printable(each) for each in said]
    if isinstance(said, dict):
        return {name: printable(each) for name, each in said.items()}
    return said


@cache
def palette() -> dict[str, str]:
    """Return each colour of the pages by what it means, as ``#rrggbb``."""
    return dict(_COLOUR.findall((_ASSETS / "hq" / "palette.css").read_text(encoding="utf-8")))


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts, read once; neither the machine's nor Typst's own."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(_FONTS / weight) for weight in ("400Regular", "700Bold")],
    )
