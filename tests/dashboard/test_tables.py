"""The layers of the map as pages of plain tables."""

import html
import re
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from gis.clock import jst
from gis.layers import LAYERS
from gis.queries.incidents import open_incident_or_refuse
from gis.text import Language, translate
from gis.vocabulary import Role
from tests.conftest import Server
from tests.dashboard.conftest import VisitorOf


def page(client: httpx.Client, name: str, **asked: object) -> str:
    answer = client.get(f"/tables/{name}", params={key: str(said) for key, said in asked.items()})
    assert answer.status_code == 200, answer.text
    return answer.text


def rows(text: str) -> list[list[str]]:
    body = text.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [html.unescape(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("language", Language)
def test_a_layer_is_read_in_the_readers_language(
    name: str, language: Language, server: Server
) -> None:
    with server.client(Role.VIEWER, language.value) as client:
        text = page(client, name)
    assert f"<h1>{translate(LAYERS[name].title, language)}</h1>" in text
    assert f'<html lang="{language.value}">' in text
    assert "<script" not in text
    assert rows(text)


def test_it_says_the_same_as_the_map(visitor: VisitorOf) -> None:
    client = visitor(Role.VIEWER)
    features = client.get("/api/layers/shelters.geojson").json()["features"]
    assert {row[0] for row in rows(page(client, "shelters"))} == {
        feature["properties"]["name"] for feature in features
    }


def test_a_past_moment_is_told_and_named(visitor: VisitorOf, server: Server) -> None:
    with server.workspace.reading() as session:
        before = open_incident_or_refuse(session).started_at + timedelta(minutes=1)
    text = page(visitor(Role.VIEWER), "damage-reports", at=jst(before).isoformat())
    assert jst(before).strftime("%Y-%m-%d %H:%M") in text
    assert not rows(text)
    assert "at=" in re.findall(r'href="(/tables/shelters[^"]*)"', text)[0]


def test_markup_is_text(visitor: VisitorOf, server: Server) -> None:
    said = {"id": str(uuid4()), "category": "road", "note": "<script>alert(1)</script>"}
    with server.client() as client:
        client.post("/api/damage-reports", json=said).raise_for_status()
    text = page(visitor(Role.VIEWER), "damage-reports")
    assert "<script" not in text
    assert any("<script>alert(1)</script>" in cell for row in rows(text) for cell in row)


@pytest.mark.parametrize("asked", ["0", "-1", "99999999", "x", "１", "9" * 5_000, ""])
def test_a_page_that_is_not_there_is_the_nearest_one(asked: str, visitor: VisitorOf) -> None:
    assert rows(page(visitor(Role.VIEWER), "shelters", page=asked))


def test_nothing_else_is_read(visitor: VisitorOf) -> None:
    assert visitor(Role.VIEWER).get("/tables/dragons").status_code == 404
    assert visitor(Role.VIEWER).get("/tables/shelters?at=never").status_code == 422
    assert visitor(Role.FIELD).get("/tables/shelters").status_code == 403
