"""What waits for headquarters, in which order, who looks at it and who is on it."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from gis.operations.triage import Assessment, assess, claim_report, merge_damage_reports
from gis.queries.damage_reports import newest_damage_reports
from gis.queries.triage import (
    Claim,
    QueueCursor,
    claims_on,
    queue,
    state_counts,
    team_loads,
)
from gis.store import Workspace
from gis.vocabulary import ReportState, Severity
from tests.conftest import HEADQUARTERS, NOON, FixedClock
from tests.gis.conftest import Report
from tests.gis.queries.conftest import PlanOf

pytestmark = pytest.mark.usefixtures("incident_id")


def waiting(workspace: Workspace, incident_id: UUID, **chosen: object) -> list[UUID]:
    with workspace.reading() as session:
        found = queue(session, incident_id, now=workspace.clock.now(), **chosen)  # type: ignore[arg-type]
    return [report.id for report in found]


def decide(workspace: Workspace, report_id: UUID, told: Assessment) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        assess(session, report_id, told, version=0)


def merge(workspace: Workspace, into_id: UUID, *report_ids: UUID) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        merge_damage_reports(session, into_id, report_ids)


def test_danger_comes_first_then_severity_then_age_and_unknown_is_neither_none_nor_worst(
    workspace: Workspace, incident_id: UUID, report: Report, clock: FixedClock
) -> None:
    told: list[dict[str, Any]] = [
        {"people_in_danger": 0, "severity": Severity.SEVERE},
        {"severity": Severity.MINOR},
        {"severity": Severity.MODERATE},
        {"severity": None},
        {"severity": Severity.SEVERE},
        {"people_in_danger": 1, "severity": Severity.MINOR},
        {"people_in_danger": 12},
        {"severity": None},
    ]
    filed = []
    for content in told:
        filed.append(report(**content).id)
        clock.moment += timedelta(minutes=1)
    expected = [filed[number] for number in (6, 5, 4, 3, 7, 2, 1, 0)]
    assert waiting(workspace, incident_id) == expected


@pytest.mark.parametrize("size", [1, 3, 100])
def test_pages_hold_every_report_once_though_all_are_alike(
    workspace: Workspace, incident_id: UUID, report: Report, size: int
) -> None:
    filed = {report(people_in_danger=number % 2 or None).id for number in range(8)}
    seen: list[UUID] = []
    after: QueueCursor | None = None
    with workspace.reading() as session:
        while page := queue(session, incident_id, now=NOON, after=after, limit=size):
            seen += [one.id for one in page]
            after = page[-1].cursor
    assert len(seen) == len(filed)
    assert set(seen) == filed
    assert seen == waiting(workspace, incident_id)


def test_merged_reports_are_left_out_and_counted_with_the_one_that_stays(
    workspace: Workspace, incident_id: UUID, report: Report
) -> None:
    kept, twin, other = (report().id for _ in range(3))
    merge(workspace, kept, twin)
    with workspace.reading() as session:
        found = {one.id: one.sources for one in queue(session, incident_id, now=NOON)}
        counts = state_counts(session, incident_id)
    assert found == {kept: 2, other: 1}
    assert counts == dict.fromkeys(ReportState, 0) | {ReportState.UNCONFIRMED: 2}


def test_a_state_and_a_team_are_asked_for(
    workspace: Workspace, incident_id: UUID, report: Report
) -> None:
    road, bridge, fire, done, _ = (report().id for _ in range(5))
    decide(workspace, road, Assessment(ReportState.CONFIRMED, "土木班"))
    decide(workspace, bridge, Assessment(ReportState.IN_PROGRESS, "土木班"))
    decide(workspace, fire, Assessment(ReportState.IN_PROGRESS, "消防団"))
    decide(workspace, done, Assessment(ReportState.DONE, "消防団"))
    at_work = ReportState.IN_PROGRESS
    assert set(waiting(workspace, incident_id, state=at_work)) == {bridge, fire}
    assert waiting(workspace, incident_id, state=at_work, team="消防団") == [fire]
    with workspace.reading() as session:
        assert team_loads(session, incident_id) == [("土木班", 2, 1), ("消防団", 1, 1)]
        counts = state_counts(session, incident_id, team="土木班")
    assert (counts[ReportState.CONFIRMED], counts[ReportState.DONE]) == (1, 0)


def test_who_looks_at_a_report_is_shown_until_the_claim_lapses(
    workspace: Workspace, incident_id: UUID, report: Report, clock: FixedClock
) -> None:
    looked_at, free = report().id, report().id
    with workspace.transaction(HEADQUARTERS) as session:
        until = claim_report(session, looked_at)
    with workspace.reading() as session:
        shown = {one.id: one.claimed_by for one in queue(session, incident_id, now=NOON)}
        assert claims_on(session, [looked_at, free], now=NOON) == {looked_at: Claim("本部", until)}
    assert shown == {looked_at: "本部", free: None}
    clock.moment = until
    with workspace.reading() as session:
        assert {one.claimed_by for one in queue(session, incident_id, now=until)} == {None}
        assert claims_on(session, [looked_at], now=until) == {}


def test_a_page_of_the_queue_follows_its_index_and_sorts_nothing(plan_of: PlanOf) -> None:
    incident_id = uuid4()
    after: QueueCursor = (-1, 2, NOON, uuid4())
    for cursor in (None, after):
        plan = plan_of(partial(queue, incident_id=incident_id, now=NOON, after=cursor, limit=50))
        assert "damage_report_queue_idx" in plan
        assert "Sort" not in plan


def test_a_past_moment_has_what_headquarters_thought_then(
    workspace: Workspace, incident_id: UUID, report: Report, clock: FixedClock
) -> None:
    false_alarm, twin, kept = (report().id for _ in range(3))
    clock.moment += timedelta(minutes=1)
    decide(workspace, kept, Assessment(ReportState.CONFIRMED, "土木班", location=(139.4, 35.33)))
    decide(workspace, false_alarm, Assessment(ReportState.REJECTED))
    merge(workspace, kept, twin)

    def seen(**moment: object) -> dict[UUID, tuple[str, str | None, float | None]]:
        with workspace.reading() as session:
            found = newest_damage_reports(session, incident_id, standing=True, **moment)  # type: ignore[arg-type]
        return {one.id: (one.state, one.team, one.lon) for one in found}

    untouched = ("unconfirmed", None, None)
    assert seen(as_of=NOON) == dict.fromkeys([false_alarm, twin, kept], untouched)
    judged = {kept: ("confirmed", "土木班", 139.4)}
    assert seen(as_of=clock.moment) == judged
    assert seen(as_of=NOON, known_at=clock.moment) == judged
    assert seen() == judged
