"""Issues over the API: made, signed off, read again as they were, in every form."""

import csv
import io
from typing import Any
from uuid import uuid4

import httpx
import pytest

from gis.reports import RENDERINGS
from gis.vocabulary import Role
from tests.dashboard.api.conftest import NothingStored
from tests.dashboard.api.test_declarations import FIGURES, fault, figure, version
from tests.dashboard.conftest import VisitorOf

ISSUES = "/api/issues"
KEY = "waste_facility.places"


def made(client: httpx.Client) -> dict[str, Any]:
    """Compile the next issue, and return it as it is listed."""
    told = {"id": str(uuid4())}
    assert client.post(ISSUES, json=told).json() == told | {"is_new": True}
    assert client.post(ISSUES, json=told).json() == told | {"is_new": False}
    found: dict[str, Any] = next(
        one for one in client.get(ISSUES).json() if one["id"] == told["id"]
    )
    return found


def step(client: httpx.Client, issue: dict[str, Any], state: str, **said: object) -> httpx.Response:
    told = {"state": state, "version": issue["version"]} | said
    return client.post(f"{ISSUES}/{issue['id']}/steps", json=told)


@pytest.fixture
def signed(operator: httpx.Client) -> dict[str, Any]:
    """An issue that was signed off."""
    issue = made(operator)
    step(operator, issue, "signed_off").raise_for_status()
    return issue | {"version": 1}


def declare(client: httpx.Client, value: int) -> None:
    told = figure(KEY, value, version=version(client, KEY), reason="現地で確認")
    client.post(FIGURES, json=[told]).raise_for_status()


def value(client: httpx.Client, number: int) -> float | None:
    figures = client.get(f"{ISSUES}/{number}").raise_for_status().json()["figures"]
    found: float | None = next(one["value"] for one in figures if one["key"] == KEY)
    return found


def test_a_signed_issue_stays_as_it_is_and_the_next_says_what_changed(
    operator: httpx.Client,
) -> None:
    declare(operator, 2)
    first = made(operator)
    step(operator, first, "reviewed", note="確認した").raise_for_status()
    step(operator, first | {"version": 1}, "signed_off").raise_for_status()
    declare(operator, 1)
    second = made(operator)
    assert second["number"] == first["number"] + 1
    assert (value(operator, first["number"]), value(operator, second["number"])) == (2, 1)
    content = operator.get(f"{ISSUES}/{second['number']}/csv").content.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(content)) if row]
    assert ["Issue", f"Issue {second['number']} (Draft)"] in [row[:2] for row in rows]
    changes = {tuple(row[:2]): row[4] for row in rows if len(row) == 10}
    assert changes["Waste facilities", "places"] == "correction: -1"


def test_a_withdrawn_issue_stays_and_says_so(
    operator: httpx.Client, signed: dict[str, Any]
) -> None:
    assert fault(step(operator, signed, "withdrawn")) == (422, "withdrawn-without-reason")
    assert step(operator, signed, "withdrawn", note="誤り").status_code == 204
    assert step(operator, signed, "withdrawn", note="誤り").status_code == 204
    mark = operator.get(f"{ISSUES}/{signed['number']}").json()["issue"]
    assert (mark["state"], mark["note"]) == ("withdrawn", "誤り")


@pytest.mark.parametrize("name", RENDERINGS)
def test_an_issue_is_handed_out_in_every_form(
    operator: httpx.Client, signed: dict[str, Any], name: str
) -> None:
    answer = operator.get(f"{ISSUES}/{signed['number']}/{name}").raise_for_status()
    assert f"issue{signed['number']}_" in answer.headers["Content-Disposition"]
    again = operator.get(f"{ISSUES}/{signed['number']}/{name}")
    if name == "csv":
        assert again.content == answer.content


def test_what_is_no_step_no_issue_or_no_form_is_refused(
    operator: httpx.Client, signed: dict[str, Any], nothing_stored: NothingStored
) -> None:
    with nothing_stored():
        assert fault(step(operator, signed, "signed_off", version=7)) == (
            409, "issue-changed-meanwhile",
        )  # fmt: skip
        assert fault(step(operator, signed, "discarded")) == (409, "issue-step-impossible")
        assert fault(step(operator, signed, "lost")) == (422, "field-invalid")
        assert fault(step(operator, {"id": uuid4(), "version": 0}, "reviewed")) == (
            404, "not-found",
        )  # fmt: skip
    assert fault(operator.get(f"{ISSUES}/999999")) == (404, "not-found")
    assert fault(operator.get(f"{ISSUES}/0")) == (422, "field-invalid")
    assert fault(operator.get(f"{ISSUES}/{signed['number']}/docx")) == (404, "not-found")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FIELD, Role.SHELTER])
def test_only_headquarters_make_issues(
    visitor: VisitorOf, role: Role, signed: dict[str, Any], nothing_stored: NothingStored
) -> None:
    client = visitor(role)
    with nothing_stored():
        assert client.post(ISSUES, json={"id": str(uuid4())}).status_code == 403
        assert step(client, signed, "withdrawn", note="x").status_code == 403
    allowed = 200 if role is Role.VIEWER else 403
    assert client.get(f"{ISSUES}/{signed['number']}").status_code == allowed
