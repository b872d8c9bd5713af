"""One shelter as text for a sheet of paper: facts, figures, the last counts, their course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dashboard.components.condition_lines import Line
from dashboard.components.wording import age_text, capacity_text, clock_text, number_text
from gis.config import CityProfile
from gis.occupancy import FIGURES, Trend, crowding, percent
from gis.queries.occupancy import Figure, ReadingView
from gis.queries.photographs import PhotographView
from gis.queries.shelters import ShelterStatus
from gis.text import N_, Language, translate
from gis.vocabulary import FIGURE_LABELS, Crowding, DesignationKind, Hazard, Source

UNKNOWN = Crowding.UNKNOWN.label
SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 300.0, 44.0, 3.0


@dataclass(frozen=True)
class Row:
    """A count as a line of the table."""

    observed: str
    persons: str
    households: str
    source: str
    by: str
    remark: str


@dataclass(frozen=True)
class Spark:
    """The course of the persons as a line: points of an SVG, its ends in words."""

    points: str
    since: str
    until: str
    most: str


@dataclass(frozen=True)
class PictureOf:
    """A photograph as a stamp with a line beneath it."""

    address: str
    caption: str
    line: str


def register_lines(shelter: ShelterStatus, language: Language) -> list[Line]:
    """Return what the register says of a shelter, and its state."""
    return [
        Line(translate(N_("Address"), language), shelter.address or _unknown(language)),
        Line(translate(N_("Place"), language), _place(shelter, language)),
        Line(translate(N_("Designation"), language), _designations(shelter, language)),
        Line(translate(N_("Designated for"), language), _hazards(shelter, language)),
        Line(translate(N_("State"), language), _state(shelter, language)),
    ]


def _unknown(language: Language) -> str:
    return translate(UNKNOWN, language)


def _place(shelter: ShelterStatus, language: Language) -> str:
    if shelter.lon is None or shelter.lat is None:
        return _unknown(language)
    message = translate(N_("longitude {lon}, latitude {lat}"), language)
    return message.format(lon=f"{shelter.lon:.5f}", lat=f"{shelter.lat:.5f}")


def _designations(shelter: ShelterStatus, language: Language) -> str:
    kinds = [translate(DesignationKind(kind).label, language) for kind in shelter.designations]
    return " · ".join(kinds) or translate(N_("Self-organised shelter"), language)


def _hazards(shelter: ShelterStatus, language: Language) -> str:
    if shelter.hazards is None:
        return _unknown(language)
    names = [translate(Hazard(hazard).label, language) for hazard in shelter.hazards]
    return "・".join(names) or translate(N_("No hazard"), language)


def _state(shelter: ShelterStatus, language: Language) -> str:
    """Return in which state a shelter is since when, and why."""
    state = translate(shelter.state.label, language)
    if shelter.since_at is None:
        return state
    message = translate(N_("{state} since {moment}"), language)
    text = message.format(state=state, moment=clock_text(shelter.since_at))
    return f"{text} · {shelter.reason}" if shelter.reason else text


def fullness_lines(shelter: ShelterStatus, city: CityProfile, language: Language) -> list[Line]:
    """Return a shelter's capacity, and how full it is while it is open."""
    capacity = capacity_text(
        shelter.capacity, is_fictitious=shelter.capacity_is_fictitious, language=language
    )
    lines = [Line(translate(N_("Capacity"), language), capacity)]
    if not shelter.is_open:
        return lines
    share, level = percent(shelter.share), crowding(shelter.share, city.crowding)
    text = _unknown(language) if share is None else f"{share}%"
    return [
        *lines,
        Line(translate(N_("Share of capacity"), language), text),
        Line(translate(N_("Crowding"), language), translate(level.label, language)),
    ]


def figure_lines(known: dict[str, Figure], at: datetime, language: Language) -> list[Line]:
    """Return every figure of a reading, those that nobody has counted among them."""
    return [
        Line(
            translate(FIGURE_LABELS[name], language),
            number_text(known[name].count if name in known else None, language),
            age=age_text(known[name].observed_at, at, language) if name in known else "",
            by=known[name].recorded_by if name in known else "",
        )
        for name in FIGURES
    ]


def rows(readings: Sequence[ReadingView], language: Language) -> list[Row]:
    """Return counts as lines of a table."""
    return [
        Row(
            clock_text(reading.observed_at),
            number_text(reading.persons, language),
            number_text(reading.households, language),
            translate(Source(reading.source).label, language),
            reading.recorded_by,
            translate(N_("Corrected"), language) if reading.is_superseded else "",
        )
        for reading in readings
    ]


def pictures(photographs: Sequence[PhotographView]) -> list[PictureOf]:
    """Return photographs with when they were taken, as far as anybody knows, and by whom."""
    return [
        PictureOf(
            f"/api/photographs/{photograph.id}/thumbnail.jpeg",
            photograph.caption or "",
            f"{clock_text(photograph.since_at)} · {photograph.recorded_by}",
        )
        for photograph in photographs
    ]


def sparkline(trend: Trend, at: datetime) -> Spark | None:
    """Return counts as a line, persons from 0 up; None where fewer than two make no course.

    Time runs from the first count to ``at``: after the last one nobody knows, and the line ends.
    """
    if len(trend) <= 1:
        return None
    first, most = trend.moments[0], max(1, *trend.persons)
    span = max(at.timestamp() - first, 60)
    points = [
        (
            SPARK_EDGE + (moment - first) / span * (SPARK_WIDTH - 2 * SPARK_EDGE),
            SPARK_HEIGHT - SPARK_EDGE - persons / most * (SPARK_HEIGHT - 2 * SPARK_EDGE),
        )
        for moment, persons in trend
    ]
    return Spark(
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        since=clock_text(datetime.fromtimestamp(first, UTC)),
        until=clock_text(at),
        most=f"{most:,}",
    )
