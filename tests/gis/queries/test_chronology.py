"""One line of time: every kind of thing that happened, found, paged and known as of a moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from gis.errors import NotFound
from gis.operations import Filed
from gis.operations.assignments import assign
from gis.operations.chronology import NewEntry, follow_up, write_entry
from gis.operations.incidents import close_incident
from gis.operations.openings import change_state, open_shelters, take_back
from gis.queries.chronology import (
    AssignmentFacts,
    ChronologyKind,
    ChronologyLine,
    Cursor,
    EntryFacts,
    IncidentFacts,
    OrderFacts,
    ReadingFacts,
    ReportFacts,
    Selection,
    StateFacts,
    chronology,
    chronology_entry,
    whole_chronology,
)
from gis.queries.shelters import current_opening
from gis.store import Workspace
from gis.vocabulary import DamageCategory, IncidentKind, OrderAction, Severity, ShelterState, Source
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis import closing
from tests.gis.announcing import NANKO, issue, lift, retract, standing
from tests.gis.conftest import Count, Report
from tests.gis.queries.conftest import PlanOf

MINUTE = timedelta(minutes=1)
Happened = Callable[..., list[ChronologyLine]]
Act = Callable[[Callable[[Session], object]], None]
Write = Callable[..., UUID]


@pytest.fixture
def happened(workspace: Workspace, incident_id: UUID) -> Happened:
    """Read the chronology of the incident."""

    def read(**selection: Any) -> list[ChronologyLine]:  # noqa: ANN401
        with workspace.reading() as session:
            return chronology(session, incident_id, Selection(**selection), limit=1000)

    return read


@pytest.fixture
def act(workspace: Workspace, clock: FixedClock) -> Act:
    """Do something in a transaction of its own, a minute after what was done before."""

    def done(verb: Callable[[Session], object]) -> None:
        clock.moment += MINUTE
        with workspace.transaction(HEADQUARTERS) as session:
            verb(session)

    return done


@pytest.fixture
def write(act: Act) -> Write:
    def written(content: str = "県から電話", **more: Any) -> UUID:  # noqa: ANN401
        entry = NewEntry(uuid4(), content, **more)
        act(lambda session: write_entry(session, entry))
        return entry.id

    return written


@dataclass(frozen=True)
class Staff:
    """What headquarters do, each thing a minute after the one before it unless at once."""

    act: Act
    write: Write
    count_at_once: Count
    report_at_once: Report
    clock: FixedClock

    def count(self, shelter_id: UUID, persons: int, **more: Any) -> Filed:  # noqa: ANN401
        self.clock.moment += MINUTE
        return self.count_at_once(shelter_id, persons, **more)

    def report(self, **more: Any) -> Filed:  # noqa: ANN401
        self.clock.moment += MINUTE
        return self.report_at_once(**more)


@pytest.fixture
def staff(act: Act, write: Write, count: Count, report: Report, clock: FixedClock) -> Staff:
    return Staff(act, write, count, report, clock)


def opening_of(session: Session, shelter_id: UUID) -> UUID:
    opening = current_opening(session, shelter_id, at=NOON)
    assert opening
    return opening.id


def facts_of(lines: list[ChronologyLine], kind: ChronologyKind) -> list[Any]:
    return [line.facts for line in lines if line.kind is kind]


def test_every_kind_of_thing_appears_once_with_its_facts_the_latest_first(
    staff: Staff, happened: Happened, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    act, write, count, report = staff.act, staff.write, staff.count, staff.report
    shelter_id = make_shelter("鶴嶺小学校")
    act(lambda session: open_shelters(session, incident_id, [shelter_id], reason="避難指示"))
    counted = count(shelter_id, 40, households=12, note="体育館のみ", source=Source.PHONE)
    act(lambda session: assign(session, incident_id, shelter_id=shelter_id, assignee="第2班"))
    seen = report(
        category=DamageCategory.BRIDGE, severity=Severity.SEVERE, place_text="鳥井戸橋",
        note="橋台に亀裂", reporter="第3班",
    )  # fmt: skip
    entry_id = write(sender="県", recipient="本部", action="返答する", assignee="連絡班")
    act(lambda session: close_incident(session, incident_id, version=1))

    lines = happened()

    # The closing of the incident and that of its shelter happened at one moment.
    assert {line.kind.value for line in lines[:2]} == {"incident_closed", "state"}
    assert [line.kind.value for line in lines[2:]] == [
        "entry", "damage_report", "assignment", "reading", "state", "incident_opened",
    ]  # fmt: skip
    assert {line.recorded_by for line in lines} == {HEADQUARTERS.name}
    by_kind = {line.kind: line for line in lines}
    assert by_kind[ChronologyKind.ENTRY].facts == EntryFacts(
        "県", "本部", "県から電話", "返答する", "連絡班", None, 1
    )
    assert lines[-2].facts == StateFacts(
        ShelterState.OPEN, NOON + MINUTE, "避難指示", None, is_taken_back=False
    )
    assert by_kind[ChronologyKind.READING].facts == ReadingFacts(
        40, 12, None, "体育館のみ", Source.PHONE, corrects=False, is_corrected=False
    )
    assert by_kind[ChronologyKind.DAMAGE_REPORT].facts == ReportFacts(
        Severity.SEVERE, "鳥井戸橋", None, None, "橋台に亀裂", "第3班", Source.OTHER
    )
    assert by_kind[ChronologyKind.ASSIGNMENT].facts == AssignmentFacts("第2班")
    assert by_kind[ChronologyKind.INCIDENT_OPENED].facts == IncidentFacts(IncidentKind.EARTHQUAKE)
    assert by_kind[ChronologyKind.ENTRY].id == entry_id
    assert by_kind[ChronologyKind.READING].id == counted.id
    assert by_kind[ChronologyKind.DAMAGE_REPORT].report_id == seen.id
    assert by_kind[ChronologyKind.DAMAGE_REPORT].category is DamageCategory.BRIDGE
    for kind in (ChronologyKind.READING, ChronologyKind.STATE, ChronologyKind.ASSIGNMENT):
        assert by_kind[kind].shelter_id == shelter_id
        assert by_kind[kind].subject == "鶴嶺小学校"


def test_what_was_seen_earlier_stands_earlier_whenever_it_was_recorded(
    write: Write, happened: Happened
) -> None:
    late = write("後から聞いた", happened_at=NOON - timedelta(hours=1))
    soon = write("すぐに聞いた")
    assert [line.id for line in happened(kinds=frozenset({ChronologyKind.ENTRY}))] == [soon, late]


def test_a_clock_that_runs_ahead_does_not_push_a_count_to_the_top(
    happened: Happened, open_shelter: Callable[..., UUID], count: Count
) -> None:
    count(open_shelter(), 40, observed_at=NOON + 4 * MINUTE)
    (reading,) = happened(kinds=frozenset({ChronologyKind.READING}))
    assert reading.happened_at == NOON


def test_a_count_tells_its_change_against_the_one_before_it(
    happened: Happened, open_shelter: Callable[..., UUID], count: Count, clock: FixedClock
) -> None:
    shelter_id, other = open_shelter("一"), open_shelter("二")
    for persons in (40, None, 52, 45, 45):
        clock.moment += MINUTE
        count(shelter_id, persons, households=10)
        count(other, 7)
    told = facts_of(happened(shelter_id=shelter_id), ChronologyKind.READING)
    assert [(facts.persons, facts.change) for facts in reversed(told)] == [
        (40, None), (None, None), (52, 12), (45, -7), (45, 0),
    ]  # fmt: skip


def test_a_corrected_count_is_marked_and_counts_for_no_change(
    happened: Happened, open_shelter: Callable[..., UUID], count: Count, clock: FixedClock
) -> None:
    shelter_id = open_shelter()
    count(shelter_id, 40)
    clock.moment += MINUTE
    mistaken = count(shelter_id, 400)
    corrected_at = clock.moment = clock.moment + MINUTE
    count(shelter_id, 44, supersedes_id=mistaken.id, observed_at=NOON + MINUTE)
    readings = frozenset({ChronologyKind.READING})
    told = {
        facts.persons: (facts.change, facts.corrects, facts.is_corrected)
        for facts in facts_of(happened(kinds=readings), ChronologyKind.READING)
    }
    assert told == {40: (None, False, False), 400: (None, False, True), 44: (4, True, False)}
    before = happened(kinds=readings, as_of=corrected_at - timedelta(seconds=1))
    known = facts_of(before, ChronologyKind.READING)
    assert [(facts.persons, facts.change) for facts in known] == [(400, 360), (40, None)]


def test_taking_a_state_back_is_told_when_it_is_done_and_marks_the_mistake(
    act: Act, happened: Happened, open_shelter: Callable[..., UUID], clock: FixedClock
) -> None:
    shelter_id = open_shelter()
    act(
        lambda session: change_state(
            session, opening_of(session, shelter_id), ShelterState.CLOSED, version=1
        )
    )
    closed_at = clock.moment
    with_mistake = facts_of(happened(), ChronologyKind.STATE)[0]
    act(lambda session: take_back(session, opening_of(session, shelter_id), version=2))
    back, mistake, _first = happened(kinds=frozenset({ChronologyKind.STATE}))
    assert isinstance(back.facts, StateFacts)
    assert (back.happened_at, back.facts.since_at) == (clock.moment, NOON)
    assert (back.facts.takes_back, back.facts.state) == (ShelterState.CLOSED, ShelterState.OPEN)
    assert mistake.happened_at == closed_at
    taken_back = [facts.is_taken_back for facts in facts_of(happened(), ChronologyKind.STATE)]
    assert taken_back == [False, True, False]
    assert not with_mistake.is_taken_back


@pytest.mark.parametrize(
    ("search", "finds"),
    [
        ("電話", True),
        ("話", True),
        ("ﾃﾞﾝﾜ", False),
        ("ﾄﾗｯｸ", True),
        ("ＮＴＴ", True),
        ("ntt", True),
        ("100%", True),
        ("100_", False),
        ("%", True),
        ("_", False),
        ("給水所 第2", False),
        ("連絡班", True),
        ("給水所", True),
        ("折り返す", True),
        ("\\", False),
        ("'; DROP TABLE shelter; --", False),
        ("  ", True),
    ],
)
def test_a_search_finds_any_part_of_a_text_and_knows_no_wildcards(
    search: str, *, finds: bool, write: Write, happened: Happened
) -> None:
    write(
        "NTTより電話。トラックの燃料は100%", sender="県", recipient="給水所",
        action="第2班が折り返す", assignee="連絡班",
    )  # fmt: skip
    kinds = frozenset({ChronologyKind.ENTRY})
    assert bool(happened(search=search, kinds=kinds)) is finds


def test_a_search_looks_into_names_notes_reasons_places_and_teams(
    staff: Staff, happened: Happened, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    act, count, report = staff.act, staff.count, staff.report
    shelter_id = make_shelter("浜須賀会館")
    act(lambda session: open_shelters(session, incident_id, [shelter_id], reason="津波警報"))
    act(lambda session: assign(session, incident_id, shelter_id=shelter_id, assignee="松林班"))
    count(shelter_id, 9, note="駐車場も満車")
    report(place_text="鳥井戸橋", note="欄干", reporter="第9班")

    def found(search: str) -> set[str]:
        return {line.kind.value for line in happened(search=search)}

    assert found("須賀") == {"state", "reading", "assignment"}
    assert found("警報") == {"state"}
    assert found("満車") == {"reading"}
    assert found("松林") == {"assignment"}
    assert found("鳥井戸") == found("欄干") == found("第9班") == {"damage_report"}
    assert found("地震") == {"incident_opened"}


@pytest.mark.usefixtures("city")
def test_what_is_announced_of_an_order_is_told_and_found_by_its_towns_and_texts(
    workspace: Workspace, happened: Happened, clock: FixedClock
) -> None:
    order_id = issue(workspace, *NANKO, reason="氾濫危険水位", guidance="高い所へ").id
    clock.moment += MINUTE
    lift(workspace, order_id, 1, note="水位低下")
    clock.moment += MINUTE
    retract(workspace, order_id, 2)
    kinds = frozenset({ChronologyKind.EVACUATION_ORDER})
    back, lifted, issued = happened(kinds=kinds)
    assert isinstance(issued.facts, OrderFacts)
    assert (issued.facts.action, issued.facts.areas) == (OrderAction.ISSUED, ("南湖",))
    assert issued.facts.persons == standing(workspace, order_id).persons
    assert (issued.facts.order_id, issued.subject, issued.shelter_id) == (order_id, None, None)
    assert (back.happened_at, lifted.happened_at) == (clock.moment, clock.moment - MINUTE)
    assert [facts.is_taken_back for facts in facts_of([back, lifted], back.kind)] == [False, True]
    (then, _issued) = happened(kinds=kinds, as_of=clock.moment - MINUTE)
    assert facts_of([then], then.kind)[0].is_taken_back is False
    assert [line.id for line in happened(search="低下")] == [back.id, lifted.id]
    assert len(happened(search="南湖三丁目")) == 3
    assert happened(search="汐見台") == []


@pytest.mark.usefixtures("city")
def test_one_shelter_s_lines_are_its_own(
    workspace: Workspace,
    happened: Happened,
    open_shelter: Callable[..., UUID],
    write: Write,
    report: Report,
) -> None:
    issue(workspace, *NANKO)
    mine, _other = open_shelter("一"), open_shelter("二")
    write()
    report()
    assert [(line.kind.value, line.subject) for line in happened(shelter_id=mine)] == [
        ("state", "一")
    ]


def test_what_is_not_done_is_found(act: Act, write: Write, happened: Happened) -> None:
    write("知らせるだけ")
    open_task, done_task = write(action="手配する"), write(assignee="物資班")
    act(
        lambda session: follow_up(
            session, done_task, version=1, action=None, assignee="物資班", done=True
        )
    )
    assert [line.id for line in happened(unfinished=True)] == [open_task]
    then = happened(unfinished=True, as_of=NOON + 3 * MINUTE)
    assert [line.id for line in then] == [done_task, open_task]


def test_a_period_bounds_when_things_happened(write: Write, happened: Happened) -> None:
    entries = [write() for _ in range(4)]
    lines = happened(since=NOON + 2 * MINUTE, until=NOON + 3 * MINUTE)
    assert [line.id for line in lines] == [entries[2], entries[1]]


@pytest.mark.parametrize("size", [1, 3, 4, 100])
def test_pages_hold_everything_once_though_all_of_it_happened_at_one_moment(
    workspace: Workspace,
    incident_id: UUID,
    open_shelter: Callable[..., UUID],
    staff: Staff,
    size: int,
) -> None:
    shelter_id = open_shelter()
    for persons in range(5):
        staff.count_at_once(shelter_id, persons)
        staff.report_at_once()
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)
    seen: list[tuple[str, UUID]] = []
    before: Cursor | None = None
    with workspace.reading() as session:
        while page := chronology(session, incident_id, before=before, limit=size):
            seen += [(line.kind.value, line.id) for line in page]
            before = page[-1].cursor
        whole = [(line.kind.value, line.id) for line in whole_chronology(session, incident_id)]
    assert len(seen) == len(set(seen)) == 14
    assert seen == whole


def test_an_entry_that_does_not_exist_is_not_found(workspace: Workspace) -> None:
    with workspace.reading() as session, pytest.raises(NotFound):
        chronology_entry(session, uuid4())


def test_the_facts_of_a_page_are_looked_up_row_by_row(incident_id: UUID, plan_of: PlanOf) -> None:
    plan = plan_of(lambda session: chronology(session, incident_id))
    for index in ("occupancy_reading_pkey", "occupancy_reading_latest_idx", "damage_report_pkey"):
        assert index in plan


def test_a_road_closure_is_told_step_by_step_and_found_by_its_road(
    workspace: Workspace, happened: Happened, clock: FixedClock
) -> None:
    closure = closing.state(workspace, road_name="国道１号", section="本村", reason="冠水").id
    clock.moment += MINUTE
    closing.confirm(workspace, closure, 1)
    clock.moment += MINUTE
    closing.retract(workspace, closure, 2)
    told = facts_of(happened(), ChronologyKind.ROAD_CLOSURE)
    assert [(one.action, one.is_taken_back) for one in told] == [
        ("taken_back", False), ("confirmed", True), ("stated", False),
    ]  # fmt: skip
    assert {(one.grade, one.section, one.reason) for one in told} == {("closed", "本村", "冠水")}
    assert len(happened(search="国道1号")) == 3
