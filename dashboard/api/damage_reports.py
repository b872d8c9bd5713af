"""Filing and reading damage reports."""

import base64
import binascii
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from dashboard.api.answers import Answer, respond
from dashboard.api.filed import FiledOut, answer
from dashboard.api.past import Past
from dashboard.api.report_filter import Which
from dashboard.api.roles import CurrentActor, allow
from dashboard.api.text import Storable
from dashboard.api.tiles import Looked
from dashboard.filing import Filing
from dashboard.roles import REPORTS_DAMAGE, SEES_ALL
from dashboard.workspaces import current_desk
from gis.errors import FieldInvalid, NotFound
from gis.geometry.tiles import DEEPEST, Tile
from gis.operations.damage_reports import NewDamageReport
from gis.queries.damage_reports import (
    Cursor,
    DamageReportView,
    damage_report,
    newest_damage_reports,
)
from gis.queries.damage_tiles import CELLS_BITS, reports_in_cell
from gis.queries.incidents import open_incident_or_refuse
from gis.store import Actor
from gis.text import N_
from gis.vocabulary import (
    DamageCategory,
    DwellingClass,
    FloodLevel,
    LocatedBy,
    Phenomenon,
    QuickInspection,
    Role,
    Severity,
    Source,
)

router = APIRouter(tags=["damage reports"])

_filing = Filing()


class LocationIn(BaseModel):
    """A point, degrees in EPSG:4326."""

    model_config = ConfigDict(extra="forbid")

    lon: float
    lat: float


class DamageReportIn(BaseModel):
    """What somebody saw; what is left out is unknown."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description="Made by the client; sending the same again changes nothing.")
    category: DamageCategory
    severity: Severity | None = None
    location: LocationIn | None = None
    place_text: Storable | None = Field(default=None, description="Address, town or landmark.")
    note: Storable | None = None
    reporter: Storable | None = Field(default=None, description="The team, never a person.")
    observed_at: datetime | None = Field(
        default=None, description="When it was seen, with offset; left out: now."
    )
    source: Source = Source.API
    phenomenon: Phenomenon | None = None
    dwelling_class: DwellingClass | None = Field(
        default=None, description="被害認定; only of a dwelling, left out: not classified."
    )
    flood_level: FloodLevel | None = Field(default=None, description="Only of a building.")
    depth_cm: int | None = Field(default=None, description="Water above the floor.")
    quick_inspection: QuickInspection | None = Field(
        default=None, description="応急危険度判定; only of a building, never a class of damage."
    )
    people_in_danger: int | None = Field(default=None, description="A count, never names.")
    affected: float | None = Field(
        default=None, description="How much, in the unit in which 第4号様式 counts the category."
    )
    households: int | None = Field(default=None, description="Only of a dwelling.")
    residents: int | None = Field(default=None, description="Only of a dwelling.")
    accuracy_m: float | None = Field(default=None, description="Radius around the location.")
    located_by: LocatedBy | None = None
    sent_at: datetime | None = Field(
        default=None,
        description="What the sender's clock shows now, with offset; where it is wrong, the moment"
        " of observation is put right by as much.",
    )


class DamageReportPage(BaseModel):
    """Some reports, the last recorded first."""

    reports: list[DamageReportView]
    next: str | None = Field(description="Send as `before` for the page after this; null: none.")


@router.post("/damage-reports", status_code=201, openapi_extra=allow(REPORTS_DAMAGE))
async def file_report(report: DamageReportIn, actor: CurrentActor, response: Response) -> FiledOut:
    """File a report in the current incident. 201 the first time, 200 for a retry."""
    filed = await _filing.file(actor, new_report(report))
    return answer(filed, response)


@router.get("/damage-reports", response_model=DamageReportPage, openapi_extra=allow(SEES_ALL))
def list_reports(
    request: Request,
    which: Which,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    before: str | None = None,
) -> Response:
    """Return reports of the current incident, the last recorded first, page by page.

    ETag and 304: a list that has not changed is not sent again.
    """
    cursor = _cursor(before) if before else None
    with current_desk().workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        reports = newest_damage_reports(
            session, incident.id, which=which, before=cursor, limit=limit + 1
        )
    page = reports[:limit]
    more = len(reports) > limit
    told = DamageReportPage(reports=page, next=_encode(page[-1]) if more else None)
    return respond(Answer(told.model_dump_json().encode()), request)


class CellOut(BaseModel):
    """The reports of a cell of the map, the gravest first."""

    reports: list[DamageReportView]
    has_more: bool = Field(description="Whether there are others than these.")


@router.get("/damage-reports/in-cell/{level}/{x}/{y}", openapi_extra=allow(SEES_ALL))
def reports_of_cell(  # noqa: PLR0913, PLR0917 - each is a part of the address
    level: int,
    x: int,
    y: int,
    which: Looked,
    past: Past,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> CellOut:
    """Return the reports that a cell of a tile counts: as the tile's mark names it."""
    cell = Tile.checked(level, x, y, deepest=DEEPEST + CELLS_BITS)
    workspace = current_desk().workspace
    as_of = past.at if past else None
    known_at = past.known_at(workspace.clock.now()) if past else None
    with workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        found = reports_in_cell(
            session, incident.id, cell, which, as_of=as_of, known_at=known_at, limit=limit + 1
        )
    return CellOut(reports=found[:limit], has_more=len(found) > limit)


@router.get("/damage-reports/{report_id}", openapi_extra=allow(SEES_ALL | REPORTS_DAMAGE))
def fetch_report(report_id: UUID, actor: CurrentActor) -> DamageReportView:
    """Return one report; field teams see their own."""
    with current_desk().workspace.reading() as session:
        return own_report(session, report_id, actor)


def own_report(session: Session, report_id: UUID, actor: Actor) -> DamageReportView:
    """Return a report that somebody may see: field teams their own, headquarters all.

    A team's own is what it filed, and what headquarters filed in its name from a saved file.

    Raises
    ------
    gis.errors.NotFound
        There is none, or it is not theirs; which of the two is not said.
    """
    report = damage_report(session, report_id)
    if actor.role is Role.FIELD and actor.name not in {report.recorded_by, report.reporter}:
        raise NotFound(field="report_id", received=report_id, kind=N_("damage report"))
    return report


def new_report(report: DamageReportIn) -> NewDamageReport:
    """Return a report to file."""
    content = dict(report)
    place = report.location
    content["location"] = (place.lon, place.lat) if place else None
    return NewDamageReport(**content)


def _encode(report: DamageReportView) -> str:
    return base64.urlsafe_b64encode(
        f"{report.recorded_at.isoformat()} {report.id}".encode()
    ).decode()


def _cursor(text: str) -> Cursor:
    try:
        moment, _, report_id = base64.urlsafe_b64decode(text).decode().partition(" ")
        return datetime.fromisoformat(moment), UUID(report_id)
    except (binascii.Error, ValueError) as fault:
        problem = N_("it is not one that this API gave")
        raise FieldInvalid(field="before", received=text, name="before", problem=problem) from fault
