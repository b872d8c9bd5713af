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
    union,
)
from sqlalchemy.orm import Session

from gis.geometry.tiles import FINEST, HALF_WORLD_M, Tile
from gis.models import DamageAssessment, DamageReport
from gis.models.damage_report import GRAVITY
from gis.queries import SQL
from gis.queries.damage_reports import DamageReportView, Judged, report_views
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
    then = _Then(incident_id, tile, which, as_of, known_at)
    seen = then.reports(
        DamageReport.id, DamageReport.category, DamageReport.severity, then.state.label("state"),
        DamageReport.observed_at, then.at_x.label("at_x"), then.at_y.label("at_y"),
    ).cte("seen")  # fmt: skip
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
    then = _Then(incident_id, cell, which, as_of, known_at or as_of)
    query = then.narrow(report_views(known_at or as_of)).order_by(
        text(GRAVITY), DamageReport.recorded_at.desc(), DamageReport.id
    )
    return [DamageReportView(**row) for row in session.execute(query.limit(limit)).mappings()]


class _Then:
    """The reports that stood in a tile at a moment (None: now), each where it was then."""

    def __init__(
        self,
        incident_id: UUID,
        tile: Tile,
        which: Seen,
        as_of: datetime | None,
        known_at: datetime | None,
    ) -> None:
        self._judged = Judged(known_at)
        self.state = self._judged.column("state")
        place = self._place() if known_at else DamageReport.location_3857
        self.at_x, self.at_y = func.map_column(place), func.map_row(place)
        first_x, last_x, first_y, last_y = tile.span(FINEST)
        self._conditions = (
            DamageReport.incident_id == incident_id,
            *told_by(DamageReport, as_of, known_at),
            _ever_in(tile) if known_at else _in(tile),
            self.at_x.between(first_x, last_x),
            self.at_y.between(first_y, last_y),
            self._judged.column("merged_into_id").is_(None),
            self.state != ReportState.REJECTED.value,
            *self._asked(which),
        )

    def reports(self, *columns: Any) -> Select[Any]:  # noqa: ANN401 - columns of any type
        """Return the question for some columns of them."""
        return self._judged.join(select(*columns)).where(*self._conditions)

    def narrow(self, query: Select[Any]) -> Select[Any]:
        """Return a question for reports at the same moment, of these alone."""
        return query.where(*self._conditions)

    def _place(self) -> ColumnElement[Any]:
        corrected = self._judged.column("corrected_location")
        moved = func.ST_Transform(func.coalesce(corrected, DamageReport.location), 3857)
        is_same = corrected.is_not_distinct_from(DamageReport.corrected_location)
        return case((is_same, DamageReport.location_3857), else_=moved)

    def _asked(self, which: Seen) -> Iterator[ColumnElement[bool]]:
        if which.categories is not None:
            yield DamageReport.category.in_(which.categories)
        if which.severities is not None:
            known = [each for each in which.severities if each is not None]
            is_unknown = DamageReport.severity.is_(None) if None in which.severities else false()
            yield or_(DamageReport.severity.in_(known), is_unknown)
        if which.is_confirmed is not None:
            yield (self.state != ReportState.UNCONFIRMED.value) == which.is_confirmed


def _in(tile: Tile) -> ColumnElement[bool]:
    """Tell, by the index, whether a report lies in the box of a tile or on its edge."""
    return DamageReport.location_3857.op("&&")(func.ST_MakeEnvelope(*tile.bounds_m(), 3857))


def _ever_in(tile: Tile) -> ColumnElement[bool]:
    """Tell whether a report lies in the box now, or may have before its place was put right."""
    box = func.ST_Transform(func.ST_MakeEnvelope(*tile.bounds_m(), 3857), 4326)
    return DamageReport.id.in_(
        union(
            select(DamageReport.id).where(_in(tile)),
            select(DamageReport.id).where(DamageReport.location.op("&&")(box)),
            select(DamageAssessment.report_id).where(DamageAssessment.location.op("&&")(box)),
        )
    )


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
