"""Errors as problem+json (RFC 9457): one shape, one table of statuses."""

import logging
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse

from dashboard.language import language_of
from gis import errors
from gis.errors import Refused
from gis.text import Language

logger = logging.getLogger(__name__)

STATUS: dict[type[Refused], int] = {
    errors.NotSignedIn: 401,
    errors.SignInLinkSpent: 401,
    errors.NotAllowed: 403,
    errors.ForeignOrigin: 403,
    errors.NotFound: 404,
    errors.IncidentNotOpen: 409,
    errors.ShelterNotOpen: 409,
    errors.ShelterAlreadyOpen: 409,
    errors.ChangedMeanwhile: 409,
    errors.IdUsedForAnother: 409,
    errors.BodyTooLarge: 413,
    errors.ServerFault: 500,
    errors.StoreUnavailable: 503,
    errors.StoreOutdated: 503,
}
"""Every other refusal is about a value that was sent: 422."""

MEDIA_TYPE = "application/problem+json"


def problem_response(connection: HTTPConnection, *refusals: Refused) -> JSONResponse:
    """Return the answer to a refused request, in the user's language; the first one leads."""
    language = language_of(connection)
    first = refusals[0]
    return JSONResponse(
        problem(refusals, language),
        status_code=STATUS.get(type(first), 422),
        headers={"Retry-After": "3"} if isinstance(first, errors.StoreUnavailable) else None,
        media_type=MEDIA_TYPE,
    )


def problem(refusals: Sequence[Refused], language: Language) -> dict[str, Any]:
    """Return the members of a problem: what happened, what was received, what to do."""
    first = refusals[0]
    return {
        "type": f"urn:hq:error:{first.code()}",
        "title": first.sentence(first.what, language),
        "status": STATUS.get(type(first), 422),
        "detail": first.explain(language),
        "errors": [
            {
                "code": refused.code(),
                "field": refused.field,
                "received": refused.received,
                "what": refused.sentence(refused.what, language),
                "remedy": refused.sentence(refused.remedy, language),
            }
            for refused in refusals
        ],
    }


def register_problems(api: FastAPI) -> None:
    """Have every error of an API answered as a problem."""

    @api.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> JSONResponse:
        return problem_response(request, error)

    @api.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return problem_response(request, *map(_field_invalid, error.errors()))

    @api.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        return problem_response(
            request, errors.NotFound(received=request.url.path, kind=error.detail)
        )

    @api.exception_handler(Exception)
    async def fault(request: Request, error: Exception) -> JSONResponse:
        logger.error("unexpected fault", exc_info=error)
        return problem_response(request, errors.ServerFault())


def _field_invalid(fault: dict[str, Any]) -> Refused:
    name = ".".join(str(part) for part in fault["loc"][1:]) or str(fault["loc"][0])
    received = None if fault["type"] == "missing" else fault.get("input")
    return errors.FieldInvalid(field=name, received=received, name=name, problem=fault["msg"])
