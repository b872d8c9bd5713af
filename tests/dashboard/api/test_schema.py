"""The schema of the API, and that every route says who may use it."""

import pytest

from dashboard.api import api
from dashboard.api.roles import EXTENSION
from dashboard.roles import SEES_ALL
from gis.vocabulary import Role
from tests.dashboard.conftest import VisitorOf

SCHEMA = "/api/openapi.json"


def routes() -> list[tuple[str, str]]:
    return [
        (method, path) for path, methods in api.openapi()["paths"].items() for method in methods
    ]


@pytest.mark.parametrize(("method", "path"), routes())
def test_every_route_names_its_roles(method: str, path: str) -> None:
    named = api.openapi()["paths"][path][method][EXTENSION]
    assert named
    assert set(named) <= {role.value for role in Role}


@pytest.mark.parametrize("role", Role)
def test_the_schema_is_for_whoever_sees_everything(role: Role, visitor: VisitorOf) -> None:
    answer = visitor(role).get(SCHEMA)
    assert answer.status_code == (200 if role in SEES_ALL else 403)


def test_the_schema_has_every_route(visitor: VisitorOf) -> None:
    assert visitor(Role.VIEWER).get(SCHEMA).json()["paths"] == api.openapi()["paths"]


@pytest.mark.parametrize("path", ["/api/docs", "/api/redoc", "/api/nothing"])
def test_there_is_nothing_else(path: str, visitor: VisitorOf) -> None:
    answer = visitor(Role.ADMIN).get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["received"] == f"GET {path}"


def test_a_method_that_a_route_does_not_have_is_a_problem(visitor: VisitorOf) -> None:
    answer = visitor(Role.ADMIN).delete("/api/situation")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.is_client_error
