import re
from pathlib import Path

from dashboard.assets import OWN
from dashboard.maps.elements import AreaDrawing, Changes, PlacePicker
from dashboard.maps.words import map_words
from gis.text import Language

USED = re.compile(r"\bwords\.([a-z_]+)")
IMPORTED = re.compile(r"""from "\./([a-z-]+\.js)";""")
MAPS = {"situation-map.js", Changes.script, PlacePicker.script, AreaDrawing.script}
"""What the maps load; other scripts have words of their own."""


def scripts() -> set[Path]:
    """The scripts of the maps, with all that these import."""
    found: set[str] = set()
    waiting = set(MAPS)
    while waiting:
        found |= waiting
        texts = [(OWN / name).read_text(encoding="utf-8") for name in waiting]
        waiting = {name for text in texts for name in IMPORTED.findall(text)} - found
    return {OWN / name for name in found}


def test_the_map_has_every_word_that_its_scripts_use() -> None:
    used = {word for file in scripts() for word in USED.findall(file.read_text(encoding="utf-8"))}
    assert used == set(map_words(Language.EN))


def test_scripts_make_text_of_data_and_never_markup() -> None:
    for file in OWN.glob("*.js"):
        assert "innerHTML" not in file.read_text(encoding="utf-8"), file.name
