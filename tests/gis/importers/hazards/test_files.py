from pathlib import Path

import pytest
import shapely
from shapely.geometry import LineString, Point

from gis.importers.errors import (
    NoPlacesInFile,
    NoZones,
    UnknownCoordinateSystem,
    UnrecognisedZones,
    ZoneClassMissing,
)
from gis.importers.hazards import Choices, parse_zones
from gis.importers.hazards.zones import DepthRange
from gis.vocabulary import Hazard
from tests.conftest import shared_file
from tests.gis.importers.files.making import CSV
from tests.gis.importers.hazards.making import (
    BOW_TIE,
    containers,
    geojson,
    only,
    square,
    zones,
)

TSUNAMI = Choices(Hazard.TSUNAMI)


@pytest.mark.parametrize("crs", ["EPSG:6668", "EPSG:6677", "EPSG:3857"])
def test_every_container_in_every_declared_system_says_the_same(tmp_path: Path, crs: str) -> None:
    for content in containers(tmp_path, crs).values():
        found = parse_zones(content)
        assert (found.hazard, found.problems) == (Hazard.TSUNAMI, ())
        # FlatGeobuf keeps what lies side by side together, not in order.
        rows = sorted(found.rows, key=lambda row: row.says.depth or DepthRange(0, 0))
        assert [row.says.depth for row in rows] == [DepthRange(0, 0.5), DepthRange(3, 5)]
        for row, place in zip(rows, (square(), square(1)), strict=True):
            assert row.area.geom_type == "MultiPolygon"
            assert row.area.symmetric_difference(place).area < 1e-9


def test_a_ring_that_crosses_itself_is_mended_and_named() -> None:
    found = zones((square(), "0.5m未満"), (BOW_TIE, "0.5m未満"))
    (problem,) = found.problems
    assert (problem.row, problem.taken) == (2, True)
    assert problem.found.startswith("Self-intersection")
    assert found.rows[1].area.is_valid
    assert found.rows[1].area.area == pytest.approx(0.5 * 0.01 * 0.01)


@pytest.mark.parametrize(
    "shape",
    [
        None,
        Point(139.4, 35.3),
        LineString([(139.4, 35.3), (139.5, 35.3)]),
        shapely.box(35.3, 139.4, 35.4, 139.5),
        shapely.Polygon([(139.4, 35.3), (139.41, 35.3), (139.4, 35.3)]),
    ],
    ids=["none", "point", "line", "latitude first", "without extent"],
)
def test_what_is_no_area_in_japan_is_named_and_left_out(shape: object) -> None:
    found = zones((shape, "0.5m未満"), (square(), "0.5m未満"))
    (problem,) = found.problems
    assert (problem.row, problem.taken) == (1, False)
    assert [row.row for row in found.rows] == [2]
    assert (found.row_count, found.refused_count) == (2, 1)


def test_a_file_without_one_zone_is_refused() -> None:
    with pytest.raises(NoZones):
        zones((None, "0.5m未満"))


def test_an_unknown_file_needs_its_hazard_and_is_taken_with_it() -> None:
    content = geojson((square(), {"rank": 3}))
    with pytest.raises(UnrecognisedZones) as refused:
        parse_zones(content)
    assert refused.value.received == "rank"
    (row,) = parse_zones(content, TSUNAMI).rows
    assert row.says.depth is None


def test_what_the_values_of_a_column_mean_can_be_said() -> None:
    content = geojson((square(), {"rank": 3}), (square(1), {"rank": "20m以上"}))
    said = Choices(Hazard.FLOOD, "rank", {"3": DepthRange(3, 5)})
    depths = [row.says.depth for row in parse_zones(content, said).rows]
    assert depths == [DepthRange(3, 5), DepthRange(20, None)]


def test_a_depth_that_nobody_understands_is_unknown_and_named() -> None:
    found = zones((square(), "深い"))
    assert found.rows[0].says.depth is None
    assert [(one.row, one.column, one.found) for one in found.problems] == [(1, "浸水深", "深い")]


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ZoneClassMissing) as refused:
        parse_zones(geojson((square(), {"rank": 3})), Choices(Hazard.FLOOD, "depth"))
    assert refused.value.facts["columns"] == "rank"


def test_a_table_is_no_file_of_areas() -> None:
    with pytest.raises(NoPlacesInFile):
        parse_zones(CSV, TSUNAMI)


def test_a_system_that_nobody_knows_is_refused() -> None:
    crs = b'"crs": {"type": "name", "properties": {"name": "EPSG:999999"}}, "features"'
    content = geojson((square(), {})).replace(b'"features"', crs)
    with pytest.raises(UnknownCoordinateSystem):
        parse_zones(content, TSUNAMI)


def test_the_columns_say_more_than_the_hazard() -> None:
    assert only({"A40_001": "神奈川県", "A40_003": "2m以上5m未満"}).says.depth == DepthRange(2, 5)


@pytest.mark.parametrize(
    ("name", "taken", "refused"),
    [
        ("shinsui-tsunami-area_anamizu_20240118.fgb", 53, 0),
        ("shinsui-tsunami-area_suzu-wajimaEAST-Re2_20240110.fgb", 30, 2),
    ],
)
def test_real_zones_are_taken(name: str, taken: int, refused: int) -> None:
    content = shared_file(f"data/hazards/{name}").read_bytes()
    found = parse_zones(content, TSUNAMI)
    assert (len(found.rows), found.refused_count) == (taken, refused)
    assert all(row.area.is_valid for row in found.rows)


def test_a_network_of_real_roads_holds_no_zone() -> None:
    content = shared_file("data/hazards/N10-20_16-17.fgb").read_bytes()
    with pytest.raises(NoZones):
        parse_zones(content, TSUNAMI)
