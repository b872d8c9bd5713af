"""Filing several damage reports at once."""

import json
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dashboard.api.damage_reports import DamageReportIn, new_report
from dashboard.api.problems import field_invalid, problem
from dashboard.api.roles import CurrentActor, allow
from dashboard.language import language_of
from dashboard.roles import REPORTS_DAMAGE
from dashboard.workspaces import current_desk
from gis.errors import Refused
from gis.operations import Filed
from gis.operations.damage_reports import NewDamageReport, file_damage_reports
from gis.text import Language

router = APIRouter(tags=["damage reports"])

BATCH_MOST = 100
"""Reports that are filed at once: what a team saw on a day without a signal."""


class DamageReportsIn(BaseModel):
    """Several reports; each is looked at by itself, as if it came alone."""

    model_config = ConfigDict(extra="forbid")

    reports: list[Any] = Field(
        max_length=BATCH_MOST,
        json_schema_extra={"items": {"$ref": "#/components/schemas/DamageReportIn"}},
    )


class OutcomeOut(BaseModel):
    """What became of one of several reports: filed, or a problem."""

    id: UUID | None = Field(description="Of the report; null where it named none.")
    is_new: bool | None = Field(description="As for a report alone; null where it is refused.")
    problem: dict[str, Any] | None = Field(
        description="Why it is refused, as the answer to it alone would have been (RFC 9457)."
    )


class OutcomesOut(BaseModel):
    """What became of several reports, in the order in which they came."""

    outcomes: list[OutcomeOut]


@router.post(
    "/damage-reports/batch", response_model=OutcomesOut, openapi_extra=allow(REPORTS_DAMAGE)
)
def file_reports(batch: DamageReportsIn, actor: CurrentActor, request: Request) -> Response:
    """File up to 100 reports. What is wrong with one does not hold up the others.

    The answer tells what became of each, in the same order; sending all again changes nothing.
    """
    read = [_read(report) for report in batch.reports]
    with current_desk().transaction(actor, "damage_reports") as session:
        filed = iter(
            file_damage_reports(session, [one for one in read if isinstance(one, NewDamageReport)])
        )
    language = language_of(request)
    outcomes = [
        _outcome(sent, next(filed) if isinstance(one, NewDamageReport) else one, language)
        for sent, one in zip(batch.reports, read, strict=True)
    ]
    content = json.dumps(
        OutcomesOut(outcomes=outcomes).model_dump(), ensure_ascii=False, default=str
    )
    # What was received is repeated, and need not be text: half a surrogate pair becomes "?".
    return Response(content.encode(errors="replace"), media_type="application/json")


def _read(sent: object) -> NewDamageReport | list[Refused]:
    """Return one of several reports, or what is wrong with its fields."""
    try:
        return new_report(DamageReportIn.model_validate(sent))
    except ValidationError as fault:
        return [field_invalid({**each, "loc": ("body", *each["loc"])}) for each in fault.errors()]


def _outcome(
    sent: object, became: Filed | Refused | list[Refused], language: Language
) -> OutcomeOut:
    if isinstance(became, Filed):
        return OutcomeOut(id=became.id, is_new=became.is_new, problem=None)
    refusals = became if isinstance(became, list) else [became]
    return OutcomeOut(id=_id_of(sent), is_new=None, problem=problem(refusals, language))


def _id_of(sent: object) -> UUID | None:
    """Return under which id a report came that could not be read as one."""
    try:
        return UUID(str(sent["id"])) if isinstance(sent, dict) else None
    except (KeyError, ValueError):
        return None
