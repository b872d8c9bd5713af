import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from dashboard.assets import INSTALLED, OWN
from dashboard.components.palette import palette

ROOT = Path(__file__).parents[3]
TOKENS = INSTALLED / "@digital-go-jp" / "design-tokens" / "dist" / "tokens.css"
NAMED = re.compile(r"(#[0-9a-f]{6}); /\* ([a-z]+(?:-[a-z]+)*-\d+) \*/")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


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
