"""What damage reports tell of an area."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, func, select
from sqlalchemy.orm import Session

from gis.models import DamageReport
from gis.occupancy import Tally
from gis.queries.damage_cells import Counted
from gis.queries.damage_reports import Judged, ever_in, now_in
from gis.queries.moments import told_by
from gis.vocabulary import ReportState


class DamageInArea(NamedTuple):
    """The reports that lie in an area, added up; rejected and merged ones are none."""

    counts: list[Counted]
    people_in_danger: Tally
    """With the number of reports that do not say it."""


def damage_in_area(
    session: Session,
    incident_id: UUID,
    area: str,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> DamageInArea:
    """Return what reports tell of an area, now or as of a moment; one statement.

    A report lies where it was known to be; one without a place lies in no area.

    Parameters
    ----------
    area
        EWKT, EPSG:4326; what lies on its edge lies inside.
    known_at
        By what was known when; None is as it was known at that moment itself.
    """
    asked = func.ST_GeomFromEWKT(area)
    near = _near(incident_id, asked, as_of, known_at or as_of)
    is_confirmed = near.c.state != ReportState.UNCONFIRMED.value
    groups = session.execute(
        select(
            near.c.category,
            near.c.severity,
            is_confirmed.label("is_confirmed"),
            func.count().label("reports"),
            func.sum(near.c.people_in_danger).label("in_danger"),
            func.count(near.c.people_in_danger).label("said"),
        )
        .where(
            func.ST_Covers(asked, near.c.place),
            near.c.merged_into_id.is_(None),
            near.c.state != ReportState.REJECTED.value,
        )
        .group_by(near.c.category, near.c.severity, is_confirmed)
    ).all()
    counts = [Counted(*group[:4]) for group in groups]
    silent = sum(group.reports - group.said for group in groups)
    known = [group.in_danger for group in groups if group.said]
    return DamageInArea(counts, Tally(sum(known) if known or not groups else None, silent))


def _near(
    incident_id: UUID, asked: ColumnElement[Any], as_of: datetime | None, known_at: datetime | None
) -> CTE:
    """Return the reports in the box around an area, found by the index.

    Apart from what is asked of them: by all at once the planner expects next to none, and looks
    through the box anew for each.
    """
    judged = Judged(known_at)
    # A box of degrees is a box on the map.
    box = func.ST_Transform(func.ST_Envelope(asked), 3857)
    found = select(
        DamageReport.category,
        DamageReport.severity,
        DamageReport.people_in_danger,
        judged.column("state").label("state"),
        judged.column("merged_into_id").label("merged_into_id"),
        judged.place().label("place"),
    ).where(
        DamageReport.incident_id == incident_id,
        *told_by(DamageReport, as_of, known_at),
        ever_in(box) if known_at else now_in(box),
    )
    return judged.join(found).cte("near").prefix_with("MATERIALIZED")
