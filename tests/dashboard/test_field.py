"""The field app's page: who gets it, that a phone can keep it, that it has its words."""

import io
import re
from collections.abc import Iterator

import httpx
import pytest
from PIL import Image

from dashboard.assets import OWN
from dashboard.components.field_words import OFFERED, WORDS
from dashboard.field import FILES, MODULES, page_version
from dashboard.roles import REPORTS_DAMAGE
from dashboard.sign_in import TEMPLATES
from gis.damage import GROUPS
from gis.vocabulary import Role
from tests.conftest import Server
from tests.dashboard.conftest import VisitorOf

PAGE = "/field"
WORKER = "/field/sw.js"
MANIFEST = "/field/manifest.webmanifest"
BESIDES = {
    "categories",
    "details_of",
    "flood_levels",
    "groups",
    "phenomena",
    "severities",
    "states",
}


@pytest.fixture
def team(visitor: VisitorOf) -> httpx.Client:
    return visitor(Role.FIELD)


def test_a_team_arrives_at_its_own_page(server: Server) -> None:
    with httpx.Client(follow_redirects=True, headers={"Accept": "text/html"}) as browser:
        answer = browser.get(server.link(Role.FIELD, "第3班"))
    assert (answer.status_code, answer.url.path) == (200, PAGE)


@pytest.mark.parametrize("address", [PAGE, WORKER, MANIFEST])
@pytest.mark.parametrize("role", Role)
def test_only_who_reports_damage_gets_the_app(role: Role, address: str, visitor: VisitorOf) -> None:
    status = visitor(role).get(address).status_code
    assert status == (200 if role in REPORTS_DAMAGE else 403)


def test_the_page_is_the_same_for_everybody(visitor: VisitorOf) -> None:
    pages = {visitor(role).get(PAGE).text for role in REPORTS_DAMAGE}
    assert len(pages) == 1


def test_categories_stand_in_the_order_of_the_form(team: httpx.Client) -> None:
    page = team.get(PAGE).text
    groups = page.split('"groups": {"building": [')[1]
    places = [groups.index(f'"{group.value}"') for group in GROUPS if group.value != "building"]
    assert places == sorted(places)


def test_the_worker_may_keep_the_page_above_its_own_folder(team: httpx.Client) -> None:
    answer = team.get(WORKER)
    assert answer.headers["service-worker-allowed"] == PAGE
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].startswith("text/javascript")


def test_all_that_the_worker_keeps_is_there_and_packed(team: httpx.Client) -> None:
    for address in FILES:
        answer = team.get(address)
        assert answer.status_code == 200, address
        assert answer.headers.get("content-encoding") == "gzip" or len(answer.content) < 500


def imported(name: str) -> Iterator[str]:
    text = (OWN / f"{name}.js").read_text(encoding="utf-8")
    yield from re.findall(r'from "\./([a-z0-9-]+)\.js"', text)


def test_the_worker_keeps_every_module_that_the_page_loads() -> None:
    loaded, waiting = set[str](), ["field"]
    while waiting:
        name = waiting.pop()
        loaded.add(name)
        waiting += [module for module in imported(name) if module not in loaded]
    assert loaded == set(MODULES)


def test_a_changed_page_makes_another_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    before = page_version("page")
    assert before == page_version("page") != page_version("another page")
    monkeypatch.setattr("dashboard.field.FILES", FILES[1:])
    assert page_version("page") != before


def test_a_phone_can_install_it(team: httpx.Client, server: Server) -> None:
    manifest = team.get(MANIFEST).json()
    assert (manifest["start_url"], manifest["scope"]) == (PAGE, PAGE)
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        # Phones ask for an icon without a cookie.
        file = httpx.get(server.url + icon["src"])
        width, height = Image.open(io.BytesIO(file.content)).size
        assert icon["sizes"] == f"{width}x{height}"


def test_a_stranger_gets_neither_page_nor_worker(server: Server) -> None:
    for address in (PAGE, WORKER, MANIFEST, "/field/icon-1.png"):
        assert httpx.get(server.url + address).status_code == 401


def test_what_is_told_to_the_scripts_cannot_end_their_element(team: httpx.Client) -> None:
    setup = team.get(PAGE).text.split('id="setup">')[1].split("</script>")[0]
    assert "<" not in setup


def test_the_page_has_every_word_that_it_uses_and_no_other() -> None:
    modules = [name for name in MODULES if name.startswith("field")]
    texts = "".join((OWN / f"{name}.js").read_text(encoding="utf-8") for name in modules)
    template = TEMPLATES.loader.get_source(TEMPLATES, "field.html")[0] if TEMPLATES.loader else ""
    used = {
        *re.findall(r"(?<!-)\btexts\.([a-z_]+)", texts),
        *re.findall(r'data-word="([a-z_]+)"', template),
    }
    by_name = {"by_gps", "by_map", "by_photograph", "just_now", "minutes_ago", "hours_ago"}
    assert (used - BESIDES) | by_name | {"days_ago"} == set(WORDS)
    offered = re.findall(r'data-detail="([a-z_]+)"|stepper\("([a-z_]+)"\)', template)
    assert {one or other for one, other in offered} == set(OFFERED)
