"""A summary says what the store holds, to the digit."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from gis.config import city_profile
from gis.errors import NotFound
from gis.occupancy import Tally
from gis.reports import SituationSummary, compile_summary
from gis.store import Workspace
from gis.vocabulary import Crowding, DamageCategory, Hazard, OrderKind, Severity, ShelterState
from tests.conftest import NOON, FixedClock, MakeShelter
from tests.gis.announcing import NANKO, SHIOMIDAI, issue, lift
from tests.gis.conftest import Ask, Count, Report
from tests.gis.reports.situations import Told, played, reports_told, shelters_told

CITY = city_profile("142077")
INTERVAL = timedelta(minutes=CITY.reporting[0].interval_minutes)
OpenShelter = Callable[..., UUID]

in_any_situation = given(
    shelters=st.lists(shelters_told, max_size=6), reports=st.lists(reports_told, max_size=6)
)
rolled_back = settings(
    max_examples=15,
    deadline=None,
    phases=set(Phase) - {Phase.explain},
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def compiled(session: Session, incident_id: UUID) -> SituationSummary:
    return compile_summary(session, incident_id, CITY, as_of=NOON, is_drill=False)


@rolled_back
@in_any_situation
def test_totals_are_the_sum_of_their_lines_unless_unknown(
    workspace: Workspace,
    shelters: list[Told],
    reports: list[tuple[DamageCategory, Severity | None]],
) -> None:
    with played(workspace, shelters, reports) as (session, incident_id):
        summary = compiled(session, incident_id)
    lines = summary.open_shelters
    assert summary.persons == Tally.of([line.persons for line in lines])
    assert summary.households == Tally.of([line.households for line in lines])
    assert sum(map(summary.crowding_count, Crowding)) == len(lines)
    assert summary.damage_total == sum(line.total for line in summary.damage) == len(reports)
    known = [
        (line.capacity, line.persons)
        for line in lines
        if line.capacity is not None and line.persons is not None
    ]
    free, over = summary.free_places.known or 0, summary.persons_over_capacity.known or 0
    assert free - over == sum(capacity - persons for capacity, persons in known)
    assert summary.persons_over_capacity.unknown_places == len(lines) - len(known)
    assert summary.free_places.unknown_places == len(lines) - len(known)


BY_THE_STORE = """
    WITH latest AS (
        SELECT s.capacity,
               (array_agg(r.persons ORDER BY r.observed_at DESC) FILTER (WHERE r.persons >= 0))[1]
                   AS persons,
               (array_agg(r.households ORDER BY r.observed_at DESC)
                   FILTER (WHERE r.households >= 0))[1] AS households,
               max(r.observed_at) FILTER (WHERE r.persons >= 0) AS observed_at
        FROM opening o JOIN shelter s ON s.id = o.shelter_id
        LEFT JOIN occupancy_reading r ON r.opening_id = o.id
        WHERE o.incident_id = :incident_id AND o.ended_at IS NULL
        GROUP BY o.id, s.id
    )
    SELECT count(*) AS open, sum(persons) AS persons, sum(households) AS households,
           count(*) - count(persons) AS uncounted,
           coalesce(sum(persons - capacity) FILTER (WHERE persons > capacity), 0) AS over,
           sum(greatest(capacity - persons, 0)) FILTER (WHERE persons + capacity IS NOT NULL)
               AS free,
           count(*) FILTER (WHERE observed_at IS NULL OR observed_at <= :old_from) AS stale,
           (SELECT count(*) FROM shelter) AS registered,
           (SELECT count(*) FROM damage_report WHERE incident_id = :incident_id) AS reports
    FROM latest
"""


@rolled_back
@in_any_situation
def test_figures_are_those_of_the_store(
    workspace: Workspace,
    shelters: list[Told],
    reports: list[tuple[DamageCategory, Severity | None]],
) -> None:
    with played(workspace, shelters, reports) as (session, incident_id):
        summary = compiled(session, incident_id)
        rows = session.execute(
            text(BY_THE_STORE), {"incident_id": incident_id, "old_from": NOON - INTERVAL}
        )
        (store,) = rows.mappings()
    nothing = None if store["open"] else 0  # the sum of no shelter is 0, of no known one unknown
    assert {
        "open": len(summary.open_shelters),
        "persons": summary.persons.known,
        "households": summary.households.known,
        "uncounted": summary.persons.unknown_places,
        "over": summary.persons_over_capacity.known or 0,
        "free": summary.free_places.known,
        "stale": len(summary.stale_shelters),
        "registered": summary.shelters_registered,
        "reports": summary.damage_total,
    } == {name: nothing if value is None else value for name, value in store.items()}


def test_an_incident_without_a_shelter_has_nobody_in_shelters(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    make_shelter()
    with workspace.reading() as session:
        summary = compiled(session, incident_id)
    assert (summary.persons, summary.shelters, summary.shelters_registered) == (Tally(0, 0), (), 1)


def test_people_in_closed_shelters_have_gone_home(
    workspace: Workspace,
) -> None:
    closed = Told(capacity=100, is_opened=True, is_closed=True, readings=[(5, 80, None)])
    with played(workspace, [closed], []) as (session, incident_id):
        summary = compiled(session, incident_id)
    assert summary.persons == Tally(0, 0)
    assert [(line.state, line.persons, line.crowding) for line in summary.shelters] == [
        (ShelterState.CLOSED, None, None)
    ]


def test_a_free_place_here_does_not_make_up_for_one_too_few_there(workspace: Workspace) -> None:
    full, empty = ([(5, persons, None)] for persons in (130, 0))
    shelters = [
        Told(capacity=100, is_opened=True, is_closed=False, readings=readings)
        for readings in (full, empty)
    ]
    with played(workspace, shelters, []) as (session, incident_id):
        summary = compiled(session, incident_id)
    assert (summary.free_places, summary.persons_over_capacity) == (
        Tally(100, 0),
        Tally(30, 0),
    )


def test_those_that_need_attention_come_first_and_the_unknown_never_last(
    workspace: Workspace,
) -> None:
    def told(persons: int | None, *, closed: bool = False) -> Told:
        readings = [] if persons is None else [(5, persons, None)]
        return Told(capacity=100, is_opened=True, is_closed=closed, readings=readings)

    shelters = [told(99, closed=True), told(10), told(None), told(95)]
    with played(workspace, shelters, []) as (session, incident_id):
        summary = compiled(session, incident_id)
    assert [line.name for line in summary.shelters] == ["避難所3", "避難所2", "避難所1", "避難所0"]


def test_a_count_is_old_when_the_interval_has_passed(
    workspace: Workspace,
    incident_id: UUID,
    open_shelter: OpenShelter,
    count: Count,
) -> None:
    count(open_shelter(), 5)

    def stale_after(passed: timedelta) -> int:
        with workspace.reading() as session:
            as_of = NOON + passed
            summary = compile_summary(session, incident_id, CITY, as_of=as_of, is_drill=False)
        return len(summary.stale_shelters)

    assert stale_after(INTERVAL - timedelta(seconds=1)) == 0
    assert stale_after(INTERVAL) == 1


def test_a_summary_of_a_past_moment_stays_the_same(
    workspace: Workspace,
    incident_id: UUID,
    open_shelter: OpenShelter,
    count: Count,
    clock: FixedClock,
) -> None:
    shelter = open_shelter()
    count(shelter, 5)
    with workspace.reading() as session:
        then = compiled(session, incident_id)
    clock.moment += timedelta(minutes=10)
    count(shelter, 50, observed_at=NOON + timedelta(minutes=1))
    open_shelter("梅田中学校")
    with workspace.reading() as session:
        now = compiled(session, incident_id)
    assert (now.persons, now.shelters) == (then.persons, then.shelters)


@pytest.mark.usefixtures("city")
def test_orders_stand_in_it_as_they_stood_at_its_moment(
    workspace: Workspace, incident_id: UUID, clock: FixedClock
) -> None:
    flood = issue(workspace, *NANKO, kind=OrderKind.ELDERLY).id
    tsunami = issue(workspace, SHIOMIDAI, hazard=Hazard.TSUNAMI, guidance="高い所へ").id
    over = issue(workspace, SHIOMIDAI, kind=OrderKind.EMERGENCY).id
    lift(workspace, over, 1)
    clock.moment += timedelta(minutes=10)
    lift(workspace, tsunami, 1)
    with workspace.reading() as session:
        summary = compiled(session, incident_id)
    assert [(line.id, line.level, line.is_in_force) for line in summary.orders] == [
        (tsunami, None, True), (flood, 3, True), (over, 5, False),
    ]  # fmt: skip
    assert summary.orders_in_force == summary.orders[:2]
    first = summary.orders[0]
    assert (first.areas, first.guidance, first.households) == (
        ("汐見台",),
        "高い所へ",
        Tally(None, 1),
    )


def test_there_is_no_summary_of_an_incident_that_does_not_exist(workspace: Workspace) -> None:
    with workspace.reading() as session, pytest.raises(NotFound):
        compiled(session, uuid4())


def test_severities_that_nobody_gave_are_counted_apart(
    workspace: Workspace, incident_id: UUID, report: Report, ask: Ask
) -> None:
    for severity in (None, None, Severity.SEVERE):
        report(category=DamageCategory.FIRE, severity=severity)
    with workspace.reading() as session:
        (line,) = compiled(session, incident_id).damage
    assert (line.category, line.severe, line.unknown, line.total) == (DamageCategory.FIRE, 1, 2, 3)
    assert ask("SELECT count(*) FROM damage_report") == [(line.total,)]
