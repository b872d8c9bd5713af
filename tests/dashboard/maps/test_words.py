import re
from pathlib import Path

from dashboard.assets import OWN
from dashboard.maps.words import map_words
from gis.text import Language

USED = re.compile(r"\bwords\.([a-z_]+)")
BADGE = {"live-badge.js"}


def scripts() -> list[Path]:
    return [file for file in OWN.glob("*.js") if file.name not in BADGE]


def test_the_map_has_every_word_that_its_scripts_use() -> None:
    used = {word for file in scripts() for word in USED.findall(file.read_text(encoding="utf-8"))}
    assert used == set(map_words(Language.EN))


def test_scripts_make_text_of_data_and_never_markup() -> None:
    for file in OWN.glob("*.js"):
        assert "innerHTML" not in file.read_text(encoding="utf-8"), file.name
