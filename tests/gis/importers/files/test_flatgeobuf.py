from pathlib import Path

import shapely

from gis.importers.files import sheets
from tests.gis.importers.files.making import POINTS, column, flatgeobuf, frame


def test_features_are_rows_numbered_from_1(tmp_path: Path) -> None:
    (table,) = sheets(flatgeobuf(tmp_path))
    assert [(record.row, record.cells) for record in table.records] == [
        (0, ("緯度", "経度", "名称", "住所", "収容")),
        (1, ("35.342381", "139.407668", "円蔵小学校", "円蔵1-13-1", "810")),
        (2, ("35.3377", "139.3897", "鶴嶺小学校", "茅ヶ崎463", "")),
    ]


def test_an_area_is_given_by_a_point_on_it(tmp_path: Path) -> None:
    areas = [point.buffer(0.001) for point in POINTS]
    (table,) = sheets(flatgeobuf(tmp_path, points=areas, crs="EPSG:6677"))
    found = zip(column(table, "経度"), column(table, "緯度"), strict=True)
    assert all(
        area.contains(shapely.Point(float(lon), float(lat)))
        for area, (lon, lat) in zip(areas, found, strict=True)
    )


def test_the_place_of_a_feature_counts_and_not_a_copy_of_it(tmp_path: Path) -> None:
    copied = frame().assign(緯度="0", 経度="0")
    copied.to_file(tmp_path / "b.fgb", driver="FlatGeobuf", SPATIAL_INDEX="NO")
    (table,) = sheets((tmp_path / "b.fgb").read_bytes())
    assert table.records[1].cells[:2] == ("35.342381", "139.407668")
    assert table.records[0].cells.count("緯度") == 1
