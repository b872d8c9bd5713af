"""Photographs over the wire: taken, refused, fetched, and kept from whom they are none of."""

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image

from dashboard.limits import PHOTOGRAPH_BYTES
from gis.operations.access import issue_sign_in_link
from gis.photographs import SIDE_PX_MOST, THUMBNAIL_PX_MOST
from gis.store import SYSTEM
from gis.vocabulary import Role
from tests.conftest import Server
from tests.dashboard.api.conftest import NothingStored
from tests.dashboard.conftest import Ask, VisitorOf
from tests.photographs import TSURUMINE, opened, photograph, picture

LARGE = photograph(picture(4000, 3000), gps=TSURUMINE, taken="2026:01:02 03:04:05")
SMALL = photograph(picture(40, 30))
ManagerOf = Callable[[UUID], httpx.Client]


@pytest.fixture(scope="module")
def manager_of(server: Server) -> Iterator[ManagerOf]:
    """Sign in a shelter manager of one shelter."""
    with ExitStack() as stack:

        def come_in(shelter_id: UUID) -> httpx.Client:
            with server.workspace.transaction(SYSTEM) as session:
                link = issue_sign_in_link(session, "避難所担当", Role.SHELTER, shelter_id)
            cookies = httpx.get(f"{server.url}/sign-in?token={link}").cookies
            return stack.enter_context(
                httpx.Client(base_url=server.url, cookies=cookies, timeout=30)
            )

        yield come_in


@pytest.fixture(scope="module")
def other_shelter_id(ask: Ask, open_shelter_id: UUID) -> UUID:
    found: UUID = ask(
        "SELECT shelter_id FROM opening WHERE ended_at IS NULL AND shelter_id <> :id LIMIT 1",
        id=open_shelter_id,
    )
    return found


def send(
    client: httpx.Client,
    shelter_id: object,
    file: bytes = SMALL,
    kind: str = "image/jpeg",
    **facts: Any,  # noqa: ANN401 - whatever stands in an address
) -> httpx.Response:
    return client.post(
        f"/api/shelters/{shelter_id}/photographs",
        content=file,
        headers={"Content-Type": kind},
        params={"id": str(uuid4())} | facts,
    )


def sent(client: httpx.Client, shelter_id: UUID, **facts: Any) -> str:  # noqa: ANN401
    answer = send(client, shelter_id, **facts)
    assert answer.status_code == 201
    identity: str = answer.json()["id"]
    return identity


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["code"]


def test_a_photograph_comes_back_large_and_small_and_says_nothing_else(
    operator: httpx.Client, open_shelter_id: UUID, ask: Ask
) -> None:
    identity = sent(operator, open_shelter_id, file=LARGE, caption="受付", source="visit")
    whole = operator.get(f"/api/photographs/{identity}.jpeg")
    stamp = operator.get(f"/api/photographs/{identity}/thumbnail.jpeg")
    assert opened(whole.content).size == (SIDE_PX_MOST, 1200)
    assert opened(stamp.content).size == (THUMBNAIL_PX_MOST, 240)
    for answer in (whole, stamp):
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"].startswith("private, max-age=")
        assert answer.headers["content-disposition"].startswith("inline")
        assert b"Exif" not in answer.content
    stored = ask(
        "SELECT to_jsonb(p) FROM photograph p WHERE id = :id",
        id=UUID(identity),
    )
    assert (stored["caption"], stored["source"], stored["recorded_by"]) == (
        "受付", "visit", "operator"
    )  # fmt: skip
    assert datetime.fromisoformat(stored["taken_at"]) == datetime(2026, 1, 1, 18, 4, 5, tzinfo=UTC)
    assert stored["location"]["coordinates"] == pytest.approx([139.3897, 35.3377])


def test_a_browser_that_has_it_is_not_sent_it_again(
    operator: httpx.Client, open_shelter_id: UUID
) -> None:
    address = f"/api/photographs/{sent(operator, open_shelter_id)}.jpeg"
    etag = operator.get(address).headers["etag"]
    again = operator.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_retry_is_harmless_and_another_picture_needs_another_id(
    operator: httpx.Client, open_shelter_id: UUID, ask: Ask
) -> None:
    identity = str(uuid4())
    first, second = (send(operator, open_shelter_id, id=identity) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert (first.json()["is_new"], second.json()["is_new"]) == (True, False)
    other = send(operator, open_shelter_id, photograph(picture(9, 9)), id=identity)
    assert code(other) == (409, "id-used-for-another")
    assert ask("SELECT count(*) FROM photograph WHERE id = :id", id=UUID(identity)) == 1


def heic() -> bytes:
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)


def avif() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (9, 9)).save(written, "AVIF")
    return written.getvalue()


@pytest.mark.parametrize(
    ("file", "kind", "expected"),
    [
        ("受付の様子".encode() * 9, "image/jpeg", (415, "no-photograph")),
        (heic(), "image/heic", (415, "no-photograph")),
        (avif(), "image/avif", (415, "no-photograph")),
        (LARGE[: len(LARGE) // 2], "image/jpeg", (422, "photograph-damaged")),
        (b"", "image/jpeg", (422, "field-invalid")),
        (b"{}", "application/json", (422, "field-invalid")),
    ],
    ids=["text", "heic", "avif", "cut", "nothing", "json"],
)
def test_what_is_no_picture_is_refused_and_nothing_is_stored(  # noqa: PLR0913, PLR0917
    file: bytes,
    kind: str,
    expected: tuple[int, str],
    operator: httpx.Client,
    open_shelter_id: UUID,
    nothing_stored: NothingStored,
) -> None:
    with nothing_stored():
        assert code(send(operator, open_shelter_id, file, kind)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"id": "1"}, "field-invalid"),
        ({"caption": "長" * 201}, "text-too-long"),
        ({"caption": "\x00"}, "field-invalid"),
        ({"taken_at": (datetime.now(UTC) + timedelta(hours=3)).isoformat()}, "observed-in-future"),
        ({"taken_at": "2026-01-01T09:00:00"}, "moment-without-zone"),
        ({"source": "鳩"}, "field-invalid"),
    ],
)
def test_what_is_said_wrongly_beside_a_picture_is_refused(
    facts: dict[str, Any],
    expected: str,
    operator: httpx.Client,
    open_shelter_id: UUID,
    nothing_stored: NothingStored,
) -> None:
    with nothing_stored():
        assert code(send(operator, open_shelter_id, **facts)) == (422, expected)


def test_more_than_20_megabytes_are_not_read_and_more_than_a_report_are(
    operator: httpx.Client, open_shelter_id: UUID
) -> None:
    largest = SMALL.ljust(PHOTOGRAPH_BYTES, b"\0")
    assert send(operator, open_shelter_id, largest).status_code == 201
    assert code(send(operator, open_shelter_id, largest + b"\0")) == (413, "body-too-large")


@pytest.mark.parametrize(
    "address", ["/api/damage-reports", "/api/shelters/{}/readings", "/api/photographs/{}/hide"]
)
def test_nothing_else_is_read_that_far(
    address: str, operator: httpx.Client, open_shelter_id: UUID
) -> None:
    largest = SMALL.ljust(PHOTOGRAPH_BYTES, b"\0")
    answer = operator.post(address.format(open_shelter_id), content=largest)
    assert code(answer) == (413, "body-too-large")


def test_a_shelter_that_is_not_open_takes_none(
    operator: httpx.Client, unopened_shelter_id: UUID
) -> None:
    assert code(send(operator, unopened_shelter_id)) == (409, "shelter-not-open")
    assert code(send(operator, uuid4())) == (404, "not-found")


def test_a_manager_sends_and_sees_those_of_the_own_shelter_alone(
    manager_of: ManagerOf, operator: httpx.Client, open_shelter_id: UUID, other_shelter_id: UUID
) -> None:
    manager = manager_of(open_shelter_id)
    own, other = sent(manager, open_shelter_id), sent(operator, other_shelter_id)
    assert code(send(manager, other_shelter_id)) == (403, "not-allowed")
    for path in (".jpeg", "/thumbnail.jpeg"):
        assert manager.get(f"/api/photographs/{own}{path}").status_code == 200
        # Whether there is such a photograph is not said either.
        for identity in (other, uuid4()):
            answer = manager.get(f"/api/photographs/{identity}{path}")
            assert code(answer) == (403, "not-allowed")


def test_a_viewer_sees_and_neither_sends_nor_hides(
    visitor: VisitorOf, operator: httpx.Client, open_shelter_id: UUID
) -> None:
    viewer, identity = visitor(Role.VIEWER), sent(operator, open_shelter_id)
    assert viewer.get(f"/api/photographs/{identity}.jpeg").status_code == 200
    assert send(viewer, open_shelter_id).status_code == 403
    assert viewer.post(f"/api/photographs/{identity}/hide").status_code == 403


def test_a_hidden_photograph_is_gone_for_everybody(
    visitor: VisitorOf, manager_of: ManagerOf, operator: httpx.Client, open_shelter_id: UUID
) -> None:
    identity = sent(manager_of(open_shelter_id), open_shelter_id)
    address = f"/api/photographs/{identity}.jpeg"
    etag = operator.get(address).headers["etag"]
    assert operator.post(f"/api/photographs/{identity}/hide").status_code == 200
    for role in (Role.VIEWER, Role.OPERATOR, Role.ADMIN):
        answer = visitor(role).get(address, headers={"If-None-Match": etag})
        assert code(answer) == (404, "not-found")


def test_a_manager_hides_what_they_took_themselves_and_nothing_else(
    manager_of: ManagerOf, operator: httpx.Client, open_shelter_id: UUID, ask: Ask
) -> None:
    manager = manager_of(open_shelter_id)
    own, headquarters = sent(manager, open_shelter_id), sent(operator, open_shelter_id)
    assert manager.post(f"/api/photographs/{own}/hide").status_code == 200
    answer = manager.post(f"/api/photographs/{headquarters}/hide")
    assert code(answer) == (403, "not-allowed")
    hidden = "SELECT hidden_by FROM photograph WHERE id = :id"
    assert ask(hidden, id=UUID(own)) == "避難所担当"
    assert ask(hidden, id=UUID(headquarters)) is None
