import csv
import json
import re
import tomllib
from pathlib import Path

import pytest
from shapely.geometry import Point, Polygon, shape

from gis.config import DATA_FOLDER, CityProfile, city_profile
from gis.importers import Inventory, ShelterRow, parse_inventory
from gis.items import item_list
from gis.vocabulary import DesignationKind, Hazard

SITES = DATA_FOLDER / "shelters" / "142077_evacuation_space.csv"
SHELTERS = DATA_FOLDER / "shelters" / "142077_evacuation_shelter.csv"
STOCK = DATA_FOLDER / "stocks" / "142077_stock.csv"
COMMON_ID = re.compile(r"E\d{10}(11|12|20)[1-9A-Za-z]")
HEADER = (
    "全国地方公共団体コード,ID,名称,名称_カナ,名称_英字,所在地_全国地方公共団体コード,町字ID,"
    "所在地_連結表記,所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下,建物名等(方書),"
    "緯度,経度,標高,電話番号,内線番号,連絡先メールアドレス,連絡先FormURL,"
    "連絡先備考（その他、SNSなど）,郵便番号,市区町村コード,地方公共団体名,災害種別_洪水,"
    "災害種別_崖崩れ、土石流及び地滑り,災害種別_高潮,災害種別_地震,災害種別_津波,"
    "災害種別_大規模な火事,災害種別_内水氾濫,災害種別_火山現象,指定避難所との重複,想定収容人数,"
    "対象となる町会・自治会,URL,画像,画像_ライセンス,備考"
)


@pytest.fixture(scope="module")
def profile() -> CityProfile:
    return city_profile("142077")


@pytest.fixture(scope="module")
def boundary(profile: CityProfile) -> Polygon:
    features = json.loads((DATA_FOLDER / "cities" / profile.boundary).read_text())["features"]
    assert [feature["properties"]["code"] for feature in features] == [profile.code]
    return shape(features[0]["geometry"])


@pytest.fixture(scope="module")
def sites() -> Inventory:
    return parse_inventory(SITES.read_bytes())


@pytest.fixture(scope="module")
def shelters() -> Inventory:
    return parse_inventory(SHELTERS.read_bytes())


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def own_id(row: ShelterRow) -> str:
    identifier = row.designations[0][1]
    assert identifier is not None
    return identifier


def facility(identifier: str) -> str:
    return identifier[:11] + identifier[13]


def test_the_boundary_is_one_valid_polygon_around_the_city_hall(boundary: Polygon) -> None:
    assert boundary.geom_type == "Polygon"
    assert boundary.is_valid
    assert boundary.exterior.is_ccw
    assert boundary.contains(Point(139.403497, 35.333827))


def test_the_map_opens_on_the_whole_city_and_all_its_shelters(
    profile: CityProfile, boundary: Polygon, sites: Inventory, shelters: Inventory
) -> None:
    west, south, east, north = boundary.bounds
    assert profile.bounds.contain(west, south)
    assert profile.bounds.contain(east, north)
    for row in sites.rows + shelters.rows:
        assert row.lon is not None
        assert row.lat is not None
        assert profile.bounds.contain(row.lon, row.lat)


def test_the_towns_lie_in_the_city_and_make_up_its_population(
    profile: CityProfile, boundary: Polygon
) -> None:
    towns = table(DATA_FOLDER / "cities" / profile.towns)
    assert list(towns[0]) == ["town_code", "town_name", "lon", "lat", "population"]
    assert len({town["town_code"] for town in towns}) == len(towns) == 120
    assert all(re.fullmatch(r"14207\d{7}", town["town_code"]) for town in towns)
    assert all(boundary.contains(Point(float(town["lon"]), float(town["lat"]))) for town in towns)
    assert sum(int(town["population"]) for town in towns) == 242_899


@pytest.mark.parametrize("path", [SITES, SHELTERS])
def test_the_lists_are_written_as_the_municipal_standard_asks(path: Path) -> None:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert content.decode("utf-8-sig").startswith(HEADER + ",共通ID,")
    assert {row["市区町村コード"] for row in table(path)} == {"142077"}


def test_every_row_is_taken_and_only_the_two_sites_outside_the_city_are_noted(
    sites: Inventory, shelters: Inventory
) -> None:
    assert (len(sites.rows), sites.row_count) == (62, 62)
    assert [(noted.found[:7], noted.taken) for noted in sites.problems] == [
        ("神奈川県寒川町", True),
        ("神奈川県平塚市", True),
    ]
    assert (len(shelters.rows), shelters.row_count, shelters.problems) == (33, 33, ())


def test_the_common_ids_are_well_formed_and_used_once(
    sites: Inventory, shelters: Inventory
) -> None:
    identifiers = [own_id(row) for row in sites.rows + shelters.rows]
    assert all(COMMON_ID.fullmatch(identifier) for identifier in identifiers)
    assert len(set(identifiers)) == 95


def test_the_lists_hold_what_their_names_say(sites: Inventory, shelters: Inventory) -> None:
    assert {row.designations[0][0] for row in sites.rows} == {DesignationKind.EMERGENCY_SITE}
    welfare = [
        row.name
        for row in shelters.rows
        if row.designations[0][0] is DesignationKind.WELFARE_SHELTER
    ]
    assert welfare == ["茅ヶ崎市総合体育館"]
    assert all(row.hazards is None for row in shelters.rows)
    assert all(row.hazards for row in sites.rows)
    assert not any(Hazard.VOLCANO in (row.hazards or ()) for row in sites.rows)


def test_every_school_stands_in_both_lists_as_one_facility(
    sites: Inventory, shelters: Inventory
) -> None:
    at_sites = {facility(own_id(row)): row for row in sites.rows}
    schools = [row for row in shelters.rows if row.name.endswith(("小学校", "中学校"))]
    assert len(schools) == 32
    for school in schools:
        site = at_sites[facility(own_id(school))]
        assert (site.name, site.address, site.lon, site.lat) == (
            school.name,
            school.address,
            school.lon,
            school.lat,
        )
        assert (DesignationKind.DESIGNATED_SHELTER, None) in site.designations
    (gymnasium,) = (row for row in shelters.rows if row not in schools)
    assert facility(own_id(gymnasium)) not in at_sites


def test_two_sites_lie_outside_the_city_under_the_codes_of_their_towns(boundary: Polygon) -> None:
    outside = {
        (row["名称"], row["所在地_市区町村"], row["所在地_全国地方公共団体コード"])
        for row in table(SITES)
        if not boundary.contains(Point(float(row["経度"]), float(row["緯度"])))
    }
    assert outside == {
        ("田端スポーツ公園", "寒川町", "143219"),
        ("平和学園グラウンド", "平塚市", "142034"),
    }


def test_capacities_are_invented_and_say_so(sites: Inventory, shelters: Inventory) -> None:
    assert not any(row["想定収容人数"] for row in table(SITES) + table(SHELTERS))
    assert all(row.capacity is None for row in sites.rows)
    known = [row for row in shelters.rows if row.capacity is not None]
    assert len(known) == 31
    assert all(row.capacity_is_fictitious and 300 <= (row.capacity or 0) <= 1200 for row in known)


def test_stocks_are_of_known_items_at_designated_shelters(shelters: Inventory) -> None:
    stock = table(STOCK)
    assert {line["item_code"] for line in stock} <= set(item_list().items)
    assert {line["共通ID"] for line in stock} == {own_id(row) for row in shelters.rows}
    assert len({(line["共通ID"], line["item_code"]) for line in stock}) == len(stock)
    assert all(int(line["数量（架空）"]) > 0 for line in stock)


def test_the_invented_order_names_towns_of_the_city_by_the_sea_and_says_that_it_is_invented(
    profile: CityProfile,
) -> None:
    story = tomllib.loads((DATA_FOLDER / "demonstrations" / f"{profile.code}.toml").read_text())
    towns = {town["town_name"]: town for town in table(DATA_FOLDER / "cities" / profile.towns)}
    (order,) = story["orders"]
    assert (order["hazard"], order["kind"]) == ("tsunami", "evacuate")
    assert all(float(towns[name]["lat"]) < 35.325 for name in order["towns"])
    assert order["reason"].startswith("【架空】")
    assert order["minutes_ago"] < story["began_minutes_ago"]


def test_every_file_is_credited_in_the_readme() -> None:
    credits_given = (DATA_FOLDER / "README.md").read_text()
    folders = ("cities", "shelters", "stocks")
    files = [path for folder in folders for path in (DATA_FOLDER / folder).rglob("*.*")]
    assert [
        path for path in files if path.relative_to(DATA_FOLDER).as_posix() not in credits_given
    ] == []
