"""Asking from outside what lies in an area, as JSON and as files."""

import csv
import io
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from gis.vocabulary import Role
from tests.dashboard.api.conftest import NothingStored
from tests.dashboard.conftest import VisitorOf

INSIDE = "/api/inside"
WEST, SOUTH, EAST, NORTH = 139.37, 35.30, 139.45, 35.36
RING = [[WEST, SOUTH], [EAST, SOUTH], [EAST, NORTH], [WEST, NORTH], [WEST, SOUTH]]


def asked(ring: Any = RING) -> dict[str, Any]:  # noqa: ANN401 - whatever somebody sends
    return {"area": {"type": "Polygon", "coordinates": [ring]}}


def test_an_area_of_the_demonstration_holds_people_shelters_and_zones(
    visitor: VisitorOf, nothing_stored: NothingStored
) -> None:
    viewer = visitor(Role.VIEWER)
    with nothing_stored():
        told = viewer.post(INSIDE, json=asked()).raise_for_status().json()
    assert told["population"]["known"] > 100_000
    assert told["extent"]["area_m2"] == pytest.approx(48.3e6, rel=0.01)
    assert {one["state"] for one in told["shelters"]} >= {"open", "not_opened"}
    assert all(0 < one["share"] < 1 for one in told["zones"])
    assert told["closures"]


def test_a_moment_before_the_incident_tells_none_of_it(operator: httpx.Client) -> None:
    then = {"at": "2026-01-01T12:00:00+09:00"}
    told = operator.post(INSIDE, json=asked(), params=then).raise_for_status().json()
    assert told["as_of"].startswith("2026-01-01")
    assert (told["damage"], told["closures"], told["persons"]["known"]) == ([], [], 0)


@pytest.mark.parametrize(
    ("ring", "status", "code"),
    [
        ([[WEST, SOUTH], [EAST, NORTH], [EAST, SOUTH], [WEST, NORTH], [WEST, SOUTH]],
         422, "area-crosses-itself"),
        ([[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]], 422, "place-outside-japan"),
        ([[130, 31], [142, 31], [142, 44], [130, 44], [130, 31]], 422, "area-too-large"),
        ([[WEST, SOUTH]] * 1_001, 422, "area-too-detailed"),
        ([[WEST, SOUTH]] * 1_000_000, 413, "body-too-large"),
        ([[WEST, SOUTH], [EAST, SOUTH]], 422, "area-unreadable"),
        ("here", 422, "area-unreadable"),
        ([[SOUTH, WEST], [SOUTH, EAST], [NORTH, EAST], [SOUTH, WEST]], 422, "place-swapped"),
    ],
)  # fmt: skip
def test_what_is_no_area_to_ask_about_is_answered_with_the_reason(
    operator: httpx.Client, ring: object, status: int, code: str
) -> None:
    answer = operator.post(INSIDE, json=asked(ring))
    error = answer.json()["errors"][0]
    assert (answer.status_code, error["code"]) == (status, code)
    assert error["what"]
    assert error["remedy"]


def test_the_files_say_what_the_answer_says(operator: httpx.Client) -> None:
    told = operator.post(INSIDE, json=asked()).raise_for_status().json()
    sheet = operator.post(f"{INSIDE}/csv", json=asked()).raise_for_status()
    assert "area_142077_" in sheet.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert str(told["persons"]["known"]) in [
        row[2] for row in rows if row[1:2] == ["Persons in shelters"]
    ]
    book = operator.post(f"{INSIDE}/xlsx", json=asked()).raise_for_status().content
    shelters = load_workbook(io.BytesIO(book))["Shelters"]
    assert shelters.max_row == len(told["shelters"]) + 1
    assert operator.post(f"{INSIDE}/pdf", json=asked()).status_code == 404


def test_a_field_team_does_not_ask_about_areas(visitor: VisitorOf) -> None:
    assert visitor(Role.FIELD).post(INSIDE, json=asked()).status_code == 403
