"""What other bodies ask is compiled as the store holds it, now and at past moments."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event

from gis.config import city_profile
from gis.operations.openings import close_shelter
from gis.operations.triage import Assessment, assess, merge_damage_reports
from gis.queries.damage_reports import damage_report
from gis.reports import RENDERINGS, SituationSummary, compile_summary
from gis.reports.shelter_facts import ShelterCounts
from gis.store import Workspace
from gis.text import Language
from gis.vocabulary import (
    ClosureGrade,
    DamageCategory,
    DesignationKind,
    ReportState,
    Severity,
)
from tests.conftest import HEADQUARTERS, NOON, FixedClock
from tests.gis.closing import SPOT, STRETCH, change, lift, state
from tests.gis.conftest import Ask, Count, Report
from tests.gis.reports.sip4d_checker import faults
from tests.gis.reports.test_sip4d import FORMS

CITY = city_profile("142077")
HOUR = timedelta(hours=1)
CLIFF = (139.4201, 35.3701)
OpenShelter = Callable[..., UUID]
Compile = Callable[..., SituationSummary]
Judge = Callable[..., None]


@pytest.fixture
def compiled(workspace: Workspace, incident_id: UUID) -> Compile:
    def compile_(at: datetime = NOON, known_at: datetime | None = None) -> SituationSummary:
        with workspace.reading() as session:
            return compile_summary(
                session, incident_id, CITY, as_of=at, known_at=known_at, is_drill=False
            )

    return compile_


@pytest.fixture
def judge(workspace: Workspace) -> Judge:
    def judged(report_id: UUID, said: Assessment) -> None:
        with workspace.transaction(HEADQUARTERS) as session:
            version = damage_report(session, report_id).version
            assess(session, report_id, said, version=version)

    return judged


CONFIRMED = Assessment(ReportState.CONFIRMED)


@pytest.mark.usefixtures("city")
def test_a_shelter_brings_what_the_register_says_of_it(
    open_shelter: OpenShelter, ask: Ask, compiled: Compile
) -> None:
    shelter_id = open_shelter()
    ask(
        "UPDATE shelter SET name_kana = 'ツルミネ', phone = '0467-82-7215'"
        " WHERE id = %s RETURNING 1",
        shelter_id,
    )
    for kind, common_id in (
        ("emergency_site", "E1420700051201"),
        ("designated_shelter", "E1420700051111"),
    ):
        ask(
            "INSERT INTO designation (shelter_id, kind, common_id) VALUES (%s, %s, %s) RETURNING 1",
            shelter_id,
            kind,
            common_id,
        )
    (line,) = compiled().shelters
    assert asdict(line.facts) == {
        "municipality_code": "142077",
        "municipality": "茅ヶ崎市",
        "common_id": "E1420700051111",
        "name_kana": "ツルミネ",
        "phone": "0467-82-7215",
        "lon": 139.3897,
        "lat": 35.3377,
        "designations": (DesignationKind.DESIGNATED_SHELTER, DesignationKind.EMERGENCY_SITE),
        "reason": None,
    }


def test_an_emergency_site_goes_by_its_own_id(
    open_shelter: OpenShelter, ask: Ask, compiled: Compile
) -> None:
    ask(
        "INSERT INTO designation (shelter_id, kind, common_id)"
        " VALUES (%s, 'emergency_site', 'E1420700051201') RETURNING 1",
        open_shelter(),
    )
    (line,) = compiled().shelters
    assert (line.facts.common_id, line.facts.municipality) == ("E1420700051201", None)


def test_a_part_is_told_only_with_the_total_that_it_is_of(
    open_shelter: OpenShelter, count: Count, clock: FixedClock, compiled: Compile
) -> None:
    shelter_id = open_shelter()
    count(shelter_id, 100, voluntary_persons=10, men=40, women=60, staff=3, households=30)
    assert compiled().shelters[0].counts == ShelterCounts(
        voluntary_persons=10, men=40, women=60, staff=3
    )
    clock.moment = NOON + HOUR
    count(shelter_id, 5)
    (line,) = compiled(NOON + HOUR).shelters
    assert (line.persons, line.counts) == (5, ShelterCounts(staff=3))
    (then,) = compiled().shelters
    assert (then.persons, then.counts.men) == (100, 40)


def test_in_a_closed_shelter_nobody_is_counted(
    workspace: Workspace, open_shelter: OpenShelter, count: Count, ask: Ask, compiled: Compile
) -> None:
    count(open_shelter(), 100, voluntary_persons=10)
    ((opening_id,),) = ask("SELECT id FROM opening")
    with workspace.transaction(HEADQUARTERS) as session:
        close_shelter(session, opening_id, version=1)
    (line,) = compiled().shelters
    assert (line.persons, line.counts) == (None, ShelterCounts())


@pytest.mark.usefixtures("incident_id")
def test_closures_stand_in_it_as_they_stood_at_its_moment(
    workspace: Workspace, clock: FixedClock, compiled: Compile
) -> None:
    closed = state(workspace, road_name="国道134号", section="浜須賀から柳島まで").id
    spot = state(workspace, ClosureGrade.CAUTION, path=SPOT, from_at=NOON + 2 * HOUR).id
    words = state(workspace, ClosureGrade.ONE_LANE, path=None, road_name="県道30号").id
    clock.moment = NOON + HOUR
    change(workspace, closed, 1, ClosureGrade.NO_HEAVY, road_name="国道134号")
    lift(workspace, words, 1)
    then = {line.id: line for line in compiled().closures}
    assert [line.id for line in compiled().closures_in_force] == [closed, words]
    assert then[closed].grade is ClosureGrade.CLOSED
    assert then[closed].path == tuple(map(tuple, STRETCH["coordinates"]))
    assert (then[closed].road_name, then[closed].section) == ("国道134号", "浜須賀から柳島まで")
    assert (then[spot].path, then[spot].is_in_force, then[spot].is_lifted) == (
        ((139.39, 35.32),),
        False,
        False,
    )
    assert then[words].path == ()
    now = {line.id: line for line in compiled(NOON + HOUR).closures}
    assert (now[closed].grade, now[closed].observed_at) == (
        ClosureGrade.NO_HEAVY,
        NOON + HOUR,
    )
    assert (now[words].is_in_force, now[words].is_lifted) == (False, True)
    known = compiled(NOON, NOON + HOUR).closures_in_force
    assert [line.id for line in known] == [closed, words]


@pytest.mark.usefixtures("incident_id")
def test_a_cliff_failure_counts_once_it_is_found_to_be_so(
    workspace: Workspace, clock: FixedClock, report: Report, judge: Judge, compiled: Compile
) -> None:
    cliff = DamageCategory.CLIFF
    found = report(category=cliff, location=CLIFF, severity=Severity.SEVERE, affected=2).id
    again = report(category=cliff, location=CLIFF).id
    wrong, unconfirmed = report(category=cliff).id, report(category=cliff).id
    other = report(location=CLIFF).id
    assert compiled().landslides == ()
    clock.moment = NOON + HOUR
    for each in (found, other):
        judge(each, CONFIRMED)
    judge(wrong, Assessment(ReportState.REJECTED))
    with workspace.transaction(HEADQUARTERS) as session:
        merge_damage_reports(session, found, [again])
    clock.moment = NOON + 2 * HOUR
    judge(found, Assessment(ReportState.IN_PROGRESS, location=(139.43, 35.37)))
    (then,) = compiled(NOON + HOUR).landslides
    assert (then.id, then.state, then.severity) == (found, ReportState.CONFIRMED, Severity.SEVERE)
    assert (then.lon, then.lat, then.observed_at, then.places) == (*CLIFF, NOON, 2)
    (now,) = compiled(NOON + 2 * HOUR).landslides
    assert (now.state, now.lon, now.lat) == (ReportState.IN_PROGRESS, 139.43, 35.37)
    assert compiled().landslides == ()
    assert unconfirmed not in {now.id, then.id}


@pytest.mark.usefixtures("incident_id")
def test_the_lines_are_as_many_as_the_form_counts(
    report: Report, judge: Judge, compiled: Compile
) -> None:
    for confirmed in (True, True, False):
        filed = report(category=DamageCategory.CLIFF, location=CLIFF)
        if confirmed:
            judge(filed.id, CONFIRMED)
    summary = compiled()
    (line,) = summary.damage
    assert len(summary.landslides) == line.confirmed == 2


def test_the_sender_is_that_of_the_city(compiled: Compile) -> None:
    sender = compiled().sender
    assert (sender.name_ja, sender.email) == (CITY.sender.name_ja, CITY.sender.email)
    assert CITY.bounds.contain(*(sender.lon or 0, sender.lat or 0))


def test_a_city_that_says_nothing_sends_as_itself_from_its_middle() -> None:
    bare = CITY.model_copy(update={"sender": type(CITY.sender)()}).as_sender()
    assert (bare.name_ja, bare.email) == ("茅ヶ崎市", None)
    assert (bare.lon, bare.lat) == CITY.bounds.middle()


def test_it_is_compiled_in_nine_statements_whatever_there_is(
    workspace: Workspace,
    incident_id: UUID,
    open_shelter: OpenShelter,
    report: Report,
) -> None:
    for number in range(3):
        open_shelter(f"避難所{number}")
        report(category=DamageCategory.CLIFF, location=CLIFF)
        state(workspace)
    said: list[str] = []
    with workspace.reading() as session:
        session.connection()
        event.listen(workspace.engine, "before_cursor_execute", lambda *told: said.append(told[2]))
        compile_summary(session, incident_id, CITY, as_of=NOON, is_drill=False)
    assert len(said) == 9


@pytest.fixture
def something_of_everything(
    workspace: Workspace, open_shelter: OpenShelter, count: Count, report: Report, judge: Judge
) -> None:
    count(open_shelter(), 100, voluntary_persons=10)
    state(workspace, road_name="国道134号")
    state(workspace, path=SPOT)
    judge(report(category=DamageCategory.CLIFF, location=CLIFF).id, CONFIRMED)


@pytest.mark.usefixtures("something_of_everything")
@pytest.mark.parametrize("name", FORMS)
def test_what_the_store_holds_passes_the_rules_of_sip4d(name: str, compiled: Compile) -> None:
    assert faults(RENDERINGS[name].render(compiled(), Language.JA)) == []
