"""The cells of 第4号様式 その2: what confirmed reports add up to, and beside it the others."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from gis.damage_cells import Amount, DamageCell
from gis.operations.damage_reports import NewDamageReport, file_damage_report
from gis.operations.incidents import open_incident
from gis.operations.triage import Assessment, assess, merge_damage_reports, take_back_assessment
from gis.queries.damage_cells import damage_figures, reports_behind
from gis.queries.damage_reports import damage_report
from gis.store import Workspace
from gis.vocabulary import (
    DamageCategory,
    DamageUnit,
    DwellingClass,
    FloodLevel,
    FormRow,
    IncidentKind,
    Phenomenon,
    ReportState,
    Severity,
)
from tests.conftest import HEADQUARTERS, NOON, FixedClock
from tests.gis.conftest import Report

MINUTE = timedelta(minutes=1)
CONFIRMED = ReportState.CONFIRMED
Told = Callable[..., None]


@pytest.fixture
def tell(workspace: Workspace) -> Told:
    def told(report_id: UUID, state: ReportState = CONFIRMED) -> None:
        with workspace.transaction(HEADQUARTERS) as session:
            version = damage_report(session, report_id).version
            assess(session, report_id, Assessment(state), version=version)

    return told


@pytest.fixture
def merge(workspace: Workspace) -> Told:
    def merged(into_id: UUID, *report_ids: UUID) -> None:
        with workspace.transaction(HEADQUARTERS) as session:
            merge_damage_reports(session, into_id, report_ids)

    return merged


Cell = Callable[..., DamageCell]


@pytest.fixture
def cell(workspace: Workspace, incident_id: UUID) -> Cell:
    """One cell, at the moment that the clock shows or another one."""

    def found(
        row: FormRow,
        unit: DamageUnit,
        at: datetime | None = None,
        known_at: datetime | None = None,
    ) -> DamageCell:
        moment = at or workspace.clock.now()
        with workspace.reading() as session:
            cells = damage_figures(session, incident_id, as_of=moment, known_at=known_at).cells
        (one,) = (each for each in cells if (each.row, each.unit) == (row, unit))
        return one

    return found


def test_a_confirmed_sum_stands_beside_one_that_is_not(
    cell: Cell, report: Report, tell: Told
) -> None:
    for affected, state in (
        (3, ReportState.CONFIRMED), (4, ReportState.IN_PROGRESS), (5, ReportState.DONE),
        (6, ReportState.UNCONFIRMED), (7, ReportState.REJECTED), (8, None),
    ):  # fmt: skip
        filed = report(category=DamageCategory.WATER, affected=affected)
        if state:
            tell(filed.id, state)
    found = cell(FormRow.WATER, DamageUnit.CUSTOMERS)
    assert (found.confirmed, found.unconfirmed) == (Amount(3, 12, 0), Amount(2, 14, 0))


def test_a_dwelling_counts_as_building_household_and_persons_each_known_or_not(
    cell: Cell, report: Report
) -> None:
    total = {"category": DamageCategory.DWELLING, "dwelling_class": DwellingClass.TOTAL}
    report(**total, affected=1, households=2, residents=5)
    report(**total)
    buildings, households, persons = (
        cell(FormRow.DWELLING_TOTAL, unit)
        for unit in (DamageUnit.BUILDINGS, DamageUnit.HOUSEHOLDS, DamageUnit.PERSONS)
    )
    assert buildings.unconfirmed == Amount(2, 1, 1)
    assert buildings.least(buildings.unconfirmed) == 2
    assert households.unconfirmed == Amount(2, 2, 1)
    assert households.least(households.unconfirmed) is None
    assert persons.unconfirmed == Amount(2, 5, 1)
    assert cell(FormRow.STRICKEN, DamageUnit.PERSONS).unconfirmed == Amount(2, 5, 1)


def test_nothing_known_is_unknown_and_no_report_is_none(cell: Cell, report: Report) -> None:
    report(category=DamageCategory.GAS)
    assert cell(FormRow.GAS, DamageUnit.CUSTOMERS).unconfirmed == Amount(1, None, 1)
    assert cell(FormRow.TELEPHONE, DamageUnit.LINES).unconfirmed == Amount(0, 0, 0)


def test_what_the_form_asks_and_nobody_said_is_in_no_cell(
    workspace: Workspace, incident_id: UUID, report: Report
) -> None:
    for category in ("dwelling", "paddy", "dry_field", "fire", "lifeline", "other"):
        report(category=DamageCategory(category))
    with workspace.reading() as session:
        cells = damage_figures(session, incident_id, as_of=NOON).cells
    assert {each.row.value for each in cells if each.unconfirmed.reports} == {
        "dwelling", "paddy", "dry_field", "fire", "lifeline", "other",
    }  # fmt: skip


def test_the_kept_report_counts_and_a_source_that_differs_is_told(
    cell: Cell, report: Report, tell: Told, merge: Told
) -> None:
    water = {"category": DamageCategory.WATER}
    kept, same, silent, other = (report(**water, affected=n).id for n in (40, 40, None, 60))
    tell(kept)
    merge(kept, same, silent)
    assert cell(FormRow.WATER, DamageUnit.CUSTOMERS) == DamageCell(
        FormRow.WATER, DamageUnit.CUSTOMERS, Amount(1, 40, 0), Amount(1, 60, 0), 0
    )
    merge(kept, other)
    assert cell(FormRow.WATER, DamageUnit.CUSTOMERS) == DamageCell(
        FormRow.WATER, DamageUnit.CUSTOMERS, Amount(1, 40, 0), Amount(0, 0, 0), 1
    )


def test_sources_differ_by_the_row_of_the_form_not_by_the_class(
    cell: Cell, report: Report, merge: Told
) -> None:
    def dwelling(judged: DwellingClass | None) -> UUID:
        filed = report(category=DamageCategory.DWELLING, dwelling_class=judged, affected=1)
        found: UUID = filed.id
        return found

    half = dwelling(DwellingClass.HALF)
    merge(half, dwelling(DwellingClass.LARGE_HALF), dwelling(None))
    assert cell(FormRow.DWELLING_HALF, DamageUnit.BUILDINGS).conflicts == 0
    merge(half, dwelling(DwellingClass.TOTAL))
    assert cell(FormRow.DWELLING_HALF, DamageUnit.BUILDINGS).conflicts == 1
    assert cell(FormRow.DWELLING_TOTAL, DamageUnit.BUILDINGS).unconfirmed == Amount(0, 0, 0)


def test_a_past_moment_has_the_state_of_then(
    cell: Cell, report: Report, tell: Told, merge: Told, clock: FixedClock
) -> None:
    first, second = (report(category=DamageCategory.ROAD, affected=1).id for _ in range(2))
    clock.moment += 10 * MINUTE
    tell(first)
    clock.moment += 10 * MINUTE
    merge(first, second)
    clock.moment += 10 * MINUTE
    tell(first, ReportState.REJECTED)

    def counted(at: datetime, known_at: datetime | None = None) -> tuple[int, int]:
        found = cell(FormRow.ROAD, DamageUnit.PLACES, at, known_at)
        return found.confirmed.reports, found.unconfirmed.reports

    moments = [NOON + minutes * MINUTE for minutes in (9, 19, 29, 30)]
    assert [counted(at) for at in moments] == [(0, 2), (1, 1), (1, 0), (0, 0)]
    assert counted(NOON, moments[2]) == (1, 0)
    assert counted(NOON, moments[3]) == (0, 0)


def test_a_damage_counts_from_its_first_source_though_a_later_one_was_kept(
    cell: Cell, report: Report, merge: Told, clock: FixedClock
) -> None:
    early = report(category=DamageCategory.ROAD, affected=1).id
    clock.moment += 30 * MINUTE
    late = report(category=DamageCategory.ROAD, affected=2).id
    merge(late, early)
    known_now = cell(FormRow.ROAD, DamageUnit.PLACES, NOON, clock.moment)
    known_then = cell(FormRow.ROAD, DamageUnit.PLACES, NOON)
    assert (known_now.unconfirmed, known_then.unconfirmed) == (Amount(1, 2, 0), Amount(1, 1, 0))


def test_the_reports_behind_a_cell_are_those_it_counts(
    workspace: Workspace, incident_id: UUID, report: Report, tell: Told, merge: Told
) -> None:
    kept, source, alone, rejected, _elsewhere = (
        report(category=category, affected=affected).id
        for category, affected in (
            (DamageCategory.ROAD, 1), (DamageCategory.ROAD, 2), (DamageCategory.ROAD, None),
            (DamageCategory.ROAD, 1), (DamageCategory.BRIDGE, 1),
        )
    )  # fmt: skip
    tell(kept)
    tell(rejected, ReportState.REJECTED)
    merge(kept, source)
    with workspace.reading() as session:
        behind = reports_behind(session, incident_id, FormRow.ROAD, DamageUnit.PLACES, as_of=NOON)
    assert {(one.report.id, one.report.state, one.differs) for one in behind} == {
        (kept, "confirmed", True), (alone, "unconfirmed", False),
    }  # fmt: skip


def test_counts_leave_out_what_was_rejected_or_merged(
    workspace: Workspace, incident_id: UUID, report: Report, tell: Told, merge: Told
) -> None:
    fire = {"category": DamageCategory.FIRE}
    kept, source, rejected = (report(**fire, severity=Severity.SEVERE).id for _ in range(3))
    report(**fire)
    tell(kept)
    tell(rejected, ReportState.REJECTED)
    merge(kept, source)
    with workspace.reading() as session:
        counts = damage_figures(session, incident_id, as_of=NOON).counts
    assert set(counts) == {("fire", "severe", True, 1), ("fire", None, False, 1)}


@dataclass(frozen=True)
class Filed:
    """A report, what was made of it, and into which of those before it it was merged."""

    category: DamageCategory
    details: dict[str, object]
    states: list[ReportState]
    merged_into: int | None
    is_taken_back: bool


amounts = st.none() | st.integers(0, 9)


@st.composite
def filed_reports(draw: st.DrawFn) -> Filed:
    category = draw(
        st.sampled_from(
            [DamageCategory.DWELLING] * 3
            + [DamageCategory.PADDY, DamageCategory.ROAD, DamageCategory.FIRE]
            + [DamageCategory.GAS]
        )
    )
    details: dict[str, object] = {"affected": draw(amounts)}
    details["phenomenon"] = draw(st.none() | st.sampled_from(Phenomenon))
    if category is DamageCategory.DWELLING:
        details |= {
            "dwelling_class": draw(st.none() | st.sampled_from(DwellingClass)),
            "flood_level": draw(st.none() | st.sampled_from(FloodLevel)),
            "households": draw(amounts),
            "residents": draw(amounts),
        }
    states = draw(st.lists(st.sampled_from(ReportState), max_size=2))
    return Filed(
        category, details, states, draw(st.none() | st.integers(0, 3)), draw(st.booleans())
    )


def _play(session: Session, reports: Sequence[Filed]) -> list[UUID | None]:
    """File reports and what was made of them; return into which each was merged in the end."""
    ids: list[UUID] = []
    merged: list[UUID | None] = []
    for one in reports:
        new = NewDamageReport(uuid4(), one.category, **one.details)  # type: ignore[arg-type]
        file_damage_report(session, new)
        for version, state in enumerate(one.states):
            assess(session, new.id, Assessment(state), version=version)
        into = None
        if one.merged_into is not None and one.merged_into < len(ids):
            target = one.merged_into
            if merged[target] is None:
                into = ids[target]
                merge_damage_reports(session, into, [new.id])
                if one.is_taken_back:
                    take_back_assessment(session, new.id, version=len(one.states) + 1)
                    into = None
        ids.append(new.id)
        merged.append(into)
    return merged


def _row_by_hand(one: Filed) -> str:
    """The form's rules, written down a second time."""
    said = one.details
    if one.category is DamageCategory.DWELLING:
        if said["dwelling_class"] is not None:
            judged = str(said["dwelling_class"])
            return {
                "total": "dwelling_total", "quasi_half": "dwelling_partial",
                "partial": "dwelling_partial",
            }.get(judged, "dwelling_half")  # fmt: skip
        level = said["flood_level"]
        return f"dwelling_{level}" if level else "dwelling"
    if one.category is DamageCategory.PADDY:
        happened = said["phenomenon"]
        if happened in ("washed_away", "buried"):
            return "paddy_lost"
        return "paddy_flooded" if happened == "flooding" else "paddy"
    return str(one.category)


def _by_hand(
    reports: Sequence[Filed], merged: Sequence[UUID | None]
) -> Counter[tuple[str, str, bool, str]]:
    """Sums, numbers of reports and of unknown amounts, added up one by one."""
    sums: Counter[tuple[str, str, bool, str]] = Counter()
    for one, into in zip(reports, merged, strict=True):
        state = one.states[-1] if one.states else ReportState.UNCONFIRMED
        if into is not None or state is ReportState.REJECTED:
            continue
        is_confirmed = state in ("confirmed", "in_progress", "done")
        figures = {"own": one.details["affected"]}
        if one.category is DamageCategory.DWELLING:
            figures |= {
                "households": one.details["households"],
                "persons": one.details["residents"],
            }
        row = _row_by_hand(one)
        rows = {row: figures}
        if row in ("dwelling_total", "dwelling_half", "dwelling_over_floor"):
            rows["stricken"] = {name: figures[name] for name in ("households", "persons")}
        for name, said in rows.items():
            for unit, figure in said.items():
                sums[name, unit, is_confirmed, "reports"] += 1
                sums[name, unit, is_confirmed, "unknown"] += figure is None
                sums[name, unit, is_confirmed, "known"] += figure or 0  # type: ignore[operator]
    return +sums


def _as_counter(cells: Sequence[DamageCell]) -> Counter[tuple[str, str, bool, str]]:
    found: Counter[tuple[str, str, bool, str]] = Counter()
    for each in cells:
        unit = each.unit.value if each.unit in ("households", "persons") else "own"
        for is_confirmed, amount in ((True, each.confirmed), (False, each.unconfirmed)):
            assert (amount.known is None) == (amount.reports == amount.unknown > 0)
            for name in ("reports", "known", "unknown"):
                found[each.row.value, unit, is_confirmed, name] = getattr(amount, name) or 0
    return +found


@settings(
    max_examples=25,
    deadline=None,
    phases=set(Phase) - {Phase.explain},
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(reports=st.lists(filed_reports(), max_size=7))
def test_cells_are_what_one_would_add_up_by_hand(
    workspace: Workspace, reports: list[Filed]
) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        incident_id = open_incident(session, "地震", IncidentKind.EARTHQUAKE)
        merged = _play(session, reports)
        cells = damage_figures(session, incident_id, as_of=NOON).cells
        behind = {
            each: reports_behind(session, incident_id, each.row, each.unit, as_of=NOON)
            for each in cells
            if each.confirmed.reports or each.unconfirmed.reports
        }
        counts = damage_figures(session, incident_id, as_of=NOON).counts
        session.rollback()
    assert _as_counter(cells) == _by_hand(reports, merged)
    for each, found in behind.items():
        assert len(found) == each.confirmed.reports + each.unconfirmed.reports
        assert sum(one.differs for one in found) == each.conflicts
    own = [each for each in cells if each.unit not in ("households", "persons")]
    assert sum(one.reports for one in counts) == sum(
        each.confirmed.reports + each.unconfirmed.reports for each in own
    )
