"""What a summary that goes out tells besides is what the pages of the moment tell."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from gis.config import city_profile
from gis.occupancy import Tally
from gis.operations.chronology import NewEntry, write_entry
from gis.operations.openings import open_shelters
from gis.reports import SituationSummary, compile_current_report, compile_current_summary, complete
from gis.store import Workspace
from gis.vocabulary import Bound, ShelterState
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.announcing import SHIOMIDAI, issue
from tests.gis.closing import state
from tests.gis.conftest import Count
from tests.gis.supplying import run_short

CITY = city_profile("142077")
HOUR = timedelta(hours=1)
OpenShelter = Callable[..., UUID]


def completed(workspace: Workspace) -> SituationSummary:
    with workspace.reading() as session:
        return compile_current_report(session, CITY, is_drill=False)


def test_the_rest_of_a_summary_stays_as_it_was(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    open_shelter()
    with workspace.reading() as session:
        plain = compile_current_summary(session, CITY, is_drill=False)
        whole = complete(session, plain, CITY)
    assert (plain.curve, plain.shortages, plain.events, plain.outline) == (None,) * 4
    assert whole.shelters == plain.shelters
    assert (whole.persons, whole.figures) == (plain.persons, plain.figures)
    assert (whole.shelters[0].facts.lon, whole.shelters[0].facts.lat) == (139.3897, 35.3377)


def test_the_curve_ends_with_the_figure_of_the_summary(
    workspace: Workspace, open_shelter: OpenShelter, count: Count, clock: FixedClock
) -> None:
    shelter_id, _ = open_shelter(), open_shelter("梅田中学校")
    clock.moment += HOUR
    count(shelter_id, 40)
    clock.moment += HOUR
    summary = completed(workspace)
    assert summary.curve
    assert summary.curve[-1].persons == summary.persons == Tally(40, 1)
    assert summary.curve[-1].at == summary.as_of
    assert summary.curve[0].at == summary.started_at
    assert {point.persons.known for point in summary.curve if point.at < NOON + HOUR} == {None}


def test_of_a_long_incident_the_curve_shows_the_last_three_days(
    workspace: Workspace, open_shelter: OpenShelter, clock: FixedClock
) -> None:
    open_shelter()
    clock.moment += 200 * HOUR
    curve = completed(workspace).curve
    assert curve
    assert curve[0].at == clock.moment - 72 * HOUR
    assert len(curve) == 73


def test_an_incident_that_has_only_begun_has_no_curve_yet(
    workspace: Workspace, incident_id: UUID
) -> None:
    assert incident_id
    assert completed(workspace).curve == ()


@pytest.mark.usefixtures("city")
def test_what_runs_out_first_is_told_with_its_place_and_moment(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    run_short(workspace, open_shelter())
    told = completed(workspace).shortages
    assert told
    assert [line.shelter for line in told.first] == ["鶴嶺小学校"] * len(told.first)
    first = told.first[0]
    assert first.item_code == "drinking_water"
    assert first.hours == pytest.approx(5, abs=0.5)
    assert first.bound in Bound
    assert told.in_all == len(told.first)
    lacks = {lack.item_code: lack for lack in told.lacks}
    assert lacks["drinking_water"].units > 0
    assert lacks["drinking_water"].shelters == 1
    assert told.unknown > 0


def test_of_the_chronology_decisions_are_told_and_nobody_by_name(
    workspace: Workspace, open_shelter: OpenShelter, count: Count
) -> None:
    count(open_shelter(), 40)
    state(workspace)
    with workspace.transaction(HEADQUARTERS) as session:
        entry = NewEntry(uuid4(), "自衛隊の派遣を要請", sender="甲野", recipient="乙野")
        write_entry(session, entry)
    events = completed(workspace).events
    assert events
    kinds = {event.line.kind.value for event in events}
    assert kinds == {"entry", "road_closure", "state", "incident_opened"}
    assert "自衛隊の派遣を要請" in repr(events)
    assert not [name for name in ("甲野", "乙野", HEADQUARTERS.name) if name in repr(events)]


@pytest.mark.usefixtures("city")
def test_an_order_is_an_event(workspace: Workspace, incident_id: UUID) -> None:
    issue(workspace, SHIOMIDAI)
    assert incident_id
    events = completed(workspace).events
    assert events
    kinds = sorted(event.line.kind.value for event in events)
    assert kinds == ["evacuation_order", "incident_opened"]


def test_shelters_that_opened_together_are_one_event(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    shelters = [make_shelter(f"避難所{number}") for number in range(3)]
    with workspace.transaction(HEADQUARTERS) as session:
        open_shelters(session, incident_id, shelters)
    events = completed(workspace).events
    assert events
    (opened,) = (event for event in events if event.subjects)
    assert opened.subjects == ("避難所0", "避難所1", "避難所2")
    assert getattr(opened.line.facts, "state", None) is ShelterState.OPEN


@pytest.mark.usefixtures("city")
def test_the_outline_is_closed_coarse_and_lies_where_the_city_lies(
    workspace: Workspace, incident_id: UUID
) -> None:
    assert incident_id
    outline = completed(workspace).outline
    assert outline
    assert all(ring[0] == ring[-1] for ring in outline)
    assert 20 < sum(map(len, outline)) < 600
    assert all(CITY.bounds.contain(*place) for ring in outline for place in ring)


def test_without_a_boundary_there_is_no_outline(workspace: Workspace, incident_id: UUID) -> None:
    assert incident_id
    assert completed(workspace).outline == ()


def test_it_takes_a_few_statements_whatever_the_number_of_shelters(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    def statements() -> int:
        seen: list[str] = []

        def note(*told: object) -> None:
            seen.append(str(told[2]))

        event.listen(workspace.engine, "before_cursor_execute", note)
        completed(workspace)
        event.remove(workspace.engine, "before_cursor_execute", note)
        return len(seen)

    open_shelter()
    one = statements()
    for number in range(5):
        open_shelter(f"避難所{number}")
    assert statements() == one
