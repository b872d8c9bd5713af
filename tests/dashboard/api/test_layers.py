from uuid import UUID, uuid4

import httpx
import pytest

from gis.config import city_profile, settings
from gis.layers import LAYERS
from gis.models.occupancy import DOUBTS
from gis.operations.occupancy import Counts, Reading, record_occupancy
from tests.conftest import HEADQUARTERS, Server
from tests.dashboard.conftest import Ask

SHELTERS = "/api/layers/shelters.geojson"


def test_every_shelter_of_the_register_is_a_feature(operator: httpx.Client, ask: Ask) -> None:
    features = operator.get(SHELTERS).json()["features"]
    assert len(features) == ask("SELECT count(*) FROM shelter") == 63


def test_every_shelter_lies_in_its_city_longitude_first(operator: httpx.Client) -> None:
    bounds = city_profile(settings().city).bounds
    for feature in operator.get(SHELTERS).json()["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        assert bounds.contain(lon, lat), feature["properties"]["name"]


@pytest.mark.parametrize("name", LAYERS)
def test_every_layer_is_geojson_with_something_in_it(name: str, operator: httpx.Client) -> None:
    answer = operator.get(f"/api/layers/{name}.geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.json()["type"] == "FeatureCollection"
    assert answer.json()["features"]


def test_what_the_reader_has_is_not_sent_again(operator: httpx.Client) -> None:
    first = operator.get(SHELTERS)
    again = operator.get(SHELTERS, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_a_layer_is_never_shown_without_asking_again(operator: httpx.Client) -> None:
    assert operator.get(SHELTERS).headers["cache-control"] == "private, no-cache"


def test_a_reading_changes_the_layer_and_its_etag(
    operator: httpx.Client, open_shelter_id: UUID
) -> None:
    before = operator.get(SHELTERS)
    counted = {"id": str(uuid4()), "persons": 4321, "confirmed": DOUBTS}
    operator.post(f"/api/shelters/{open_shelter_id}/readings", json=counted).raise_for_status()
    after = operator.get(SHELTERS, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    features = {feature["id"]: feature["properties"] for feature in after.json()["features"]}
    assert features[str(open_shelter_id)]["persons"] == 4321


def test_a_reading_of_another_process_changes_the_layer_as_well(
    server: Server, operator: httpx.Client, open_shelter_id: UUID
) -> None:
    before = operator.get(SHELTERS).headers["etag"]
    reading = Reading(uuid4(), open_shelter_id, Counts(persons=4320), confirmed=frozenset(DOUBTS))
    with server.workspace.transaction(HEADQUARTERS) as session:
        record_occupancy(session, reading)
    for _attempt in range(200):
        if operator.get(SHELTERS, headers={"If-None-Match": before}).status_code == 200:
            return
    raise AssertionError("the layer still shows the old count")


def test_an_unknown_layer_is_a_problem_that_names_it(operator: httpx.Client) -> None:
    answer = operator.get("/api/layers/dragons.geojson")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    fault = answer.json()["errors"][0]
    assert (fault["code"], fault["received"]) == ("not-found", "dragons")
