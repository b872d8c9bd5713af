"""Damage reports of the incident."""

from typing import Any

from sqlalchemy.orm import Session

from gis.layers.layer import Layer, View, iso, point_feature
from gis.queries.damage_reports import DamageReportView, newest_damage_reports
from gis.text import N_

MOST = 5_000
"""As many of the newest reports as a browser draws one by one without strain."""


def features(session: Session, view: View) -> list[dict[str, Any]]:
    """Return one feature per report, newest first, :data:`MOST` at the most.

    What was rejected, or merged into another one, is not drawn.
    """
    if view.incident_id is None:
        return []
    reports = newest_damage_reports(
        session, view.incident_id, as_of=view.as_of, known_at=view.known_at, limit=MOST,
        standing=True,
    )  # fmt: skip
    return [
        point_feature(report.id, report.lon, report.lat, properties(report)) for report in reports
    ]


def properties(report: DamageReportView) -> dict[str, Any]:
    """Return what the map shows of a report."""
    return {
        "category": report.category,
        "severity": report.severity,
        "state": report.state,
        "team": report.team,
        "observed_at": iso(report.observed_at),
        "place_text": report.place_text,
        "note": report.note,
        "reporter": report.reporter,
    }


LAYER = Layer(
    "damage-reports", N_("Damage reports"), frozenset({"damage_reports", "incidents"}), features
)
