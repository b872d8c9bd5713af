"""The only way to markup: templates of our own, in which every value is escaped."""

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
)


def render(template: str, **values: object) -> str:
    """Return a template filled with values, all of them escaped."""
    return TEMPLATES.get_template(template).render(values)
