"""What charts of curves are given to draw."""

from datetime import timedelta
from typing import Any

from dashboard.components.curve_chart import Spec, counts_chart, persons_chart, unknown_chart
from gis.occupancy import Tally, Trend
from tests.conftest import NOON

HOUR = timedelta(hours=1)
AT_NOON = int(NOON.timestamp())
MOMENTS = [NOON, NOON + HOUR, NOON + 2 * HOUR]
TALLIES = [Tally(0, 0), Tally(None, 2), Tally(5, 1)]


def rows(chart: Spec, layer: int = 0) -> list[dict[str, Any]]:
    values = chart["layer"][layer]["data"]["values"]
    assert isinstance(values, list)
    return values


def test_what_nobody_knows_is_a_gap_and_not_0() -> None:
    chart = persons_chart(MOMENTS, TALLIES)
    assert [row["persons"] for row in rows(chart)] == [0, None, 5]
    (line, _target) = chart["layer"]
    # Vega would draw null as 0 were it told to keep what is invalid.
    assert line["mark"]["invalid"] == "break-paths-filter-domains"
    assert line["mark"]["interpolate"] == "step-after"


def test_moments_are_those_of_japans_clocks_whatever_the_browsers() -> None:
    assert rows(persons_chart(MOMENTS, TALLIES))[0]["at"] == "2026-09-01T12:00:00"


def test_how_many_shelters_were_unknown_is_drawn_apart() -> None:
    assert [row["unknown"] for row in rows(unknown_chart(MOMENTS, TALLIES))] == [0, 2, 1]


def test_after_the_last_count_the_line_is_dashed() -> None:
    chart = counts_chart(Trend([AT_NOON, AT_NOON + 3600], [7, 9]), NOON + 3 * HOUR)
    assert chart["layer"][0]["mark"]["strokeDash"]
    assert [(row["at"][11:16], row["persons"]) for row in rows(chart)] == [
        ("13:00", 9),
        ("15:00", 9),
    ]
