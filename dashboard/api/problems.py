"""Errors as problem+json (RFC 9457): one shape, one table of statuses."""

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from dashboard.language import language_of
from gis import errors
from gis.errors import Refused
from gis.text import N_, Language

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
    errors.ShelterOfAnotherIncident: 409,
    errors.ChangedMeanwhile: 409,
    errors.StateChangedMeanwhile: 409,
    errors.OrderChangedMeanwhile: 409,
    errors.OrderLifted: 409,
    errors.OrderTakenBack: 409,
    errors.OrdersInForce: 409,
    errors.ClosureChangedMeanwhile: 409,
    errors.ClosureLifted: 409,
    errors.ClosureTakenBack: 409,
    errors.AnnotationChangedMeanwhile: 409,
    errors.AnnotationRemoved: 409,
    errors.AnnotationTakenBack: 409,
    errors.ReportChangedMeanwhile: 409,
    errors.ReportMerged: 409,
    errors.ClaimedByAnother: 409,
    errors.CorrectedAlready: 409,
    errors.FarOverCapacity: 409,
    errors.TenTimesTheLast: 409,
    errors.CountedMeanwhile: 409,
    errors.StockShort: 409,
    errors.StockReserved: 409,
    errors.StockBelowZero: 409,
    errors.CountNeedsReason: 409,
    errors.ExpiredAlready: 409,
    errors.MovementTakenBack: 409,
    errors.CountedSince: 409,
    errors.GoodsUnderWay: 409,
    errors.MovementOfDispatch: 409,
    errors.PlaceNameTaken: 409,
    errors.DestinationClosed: 409,
    errors.RequestChangedMeanwhile: 409,
    errors.MoreThanApproved: 409,
    errors.RequestNotApproved: 409,
    errors.DispatchChangedMeanwhile: 409,
    errors.DispatchStepImpossible: 409,
    errors.FigureNeedsReason: 409,
    errors.FigureAbovePopulation: 409,
    errors.FigureChangedMeanwhile: 409,
    errors.StatementChangedMeanwhile: 409,
    errors.IssueChangedMeanwhile: 409,
    errors.IssueStepImpossible: 409,
    errors.IdUsedForAnother: 409,
    errors.ExchangeFieldUnfit: 409,
    errors.PictureMissing: 404,
    errors.BaseMapMissing: 404,
    errors.BaseMapUnreadable: 404,
    errors.PhotographsEnough: 409,
    errors.PartOutOfPlace: 409,
    errors.BodyTooLarge: 413,
    errors.PhotographTooLarge: 413,
    errors.PhotographTooManyPixels: 413,
    errors.NoPhotograph: 415,
    errors.ServerFault: 500,
    errors.StoreUnavailable: 503,
    errors.PicturesUnavailable: 503,
    errors.StoreOutdated: 503,
}
"""Every other refusal is about a value that was sent: 422."""

PROBLEMS = {
    "missing": N_("it is missing"),
    "extra": N_("there is no field of this name"),
    "json": N_("it is not JSON"),
    "int": N_("it is not a whole number"),
    "float": N_("it is not a number"),
    "decimal": N_("it is not a number"),
    "finite": N_("it is not a number"),
    "string": N_("it is not text"),
    "value": N_("it contains a character that is not text"),
    "uuid": N_("it is not a UUID"),
    "datetime": N_("it is not a moment such as 2026-09-01T12:00:00+09:00"),
    "date": N_("it is not a day such as 2026-09-01"),
    "enum": N_("it is not one of the known terms"),
    "literal": N_("it is not one of the known terms"),
    "model": N_("it is not an object"),
    "greater": N_("it is too small"),
    "less": N_("it is too large"),
    "too": N_("it has too many entries, or too few"),
}
"""What is wrong with a value, by the first word of Pydantic's name for it."""

MEDIA_TYPE = "application/problem+json"


def problem_response(connection: HTTPConnection, *refusals: Refused) -> Response:
    """Return the answer to a refused request, in the user's language; the first one leads."""
    language = language_of(connection)
    first = refusals[0]
    content = json.dumps(problem(refusals, language), ensure_ascii=False)
    return Response(
        # What was received is repeated, and need not be text: half a surrogate pair becomes "?".
        content.encode(errors="replace"),
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
        **{name: first.facts[fact] for name, fact in first.members.items()},
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
    async def refused(request: Request, error: Refused) -> Response:
        return problem_response(request, error)

    @api.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return problem_response(request, *map(field_invalid, error.errors()))

    @api.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        if error.status_code == HTTPStatus.BAD_REQUEST:
            # What FastAPI says of a body that is no UTF-8, or nested or long beyond measure.
            return problem_response(request, field_invalid({"type": "json", "loc": ("body",)}))
        received = f"{request.method} {request.url.path}"
        return problem_response(request, errors.NotFound(received=received, kind=N_("address")))

    @api.exception_handler(Exception)
    async def fault(request: Request, error: Exception) -> Response:
        logger.error("unexpected fault", exc_info=error)
        return problem_response(request, errors.ServerFault())


def field_invalid(fault: Mapping[str, Any]) -> Refused:
    """Return the entry of the catalogue for what Pydantic found wrong with a field."""
    kind = fault["type"].partition("_")[0]
    # Where JSON ends too early, the second part of the place is a character's number.
    place = fault["loc"][:1] if kind == "json" else fault["loc"][1:] or fault["loc"]
    name = ".".join(map(str, place))
    received = None if kind in {"missing", "json"} else fault.get("input")
    problem = PROBLEMS.get(kind) or fault["msg"]
    return errors.FieldInvalid(field=name, received=received, name=name, problem=problem)
