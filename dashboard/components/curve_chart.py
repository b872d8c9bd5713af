"""Curves of persons, drawn: in steps, with gaps where nothing is known.

Moments are given as Japan's wall clocks show them, without a zone, so that every browser shows them
as they are.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import altair as alt
import pandas as pd

from dashboard.components.palette import palette
from dashboard.session import _
from gis.clock import jst
from gis.occupancy import Tally
from gis.queries.occupancy import Trend

HEIGHT_PX = 240
UNKNOWN_HEIGHT_PX = 120
SMALL_HEIGHT_PX = 130
AXIS_PX = 56
"""Room for the numbers beside every chart, so that charts above each other share their moments."""
STEPS: Final = "step-after"
FORMAT = "%m-%d %H:%M"


def persons_chart(moments: Sequence[datetime], tallies: Sequence[Tally]) -> alt.LayerChart:
    """Return persons over time; a gap is where the number of none of the open shelters is known."""
    base = _base(moments, tallies)
    line = base.mark_line(
        interpolate=STEPS,
        color=palette()["ink"],
        strokeWidth=2,
        invalid="break-paths-filter-domains",
    )
    return _dressed(line.encode(y=_count("persons", _("Persons"))) + _target(base), HEIGHT_PX)


def unknown_chart(moments: Sequence[datetime], tallies: Sequence[Tally]) -> alt.LayerChart:
    """Return at how many open shelters the number was unknown."""
    base = _base(moments, tallies)
    grey = palette()["unknown"]
    area = base.mark_area(interpolate=STEPS, color=grey, opacity=0.4, line={"color": grey})
    drawn = area.encode(y=_count("unknown", _("Unknown at"))) + _target(base)
    return _dressed(drawn, UNKNOWN_HEIGHT_PX)


def counts_chart(trend: Trend, until: datetime) -> alt.LayerChart:
    """Return how the counts of one shelter followed each other; dashed since the last one."""
    counts = [(datetime.fromtimestamp(at, UTC), persons) for at, persons in trend]
    last_at, last = counts[-1]
    colours = palette()
    told, since = _counts(counts), _counts([(last_at, last), (until, last)])
    line = told.mark_line(interpolate=STEPS, color=colours["ink"], strokeWidth=2)
    points = told.mark_point(filled=True, size=50, color=colours["ink"], opacity=1)
    nobody_counted = since.mark_line(color=colours["ink-soft"], strokeDash=[3, 3])
    return _dressed(nobody_counted + line + points, SMALL_HEIGHT_PX)


def _base(moments: Sequence[datetime], tallies: Sequence[Tally]) -> alt.Chart:
    figures = pd.DataFrame(
        {
            "at": [_wall_clock(moment) for moment in moments],
            "until": [_wall_clock(moment) for moment in [*moments[1:], moments[-1]]],
            "persons": pd.array([tally.known for tally in tallies], dtype="Int64"),
            "unknown": [tally.unknown_places for tally in tallies],
        }
    )
    tooltip = [*_tooltip(), alt.Tooltip("unknown:Q", title=_("Unknown at"))]
    base: alt.Chart = alt.Chart(figures).encode(x=_time(), tooltip=tooltip)
    return base


def _counts(counts: Sequence[tuple[datetime, int]]) -> alt.Chart:
    figures = pd.DataFrame(
        [(_wall_clock(moment), persons) for moment, persons in counts], columns=["at", "persons"]
    )
    chart: alt.Chart = alt.Chart(figures).encode(
        x=_time(), y=_count("persons", _("Persons")), tooltip=_tooltip()
    )
    return chart


def _target(base: alt.Chart) -> alt.Chart:
    """Return what the pointer meets anywhere over a moment, so that nobody has to aim at a line."""
    target: alt.Chart = base.mark_rect(opacity=0).encode(x2="until:T")
    return target


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("at:T", title=_("Moment"), format=FORMAT),
        alt.Tooltip("persons:Q", title=_("Persons"), format=","),
    ]


def _time() -> alt.X:
    axis = alt.Axis(format=FORMAT, labelOverlap=True, tickCount=8, labelColor=palette()["ink-soft"])
    return alt.X("at:T", title=None, axis=axis)


def _count(field: str, title: str) -> alt.Y:
    grey = palette()["ink-soft"]
    axis = alt.Axis(
        format=",d",
        tickMinStep=1,
        tickCount=3,
        minExtent=AXIS_PX,
        maxExtent=AXIS_PX,
        labelColor=grey,
        titleColor=grey,
    )
    return alt.Y(f"{field}:Q", title=title, axis=axis, scale=alt.Scale(zero=True, nice=True))


def _dressed(chart: alt.LayerChart, height_px: int) -> alt.LayerChart:
    # Read aloud, every step would be a sentence; the words beside the chart say what it shows.
    dressed: alt.LayerChart = chart.properties(height=height_px).configure(aria=False)
    return dressed


def _wall_clock(moment: datetime) -> datetime:
    return jst(moment).replace(tzinfo=None)
