"""Who may come in: every address for every role, and nothing for anybody else."""

import http.client
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.cookies import Morsel, SimpleCookie
from uuid import UUID

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from dashboard.access import OPEN_PATHS
from dashboard.api import api
from dashboard.api.roles import EXTENSION
from dashboard.assets import own
from dashboard.main import PAGES
from dashboard.roles import COUNTS_OWN, HOMES
from gis.operations.access import end_sign_in, issue_sign_in_link, redeem_sign_in_link
from gis.store import SYSTEM
from gis.vocabulary import Role
from tests.conftest import FixedClock, Server, await_that
from tests.dashboard.conftest import VisitorOf, signed_in

LAYER = "/api/layers/shelters.geojson"
STREAM = "/_stcore/stream"
BEHIND_THE_GATE = (
    "/",
    *(f"/{page.name}" for page in PAGES),
    own("palette.css"),
    "/assets/leaflet/leaflet.js",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/bidi-components/hq_live_badge/index.js",
    "/_stcore/upload_file/session/file",
    "/_stcore/agent/mcp",
    "/_stcore/agent/interact",
    "/_stcore/agent/openapi.json",
    "/component/streamlit_folium.st_folium/index.html",
    "/media/0123456789abcdef.csv",
    "/static/index.html",
    "/index.html",
    "/app/static/secret.txt",
    "/auth/login",
    "/oauth2callback",
    "/api/openapi.json",
    "/count",
    "/field",
    "/field/sw.js",
    "/field/manifest.webmanifest",
    "/tables/shelters",
    "/no/such/page",
    "/language/en/_stcore/health",
    "/language/fr",
)
OF_SOME_ROLES_OR_TELLING = ("/api/", "/count", "/field", "/wall", "/tables/", "/language/")
"""What not every role gets; and what would tell a visitor of the whole run another language."""
NOBODYS = str(UUID(int=0))
"""What is no id of anything."""
EXAMPLES = {"{name}": "shelters", "{rendering}": "csv"}


def api_routes() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield method, an address and the declared roles of each route."""
    for path, methods in api.openapi()["paths"].items():
        address = "/api" + path
        for placeholder, example in EXAMPLES.items():
            address = address.replace(placeholder, example)
        for identity in ("{shelter_id}", "{report_id}", "{photograph_id}"):
            address = address.replace(identity, NOBODYS)
        for method, route in methods.items():
            yield method.upper(), address, frozenset(route[EXTENSION])


ROUTES = [*api_routes()]
names = pytest.mark.parametrize(
    ("method", "address", "roles"), ROUTES, ids=[f"{route[0]} {route[1]}" for route in ROUTES]
)


def status_of(client: httpx.Client, method: str, address: str) -> int:
    """Return the status of an answer whose body may never end."""
    with client.stream(method, address, json={} if method == "POST" else None) as answer:
        return answer.status_code


@names
@pytest.mark.parametrize("role", Role)
def test_a_route_admits_the_roles_it_declares_and_no_other(
    method: str, address: str, roles: frozenset[str], role: Role, visitor: VisitorOf
) -> None:
    status = status_of(visitor(role), method, address)
    if role in COUNTS_OWN:
        # Even what is open to them is so for their own shelter alone: see api/test_count.py.
        assert status in {403, 422} if role.value in roles else status == 403
    elif role.value in roles:
        assert status in {200, 404, 422}
    else:
        assert status == 403


@names
@pytest.mark.parametrize("cookie", [None, "guessed"])
def test_no_route_is_there_for_strangers(
    method: str, address: str, roles: frozenset[str], cookie: str | None, server: Server
) -> None:
    assert roles
    with stranger(server, cookie) as client:
        assert status_of(client, method, address) == 401


@contextmanager
def stranger(server: Server, token: str | None = None) -> Iterator[httpx.Client]:
    """Give a client that nobody let in, perhaps with a cookie that it made up."""
    with httpx.Client(base_url=server.url) as client:
        if token:
            client.cookies.set(cookie_name(server), token)
        yield client


def cookie_name(server: Server) -> str:
    return f"hq_session_{httpx.URL(server.url).port}"


@pytest.mark.parametrize("address", BEHIND_THE_GATE)
@pytest.mark.parametrize("token", [None, "guessed"])
def test_a_stranger_gets_a_problem_and_a_stranger_s_browser_the_sign_in_page(
    address: str, token: str | None, server: Server
) -> None:
    with stranger(server, token) as client:
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
            answer = client.request(method, address)
            assert answer.status_code == 401
            assert answer.headers["content-type"] == "application/problem+json"
        answer = client.get(address, headers={"Accept": "text/html,*/*"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


@pytest.mark.parametrize("address", ["/", *(f"/{page.name}" for page in PAGES)])
@pytest.mark.parametrize("role", sorted(set(Role) - set(HOMES)))
def test_whoever_is_signed_in_gets_the_frame_of_the_pages(
    address: str, role: Role, visitor: VisitorOf
) -> None:
    wanted = {"Accept": "text/html"}
    answer = visitor(role).get(address, headers=wanted, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("address", ["/", "/no/such/page", *(f"/{page.name}" for page in PAGES)])
@pytest.mark.parametrize("role", HOMES)
def test_who_works_on_one_page_is_led_there_from_all_others(
    address: str, role: Role, visitor: VisitorOf
) -> None:
    answer = visitor(role).get(address, headers={"Accept": "text/html,*/*"})
    assert (answer.status_code, answer.headers["location"]) == (303, HOMES[role])


@pytest.mark.parametrize("role", Role)
def test_whoever_is_signed_in_gets_what_pages_are_made_of(role: Role, visitor: VisitorOf) -> None:
    for address in BEHIND_THE_GATE:
        if not address.startswith(OF_SOME_ROLES_OR_TELLING):
            assert visitor(role).get(address).status_code not in {401, 403}, address
    for asset in (own("palette.css"), "/assets/leaflet/leaflet.js", "/_stcore/host-config"):
        assert visitor(role).get(asset).status_code == 200


@pytest.mark.parametrize("address", ["/_stcore/agent/mcp", "/_stcore/agent/interact"])
def test_streamlit_s_door_for_agents_is_shut(address: str, visitor: VisitorOf) -> None:
    answer = visitor(Role.ADMIN).post(address, json={})
    assert answer.is_client_error
    assert "does not serve the agent API" in answer.text


def test_a_cookie_that_was_tampered_with_opens_nothing(server: Server) -> None:
    with signed_in(server, Role.ADMIN, "改ざん") as client:
        token = client.cookies[cookie_name(server)]
        changed = token[:-1] + ("A" if token[-1] != "A" else "B")
    for altered in (changed, token + "x", token.swapcase(), token[:10], f'"{token}', ""):
        with stranger(server, altered) as client:
            assert client.get(LAYER).status_code == 401, altered


def test_another_server_s_cookie_opens_nothing(server: Server) -> None:
    with signed_in(server, Role.ADMIN, "隣") as client:
        token = client.cookies[cookie_name(server)]
    answer = httpx.get(server.url + LAYER, cookies={"hq_session_1": token, "hq_session": token})
    assert answer.status_code == 401


# --- pages of other sites ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:1", "evil"]
)
def test_a_page_of_another_site_cannot_post_in_the_user_s_name(
    origin: str, operator: httpx.Client
) -> None:
    answer = operator.post("/api/damage-reports", json={}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "foreign-origin"


def test_a_page_of_ours_can_post(server: Server, operator: httpx.Client) -> None:
    answer = operator.post("/api/damage-reports", json={}, headers={"Origin": server.url})
    assert answer.status_code == 422


def socket(server: Server, token: str | None, origin: str | None = None) -> ClientConnection:
    """Open Streamlit's WebSocket as a browser does."""
    cookie = {"Cookie": f"{cookie_name(server)}={token}"} if token else {}
    return connect(
        server.url.replace("http", "ws") + STREAM,
        origin=Origin(origin) if origin else None,
        additional_headers=cookie,
        subprotocols=[Subprotocol("streamlit")],
    )


@pytest.mark.parametrize("role", Role)
def test_whoever_is_signed_in_has_a_websocket(
    role: Role, server: Server, visitor: VisitorOf
) -> None:
    with socket(server, visitor(role).cookies[cookie_name(server)], server.url) as opened:
        assert opened.protocol.handshake_exc is None


@pytest.mark.parametrize("token", [None, "guessed"])
def test_a_stranger_s_websocket_never_opens(token: str | None, server: Server) -> None:
    with pytest.raises(InvalidStatus) as refused:
        socket(server, token, server.url)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_a_websocket_of_another_site_never_opens(
    origin: str, server: Server, operator: httpx.Client
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        socket(server, operator.cookies[cookie_name(server)], origin)
    assert refused.value.response.status_code == 403


# --- coming in, and leaving -------------------------------------------------------------------


def test_a_link_signs_one_browser_in_once(server: Server) -> None:
    link = server.link()
    first = httpx.get(link)
    assert (first.status_code, first.headers["location"]) == (303, "/")
    second = httpx.get(link)
    assert second.status_code == 401
    assert "set-cookie" not in second.headers


def test_a_link_that_is_raced_for_signs_one_browser_in(server: Server) -> None:
    link = server.link()
    with ThreadPoolExecutor(6) as threads:
        answers = [
            answer.status_code for answer in threads.map(lambda _: httpx.get(link), range(6))
        ]
    assert sorted(answers) == [303, *[401] * 5]


@pytest.mark.parametrize("token", ["", "x", "%00", "<script>alert(1)</script>", "あ" * 5000])
def test_a_made_up_link_is_refused_in_the_reader_s_language(token: str, server: Server) -> None:
    with stranger(server) as client:
        answer = client.get("/sign-in", params={"token": token}, headers={"Accept-Language": "en"})
    assert answer.status_code == 401
    assert "used up or has expired" in answer.text
    assert "<script>" not in answer.text


def test_the_sign_in_page_says_how_to_come_in(server: Server) -> None:
    with stranger(server) as client:
        english = client.get("/sign-in", headers={"Accept-Language": "en"})
        japanese = client.get("/sign-in", headers={"Accept-Language": "ja"})
    assert english.status_code == japanese.status_code == 200
    assert '<html lang="en">' in english.text
    assert "サインイン" in japanese.text
    assert english.headers["referrer-policy"] == "no-referrer"


def cookie_of(answer: httpx.Response) -> "Morsel[str]":
    (cookie,) = SimpleCookie(answer.headers["set-cookie"]).values()
    return cookie


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(server: Server) -> None:
    cookie = cookie_of(httpx.get(server.link()))
    assert cookie.key == cookie_name(server)
    assert cookie["httponly"]
    assert cookie["samesite"].lower() == "lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]


def test_an_ended_sign_in_opens_nothing(server: Server) -> None:
    with signed_in(server, Role.ADMIN, "交代") as client:
        token = client.cookies[cookie_name(server)]
        assert client.get(LAYER).status_code == 200
        with server.workspace.transaction(SYSTEM) as session:
            end_sign_in(session, token)
        # It was ended outside the server, which hears of it from the database.
        await_that(lambda: client.get(LAYER).status_code == 401)
        with pytest.raises(InvalidStatus):
            socket(server, token, server.url)


def test_a_sign_in_expires(server: Server) -> None:
    eight_days_ago = FixedClock(server.workspace.clock.now() - timedelta(days=8))
    then = replace(server.workspace, clock=eight_days_ago)
    with then.transaction(SYSTEM) as session:
        link = issue_sign_in_link(session, "先週", Role.ADMIN)
        session.flush()
        token = redeem_sign_in_link(session, link).token
    then.engine.dispose()
    with stranger(server) as client:
        client.cookies[cookie_name(server)] = token
        assert client.get(LAYER).status_code == 401


# --- the language switch ----------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_stranger_may_choose_a_language_and_returns_to_the_page(
    language: str, server: Server
) -> None:
    with stranger(server) as client:
        answer = client.get(f"/language/{language}", params={"back": "/sign-in"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    cookie = cookie_of(answer)
    assert (cookie.key, cookie.value, cookie["httponly"]) == ("hq_language", language, True)


@pytest.mark.parametrize(
    "back",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        "",
    ],
)
def test_the_language_switch_leads_to_no_other_site(back: str, server: Server) -> None:
    with stranger(server) as client:
        answer = client.get("/language/en", params={"back": back})
    location = answer.headers["location"]
    # Browsers drop tabs and line ends from addresses and read a backslash as a slash.
    assert not {"\t", "\n", "\r", "\\"} & set(location)
    assert location.startswith("/")
    assert not location.startswith("//")


# --- tricks with paths ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        f"//{LAYER}",
        f"/{LAYER}",
        f"/healthz/..{LAYER}",
        f"/healthz/%2e%2e{LAYER}",
        f"/sign-in/..{LAYER}",
        f"/language/en/../..{LAYER}",
        f"/language/..{LAYER}",
        f"/language/en%2f..%2f..{LAYER}",
        LAYER.replace("/", "%2F"),
        "/" + LAYER[1:].replace("/", "%2F"),
        LAYER.upper(),
        LAYER.replace("api", "%61pi"),
        LAYER.replace("/", "\\"),
        f"/healthz;{LAYER}",
        f"/healthz%00{LAYER}",
        f"/healthz%3F{LAYER}",
        "/sign-in/",
        "/SIGN-IN",
        "/healthz/",
        "/./healthz/../static/index.html",
        "/api/../static/index.html",
        "/.",
    ],
)
def test_no_way_of_writing_a_path_passes_the_gate(target: str, server: Server) -> None:
    status, body = raw(server, target)
    assert status in {400, 401, 404}
    assert b"FeatureCollection" not in body
    assert b"streamlit" not in body.lower()


@pytest.mark.parametrize("target", [f"/api/..{LAYER}", f"//{LAYER}", LAYER.upper()])
def test_a_role_gets_nowhere_by_them_either(
    target: str, server: Server, visitor: VisitorOf
) -> None:
    token = visitor(Role.FIELD).cookies[cookie_name(server)]
    _status, body = raw(server, target, Cookie=f"{cookie_name(server)}={token}")
    assert b"FeatureCollection" not in body


def test_the_address_of_another_site_as_target_passes_no_gate(server: Server) -> None:
    status, body = raw(server, server.url + LAYER)
    assert (status, b"FeatureCollection" in body) == (401, False)


def raw(server: Server, target: str, **headers: str) -> tuple[int, bytes]:
    """Send a path as it is written; other clients tidy it first."""
    address = httpx.URL(server.url)
    line = http.client.HTTPConnection(address.host, address.port, timeout=30)
    try:
        line.request("GET", target, headers=headers)
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def test_nothing_is_open_but_health_sign_in_the_language_switch_and_an_icon() -> None:
    icons = {"/field/icon-192.png", "/field/icon-512.png"}
    others = {"/healthz", "/readyz", "/sign-in", "/language/ja", "/language/en"}
    assert others | icons == OPEN_PATHS


def test_the_first_page_is_found_by_its_name_as_well(server: Server) -> None:
    with signed_in(server, Role.ADMIN, "本部") as client:
        answer = client.get("/situation_map", params={"known": "then"})
    assert answer.status_code == 307
    assert answer.headers["location"] == "/?known=then"
