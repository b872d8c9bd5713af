"""Damage reports of the incident."""

from typing import Any

from sqlalchemy.orm import Session

from gis.geometry.tiles import Tile
from gis.layers.layer import Layer, Tiles, View, iso, point_feature
from gis.queries.damage_reports import DamageReportView, newest_damage_reports
from gis.queries.damage_tiles import Seen, damage_tile, past_damage_tile
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


def draw(session: Session, view: View, tile: Tile, which: Seen) -> bytes:
    """Return a tile of the reports: all of them, singly or counted in cells."""
    if view.incident_id is None:
        return b""
    if view.is_past:
        return past_damage_tile(
            session, view.incident_id, tile, which,
            as_of=view.as_of, known_at=view.known_at or view.as_of,
        )  # fmt: skip
    return damage_tile(session, view.incident_id, tile, which)


LAYER = Layer(
    "damage-reports", N_("Damage reports"), frozenset({"damage_reports", "incidents"}), features,
    Tiles("damage_cells", draw),
)  # fmt: skip
