"""What a summary that goes out tells besides: curve, shortages, events and the city's outline.

These cost more than all the rest; who shows figures alone does without them.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from gis.config import CityProfile
from gis.queries.incidents import incident_named
from gis.queries.places import outline
from gis.reports.evacuee_curve import evacuee_curve
from gis.reports.events import events
from gis.reports.shortages import shortages
from gis.reports.situation import SituationSummary, compile_current_summary
from gis.supply_outlook import compile_supply_outlook


def complete(
    session: Session,
    summary: SituationSummary,
    city: CityProfile,
    *,
    known_at: datetime | None = None,
    is_past: bool = False,
) -> SituationSummary:
    """Return a summary with all that it can tell; eleven statements, whatever its size.

    Parameters
    ----------
    known_at
        By what was known when, as the summary was compiled; None is at its own moment.
    is_past
        Whether somebody looks back, so that what lies in stock is of that moment.
    """
    as_of = summary.as_of
    incident = incident_named(session, summary.incident_id)
    outlook = compile_supply_outlook(
        session, city, incident, as_of=as_of, known_at=known_at, is_past=is_past
    )
    curve = evacuee_curve(session, incident.id, incident.started_at, as_of=as_of, known_at=known_at)
    return replace(
        summary,
        curve=curve,
        shortages=shortages(outlook),
        events=events(session, incident.id, as_of=as_of, known_at=known_at),
        outline=outline(session, city.code),
    )


def compile_current_report(
    session: Session, city: CityProfile, *, is_drill: bool
) -> SituationSummary:
    """Compile the summary of the current incident as of now, with all that it can tell.

    Raises
    ------
    gis.errors.IncidentNotOpen
        None is open.
    """
    summary = compile_current_summary(session, city, is_drill=is_drill)
    return complete(session, summary, city)
