"""One shelter for whoever counts in it: what is told to whom, and what a manager may do."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from uuid import UUID, uuid4

import httpx
import pytest

from dashboard.roles import COUNTS_PEOPLE
from gis.operations.access import issue_sign_in_link
from gis.operations.openings import UnlistedShelter, open_unlisted_shelter
from gis.operations.register import join_shelters
from gis.queries.incidents import open_incident_or_refuse
from gis.queries.shelters import shelter_statuses
from gis.store import SYSTEM, now
from gis.vocabulary import Role
from scripts.cluster import PrivateCluster
from tests.conftest import Server, demonstration_database, serving
from tests.dashboard.api.conftest import NothingStored
from tests.dashboard.conftest import Ask, VisitorOf

ManagerOf = Callable[[UUID | None], httpx.Client]


@pytest.fixture(scope="module")
def manager_of(server: Server) -> Iterator[ManagerOf]:
    """Sign in a shelter manager of one shelter, or of none."""
    with ExitStack() as stack:

        def come_in(shelter_id: UUID | None) -> httpx.Client:
            with server.workspace.transaction(SYSTEM) as session:
                link = issue_sign_in_link(session, "避難所担当", Role.SHELTER, shelter_id)
            cookies = httpx.get(f"{server.url}/sign-in?token={link}").cookies
            headers = {"Accept-Language": "en"}
            return stack.enter_context(
                httpx.Client(base_url=server.url, cookies=cookies, headers=headers, timeout=30)
            )

        yield come_in


@pytest.fixture(scope="module")
def manager(manager_of: ManagerOf, open_shelter_id: UUID) -> httpx.Client:
    return manager_of(open_shelter_id)


def count_of(client: httpx.Client, shelter_id: UUID) -> httpx.Response:
    return client.get(f"/api/shelters/{shelter_id}/count")


def report(client: httpx.Client, shelter_id: UUID, **figures: object) -> httpx.Response:
    return client.post(
        f"/api/shelters/{shelter_id}/readings",
        json={"id": str(uuid4()), "confirmed": ["far-over-capacity", "ten-times-the-last"]}
        | figures,
    )


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["code"]


def test_a_manager_counts_in_the_own_shelter(
    manager: httpx.Client, open_shelter_id: UUID, ask: Ask
) -> None:
    answer = report(manager, open_shelter_id, persons=61, households=20)
    assert answer.status_code == 201
    reading_id = UUID(answer.json()["id"])
    actor = ask("SELECT recorded_by FROM occupancy_reading WHERE id = :id", id=reading_id)
    assert actor == "避難所担当"

    told = count_of(manager, open_shelter_id).json()

    assert told["shelter"]["id"] == str(open_shelter_id)
    assert (told["shelter"]["state"], told["shelter"]["takes_part"]) == ("open", True)
    assert told["incident"]["is_demonstration"]
    assert told["figures"]["persons"]["count"] == 61
    assert told["figures"]["persons"]["recorded_by"] == "避難所担当"
    assert "men" not in told["figures"]
    assert told["reading_id"] == str(reading_id)
    assert told["due_at"] > told["figures"]["persons"]["observed_at"]


def test_a_partial_count_leaves_the_persons_and_their_reading(
    manager: httpx.Client, open_shelter_id: UUID
) -> None:
    whole = report(manager, open_shelter_id, persons=62, households=21).json()
    report(manager, open_shelter_id, households=22).raise_for_status()
    told = count_of(manager, open_shelter_id).json()
    counts = {name: figure["count"] for name, figure in told["figures"].items()}
    assert (counts["persons"], counts["households"]) == (62, 22)
    assert told["reading_id"] == whole["id"]


def test_a_manager_is_told_nothing_of_another_shelter_and_counts_in_none(
    manager: httpx.Client, unopened_shelter_id: UUID, nothing_stored: NothingStored
) -> None:
    for elsewhere in (unopened_shelter_id, uuid4()):
        with nothing_stored():
            assert code(count_of(manager, elsewhere)) == (403, "not-allowed")
            assert code(report(manager, elsewhere, persons=1)) == (403, "not-allowed")


def test_a_manager_without_a_shelter_counts_nowhere(
    manager_of: ManagerOf, open_shelter_id: UUID, nothing_stored: NothingStored
) -> None:
    nowhere = manager_of(None)
    with nothing_stored():
        assert code(count_of(nowhere, open_shelter_id)) == (403, "not-allowed")
        assert code(report(nowhere, open_shelter_id, persons=1)) == (403, "not-allowed")


@pytest.fixture
def another_server(cluster: PrivateCluster) -> Iterator[Server]:
    """A server of one's own, whose register may change."""
    with demonstration_database(cluster) as name, serving(cluster, name) as running:
        yield running


def test_a_manager_goes_on_counting_after_the_shelter_was_found_on_the_register(
    another_server: Server,
) -> None:
    server, unlisted_id = another_server, uuid4()
    with server.workspace.reading() as session:
        incident_id = open_incident_or_refuse(session).id
        statuses = shelter_statuses(session, incident_id, as_of=now(session))
        listed_id = next(one.id for one in statuses if not one.opening_id)
    with server.workspace.transaction(SYSTEM) as session:
        unlisted = UnlistedShelter(unlisted_id, "142077", "浜竹自治会館")
        open_unlisted_shelter(session, incident_id, unlisted)
        link = issue_sign_in_link(session, "避難所担当", Role.SHELTER, unlisted_id)
    cookies = httpx.get(f"{server.url}/sign-in?token={link}").cookies
    manager, operator = httpx.Client(base_url=server.url, cookies=cookies), server.client()
    told, asked = {"id": str(uuid4()), "persons": 21}, {"shelter": str(unlisted_id)}
    path = f"/api/shelters/{unlisted_id}/readings"
    with manager, operator:
        assert manager.post(path, json=told).status_code == 201
        with server.workspace.transaction(SYSTEM) as session:
            join_shelters(session, unlisted_id, listed_id)
        assert manager.post(path, json=told).status_code == 200
        assert report(manager, unlisted_id, persons=22).status_code == 201
        for client in (manager, operator):
            seen = count_of(client, unlisted_id).json()
            assert seen["shelter"]["id"] == str(listed_id)
            assert seen["figures"]["persons"]["count"] == 22
        assert manager.get("/count", params=asked).status_code == 200
        assert operator.get("/card", params=asked).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/api/situation",
        "/api/layers/shelters.geojson",
        "/api/damage-reports",
        "/api/events",
        "/api/openapi.json",
    ],
)
def test_every_other_route_stays_closed_to_a_manager(path: str, manager: httpx.Client) -> None:
    assert code(manager.get(path)) == (403, "not-allowed")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SHELTER}))
def test_headquarters_are_told_of_every_shelter_and_others_of_none(
    role: Role, visitor: VisitorOf, open_shelter_id: UUID
) -> None:
    expected = 200 if role in COUNTS_PEOPLE else 403
    assert count_of(visitor(role), open_shelter_id).status_code == expected


def test_of_a_shelter_that_is_not_open_nothing_is_due(
    operator: httpx.Client, unopened_shelter_id: UUID
) -> None:
    told = count_of(operator, unopened_shelter_id).json()
    assert (told["shelter"]["state"], told["shelter"]["takes_part"]) == ("not_opened", False)
    assert (told["figures"], told["reading_id"], told["due_at"]) == ({}, None, None)


def test_a_shelter_that_does_not_exist_is_not_found(operator: httpx.Client) -> None:
    assert code(count_of(operator, uuid4())) == (404, "not-found")
