"""第4号様式 filled in: what each box of its grid says of a summary, for every file alike. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from gis.figures import Figure, added
from gis.form4 import key_of
from gis.reports.damage_wording import whole
from gis.reports.figure_wording import figure_text, is_complete
from gis.reports.form4_fitting import SMALLEST_PT, downwards_pt, letters_pt
from gis.reports.form4_grid import PARTS, Box, Part
from gis.reports.form4_wording import facts
from gis.reports.rendering import printable
from gis.reports.situation import SituationSummary
from gis.text import N_, Language, translate
from gis.vocabulary import DamageUnit, DeclaredRow, FigureState, FormText

ANNEX: Final = N_("Annex")
SEE_ANNEX: Final = N_("See the annex")

_CASUALTIES = (
    DeclaredRow.DEAD,
    DeclaredRow.MISSING,
    DeclaredRow.SERIOUSLY_INJURED,
    DeclaredRow.SLIGHTLY_INJURED,
)
SUMS_OF_PART_1: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(key_of(row, DamageUnit.PERSONS) for row in rows)
    for name, rows in (("injured.persons", _CASUALTIES[2:]), ("casualties.persons", _CASUALTIES))
}
"""負傷者 and 計 of その1: what they add up from. 災害関連死者 are among the dead already."""


@dataclass(frozen=True)
class Entry:
    """A box with what stands in it."""

    box: Box
    text: str
    """As it is read."""
    number: float | None = None
    """The same as a number, where it is one."""
    letters_pt: float = SMALLEST_PT

    @property
    def number_format(self) -> str:
        """How a spreadsheet shows the number so that it reads as the text does."""
        digits = f"{self.number:,}"
        before, _, after = self.text.partition(digits)
        _, _, decimals = digits.partition(".")
        return f"{_quoted(before)}#,##0{'.' * bool(decimals)}{'0' * len(decimals)}{_quoted(after)}"


@dataclass(frozen=True)
class Page:
    """A part of the form with all that stands in it."""

    part: Part
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class FilledForm:
    """Both parts, and what did not fit into them."""

    pages: tuple[Page, ...]
    annex: tuple[tuple[str, str], ...]
    """Titles and texts that their boxes could not hold."""
    said: Mapping[str, str]
    """The facts that were filled in."""


def filled_form(summary: SituationSummary) -> FilledForm:
    """Return the form as every file shows it.

    A text that does not fit its box at a size that can be read goes to the annex (別紙), and the
    box says so: nothing is cut off.
    """
    said = {name: _tidy(text) for name, text in facts(summary).items()}
    known = form_figures(summary)
    annex: dict[str, str] = {}
    pages = []
    for part in PARTS:
        entries = [_fitted(_entry(box, known, said), part) for box in part.boxes]
        annex |= {
            _title(entry.box): _text(entry.box, said)
            for entry in entries
            if entry.text == translate(SEE_ANNEX, Language.JA)
        }
        pages.append(Page(part, tuple(entries)))
    return FilledForm(tuple(pages), tuple(annex.items()), said)


def form_figures(summary: SituationSummary) -> dict[str, Figure]:
    """Return every figure of the form by its key, the two sums of その1 among them."""
    known = {figure.key: figure for figure in summary.figures}
    sums = {
        key: added(key, [known[part] for part in parts]) for key, parts in SUMS_OF_PART_1.items()
    }
    return known | sums


def _entry(box: Box, known: Mapping[str, Figure], said: Mapping[str, str]) -> Entry:
    return Entry(box, _text(box, said)) if box.figure is None else _figure(box, known[box.figure])


def _text(box: Box, said: Mapping[str, str]) -> str:
    return (box.text.format(**said) if box.asks else box.text).strip("\n")


def _figure(box: Box, figure: Figure) -> Entry:
    """Return a figure with the words around it.

    It is a number wherever all of it is known, and its format says how sure it is. In その1 the
    boxes are too narrow for that: an unsure one is a text there, which goes on in a second line.
    """
    before, _, unit = box.text.partition(f"{{{figure.key}}}")
    unit = f"{unit}\n" if box.says_more_than_its_figure else unit
    text = (before + figure_text(figure, Language.JA, unit)).strip()
    is_sure = figure.state is FigureState.CONFIRMED
    if is_complete(figure) and (is_sure or not box.says_more_than_its_figure):
        return Entry(box, text, whole(figure.value))
    return Entry(box, text)


def _fitted(entry: Entry, part: Part) -> Entry:
    """Return an entry at the size at which its box holds it; or one that names the annex."""
    size = part.size(entry.box.cells)
    if entry.box.is_vertical:
        points = downwards_pt(entry.text, size)
    else:
        points = letters_pt(entry.text, size, wraps=entry.number is None)
    if points is not None:
        return replace(entry, letters_pt=points)
    if any(name in _TITLES for name in entry.box.asks) and not entry.box.runs_on:
        return _fitted(replace(entry, text=translate(SEE_ANNEX, Language.JA)), part)
    return entry


def _title(box: Box) -> str:
    """Return what a text is called that stands in the annex."""
    asked = next(name for name in reversed(box.asks) if name in _TITLES)
    return translate(_TITLES[asked], Language.JA)


_TITLES: Final = {text.value: text.label for text in FormText} | {
    "incident": N_("Incident"),
    "city": N_("Municipality"),
    "prefecture": N_("Prefecture"),
    "headquarters": N_("Headquarters"),
}


def _tidy(text: str) -> str:
    """Return a text with plain line ends, without spaces at its ends."""
    return printable(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip()


def _quoted(words: str) -> str:
    return '"{}"'.format(words.replace('"', "")) if words else ""
