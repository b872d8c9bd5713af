"""Curves of persons, drawn: in steps, with gaps where nothing is known.

What is drawn is written down for Vega-Lite as it is: a library that builds and checks the same
takes 60 ms a chart, which each visit of a shelter would wait for. Moments are given as Japan's wall
clocks show them, without a zone, so that every browser shows them as they are.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from dashboard.assets.palette import palette
from dashboard.session import _
from gis.clock import jst
from gis.occupancy import Tally, Trend

HEIGHT_PX = 240
UNKNOWN_HEIGHT_PX = 120
SMALL_HEIGHT_PX = 130
AXIS_PX = 56
"""Room for the numbers beside every chart, so that charts above each other share their moments."""
STEPS: Final = "step-after"
FORMAT = "%m-%d %H:%M"

Spec = dict[str, Any]
"""A chart, or a part of one, as Vega-Lite reads it."""


def persons_chart(moments: Sequence[datetime], tallies: Sequence[Tally]) -> Spec:
    """Return persons over time; a gap is where the number of none of the open shelters is known."""
    line = {
        "type": "line",
        "interpolate": STEPS,
        "color": palette()["ink"],
        "strokeWidth": 2,
        # Vega would draw null as 0 were it told to keep what is invalid.
        "invalid": "break-paths-filter-domains",
    }
    return _tallied(moments, tallies, line, _count("persons", _("Persons")), HEIGHT_PX)


def unknown_chart(moments: Sequence[datetime], tallies: Sequence[Tally]) -> Spec:
    """Return at how many open shelters the number was unknown."""
    grey = palette()["unknown"]
    area = {
        "type": "area",
        "interpolate": STEPS,
        "color": grey,
        "opacity": 0.4,
        "line": {"color": grey},
    }
    return _tallied(moments, tallies, area, _count("unknown", _("Unknown at")), UNKNOWN_HEIGHT_PX)


def counts_chart(trend: Trend, until: datetime) -> Spec:
    """Return how the counts of one shelter followed each other; dashed since the last one."""
    counts = [(datetime.fromtimestamp(at, UTC), persons) for at, persons in trend]
    last_at, last = counts[-1]
    colours = palette()
    told, since = _counts(counts), _counts([(last_at, last), (until, last)])
    line = {
        "type": "line",
        "interpolate": STEPS,
        "color": colours["ink"],
        "strokeWidth": 2,
    }
    points = {"type": "point", "filled": True, "size": 50, "color": colours["ink"], "opacity": 1}
    nobody_counted = {"type": "line", "color": colours["ink-soft"], "strokeDash": [3, 3]}
    encoding = {"x": _time(), "y": _count("persons", _("Persons")), "tooltip": _tooltip()}
    layers = [
        {"data": since, "mark": nobody_counted, "encoding": encoding},
        {"data": told, "mark": line, "encoding": encoding},
        {"data": told, "mark": points, "encoding": encoding},
    ]
    return _dressed(layers, SMALL_HEIGHT_PX)


def _tallied(
    moments: Sequence[datetime],
    tallies: Sequence[Tally],
    mark: Mapping[str, object],
    count: Spec,
    height_px: int,
) -> Spec:
    figures = [
        {
            "at": _wall_clock(moment),
            "until": _wall_clock(until),
            "persons": tally.known,
            "unknown": tally.unknown_places,
        }
        for moment, until, tally in zip(moments, [*moments[1:], moments[-1]], tallies, strict=True)
    ]
    unknown = {"field": "unknown", "type": "quantitative", "title": _("Unknown at")}
    encoding: Spec = {"x": _time(), "tooltip": [*_tooltip(), unknown]}
    # What the pointer meets anywhere over a moment, so that nobody has to aim at a line.
    target = {"type": "rect", "opacity": 0}
    data = _values(figures)
    layers: list[Spec] = [
        {"data": data, "mark": mark, "encoding": encoding | {"y": count}},
        {"data": data, "mark": target, "encoding": encoding | {"x2": {"field": "until"}}},
    ]
    return _dressed(layers, height_px)


def _counts(counts: Sequence[tuple[datetime, int]]) -> Spec:
    return _values([{"at": _wall_clock(moment), "persons": persons} for moment, persons in counts])


def _values(rows: Sequence[Mapping[str, object]]) -> Spec:
    return {"values": rows, "format": {"parse": {"at": "date", "until": "date"}}}


def _tooltip() -> list[Spec]:
    return [
        {"field": "at", "type": "temporal", "title": _("Moment"), "format": FORMAT},
        {"field": "persons", "type": "quantitative", "title": _("Persons"), "format": ","},
    ]


def _time() -> Spec:
    axis = {
        "format": FORMAT,
        "labelOverlap": True,
        "tickCount": 8,
        "labelColor": palette()["ink-soft"],
    }
    return {"field": "at", "type": "temporal", "title": None, "axis": axis}


def _count(field: str, title: str) -> Spec:
    grey = palette()["ink-soft"]
    axis = {
        "format": ",d",
        "tickMinStep": 1,
        "tickCount": 3,
        "minExtent": AXIS_PX,
        "maxExtent": AXIS_PX,
        "labelColor": grey,
        "titleColor": grey,
    }
    scale = {"zero": True, "nice": True}
    return {"field": field, "type": "quantitative", "title": title, "axis": axis, "scale": scale}


def _dressed(layers: Sequence[Spec], height_px: int) -> Spec:
    # Read aloud, every step would be a sentence; the words beside the chart say what it shows.
    return {"layer": layers, "height": height_px, "config": {"aria": False}}


def _wall_clock(moment: datetime) -> str:
    return jst(moment).replace(tzinfo=None).isoformat()
