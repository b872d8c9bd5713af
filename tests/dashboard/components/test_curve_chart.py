"""What charts of curves are given to draw."""

from datetime import timedelta
from typing import Any

import altair as alt

from dashboard.components.curve_chart import counts_chart, persons_chart, unknown_chart
from gis.occupancy import Tally
from tests.conftest import NOON

HOUR = timedelta(hours=1)
AT_NOON = int(NOON.timestamp())
MOMENTS = [NOON, NOON + HOUR, NOON + 2 * HOUR]
TALLIES = [Tally(0, 0), Tally(None, 2), Tally(5, 1)]


def rows(chart: alt.LayerChart) -> list[dict[str, Any]]:
    (data, *_rest) = chart.to_dict()["datasets"].values()
    assert isinstance(data, list)
    return data


def test_what_nobody_knows_is_a_gap_and_not_0() -> None:
    chart = persons_chart(MOMENTS, TALLIES)
    assert [row["persons"] for row in rows(chart)] == [0, None, 5]
    (line, _target) = chart.to_dict()["layer"]
    # Vega would draw null as 0 were it told to keep what is invalid.
    assert line["mark"]["invalid"] == "break-paths-filter-domains"
    assert line["mark"]["interpolate"] == "step-after"


def test_moments_are_those_of_japans_clocks_whatever_the_browsers() -> None:
    assert rows(persons_chart(MOMENTS, TALLIES))[0]["at"] == "2026-09-01T12:00:00"


def test_how_many_shelters_were_unknown_is_drawn_apart() -> None:
    assert [row["unknown"] for row in rows(unknown_chart(MOMENTS, TALLIES))] == [0, 2, 1]


def test_after_the_last_count_the_line_is_dashed() -> None:
    chart = counts_chart([(AT_NOON, 7), (AT_NOON + 3600, 9)], NOON + 3 * HOUR).to_dict()
    dashed = chart["layer"][0]
    assert dashed["mark"]["strokeDash"]
    data = chart["datasets"][dashed["data"]["name"]]
    assert [(row["at"][11:16], row["persons"]) for row in data] == [("13:00", 9), ("15:00", 9)]
