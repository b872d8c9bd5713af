"""What a rendering of the situation summary is, and what all renderings share."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from gis.clock import jst
from gis.figures import IssueMark
from gis.occupancy import Tally
from gis.reports.situation import SituationSummary
from gis.text import N_, Language, translate

UNKNOWN = N_("Unknown")
Cell = str | int | float | None


class Compiled(Protocol):
    """What was compiled from the store, as of a moment."""

    @property
    def city_code(self) -> str:
        """The municipality, by its 全国地方公共団体コード."""

    @property
    def is_drill(self) -> bool:
        """Whether it is a drill's."""

    @property
    def as_of(self) -> datetime:
        """The moment."""


CompiledT = TypeVar("CompiledT", bound=Compiled)


@dataclass(frozen=True)
class Rendering(Generic[CompiledT]):
    """A form in which a compiled value leaves the house."""

    name: str
    """In addresses and on the command line."""
    title: str
    """English, marked for translation."""
    suffix: str
    media_type: str
    render: Callable[[CompiledT, Language], bytes]
    stem: str = "situation"
    """What its files are called."""
    for_systems: bool = False
    """Whether programs of other bodies read it, rather than people."""


def file_name(summary: CompiledT, rendering: Rendering[CompiledT]) -> str:
    """Return a name that is safe everywhere and says city, issue, moment (JST) and drill."""
    prefix = "kunren_" if summary.is_drill else ""
    moment = jst(summary.as_of).strftime("%Y%m%dT%H%M%S")
    mark = summary.issue if isinstance(summary, SituationSummary) else None
    number = f"issue{mark.number}_" if mark else ""
    return f"{prefix}{rendering.stem}_{summary.city_code}_{number}{moment}{rendering.suffix}"


def moment_text(moment: datetime | None) -> str:
    """Return a moment as a wall clock in Japan shows it, or nothing."""
    return jst(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def known_or_unknown(figure: float | None, language: Language) -> Cell:
    """Return a figure, or the word for unknown; never 0 for what nobody knows."""
    return translate(UNKNOWN, language) if figure is None else figure


def tally_note(tally: Tally, language: Language) -> str:
    """Return what a total leaves out, such as 「ほかに不明 5か所」, or nothing."""
    if not tally.unknown_places:
        return ""
    return translate(N_("{count} places unknown, not included"), language).format(
        count=tally.unknown_places
    )


_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no workbook can hold; it comes in names that were pasted from elsewhere."""


def printable(text: str) -> str:
    """Return a text without the invisible characters that no workbook and no page can hold."""
    return _NOT_IN_XML.sub("", text)


def safe_cell(value: Cell) -> Cell:
    """Return a cell that every spreadsheet can hold and none runs as a formula.

    A text that begins with = + - @ or a control character gets an apostrophe in front, as OWASP
    describes for CSV injection; numbers stay numbers.
    """
    if not isinstance(value, str):
        return value
    text = printable(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"} else text


def heading(summary: SituationSummary, language: Language) -> list[tuple[str, Cell]]:
    """Return what stands at the top of every rendering: drill, city, incident, moments."""
    city = summary.city_name_ja if language is Language.JA else summary.city_name_en
    lines: list[tuple[str, Cell]] = [
        (translate(N_("Municipality"), language), city),
        (translate(N_("Incident"), language), summary.incident_name),
        (translate(N_("Kind"), language), translate(summary.incident_kind.label, language)),
        (translate(N_("Started"), language), moment_text(summary.started_at)),
        (translate(N_("As of"), language), moment_text(summary.as_of)),
    ]
    if summary.issue is not None:
        lines.append((translate(N_("Issue"), language), issue_text(summary.issue, language)))
    if summary.before is not None:
        since = translate(N_("Changes since"), language)
        lines.append((since, number_text(summary.before.number, language)))
    if summary.is_demonstration:
        lines.append((translate(N_("Note"), language), translate(DEMONSTRATION, language)))
    if summary.is_drill:
        lines.insert(0, ("【訓練】", translate(N_("This is a drill."), language)))
    return lines


def number_text(number: int, language: Language) -> str:
    """Return the number of an issue, such as 「第3報」."""
    return translate(N_("Issue {number}"), language).format(number=number)


def issue_text(issue: IssueMark, language: Language) -> str:
    """Return which issue it is, and what became of it where it is not one to rely on."""
    return translate(N_("{value} ({state})"), language).format(
        value=number_text(issue.number, language), state=translate(issue.state.label, language)
    )


DEMONSTRATION = N_("Demonstration with invented capacities, stocks and counts.")


def figures(summary: SituationSummary, language: Language) -> list[tuple[str, Cell, str]]:
    """Return the headline figures: label, value, and what the value leaves out."""

    def total(label: str, tally: Tally) -> tuple[str, Cell, str]:
        note = tally_note(tally, language)
        return (translate(label, language), known_or_unknown(tally.known, language), note)

    def count(label: str, value: int) -> tuple[str, Cell, str]:
        return (translate(label, language), value, "")

    return [
        total(N_("Persons in shelters"), summary.persons),
        total(N_("Households in shelters"), summary.households),
        count(N_("Open shelters"), len(summary.open_shelters)),
        count(N_("Shelters in the register"), summary.shelters_registered),
        count(N_("Shelters whose count is old or missing"), len(summary.stale_shelters)),
        total(N_("Free places"), summary.free_places),
        total(N_("Persons over capacity"), summary.persons_over_capacity),
        count(N_("Damage reports (confirmed)"), summary.damage_confirmed),
        count(N_("Damage reports (unconfirmed)"), summary.damage_unconfirmed),
        count(N_("Evacuation orders in force"), len(summary.orders_in_force)),
    ]
