from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from gis.errors import NotFound
from gis.operations.incidents import open_incident
from gis.queries.damage_cells import damage_figures
from gis.queries.damage_reports import (
    Cursor,
    damage_report,
    newest_damage_reports,
)
from gis.store import Workspace
from gis.vocabulary import DamageCategory, IncidentKind, Severity
from tests.conftest import HEADQUARTERS, NOON, FixedClock
from tests.gis.conftest import Report
from tests.gis.queries.conftest import PlanOf


def pages(session: Session, incident_id: UUID, size: int) -> list[UUID]:
    """The ids of all reports, read page by page."""
    seen: list[UUID] = []
    before: Cursor | None = None
    while page := newest_damage_reports(session, incident_id, before=before, limit=size):
        seen += [report.id for report in page]
        before = (page[-1].recorded_at, page[-1].id)
    return seen


@pytest.mark.parametrize("size", [1, 3, 4, 100])
def test_pages_hold_every_report_once_though_all_came_at_one_moment(
    workspace: Workspace, incident_id: UUID, report: Report, size: int
) -> None:
    filed = {report().id for _ in range(10)}
    with workspace.reading() as session:
        read = pages(session, incident_id, size)
    assert len(read) == len(filed)
    assert set(read) == filed


def test_the_newest_report_comes_first_whenever_it_was_seen(
    workspace: Workspace, incident_id: UUID, report: Report, clock: FixedClock
) -> None:
    first = report().id
    clock.moment += timedelta(minutes=1)
    second = report(observed_at=NOON - timedelta(hours=1)).id
    with workspace.reading() as session:
        assert [each.id for each in newest_damage_reports(session, incident_id)] == [second, first]


def test_a_past_moment_leaves_out_what_was_learned_later(
    workspace: Workspace, incident_id: UUID, report: Report, clock: FixedClock
) -> None:
    first = report().id
    clock.moment += timedelta(minutes=1)
    report(observed_at=NOON - timedelta(hours=1))
    with workspace.reading() as session:
        known = newest_damage_reports(session, incident_id, as_of=NOON)
        counts = damage_figures(session, incident_id, as_of=NOON).counts
    assert [each.id for each in known] == [first]
    assert [one.reports for one in counts] == [1]


def test_the_reports_of_another_incident_do_not_show(workspace: Workspace, report: Report) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        other = open_incident(session, "津波", IncidentKind.TSUNAMI)
    with workspace.transaction(HEADQUARTERS) as session:
        current = open_incident(session, "洪水", IncidentKind.FLOOD)
    report()
    with workspace.reading() as session:
        found = {
            incident: len(newest_damage_reports(session, incident)) for incident in (other, current)
        }
    assert sorted(found.values()) == [0, 1]


def test_counts_keep_unknown_severity_apart(
    workspace: Workspace, incident_id: UUID, report: Report
) -> None:
    for severity in (None, None, Severity.MINOR):
        report(category=DamageCategory.FIRE, severity=severity)
    with workspace.reading() as session:
        counts = damage_figures(session, incident_id, as_of=NOON).counts
    assert set(counts) == {("fire", None, False, 2), ("fire", "minor", False, 1)}


def test_a_report_that_does_not_exist_is_not_found(workspace: Workspace) -> None:
    with workspace.reading() as session, pytest.raises(NotFound):
        damage_report(session, uuid4())


@pytest.mark.parametrize("before", [None, (NOON, UUID(int=0))], ids=["first page", "next page"])
def test_the_newest_reports_are_read_from_their_index_in_order(
    incident_id: UUID, plan_of: PlanOf, before: Cursor | None
) -> None:
    plan = plan_of(
        lambda session: newest_damage_reports(session, incident_id, before=before, limit=100)
    )
    assert "using damage_report_newest_idx" in plan
    assert "Sort" not in plan
