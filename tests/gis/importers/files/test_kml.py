import pytest

from gis.importers.errors import BrokenFile, ContentElsewhere
from gis.importers.files import sheets
from tests.gis.importers.files.making import KML, cells, packed


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig", "utf-16"])
def test_each_folder_is_a_table_with_the_fields_of_its_placemarks(encoding: str) -> None:
    schools, parks = sheets(KML.encode(encoding))
    assert (schools.name, parks.name) == ("小学校", "公園")
    assert [record.cells for record in schools.records] == [
        ("緯度", "経度", "Name", "description", "住所"),
        ("35.342381", "139.407668", "円蔵小学校", "北門から", "円蔵1-13-1"),
    ]


def test_kmz_is_read_with_its_symbols_beside_it() -> None:
    symbol = b"\x89PNG\r\n\x1a\n\x00\x00"
    found = sheets(packed({"doc.kml": KML.encode("cp932"), "files/icon.png": symbol}))
    assert len(found) == 2


@pytest.mark.parametrize(
    "markup",
    [
        "<OGRVRTDataSource><OGRVRTLayer name='a'/></OGRVRTDataSource>",
        "<kml><!-- <OGRVRTDataSource/> --></kml>",
        '<!DOCTYPE kml [<!ENTITY a SYSTEM "/etc/passwd">]><kml>&a;</kml>',
    ],
)
def test_what_would_open_other_files_is_refused(markup: str) -> None:
    with pytest.raises(ContentElsewhere):
        sheets(markup.encode())


def test_a_damaged_document_is_refused() -> None:
    with pytest.raises(BrokenFile):
        sheets(KML[:300].encode())


def test_other_markup_is_left_to_be_read_as_text() -> None:
    assert cells(b"<html><body>kml</body></html>") == [("<html><body>kml</body></html>",)]
