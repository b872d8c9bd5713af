import re
import tomllib
from itertools import combinations, pairwise
from math import dist
from pathlib import Path

import pytest

from dashboard.assets import INSTALLED, OWN
from dashboard.assets.palette import palette
from gis.vocabulary import AnnotationColour

ROOT = Path(__file__).parents[3]
TOKENS = INSTALLED / "@digital-go-jp" / "design-tokens" / "dist" / "tokens.css"
NAMED = re.compile(r"(#[0-9a-f]{6}); /\* ([a-z]+(?:-[a-z]+)*-\d+) \*/")


def linear(part: str) -> float:
    """How much light a part of a colour is, from 0 to 1."""
    share = int(part, 16) / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    red, green, blue = (linear(colour[at : at + 2]) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_levels_read_without_hue() -> None:
    colours = palette()
    levels = [luminance(colours[f"level-{level}"]) for level in (1, 2, 3, 4)]
    assert levels == sorted(levels, reverse=True)
    assert min(light - dark for light, dark in pairwise(levels)) > 0.09


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"),
        ("ink-soft", "paper"),
        ("ink-soft", "page"),
        ("accent", "paper"),
        ("accent", "page"),
        ("place-name", "land"),
        ("place-name", "sea"),
        ("paper", "disconnected"),
        ("disconnected", "page"),
        ("paper", "ink"),
        ("ink", "drill"),
        ("paper", "past"),
        ("past", "paper"),
        ("ink-soft", "past-page"),
        ("accent", "past-page"),
        ("disconnected", "past-page"),
    ],
)
def test_text_can_be_read(text: str, ground: str) -> None:
    assert contrast(palette()[text], palette()[ground]) >= 4.5


@pytest.mark.skipif(not TOKENS.exists(), reason="the design tokens are a development dependency")
def test_named_tokens_are_the_design_systems() -> None:
    tokens = TOKENS.read_text(encoding="utf-8")
    named = NAMED.findall((OWN / "palette.css").read_text(encoding="utf-8"))
    assert named
    for colour, name in named:
        assert re.search(rf"--color-[a-z-]+-{name}: {colour};", tokens), (name, colour)


def test_the_theme_uses_the_palette() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    colours = {value for value in config["theme"].values() if str(value).startswith("#")}
    assert colours <= set(palette().values())
    assert config["theme"]["primaryColor"] == palette()["accent"]


def test_the_document_shows_every_colour() -> None:
    document = (ROOT / "docs" / "visual-language.md").read_text(encoding="utf-8")
    for name, colour in palette().items():
        assert f"| `{name}` | `{colour}` |" in document


# What red, green and blue light become to whoever lacks one kind of cone, wholly (Machado, Oliveira
# and Fernandes 2009, severity 1.0, linear light).
SIGHTS = {
    "all cones": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)
Three = tuple[float, float, float]


def turned(matrix: tuple[Three, Three, Three], colour: Three) -> Three:
    one, two, three = (sum(row[at] * colour[at] for at in range(3)) for row in matrix)
    return one, two, three


def lab(colour: str, sight: tuple[Three, Three, Three]) -> Three:
    """CIE L*a*b* of a colour as somebody sees it."""
    seen = turned(sight, (linear(colour[1:3]), linear(colour[3:5]), linear(colour[5:7])))
    x, y, z = turned(XYZ, seen)
    scaled = [max(part, 0.0) / white for part, white in zip((x, y, z), WHITE, strict=True)]
    fx, fy, fz = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in scaled
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("sight", SIGHTS)
def test_whoever_sees_colours_differently_tells_annotations_apart(sight: str) -> None:
    colours = [palette()[f"annotation-{colour}"] for colour in AnnotationColour]
    for one, other in combinations(colours, 2):
        assert dist(lab(one, SIGHTS[sight]), lab(other, SIGHTS[sight])) > 20


@pytest.mark.parametrize("colour", AnnotationColour)
def test_an_annotation_stands_out_from_the_land(colour: AnnotationColour) -> None:
    for ground in ("paper", "land"):
        assert contrast(palette()[f"annotation-{colour}"], palette()[ground]) >= 3
