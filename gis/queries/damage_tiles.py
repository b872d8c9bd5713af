"""Damage reports on the map as vector tiles: singly where they are few, else counted in cells.

Each report that stands (it has a place and is neither rejected nor merged into another one) is in
one tile of every zoom, and there either a mark of its own or one of the count of one cell. What a
tile costs goes by what it shows, not by how many reports there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from gis.geometry.mercator import Extent
from gis.geometry.tiles import FINEST, HALF_WORLD_M, Tile
from gis.models import DamageReport
from gis.models.damage_report import GRAVITY
from gis.queries import SQL
from gis.queries.damage_reports import (
    DamageReportView,
    Judged,
    ever_in,
    now_in,
    report_views,
)
from gis.queries.moments import told_by
from gis.sql import statement
from gis.vocabulary import DamageCategory, ReportState, Severity

SINGLE_FROM_ZOOM: Final = 15
"""From this zoom on reports stand apart as far as anybody can tell them apart."""
SINGLE_MOST: Final = 1_000
"""As many single reports as a tile of 100 kB holds with room to spare."""
CELLS_BITS: Final = 2
"""A tile is four cells wide: some 64 pixels each, in which a count can be read."""
LEVELS: Final = (16, 20)
"""The levels on which the store counts; what is coarser is added up from them."""
EXTENT: Final = 4096
UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class Seen:
    """Which reports are looked at; None asks for all."""

    categories: frozenset[DamageCategory] | None = None
    severities: frozenset[Severity | None] | None = None
    """Among them None, which is unknown."""
    is_confirmed: bool | None = None
    """Whether somebody has looked at them."""

    def parameters(self) -> dict[str, Any]:
        """Return what the statements ask by."""
        every = (*Severity, None)
        asked = every if self.severities is None else self.severities
        return {
            "categories": None if self.categories is None else sorted(self.categories),
            "severities": sorted(UNKNOWN if each is None else each.value for each in asked),
            "is_confirmed": self.is_confirmed,
        }


EVERYTHING = Seen()


def damage_tile(session: Session, incident_id: UUID, tile: Tile, which: Seen = EVERYTHING) -> bytes:
    """Return a tile as it is now: a Mapbox vector tile with one layer, ``reports``.

    A single report has its ``id``, ``category``, ``severity`` and ``state``, and ``observed`` in
    seconds since 1970; unknown is left out. A cell has as ``id`` its level, column and row, as
    ``n`` how many lie in it, of these ``severe``, ``moderate`` and ``minor`` (the others are
    unknown), and ``is_confirmed``, whether any of them is.
    """
    asked = _placed(tile) | which.parameters() | {"incident_id": incident_id}
    if tile.zoom >= SINGLE_FROM_ZOOM:
        found = session.execute(
            statement(SQL / "damage_tile_reports.sql"), asked | {"most": SINGLE_MOST}
        ).one()
        if found.reports <= SINGLE_MOST:
            return bytes(found.tile)
    return bytes(
        session.scalars(statement(SQL / "damage_tile_cells.sql"), asked | _cells(tile)).one()
    )


def past_damage_tile(  # noqa: PLR0913 - a moment, and by what was known when
    session: Session,
    incident_id: UUID,
    tile: Tile,
    which: Seen = EVERYTHING,
    *,
    as_of: datetime,
    known_at: datetime,
) -> bytes:
    """Return a tile as it was at a moment, by what was known when; as :func:`damage_tile` does.

    Nobody keeps counts of the past: it costs a look at each report of the tile.
    """
    seen = standing_in(incident_id, tile, which, as_of=as_of, known_at=known_at)
    mark = _marks(seen, tile).subquery("mark")
    packed = func.ST_AsMVT(literal_column("mark"), "reports", EXTENT, "place")
    return bytes(session.scalars(select(packed).select_from(mark)).one())


def reports_in_cell(  # noqa: PLR0913 - a moment, and by what was known when
    session: Session,
    incident_id: UUID,
    cell: Tile,
    which: Seen = EVERYTHING,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    limit: int,
) -> list[DamageReportView]:
    """Return the reports of a cell, the gravest first; now, or at a moment.

    Parameters
    ----------
    cell
        A tile or one of its cells, of level 0 to 20.
    limit
        How many at most.
    """
    seen = standing_in(incident_id, cell, which, as_of=as_of, known_at=known_at or as_of)
    query = (
        report_views(known_at or as_of)
        .where(DamageReport.id.in_(select(seen.c.id)))
        .order_by(text(GRAVITY), DamageReport.recorded_at.desc(), DamageReport.id)
    )
    return [DamageReportView(**row) for row in session.execute(query.limit(limit)).mappings()]


def standing_in(
    incident_id: UUID,
    part: Tile | Extent,
    which: Seen = EVERYTHING,
    *,
    as_of: datetime | None,
    known_at: datetime | None,
) -> CTE:
    """Return the reports that stood in a part of the map at a moment (None: now).

    Columns: ``id``, ``category``, ``severity``, ``state``, ``observed_at``, and as ``at_x`` and
    ``at_y`` the column and row of the finest grid in which a report lay then.
    """
    near = _near(incident_id, part, as_of, known_at)
    first_x, last_x, first_y, last_y = part.span(FINEST)
    return (
        select(near)
        .where(
            near.c.at_x.between(first_x, last_x),
            near.c.at_y.between(first_y, last_y),
            near.c.merged_into_id.is_(None),
            near.c.state != ReportState.REJECTED.value,
            *_asked(near, which),
        )
        .cte("seen")
    )


def _near(
    incident_id: UUID, part: Tile | Extent, as_of: datetime | None, known_at: datetime | None
) -> CTE:
    """Return the reports in a box of the map, whatever stood of them.

    Apart from what is asked of them: by all at once the planner expects next to none, and looks
    through the box anew for each.
    """
    judged = Judged(known_at)
    place = _place(judged) if known_at else DamageReport.location_3857
    found = select(
        DamageReport.id,
        DamageReport.category,
        DamageReport.severity,
        DamageReport.observed_at,
        judged.column("state").label("state"),
        judged.column("merged_into_id").label("merged_into_id"),
        func.map_column(place).label("at_x"),
        func.map_row(place).label("at_y"),
    ).where(
        DamageReport.incident_id == incident_id,
        *told_by(DamageReport, as_of, known_at),
        ever_in(_box(part)) if known_at else now_in(_box(part)),
    )
    return judged.join(found).cte("near").prefix_with("MATERIALIZED")


def _place(judged: Judged) -> ColumnElement[Any]:
    """Return where a report was; most were where they are, which is there to be read."""
    moved = func.ST_Transform(judged.place(), 3857)
    corrected = judged.column("corrected_location")
    is_same = corrected.is_not_distinct_from(DamageReport.corrected_location)
    return case((is_same, DamageReport.location_3857), else_=moved)


def _asked(near: CTE, which: Seen) -> Iterator[ColumnElement[bool]]:
    if which.categories is not None:
        yield near.c.category.in_(which.categories)
    if which.severities is not None:
        known = [each for each in which.severities if each is not None]
        is_unknown = near.c.severity.is_(None) if None in which.severities else false()
        yield or_(near.c.severity.in_(known), is_unknown)
    if which.is_confirmed is not None:
        yield (near.c.state != ReportState.UNCONFIRMED.value) == which.is_confirmed


def _box(part: Tile | Extent) -> ColumnElement[Any]:
    return func.ST_MakeEnvelope(*part.bounds_m(), 3857)


def _marks(seen: CTE, tile: Tile) -> Select[Any]:
    """Return a mark for each report where they are few, else one for each cell."""
    bits = FINEST - tile.zoom - CELLS_BITS
    cell_x, cell_y = (seen.c[name].op(">>")(bits) for name in ("at_x", "at_y"))
    are_few = select(func.count() <= SINGLE_MOST).select_from(seen).scalar_subquery()
    is_near = literal(tile.zoom >= SINGLE_FROM_ZOOM)
    is_alone = func.count() == 1
    first_x, _, first_y, _ = tile.span(FINEST)
    scale = EXTENT / 2 ** (FINEST - tile.zoom)
    name = func.concat(tile.zoom + CELLS_BITS, "/", cell_x, "/", cell_y)

    def of_one(column: ColumnElement[Any]) -> ColumnElement[Any]:
        return case((is_alone, func.min(column)))

    def of_cell(severity: Severity) -> ColumnElement[Any]:
        counted = func.count().filter(seen.c.severity == severity.value)
        return case((~is_alone, cast(counted, Integer))).label(severity.value)

    observed = cast(func.extract("epoch", seen.c.observed_at), BigInteger)
    return select(
        func.coalesce(of_one(cast(seen.c.id, Text)), name).label("id"),
        *(of_one(seen.c[each]).label(each) for each in ("category", "severity", "state")),
        of_one(observed).label("observed"),
        case((~is_alone, cast(func.count(), Integer))).label("n"),
        *map(of_cell, (Severity.SEVERE, Severity.MODERATE, Severity.MINOR)),
        case((~is_alone, func.bool_or(seen.c.state != ReportState.UNCONFIRMED.value))).label(
            "is_confirmed"
        ),
        func.ST_Point(
            (func.avg(seen.c.at_x) - first_x) * scale, (func.avg(seen.c.at_y) - first_y) * scale
        ).label("place"),
    ).group_by(cell_x, cell_y, case((and_(is_near, are_few), seen.c.id)))


def _placed(tile: Tile) -> dict[str, float]:
    west, south, east, north = tile.bounds_m()
    first_x, last_x, first_y, last_y = tile.span(FINEST)
    return {
        "west": west, "south": south, "east": east, "north": north,
        "first_x": first_x, "last_x": last_x, "first_y": first_y, "last_y": last_y,
        "scale": EXTENT / 2 ** (FINEST - tile.zoom),
    }  # fmt: skip


def _cells(tile: Tile) -> dict[str, float]:
    shown = tile.zoom + CELLS_BITS
    level = next(each for each in LEVELS if each >= shown)
    cells = tile.span(level)
    names = ("cell_first_x", "cell_last_x", "cell_first_y", "cell_last_y")
    return dict(zip(names, cells, strict=True)) | {
        "level": level,
        "shift": level - shown,
        "cell_level": shown,
        "cell_bits": FINEST - shown,
        "cell_x": tile.x << CELLS_BITS,
        "cell_y": tile.y << CELLS_BITS,
        "cell_m": 2 * HALF_WORLD_M / 2**shown,
    }
