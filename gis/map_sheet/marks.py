"""The marks of docs/visual-language.md for paper, as SVG: the shapes that the screen draws.

They hold numbers and colours alone, never text, and nothing that anybody has written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import pi, sqrt
from typing import Any, Final

from gis.vocabulary import ClosureGrade, Severity

Palette = Mapping[str, str]
"""The colours by what they mean, as ``#rrggbb``."""

BOX: Final = 36
"""On how many units wide a ground a mark is drawn, its middle at 0, 0."""
CROWDING: Final = {
    "vacant": "level-1",
    "slightly_crowded": "level-2",
    "crowded": "level-3",
    "full": "level-4",
}
SEVERITIES: Final = {
    Severity.MINOR: ("level-2", 7),
    Severity.MODERATE: ("level-3", 9),
    Severity.SEVERE: ("level-4", 12),
    None: ("unknown", 7),
}
"""In which colour and how large the square of a report is."""
ZONES: Final = {
    "under_0_5": ("depth-1", 0.6),
    "to_3": ("depth-2", 0.6),
    "to_5": ("depth-3", 0.6),
    "to_10": ("depth-4", 0.6),
    "to_20": ("depth-5", 0.6),
    "over_20": ("depth-6", 0.6),
    "warning": ("slope", 0.6),
    "special": ("slope-special", 0.6),
    "warning_planned": ("slope", 0.25),
    "special_planned": ("slope-special", 0.25),
    "unknown": ("depth-unknown", 0.6),
}
"""In which colour and how densely a hazard zone is washed, in the order of the legend."""
ANNOTATIONS: Final = {"remark": "2 5", "danger": "", "activity": "12 4", "safe": "12 4 2 4"}
"""How the line of each colour is broken."""
CLOSURES: Final = {
    ClosureGrade.CLOSED: "",
    ClosureGrade.NO_HEAVY: "14 5",
    ClosureGrade.ONE_LANE: "7 6",
    ClosureGrade.CAUTION: "3 6",
}
TAG_HEIGHT: Final = 20
"""How high the tag of a shortage is, in units."""
_QUESTION: Final = "M-3.2 -2.4A3.2 3 0 1 1 1.2 0.4Q0 1 0 2.6M0 4.9V5.3"
_RADIUS: Final = 9


@dataclass(frozen=True)
class Marks:
    """Draws marks in the colours of a palette."""

    palette: Palette

    def shelter(self, told: Mapping[str, Any], *, is_old: bool = False) -> str:
        """Return the mark of a shelter, by what its layer tells."""
        state = told["state"]
        if state in {"open", "permanent"}:
            return self._occupied(told) + (self._old() if is_old else "")
        return {
            "preparing": self._preparing,
            "unknown": lambda: f'<g transform="scale(.78)">{self._disc(told, "ink-soft")}</g>',
            "closed": self._closed,
        }.get(state, lambda: self._not_opened(told))()

    def report(self, severity: Severity | None, *, is_confirmed: bool) -> str:
        """Return the square of a report, hollow while nobody has looked at it."""
        name, side = SEVERITIES[severity]
        colour = self.palette[name]
        fill = colour if is_confirmed else self.palette["paper"]
        return (
            f'<rect x="{-side / 2}" y="{-side / 2}" width="{side}" height="{side}"'
            f' fill="{fill}" stroke="{colour}" stroke-width="2.2"/>'
        )

    def closure(self, grade: ClosureGrade) -> str:
        """Return the sign of a road closure."""
        colour, ink, paper = (self.palette[each] for each in ("level-4", "ink", "paper"))
        ring = f'fill="{paper}" stroke="{colour}" stroke-width="2.4" stroke-linejoin="round"'
        arrow = f'fill="none" stroke="{ink}" stroke-width="1.8"'
        parts = {
            ClosureGrade.CLOSED: (
                ("M-8 6V10M8 6V10", f'fill="none" stroke="{colour}" stroke-width="2.4"'),
                ("M-12 -6H12V6H-12Z", ring),
                ("M-9 6L-3 -6M-1 6L5 -6M7 6L12 -4", f'stroke="{colour}" stroke-width="3.6"'),
            ),
            ClosureGrade.NO_HEAVY: (
                ("M10 0A10 10 0 1 1 -10 0A10 10 0 1 1 10 0Z", ring),
                ("M-6 -3.5H1.5V3H-6ZM2.5 -1H5L6.5 1V3H2.5Z", f'fill="{ink}"'),
                ("M-7 -7L7 7", f'stroke="{colour}" stroke-width="2"'),
            ),
            ClosureGrade.ONE_LANE: (
                ("M0 -10L10 0L0 10L-10 0Z", ring),
                (
                    "M-2.6 4V-3M-4.6 -1L-2.6 -3.6L-0.6 -1M2.6 -4V3M0.6 1L2.6 3.6L4.6 1",
                    arrow,
                ),
            ),
            ClosureGrade.CAUTION: (
                ("M0 -10L10.5 8.5H-10.5Z", ring),
                ("M0 -4V2.5M0 4.6V6.6", arrow),
            ),
        }[grade]
        return "".join(f'<path d="{shape}" {look}/>' for shape, look in parts)

    def closure_line(self, grade: ClosureGrade) -> tuple[str, str]:
        """Return how the edge of a closed stretch of road is drawn, and its line over it."""
        return (
            f'fill="none" stroke="{self.palette["paper"]}" stroke-width="9" stroke-opacity=".85"',
            (
                f'fill="none" stroke="{self.palette["level-4"]}" stroke-width="5"'
                f"{_dashed(CLOSURES[grade])}"
            ),
        )

    def depot(self, *, is_closed: bool) -> str:
        """Return the triangle of a depot, hollow with a cross where it is not in use."""
        ink, soft, paper = (self.palette[each] for each in ("ink", "ink-soft", "paper"))
        edge = '<path d="M0 -13L14 11H-14Z" stroke-linejoin="round"'
        if is_closed:
            return (
                f'{edge} fill="{paper}" stroke="{soft}" stroke-width="1.8"/>'
                f'<path d="M-3.6 0.6L3.6 7.8M-3.6 7.8L3.6 0.6" stroke="{soft}" stroke-width="2.2"/>'
            )
        return (
            f'{edge} fill="none" stroke="{paper}" stroke-width="1.6"/>'
            f'{edge} fill="{ink}"/><path d="M-4 1H4V8H-4Z" fill="{paper}"/>'
            f'<path d="M-4 3.4H4M0 1V3.4" stroke="{ink}" stroke-width="1.2"/>'
        )

    def dispatch(self, *, is_late: bool, heading: float = 0) -> str:
        """Return the mark of a vehicle on the road.

        Parameters
        ----------
        heading
            Where it goes, in degrees clockwise from the right.
        """
        ink, paper, late = (self.palette[each] for each in ("ink", "paper", "level-3"))
        colour = late if is_late else ink
        badge = (
            f'<g transform="translate(9 -9)"><circle r="6" fill="{late}" stroke="{paper}"'
            f' stroke-width="1.4"/><path d="M0 -3.4V0.8M0 2.4V3.8" stroke="{paper}"'
            ' stroke-width="1.9"/></g>'
        )
        return (
            f'<path d="M15.5 0L8.5 -5.5V5.5Z" transform="rotate({heading:.1f})" fill="{colour}"'
            f' stroke="{paper}" stroke-width="1"/>'
            f'<circle r="11" fill="{paper}" stroke="{colour}" stroke-width="2"/>'
            f'<path d="M-7 -4H1.5V3H-7ZM2.5 -1.5H5.2L7 1V3H2.5Z" fill="{ink}"/>'
            f'<path d="M-5.5 4.2H-2.5M2.8 4.2H5.8" stroke="{ink}" stroke-width="1.8"/>'
            f"{badge if is_late else ''}"
        )

    def dispatch_line(self, *, is_late: bool) -> tuple[str, str]:
        """Return how the edge of a vehicle's way is drawn, and its line over it."""
        colour = self.palette["level-3" if is_late else "ink"]
        return (
            f'fill="none" stroke="{self.palette["paper"]}" stroke-width="6" stroke-opacity=".85"',
            (
                f'fill="none" stroke="{colour}" stroke-width="2.6"'
                f"{_dashed('4 4' if is_late else '10 5')}"
            ),
        )

    def shortage(self, step: str, width: float) -> str:
        """Return the tag of what runs out first in a shelter; how long it lasts is written into it.

        Parameters
        ----------
        step
            ``none_left``, ``soon`` or ``today`` (gis.layers.shortages).
        width
            Of the tag, in units; its left upper corner is at 0, 0.
        """
        ink, paper = self.palette["ink"], self.palette["paper"]
        name, edge, fill, line = {
            "none_left": ("level-4", 2.6, self.palette["level-4"], paper),
            "soon": ("level-3", 2.6, paper, ink),
            "today": ("level-2", 1.4, paper, ink),
        }[step]
        tag = f'<rect width="{width:.1f}" height="{TAG_HEIGHT}" rx="5"'
        return (
            f'{tag} fill="none" stroke="{paper}" stroke-width="4"/>'
            f'{tag} fill="{fill}" stroke="{self.palette[name]}" stroke-width="{edge}"/>'
            f'<path d="M4.5 4.5H12.5L8.5 10L12.5 15.5H4.5L8.5 10Z" stroke="{line}"'
            f' stroke-width="1.2" stroke-linejoin="round"'
            f' fill="{ink if step == "soon" else "none"}"/>'
        )

    def order(self, level: int | None) -> str:
        """Return how the wash of an evacuation order is drawn."""
        # Of a tsunami, which has no level, everybody flees as by an evacuation instruction.
        colour = self.palette[f"order-{level or 4}"]
        return (
            f'fill="{colour}" fill-opacity=".16" stroke="{colour}" stroke-width="2"{_dashed("7 4")}'
        )

    def zone(self, look: str) -> str:
        """Return how the wash of a hazard zone is drawn."""
        name, density = ZONES[look]
        return (
            f'fill="{self.palette[name]}" fill-opacity="{density}"'
            f' stroke="{self.palette["ink-soft"]}" stroke-opacity=".7" stroke-width="1"'
            f"{_dashed('3 3')}"
        )

    def annotation(self, colour: str, kind: str) -> tuple[str, str]:
        """Return how the light edge of an annotation is drawn, and its shape over it.

        Parameters
        ----------
        kind
            ``Point``, ``LineString``, or anything else for an area.
        """
        ink = self.palette[f"annotation-{colour}"]
        edge = f'fill="none" stroke="{self.palette["paper"]}" stroke-width="8" stroke-opacity=".9"'
        line = f'stroke="{ink}" stroke-width="4"{_dashed(ANNOTATIONS[colour])}'
        shapes = {
            "Point": f'fill="{ink}" stroke="{ink}" stroke-width="2"',
            "LineString": f'fill="none" {line}',
        }
        return edge, shapes.get(kind, f'fill="{ink}" fill-opacity=".14" {line}')

    def people(self) -> str:
        """Return how the circle of a town's population is drawn."""
        colour = self.palette["ink-soft"]
        return f'fill="{colour}" fill-opacity=".25" stroke="{colour}" stroke-width="1"'

    def land(self) -> str:
        """Return how the municipality's land is drawn."""
        return f'fill="{self.palette["land"]}" stroke="{self.palette["shore"]}" stroke-width="1.6"'

    def count(self, severity: Severity | None, width: float, *, is_confirmed: bool) -> str:
        """Return the box in which reports are counted; their number is written into it."""
        left = -width / 2
        return (
            f'<rect x="{left}" y="-11" width="{width}" height="22" fill="{self.palette["paper"]}"'
            f' stroke="{self.palette["ink-soft"]}" stroke-width="1"/>'
            f'<g transform="translate({left + 12} 0)">'
            f"{self.report(severity, is_confirmed=is_confirmed)}</g>"
        )

    def _occupied(self, told: Mapping[str, Any]) -> str:
        crowding, share = told["crowding"], told["share"]
        if crowding not in CROWDING or share is None:
            return self._disc(told, "ink")
        colour, track = self.palette[CROWDING[crowding]], self.palette["gauge"]
        ring = 2 * pi * _RADIUS
        core = (
            f'<path d="M0 -5L5 0L0 5L-5 0Z" fill="{colour}"/>'
            if told["self_organised"]
            else f'<circle r="3.2" fill="{colour}"/>'
        )
        filled = (
            f'<circle r="{_RADIUS}" fill="none" stroke="{colour}" stroke-width="5"'
            f' stroke-dasharray="{ring * min(share, 1):.2f} {ring:.2f}" transform="rotate(-90)"/>'
        )
        return (
            f'<circle r="12.2" fill="{self.palette["paper"]}" stroke="{self.palette["ink"]}"'
            ' stroke-opacity=".6" stroke-width=".8"/>'
            f'<circle r="{_RADIUS}" fill="none" stroke="{track}" stroke-width="5"/>'
            f"{filled if share else ''}{core}"
        )

    def _old(self) -> str:
        return (
            f'<circle r="15.2" fill="none" stroke="{self.palette["paper"]}" stroke-opacity=".7"'
            f' stroke-width="4"/><circle r="15.2" fill="none" stroke="{self.palette["ink"]}"'
            f' stroke-width="1.5"{_dashed("3 2.4")}/>'
        )

    def _preparing(self) -> str:
        return (
            f'<circle r="{_RADIUS}" fill="{self.palette["paper"]}" fill-opacity=".6"'
            f' stroke="{self.palette["accent"]}" stroke-width="2"{_dashed("4 2.5")}/>'
        )

    def _closed(self) -> str:
        return (
            '<path d="M-4.5 -4.5L4.5 4.5M-4.5 4.5L4.5 -4.5"'
            f' stroke="{self.palette["ink-soft"]}" stroke-width="2.2"/>'
        )

    def _not_opened(self, told: Mapping[str, Any]) -> str:
        radius = 5 if "designated_shelter" in told["designations"] else 3.5
        return (
            f'<circle r="{radius}" fill="{self.palette["paper"]}"'
            f' stroke="{self.palette["ink-soft"]}" stroke-width="1.8"/>'
        )

    def _disc(self, told: Mapping[str, Any], ink: str) -> str:
        """Return the hatched disc with a question mark: unknown is never an empty ring."""
        colour, paper = self.palette[ink], self.palette["paper"]
        edge = '<path d="M0 -14L14 0L0 14L-14 0Z"' if told["self_organised"] else '<circle r="11.5"'
        return (
            f'{edge} fill="{paper}" stroke="{colour}" stroke-width="1.6"/>'
            f'<path d="{_hatch()}" stroke="{colour}" stroke-opacity=".5" stroke-width="1.1"/>'
            f'<path d="{_QUESTION}" fill="none" stroke="{paper}" stroke-width="5"/>'
            f'<path d="{_QUESTION}" fill="none" stroke="{colour}" stroke-width="2.2"/>'
        )


def _dashed(dashes: str) -> str:
    return f' stroke-dasharray="{dashes}"' if dashes else ""


def _hatch() -> str:
    """Return chords of a circle at 45 degrees."""
    chords = []
    for offset in (-9, -4.5, 0, 4.5, 9):
        x, reach = offset / sqrt(2), sqrt((11.5**2 - offset**2) / 2)
        chords.append(f"M{x - reach:.2f} {x + reach:.2f}L{x + reach:.2f} {x - reach:.2f}")
    return "".join(chords)
