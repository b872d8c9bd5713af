"""Declaring figures from outside: all of it or none, with what somebody else said meanwhile."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from gis.vocabulary import Role
from tests.dashboard.api.conftest import NothingStored
from tests.dashboard.conftest import VisitorOf

FIGURES, STATEMENTS = "/api/figures", "/api/statements"
MISSING = "missing.persons"


def figure(key: str = MISSING, value: object = 1, **said: object) -> dict[str, Any]:
    told = {"id": str(uuid4()), "key": key, "state": "confirmed", "value": value}
    return told | said


def version(client: httpx.Client, key: str) -> int:
    """Return the number of the last declaration of a figure."""
    history = client.get(f"{FIGURES}/{key}").raise_for_status().json()
    return int(history[0]["number"]) if history else 0


def fault(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("urn:hq:error:")


def test_a_figure_is_declared_once_however_often_it_is_sent(operator: httpx.Client) -> None:
    key = "seriously_injured.persons"
    told = figure(key, 4, version=version(operator, key), definition="1か月以上の治療")
    assert operator.post(FIGURES, json=[told]).status_code == 201
    assert operator.post(FIGURES, json=[told]).json() == [{"id": told["id"], "is_new": False}]
    last = operator.get(f"{FIGURES}/{key}").json()[0]
    assert (last["value"], last["state"], last["definition"]) == (4, "confirmed", "1か月以上の治療")
    figures = operator.get("/api/situation").json()["figures"]
    assert next(one["value"] for one in figures if one["key"] == key) == 4


def test_who_comes_second_sees_both_values(
    operator: httpx.Client, nothing_stored: NothingStored
) -> None:
    key = "slightly_injured.persons"
    seen = version(operator, key)
    operator.post(FIGURES, json=[figure(key, 2, version=seen)]).raise_for_status()
    with nothing_stored():
        answer = operator.post(FIGURES, json=[figure(key, 3, version=seen)])
    assert fault(answer) == (409, "figure-changed-meanwhile")
    assert "2, Confirmed" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"value": -1}, (422, "figure-impossible")),
        ({"value": 0.5}, (422, "figure-impossible")),
        ({"value": "many"}, (422, "field-invalid")),
        ({"value": None}, (422, "figure-missing")),
        ({"state": "not_applicable"}, (422, "figure-without-meaning")),
        ({"state": "sure"}, (422, "field-invalid")),
        ({"key": "stricken.persons"}, (422, "figure-adds-up")),
        ({"key": "nothing.persons"}, (404, "not-found")),
        ({"value": 999_999}, (409, "figure-above-population")),
        ({"reason": "長" * 4001}, (422, "text-too-long")),
        ({"observed_at": "2026-09-01T12:00:00"}, (422, "moment-without-zone")),
        ({"surprise": 1}, (422, "field-invalid")),
    ],
)
def test_what_cannot_be_is_answered_with_the_reason(
    operator: httpx.Client,
    nothing_stored: NothingStored,
    said: dict[str, Any],
    expected: tuple[int, str],
) -> None:
    with nothing_stored():
        answer = operator.post(FIGURES, json=[figure("dead.persons", 1), figure(**said)])
    assert fault(answer) == expected


@pytest.mark.parametrize("content", [[], [{}] * 101, {}])
def test_nothing_and_too_much_are_refused(operator: httpx.Client, content: object) -> None:
    assert fault(operator.post(FIGURES, json=content)) == (422, "field-invalid")


def test_what_is_said_in_words_is_told_with_the_situation(operator: httpx.Client) -> None:
    told = {"id": str(uuid4()), "key": "place", "text": "茅ヶ崎市 全域"}
    assert operator.post(STATEMENTS, json=[told]).status_code == 201
    assert operator.post(STATEMENTS, json=[told]).status_code == 200
    said = {one["key"]: one["text"] for one in operator.get("/api/situation").json()["statements"]}
    assert said["place"] == "茅ヶ崎市 全域"
    assert fault(operator.post(STATEMENTS, json=[told | {"id": str(uuid4())}])) == (
        409,
        "statement-changed-meanwhile",
    )


@pytest.mark.parametrize("role", [Role.VIEWER, Role.FIELD, Role.SHELTER])
def test_only_headquarters_declare(
    visitor: VisitorOf, role: Role, nothing_stored: NothingStored
) -> None:
    client = visitor(role)
    with nothing_stored():
        assert client.post(FIGURES, json=[figure()]).status_code == 403
        assert client.post(STATEMENTS, json=[]).status_code == 403


def test_the_history_of_what_is_no_figure_is_not_found(operator: httpx.Client) -> None:
    assert fault(operator.get(f"{FIGURES}/gold.persons")) == (404, "not-found")
