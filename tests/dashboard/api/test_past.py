"""Board and layers at a moment of the past, as it was known then and as it is known now."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from gis.models.occupancy import DOUBTS
from tests.conftest import Server
from tests.dashboard.conftest import Ask

PATHS = ("/api/board", "/api/layers/shelters.geojson", "/api/layers/damage-reports.geojson")
NONSENSE = [
    ("2026-09-01T12:00:00", "moment-without-zone"),
    ("2999-09-01T12:00:00+09:00", "moment-out-of-reach"),
    ("0001-01-01T00:00:00+09:00", "moment-out-of-reach"),
    ("noon", "field-invalid"),
]


@pytest.fixture
def moment(ask: Ask) -> datetime:
    """A moment of the demonstration: half an hour ago."""
    found: datetime = ask("SELECT now() - interval '30 minutes'")
    return found


def record(operator: httpx.Client, shelter_id: UUID, persons: int, at: datetime) -> None:
    counted = {"id": str(uuid4()), "persons": persons, "observed_at": at.isoformat()}
    operator.post(
        f"/api/shelters/{shelter_id}/readings", json=counted | {"confirmed": DOUBTS}
    ).raise_for_status()


def board_count(operator: httpx.Client, shelter_id: UUID, **asked: str) -> int | None:
    shelters = operator.get("/api/board", params=asked).json()["shelters"]
    (found,) = [one["persons"] for one in shelters if one["id"] == str(shelter_id)]
    return None if found is None else int(found)


def map_count(operator: httpx.Client, shelter_id: UUID, **asked: str) -> int | None:
    features = operator.get("/api/layers/shelters.geojson", params=asked).json()["features"]
    (found,) = [one for one in features if one["id"] == str(shelter_id)]
    persons = found["properties"]["persons"]
    return None if persons is None else int(persons)


@pytest.mark.parametrize("count", [board_count, map_count])
def test_a_late_reading_is_known_now_and_was_not_known_then(
    operator: httpx.Client, open_shelter_id: UUID, moment: datetime, count: object
) -> None:
    assert callable(count)
    at = moment.isoformat()
    before = count(operator, open_shelter_id, at=at)
    persons = (before or 0) + 7
    record(operator, open_shelter_id, persons, moment - timedelta(seconds=1))
    assert count(operator, open_shelter_id, at=at, known="then") == before
    assert count(operator, open_shelter_id, at=at, known="now") == persons


def test_a_past_board_says_its_moment_and_is_not_sent_again(
    operator: httpx.Client, moment: datetime
) -> None:
    first = operator.get("/api/board", params={"at": moment.isoformat()})
    assert datetime.fromisoformat(first.json()["as_of"]) == moment
    again = operator.get(
        "/api/board",
        params={"at": moment.isoformat()},
        headers={"If-None-Match": first.headers["etag"]},
    )
    assert (again.status_code, again.content) == (304, b"")


def test_before_the_incident_nothing_was_open(operator: httpx.Client) -> None:
    board = operator.get("/api/board", params={"at": "2001-01-01T00:00:00+09:00"}).json()
    assert board["incident"]
    assert board["shelters"] == []
    assert board["totals"]["persons"] == {"known": 0, "unknown_places": 0}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("at", "code"), NONSENSE)
def test_a_moment_that_makes_no_sense_is_refused(
    operator: httpx.Client, path: str, at: str, code: str
) -> None:
    answer = operator.get(path, params={"at": at})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == code


def test_what_is_known_is_known_then_or_now(operator: httpx.Client, moment: datetime) -> None:
    asked = {"at": moment.isoformat(), "known": "perhaps"}
    answer = operator.get("/api/board", params=asked)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "known"


def test_looking_back_leaves_what_is_live_in_its_cache(
    server: Server, operator: httpx.Client, moment: datetime
) -> None:
    live = operator.get("/api/layers/shelters.geojson").headers["etag"]
    for minute in range(70):
        at = (moment - timedelta(minutes=minute)).isoformat()
        operator.get("/api/layers/shelters.geojson", params={"at": at}).raise_for_status()
    answer = operator.get("/api/layers/shelters.geojson", headers={"If-None-Match": live})
    assert answer.status_code == httpx.codes.NOT_MODIFIED
    del server


def test_the_demonstration_has_a_past(operator: httpx.Client, ask: Ask) -> None:
    began: datetime = ask("SELECT started_at FROM incident ORDER BY recorded_at LIMIT 1")
    opened = [
        operator.get(
            "/api/board", params={"at": (began + timedelta(minutes=minutes)).isoformat()}
        ).json()["totals"]["open"]
        for minutes in (0, 30, 90)
    ]
    assert opened == sorted(set(opened))
