"""Damage reports as vector tiles over HTTP."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from gis.geometry.tiles import Tile
from gis.vocabulary import Role
from tests.conftest import await_that
from tests.dashboard.conftest import VisitorOf
from tests.gis.tile_reading import read_tile, reports_in

HERE = (139.4035, 35.3338)
TILE = Tile(16, 58145, 25884)


def path(tile: Tile) -> str:
    return f"/api/tiles/damage-reports/{tile.zoom}/{tile.x}/{tile.y}.mvt"


def file(client: httpx.Client, lon: float = HERE[0], lat: float = HERE[1], **content: Any) -> str:  # noqa: ANN401
    said = {"id": str(uuid4()), "category": "road", "location": {"lon": lon, "lat": lat}} | content
    client.post("/api/damage-reports", json=said).raise_for_status()
    return str(said["id"])


def ids(client: httpx.Client, tile: Tile, **asked: Any) -> set[str]:  # noqa: ANN401
    answer = client.get(path(tile), params=asked).raise_for_status()
    return set(read_tile(answer.content, tile)["id"])


def test_a_report_is_on_its_tile_as_soon_as_it_is_told(operator: httpx.Client) -> None:
    ids(operator, TILE)
    filed = file(operator)
    await_that(lambda: filed in ids(operator, TILE))
    assert filed not in ids(operator, Tile(16, TILE.x + 1, TILE.y))


def test_a_tile_is_a_vector_tile_and_packed_for_whoever_can_unpack(operator: httpx.Client) -> None:
    for _ in range(30):
        file(operator)
    await_that(lambda: len(ids(operator, TILE)) >= 30)
    answer = operator.get(path(TILE), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert answer.headers["content-encoding"] == "gzip"


def test_a_tile_that_no_write_touched_is_not_sent_again(operator: httpx.Client) -> None:
    filed = file(operator)
    await_that(lambda: filed in ids(operator, TILE))
    tag = operator.get(path(TILE)).headers["etag"]
    away = file(operator, lon=HERE[0] + 3 * 360 / 2**16)
    await_that(lambda: away in ids(operator, Tile(16, TILE.x + 3, TILE.y)))
    assert operator.get(path(TILE), headers={"If-None-Match": tag}).status_code == 304
    again = file(operator)
    await_that(lambda: again in ids(operator, TILE))
    assert operator.get(path(TILE), headers={"If-None-Match": tag}).status_code == 200


def test_an_address_names_which_reports_are_told(operator: httpx.Client) -> None:
    minor, fire = file(operator, severity="minor"), file(operator, category="fire")
    await_that(lambda: {minor, fire} <= ids(operator, TILE))
    assert fire in ids(operator, TILE, category=["fire", "river"])
    assert minor not in ids(operator, TILE, category=["fire", "river"])
    assert minor in ids(operator, TILE, severity="minor", confirmed=False)
    assert fire not in ids(operator, TILE, severity="minor")
    assert fire in ids(operator, TILE, severity="minor", severity_unknown=True)
    assert not ids(operator, TILE, confirmed=True)


def test_the_past_is_told_as_it_was(operator: httpx.Client) -> None:
    filed = file(operator)
    await_that(lambda: filed in ids(operator, TILE))
    assert filed not in ids(operator, TILE, at="2026-09-01T00:00:00+09:00")


def test_a_cell_of_the_map_lists_its_reports(operator: httpx.Client) -> None:
    here = {"lon": HERE[0] - 0.05, "lat": HERE[1] + 0.02}
    filed = {file(operator, **here), file(operator, **here, severity="severe")}
    tile = Tile(12, 3633, 1617)

    def cells() -> list[str]:
        content = operator.get(path(tile)).raise_for_status().content
        marks = read_tile(content, tile).to_dict("records")
        return [str(mark["id"]) for mark in marks if mark.get("n") == 2]

    await_that(cells)
    cell = cells()[0]
    answer = operator.get(f"/api/damage-reports/in-cell/{cell}").raise_for_status().json()
    assert ({each["id"] for each in answer["reports"]}, answer["has_more"]) == (filed, False)
    assert answer["reports"][0]["severity"] == "severe"
    one = operator.get(f"/api/damage-reports/in-cell/{cell}", params={"limit": 1}).json()
    assert (len(one["reports"]), one["has_more"]) == (1, True)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/tiles/damage-reports/19/0/0.mvt", 404),
        ("/api/tiles/damage-reports/3/8/0.mvt", 404),
        ("/api/tiles/damage-reports/3/0/-1.mvt", 404),
        ("/api/tiles/damage-reports/3/99999999999999999999999999/0.mvt", 404),
        ("/api/tiles/damage-reports/x/0/0.mvt", 422),
        ("/api/tiles/boundary/3/0/0.mvt", 404),
        ("/api/tiles/dragons/3/0/0.mvt", 404),
        ("/api/tiles/damage-reports/3/0/0.mvt?category=%27%3B--<img>", 422),
        ("/api/tiles/damage-reports/3/0/0.mvt?at=yesterday", 422),
        ("/api/damage-reports/in-cell/21/0/0", 404),
    ],
)
def test_what_makes_no_sense_is_answered_with_the_reason(
    operator: httpx.Client, address: str, status: int
) -> None:
    answer = operator.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"]


def test_a_tile_that_is_kept_is_told_as_it_was_the_first_time(operator: httpx.Client) -> None:
    asked = path(Tile(14, 14536, 6471))
    first, again = operator.get(asked), operator.get(asked)
    differing = {"date"}
    assert again.content == first.content
    assert {name: said for name, said in again.headers.items() if name not in differing} == {
        name: said for name, said in first.headers.items() if name not in differing
    }


def test_whoever_may_not_see_the_map_sees_no_tile_that_is_kept(
    operator: httpx.Client, visitor: VisitorOf
) -> None:
    for _ in range(2):
        operator.get(path(TILE)).raise_for_status()
    for role in (Role.FIELD, Role.SHELTER):
        assert visitor(role).get(path(TILE)).status_code == 403


def test_whoever_may_not_see_the_map_sees_no_tile(visitor: VisitorOf) -> None:
    assert visitor(Role.FIELD).get(path(TILE)).status_code == 403


def test_every_report_of_the_map_is_on_the_tile_of_the_world(operator: httpx.Client) -> None:
    file(operator)
    world = Tile(0, 0, 0)

    def told() -> bool:
        features = operator.get("/api/layers/damage-reports.geojson").json()["features"]
        placed = sum(feature["geometry"] is not None for feature in features)
        return reports_in(operator.get(path(world)).content, world) == placed

    await_that(told)
