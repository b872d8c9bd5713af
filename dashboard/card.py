"""One shelter on one sheet of paper: what is known of it at this moment, to carry there or to file.

Black on white, so that it survives the copier; everything says how old it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dashboard.api.problems import STATUS
from dashboard.api.roles import current_actor
from dashboard.components import card_words
from dashboard.components.condition_lines import Situation, condition_lines
from dashboard.language import language_of
from dashboard.roles import SEES_ALL
from dashboard.sign_in import TEMPLATES, refusal_page
from dashboard.workspaces import Desk, current_desk
from gis.clock import moment_text
from gis.errors import NotAllowed, NotFound, Refused
from gis.occupancy import Trend
from gis.queries.conditions import conditions_of, last_visit
from gis.queries.incidents import IncidentView
from gis.queries.occupancy import Figure, ReadingView, figures_of, readings_of, trends
from gis.queries.photographs import PhotographView, photographs_of
from gis.queries.shelters import ShelterStatus, incident_of, shelter_status
from gis.store import now
from gis.text import N_, Language, translate

READINGS_SHOWN = 6
PHOTOGRAPHS_SHOWN = 4
"""Where the sheet has room for them; the script of the page leaves them out where it has not."""
TEXT_SHOWN = 200
"""Characters of what somebody wrote that fit the sheet; the whole stands on the screen."""
COURSE = timedelta(hours=24)


@dataclass(frozen=True)
class Told:
    """Everything that the sheet says, read at one moment."""

    shelter: ShelterStatus
    incident: IncidentView | None
    at: datetime
    situation: Situation | None
    figures: dict[str, Figure]
    readings: list[ReadingView]
    trend: Trend
    photographs: list[PhotographView]


def card(request: Request) -> Response:
    """Show the sheet, or why not."""
    try:
        if current_actor(request).role not in SEES_ALL:
            raise NotAllowed
        desk = current_desk()
        told = _told(desk, _shelter_id(request.query_params.get("shelter")))
    except Refused as refused:
        return refusal_page(request, refused, STATUS.get(type(refused), 422))
    page = _page(told, desk, language_of(request))
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})


def _shelter_id(asked: str | None) -> UUID:
    try:
        return UUID(asked or "")
    except ValueError:
        raise NotFound(field="shelter", received=asked, kind=N_("shelter")) from None


def _told(desk: Desk, shelter_id: UUID) -> Told:
    """Read everything at one moment, so that no figure contradicts another."""
    with desk.workspace.reading() as session:
        at = now(session)
        incident = incident_of(session, shelter_id, at=at)
        shelter = shelter_status(session, shelter_id, incident.id if incident else None, as_of=at)
        opening_id = shelter.opening_id
        if incident is None or opening_id is None:
            return Told(shelter, incident, at, None, {}, [], Trend(), [])
        return Told(
            shelter,
            incident,
            at,
            situation=_situation(session, shelter, opening_id, incident, desk),
            figures=figures_of(session, opening_id, as_of=at),
            readings=readings_of(session, opening_id, limit=READINGS_SHOWN),
            trend=trends(session, [opening_id], since=at - COURSE, until=at).get(
                opening_id, Trend()
            ),
            photographs=photographs_of(session, opening_id, limit=PHOTOGRAPHS_SHOWN),
        )


def _situation(
    session: Session, shelter: ShelterStatus, opening_id: UUID, incident: IncidentView, desk: Desk
) -> Situation:
    at = now(session)
    return Situation(
        conditions=conditions_of(session, opening_id, as_of=at),
        visit=last_visit(session, opening_id),
        shelter=shelter,
        standards=desk.city.standards,
        began_at=incident.started_at,
        at=at,
    )


def _page(told: Told, desk: Desk, language: Language) -> str:
    city, situation = desk.city, told.situation
    return TEMPLATES.get_template("card.html").render(
        language=language.value,
        _=lambda message: translate(message, language),
        is_drill=desk.workspace.is_drill,
        city=city.name_ja if language is Language.JA else city.name_en,
        incident=told.incident,
        name=told.shelter.name,
        as_of=moment_text(told.at),
        register=card_words.register_lines(told.shelter, language),
        fullness=card_words.fullness_lines(told.shelter, city, language),
        figures=card_words.figure_lines(told.figures, told.at, language),
        conditions=condition_lines(situation, language) if situation else None,
        rows=card_words.rows(told.readings, language),
        photographs=card_words.pictures(told.photographs),
        spark=card_words.sparkline(told.trend, told.at),
        text_shown=TEXT_SHOWN,
    )


ROUTES = [Route("/card", card, methods=["GET"])]
