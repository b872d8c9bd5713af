"""The map as a PDF over HTTP: what the page's address says, and what makes no sense."""

import re
from io import BytesIO
from urllib.parse import unquote

import httpx
import pytest
from pypdf import PdfReader

from gis.vocabulary import Role
from tests.conftest import Server
from tests.dashboard.conftest import Ask, VisitorOf

CITY = "139.34,35.30,139.46,35.40"
PATH = "/api/map.pdf"


def words(answer: httpx.Response) -> str:
    (page,) = PdfReader(BytesIO(answer.raise_for_status().content)).pages
    return re.sub(r"\s+", " ", page.extract_text())


def test_the_map_comes_as_a_pdf_named_after_the_incident(operator: httpx.Client, ask: Ask) -> None:
    answer = operator.get(PATH, params={"bounds": CITY})
    name = ask("SELECT name FROM incident WHERE closed_at IS NULL")
    assert answer.headers["content-type"] == "application/pdf"
    assert name in words(answer)
    called = unquote(answer.headers["content-disposition"].partition("UTF-8''")[2])
    assert re.fullmatch(r"[\w]+_\d{8}T\d{6}_a4\.pdf", called)


def test_the_map_speaks_the_language_of_its_reader(server: Server) -> None:
    with server.client(language="ja") as client:
        assert "凡例" in words(client.get(PATH, params={"bounds": CITY}))
    with server.client(language="en") as client:
        assert "Legend" in words(client.get(PATH, params={"bounds": CITY}))


def test_the_map_leaves_out_what_the_page_leaves_out(operator: httpx.Client) -> None:
    asked = {"bounds": CITY, "layers": "-shelters,-towns,hazard-zones:40", "paper": "a3"}
    said = words(operator.get(PATH, params=asked | {"reports": "fire,severe,unknown,unconfirmed"}))
    assert "Not shown: Shelters, Towns" in said
    assert "Drawn fainter: Hazard zones 40%" in said
    assert "Only these damage reports: Unconfirmed, Severe, Severity unknown, Fire" in said


def test_what_lies_beneath_the_layers_is_no_hindrance(operator: httpx.Client) -> None:
    asked = {"bounds": CITY, "layers": "base-map:60", "base": "gsi_pale"}
    assert operator.get(PATH, params=asked).status_code == 200


def test_the_map_of_a_past_moment_says_so(operator: httpx.Client, ask: Ask) -> None:
    moment = ask("SELECT now() - interval '10 minutes'")
    said = words(operator.get(PATH, params={"bounds": CITY, "at": moment.isoformat()}))
    assert "A look back" in said


@pytest.mark.parametrize(
    ("asked", "received"),
    [
        ({}, None),
        ({"bounds": ""}, ""),
        ({"bounds": "1,2,3"}, "1,2,3"),
        ({"bounds": "139.46,35.30,139.34,35.40"}, "139.46,35.30,139.34,35.40"),
        ({"bounds": "139.4,35.3,139.4,35.3"}, "139.4,35.3,139.4,35.3"),
        ({"bounds": "nan,35.3,139.5,35.4"}, "nan,35.3,139.5,35.4"),
        ({"bounds": "139,-inf,140,inf"}, "139,-inf,140,inf"),
        ({"bounds": "139,35,1390,36"}, "139,35,1390,36"),
        ({"bounds": "'; DROP TABLE shelter; --"}, "'; DROP TABLE shelter; --"),
        ({"bounds": "-180,-85,180,85"}, None),
        ({"bounds": CITY, "paper": "a0"}, "a0"),
        ({"bounds": CITY, "layers": "-dragons"}, "-dragons"),
        ({"bounds": CITY, "layers": '"><img src=x>'}, '"><img src=x>'),
        ({"bounds": CITY, "layers": "shelters:0"}, "shelters:0"),
        ({"bounds": CITY, "layers": "shelters:１００"}, "shelters:１００"),
        ({"bounds": CITY, "layers": "shelters:1e1"}, "shelters:1e1"),
        ({"bounds": CITY, "order": "shelters,dragons"}, "dragons"),
        ({"bounds": CITY, "reports": "road,dragons"}, "dragons"),
        ({"bounds": CITY, "at": "yesterday"}, "yesterday"),
        ({"bounds": CITY, "known": "tomorrow", "at": "2026-09-01T12:00:00+09:00"}, "tomorrow"),
    ],
)
def test_what_makes_no_sense_is_answered_with_the_reason(
    operator: httpx.Client, asked: dict[str, str], received: str | None
) -> None:
    answer = operator.get(PATH, params=asked)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    (error,) = answer.json()["errors"]
    assert error["what"]
    assert error["remedy"]
    if received is not None:
        assert error["received"] == received


def test_whoever_may_not_see_the_map_prints_none(visitor: VisitorOf) -> None:
    assert visitor(Role.FIELD).get(PATH, params={"bounds": CITY}).status_code == 403
