import pytest

from gis.importers.addresses import lies_within


@pytest.mark.parametrize(
    ("address", "municipality"),
    [
        ("神奈川県茅ヶ崎市円蔵1-13-1", "神奈川県茅ヶ崎市"),
        ("神奈川県茅ケ崎市円蔵1-13-1", "茅ヶ崎市"),
        ("茅ヶ崎市円蔵1-13-1", "神奈川県茅ヶ崎市"),
        ("神奈川県 茅ヶ崎市 円蔵1-13-1", "茅ヶ崎市"),
        ("神奈川県高座郡寒川町田端2483-1", "神奈川県寒川町"),
        ("愛知県蒲郡市竹谷町", "蒲郡市"),
        ("福島県郡山市朝日1-23-7", "福島県郡山市"),
        ("岐阜県山県市高木1000-1", "山県市"),
        ("神奈川県茅ヶ崎市円蔵1-13-1", ""),
        ("円蔵1-13-1", "茅ヶ崎市"),
    ],
)
def test_an_address_of_the_municipality_is_known_however_it_is_written(
    address: str, municipality: str
) -> None:
    assert lies_within(address, municipality)


@pytest.mark.parametrize(
    "address", ["神奈川県平塚市馬入2124-39", "神奈川県高座郡寒川町田端2483-1", "東京都茅場町1"]
)
def test_an_address_of_another_municipality_is_told_apart(address: str) -> None:
    assert not lies_within(address, "神奈川県茅ヶ崎市")
