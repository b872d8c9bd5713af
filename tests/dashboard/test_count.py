"""The page of one shelter: who gets it, and that its scripts have their words."""

import re
from uuid import UUID, uuid4

import httpx
import pytest

from dashboard.assets import OWN
from dashboard.count import WORDS
from dashboard.roles import COUNTS_PEOPLE
from gis.operations.access import issue_sign_in_link
from gis.store import SYSTEM
from gis.vocabulary import Role
from tests.conftest import Server
from tests.dashboard.conftest import VisitorOf

SCRIPTS = (
    "",
    "-asking",
    "-delivery",
    "-draft",
    "-form",
    "-last",
    "-photographs",
    "-queue",
    "-sending",
    "-supplies",
    "-supply-queue",
    "-unsent",
)
BESIDES = {"figures", "items", "labels", "request_states", "states"}


def manager_link(server: Server, shelter_id: UUID) -> str:
    with server.workspace.transaction(SYSTEM) as session:
        token = issue_sign_in_link(session, "避難所担当", Role.SHELTER, shelter_id)
    return f"{server.url}/sign-in?token={token}"


def test_a_manager_arrives_at_the_own_shelter(server: Server, open_shelter_id: UUID) -> None:
    with httpx.Client(follow_redirects=True, headers={"Accept": "text/html"}) as browser:
        answer = browser.get(manager_link(server, open_shelter_id))
    assert (answer.status_code, answer.url.path) == (200, "/count")
    assert str(open_shelter_id) in answer.text


def test_the_next_link_on_a_manager_s_telephone_leads_to_the_next_shelter(
    server: Server, open_shelter_id: UUID, unopened_shelter_id: UUID
) -> None:
    first = manager_link(server, open_shelter_id)
    with httpx.Client(follow_redirects=True, headers={"Accept": "text/html"}) as browser:
        browser.get(first)
        assert (
            str(unopened_shelter_id) in browser.get(manager_link(server, unopened_shelter_id)).text
        )
        assert browser.get(first).url.path == "/count"


def test_a_manager_gets_no_other_shelter_s_page(
    server: Server, open_shelter_id: UUID, unopened_shelter_id: UUID
) -> None:
    with httpx.Client(follow_redirects=True) as browser:
        browser.get(manager_link(server, open_shelter_id))
        answer = browser.get(f"{server.url}/count", params={"shelter": str(unopened_shelter_id)})
    assert answer.status_code == 403
    assert str(unopened_shelter_id) not in answer.text


@pytest.mark.parametrize("role", Role)
def test_headquarters_may_open_any_shelter_s_page(
    role: Role, visitor: VisitorOf, open_shelter_id: UUID
) -> None:
    answer = visitor(role).get("/count", params={"shelter": str(open_shelter_id)})
    assert answer.status_code == (200 if role in COUNTS_PEOPLE else 403)
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("asked", [None, "", "鶴嶺小学校", "<script>"])
def test_an_address_that_names_no_shelter_is_explained(
    asked: str | None, operator: httpx.Client
) -> None:
    answer = operator.get("/count", params={"shelter": asked} if asked is not None else {})
    assert answer.status_code == 404
    assert "There is no shelter" in answer.text
    assert "<script>" not in answer.text


def test_what_is_told_to_the_scripts_cannot_end_their_element(operator: httpx.Client) -> None:
    page = operator.get("/count", params={"shelter": str(uuid4())}).text
    setup = page.split('id="setup">')[1].split("</script>")[0]
    assert "<" not in setup


def test_the_page_has_every_word_that_its_scripts_use() -> None:
    texts = [(OWN / f"count{script}.js").read_text(encoding="utf-8") for script in SCRIPTS]
    used = {word for text in texts for word in re.findall(r"\btexts\.([a-z_]+)", text)}
    by_name = {"persons", "households", "just_now", "minutes_ago", "hours_ago", "days_ago"}
    assert used - BESIDES | by_name == set(WORDS)
