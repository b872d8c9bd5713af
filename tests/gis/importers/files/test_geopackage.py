import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gis.importers.errors import BrokenFile, ContentElsewhere, NotATextFile
from gis.importers.files import sheets
from tests.gis.importers.files.making import column, geopackage


def with_statement(content: bytes, statement: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        database.execute(statement)
        database.commit()
        return bytes(database.serialize())


def test_each_layer_is_a_table(tmp_path: Path) -> None:
    found = sheets(geopackage(tmp_path, "避難所", "避難場所", crs="EPSG:6677"))
    assert [table.name for table in found] == ["避難所", "避難場所"]
    assert column(found[1], "名称") == ["円蔵小学校", "鶴嶺小学校"]
    assert float(column(found[1], "経度")[0]) == pytest.approx(139.407668)


def test_a_feature_without_a_place_keeps_what_its_fields_say(tmp_path: Path) -> None:
    (table,) = sheets(geopackage(tmp_path, points=[None, None]))
    assert column(table, "名称") == ["円蔵小学校", "鶴嶺小学校"]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW v AS SELECT 1",
        "CREATE VIRTUAL TABLE v USING fts3(a)",
        'CREATE VIRTUAL TABLE "v using rtree (" USING fts3(a)',
    ],
)
def test_a_table_that_is_not_in_the_file_is_refused(tmp_path: Path, statement: str) -> None:
    with pytest.raises(ContentElsewhere):
        sheets(with_statement(geopackage(tmp_path), statement))


def test_a_damaged_database_is_refused(tmp_path: Path) -> None:
    whole = geopackage(tmp_path)
    for content in (whole[:5_000], whole.replace(b"CREATE TABLE", b"CR\xffATE TABLE")):
        with pytest.raises(BrokenFile):
            sheets(content)


def test_another_database_is_no_list(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as database:
        database.execute("CREATE TABLE a (b)")
    with pytest.raises(NotATextFile):
        sheets((tmp_path / "a.db").read_bytes())
