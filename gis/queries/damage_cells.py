"""What damage reports add up to: the cells of 第4号様式 その2, counts, and the reports behind them.

All of it rests on what stood of each report at a moment, which only its assessments tell: the
columns beside a report say what stands now.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Subquery,
    Text,
    and_,
    case,
    exists,
    false,
    func,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.orm import Session

from gis.damage_cells import (
    NOTHING,
    RULES,
    STRICKEN_ROWS,
    UNCLASSED,
    Amount,
    DamageCell,
    stricken,
    units_of,
)
from gis.models import DamageReport
from gis.queries.damage_reports import DamageReportView, Judged, report_views
from gis.vocabulary import DamageUnit, FormRow, ReportState

FIGURES = {DamageUnit.HOUSEHOLDS: "households", DamageUnit.PERSONS: "residents"}
"""Which figure of a report feeds the cells of a unit; those of every other unit ``affected``."""

_NAMES = ("affected", *FIGURES.values())
_SUMMED = ("reports", *(f"{name}_{of}" for name in _NAMES for of in ("sum", "known", "conflicts")))
_KEPT = ("category", "severity", "state", "row", *_NAMES)
_CONFIRMED = [state.value for state in ReportState if state.counts]


class Counted(NamedTuple):
    """How many reports of a category and severity there are; rejected and merged ones are none."""

    category: str
    severity: str | None
    is_confirmed: bool
    reports: int


@dataclass(frozen=True)
class ReportBehind:
    """A report that a cell counts, with what stood of it at the moment."""

    report: DamageReportView
    differs: bool
    """Whether a source that was merged into it says something else of the cell."""


class DamageFigures(NamedTuple):
    """What the reports of an incident add up to."""

    cells: tuple[DamageCell, ...]
    """Every cell that reports feed, in the order of the form."""
    counts: list[Counted]


def damage_figures(
    session: Session, incident_id: UUID, *, as_of: datetime, known_at: datetime | None = None
) -> DamageFigures:
    """Return what reports add up to, as of a moment. One statement.

    A report counts in the cells of one row (:data:`gis.damage_cells.RULES`), with its own figures;
    what was merged into it is not added, but told where it says something else.

    Parameters
    ----------
    known_at
        By what was known when; None is as it was known at that moment itself.
    """
    standing = _standing(incident_id, as_of, known_at)
    told = (standing.c.category, standing.c.severity, standing.c.is_confirmed)
    groups = session.execute(
        select(
            *told,
            standing.c.row,
            func.count().label("reports"),
            *(column for name in _NAMES for column in _sums(standing, name)),
        ).group_by(*told, standing.c.row)
    ).all()
    counts: Counter[tuple[str, str | None, bool]] = Counter()
    rows: defaultdict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
    for group in groups:
        counts[group.category, group.severity, group.is_confirmed] += group.reports
        figures = group._asdict()
        rows[group.row, group.is_confirmed].update(
            {name: figures[name] or 0 for name in _SUMMED},
        )
    cells: dict[tuple[FormRow, DamageUnit], DamageCell] = {
        (row, unit): _cell(row, unit, rows)
        for row in FormRow
        if row is not FormRow.STRICKEN
        for unit in units_of(row)
    }
    cells |= {(cell.row, cell.unit): cell for cell in stricken(cells)}
    return DamageFigures(
        tuple(cells[row, unit] for row in FormRow for unit in units_of(row)),
        [Counted(*what, reports) for what, reports in counts.items()],
    )


def reports_behind(  # noqa: PLR0913 - a cell, a moment, and by what was known when
    session: Session,
    incident_id: UUID,
    row: FormRow,
    unit: DamageUnit,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    limit: int | None = None,
) -> list[ReportBehind]:
    """Return the reports that a cell counts at a moment, the last recorded first.

    Parameters
    ----------
    known_at
        By what was known when; None is as it was known at that moment itself.
    limit
        How many at most; None is all of them.
    """
    standing = _standing(incident_id, as_of, known_at)
    counted = STRICKEN_ROWS if row is FormRow.STRICKEN else (row,)
    found = session.execute(
        report_views(known_at or as_of)
        .add_columns(
            standing.c.state.label("stood"),
            _differs(standing, FIGURES.get(unit, "affected")).label("differs"),
        )
        .join(standing, standing.c.id == DamageReport.id)
        .where(standing.c.row.in_([each.value for each in counted]))
        .order_by(DamageReport.recorded_at.desc(), DamageReport.id.desc())
        .limit(limit)
    )
    return [_behind(dict(each)) for each in found.mappings()]


def _behind(row: dict[str, Any]) -> ReportBehind:
    stood, differs = row.pop("stood"), row.pop("differs")
    # It was not merged at that moment, whatever became of it.
    view = replace(DamageReportView(**row), state=stood, merged_into_id=None)
    return ReportBehind(view, differs)


def _standing(incident_id: UUID, as_of: datetime, known_at: datetime | None) -> CTE:
    """Return what counts at a moment: what is neither rejected nor merged into another report.

    Merged reports tell of one damage, so that it counts from when the first of them was told.
    """
    damage = _damages(_told(incident_id, known_at or as_of))
    return (
        select(damage, damage.c.state.in_(_CONFIRMED).label("is_confirmed"))
        # Where the report that was kept has been merged itself, its state is none of ours.
        .where(damage.c.state != ReportState.REJECTED.value, damage.c.told_at <= as_of)
        .cte("standing")
    )


def _told(incident_id: UUID, known_at: datetime) -> CTE:
    """Return the reports known at a moment, each with what its last assessment said by then."""
    judged = Judged(known_at)
    reports = judged.join(
        select(
            DamageReport.id,
            DamageReport.category,
            DamageReport.severity,
            *(getattr(DamageReport, name) for name in _NAMES),
            func.least(DamageReport.observed_at, DamageReport.recorded_at).label("told_at"),
            judged.column("state"),
            judged.column("merged_into_id"),
            _row().label("row"),
        )
    )
    return reports.where(
        DamageReport.incident_id == incident_id, DamageReport.recorded_at <= known_at
    ).cte("told")


def _row() -> ColumnElement[str]:
    """Return into which row of the form a report goes."""
    rules = (
        (and_(*(getattr(DamageReport, name) == said.value for name, said in says.items())), row)
        for row, says in RULES
    )
    row = case(*((fits, row.value) for fits, row in rules), else_=DamageReport.category)
    return type_coerce(row, Text)


def _damages(told: CTE) -> CTE:
    """Return each damage: what the kept report says, since when, and what its other sources say.

    Most are told of by one report alone, and cost no more than reading it. What is left is put
    together in one pass: of a join of reports with themselves the planner knows too little.
    """
    other = told.alias("other")
    has_others = exists(select(other.c.id).where(other.c.merged_into_id == told.c.id))
    is_merged = told.c.merged_into_id.is_not(None)
    alone = select(
        told.c.id,
        *(told.c[name] for name in _KEPT),
        told.c.told_at,
        *(null().cast(column.type).label(name) for name, column in _others(told).items()),
    ).where(~is_merged, ~has_others)
    # Two parts that are joined by their hashes: "or" would look through all of them for each.
    related = union_all(
        select(told).where(is_merged), select(told).where(~is_merged, has_others)
    ).subquery("related")
    kept = func.coalesce(related.c.merged_into_id, related.c.id)
    is_kept = related.c.merged_into_id.is_(None)
    together = select(
        kept.label("id"),
        # Of each damage one report is kept: the largest of one value is that value.
        *(func.max(related.c[name]).filter(is_kept).label(name) for name in _KEPT),
        func.min(related.c.told_at).label("told_at"),
        *(column.label(name) for name, column in _others(related).items()),
    ).group_by(kept)
    return union_all(alone, together).cte("damage")


def _others(told: CTE | Subquery) -> dict[str, ColumnElement[Any]]:
    """Return what other sources say; one that was rejected, or does not say, says nothing."""
    is_source = and_(told.c.merged_into_id.is_not(None), told.c.state != ReportState.REJECTED.value)
    says = {
        "row": told.c.row.not_in([row.value for row in UNCLASSED]),
        **{name: told.c[name].is_not(None) for name in _NAMES},
    }
    return {
        f"other_{name}": func.array_agg(told.c[name], type_=ARRAY(told.c[name].type)).filter(
            is_source, said
        )
        for name, said in says.items()
    }


def _sums(standing: CTE, name: str) -> tuple[ColumnElement[Any], ...]:
    """Return of a figure the sum, how many reports say it, and of how many other sources differ."""
    figure = standing.c[name]
    return (
        func.sum(figure).label(f"{name}_sum"),
        func.count(figure).label(f"{name}_known"),
        func.count().filter(_differs(standing, name)).label(f"{name}_conflicts"),
    )


def _differs(standing: CTE, name: str) -> ColumnElement[bool]:
    """Tell whether another source says another row of the form, or another figure."""
    return or_(
        *(
            func.coalesce(
                ~standing.c[f"other_{said}"].contained_by(array([standing.c[said]])), false()
            )
            for said in ("row", name)
        )
    )


def _cell(
    row: FormRow, unit: DamageUnit, rows: Mapping[tuple[str, bool], Mapping[str, float]]
) -> DamageCell:
    name = FIGURES.get(unit, "affected")
    confirmed, unconfirmed = (rows.get((row.value, said)) for said in (True, False))
    return DamageCell(
        row,
        unit,
        _amount(confirmed, name),
        _amount(unconfirmed, name),
        sum(int(each[f"{name}_conflicts"]) for each in (confirmed, unconfirmed) if each),
    )


def _amount(sums: Mapping[str, float] | None, name: str) -> Amount:
    if sums is None:
        return NOTHING
    reports, known = int(sums["reports"]), int(sums[f"{name}_known"])
    return Amount(reports, sums[f"{name}_sum"] if known else None, reports - known)
