"""Triage: one looks, decides, and may take it back; two never decide over each other."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from gis import errors
from gis.operations.incidents import close_incident, open_incident
from gis.operations.triage import (
    CLAIMED_FOR,
    Assessment,
    assess,
    claim_report,
    merge_damage_reports,
    release_report,
    take_back_assessment,
)
from gis.operations.triage import standing as standing_of
from gis.queries.damage_reports import DamageReportView, damage_report
from gis.queries.triage import assessments_of
from gis.store import Actor, Workspace
from gis.text import Language
from gis.vocabulary import IncidentKind, ReportState, Role
from tests.conftest import HEADQUARTERS, FixedClock
from tests.gis.conftest import Ask, Report

CITY_HALL, STATION = (139.4035, 35.3338), (139.4066, 35.3307)
OTHER_DESK = Actor("本部2", Role.OPERATOR)
CONFIRMED, REJECTED = Assessment(ReportState.CONFIRMED), Assessment(ReportState.REJECTED)

pytestmark = pytest.mark.usefixtures("incident_id")


class Desk:
    """One who works on the reports of a store, each action a transaction of its own."""

    def __init__(self, workspace: Workspace, actor: Actor = HEADQUARTERS) -> None:
        self.workspace, self.actor = workspace, actor

    def look(self, report_id: UUID) -> DamageReportView:
        with self.workspace.reading() as session:
            return damage_report(session, report_id)

    def assess(self, report_id: UUID, told: Assessment, version: int | None = None) -> None:
        seen = self.look(report_id).version if version is None else version
        with self.workspace.transaction(self.actor) as session:
            assess(session, report_id, told, version=seen)

    def merge(self, into_id: UUID, *report_ids: UUID) -> None:
        with self.workspace.transaction(self.actor) as session:
            merge_damage_reports(session, into_id, report_ids)

    def take_back(self, report_id: UUID) -> None:
        seen = self.look(report_id).version
        with self.workspace.transaction(self.actor) as session:
            take_back_assessment(session, report_id, version=seen)

    def claim(self, report_id: UUID) -> None:
        with self.workspace.transaction(self.actor) as session:
            claim_report(session, report_id)

    def release(self, report_id: UUID) -> None:
        with self.workspace.transaction(self.actor) as session:
            release_report(session, report_id)


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    return Desk(workspace)


def standing(view: DamageReportView) -> tuple[object, ...]:
    return view.state, view.team, (view.lon, view.lat), view.merged_into_id


def test_what_was_told_last_holds_and_what_was_filed_stays(desk: Desk, report: Report) -> None:
    filed = report(location=CITY_HALL)
    assert standing(desk.look(filed.id)) == ("unconfirmed", None, CITY_HALL, None)
    desk.assess(filed.id, Assessment(ReportState.IN_PROGRESS, "土木班", STATION, "通行止め"))
    seen = desk.look(filed.id)
    assert standing(seen) == ("in_progress", "土木班", STATION, None)
    assert (seen.filed_lon, seen.filed_lat, seen.version) == (*CITY_HALL, 1)
    desk.assess(filed.id, Assessment(ReportState.DONE, "土木班"))
    assert standing(desk.look(filed.id)) == ("done", "土木班", CITY_HALL, None)
    with desk.workspace.reading() as session:
        history = assessments_of(session, filed.id)
    assert [(one.number, one.state, one.recorded_by) for one in history] == [
        (2, ReportState.DONE, "本部"),
        (1, ReportState.IN_PROGRESS, "本部"),
    ]


def test_each_step_is_taken_back_one_by_one(desk: Desk, report: Report) -> None:
    filed = report()
    steps = [CONFIRMED, Assessment(ReportState.IN_PROGRESS, "土木班"), REJECTED]
    for step in steps:
        desk.assess(filed.id, step)
    for step in (*reversed(steps[:-1]), Assessment(ReportState.UNCONFIRMED)):
        desk.take_back(filed.id)
        seen = desk.look(filed.id)
        assert (seen.state, seen.team) == (step.state, step.team)
    with pytest.raises(errors.NothingToTakeBack):
        desk.take_back(filed.id)


def test_what_follows_a_step_taken_back_is_taken_back_by_itself(desk: Desk, report: Report) -> None:
    filed = report()
    desk.assess(filed.id, CONFIRMED)
    desk.assess(filed.id, REJECTED)
    desk.take_back(filed.id)
    desk.assess(filed.id, Assessment(ReportState.DONE))
    desk.take_back(filed.id)
    assert desk.look(filed.id).state == "confirmed"


def test_the_second_of_two_learns_what_the_first_decided(
    desk: Desk, workspace: Workspace, report: Report
) -> None:
    filed = report()
    Desk(workspace, OTHER_DESK).assess(filed.id, REJECTED)
    with pytest.raises(errors.ReportChangedMeanwhile) as refused:
        desk.assess(filed.id, Assessment(ReportState.CONFIRMED, "土木班"), version=0)
    said = refused.value.explain(Language.EN)
    assert "“Rejected”, assigned to nobody" in said
    assert "“Confirmed”, assigned to 土木班" in said
    assert (refused.value.facts["actor"], refused.value.facts["theirs"]) == (
        "本部2",
        ReportState.REJECTED,
    )
    assert desk.look(filed.id).state == "rejected"


def test_of_many_who_decide_at_once_one_does(desk: Desk, report: Report, ask: Ask) -> None:
    filed, many = report(), 6
    together = Barrier(many)

    def decide(_: int) -> bool:
        together.wait()
        try:
            desk.assess(filed.id, CONFIRMED, version=0)
        except errors.ReportChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(many) as threads:
        assert sorted(threads.map(decide, range(many))) == [False] * 5 + [True]
    assert ask("SELECT count(*) FROM damage_assessment") == [(1,)]


def test_merged_reports_stand_with_one_and_are_separated_again(desk: Desk, report: Report) -> None:
    kept, twin, third = (report(location=CITY_HALL).id for _ in range(3))
    desk.assess(twin, Assessment(ReportState.CONFIRMED, "土木班", STATION))
    desk.merge(twin, third)
    desk.merge(kept, twin)
    assert {desk.look(each).merged_into_id for each in (twin, third)} == {kept}
    assert standing(desk.look(twin)) == ("confirmed", "土木班", STATION, kept)
    with pytest.raises(errors.ReportMerged):
        desk.assess(twin, CONFIRMED)
    desk.take_back(twin)
    assert standing(desk.look(twin)) == ("confirmed", "土木班", STATION, None)
    desk.take_back(third)
    assert desk.look(third).merged_into_id == twin
    desk.take_back(third)
    assert standing(desk.look(third)) == ("unconfirmed", None, CITY_HALL, None)


def test_of_two_who_merge_each_into_the_other_at_once_one_does(
    desk: Desk, report: Report, ask: Ask
) -> None:
    for _ in range(5):
        pair = report().id, report().id
        together = Barrier(2)

        def merge(ids: tuple[UUID, UUID], together: Barrier = together) -> bool:
            together.wait()
            try:
                desk.merge(*ids)
            except (errors.ReportMerged, errors.ReportChangedMeanwhile):
                return False
            return True

        with ThreadPoolExecutor(2) as threads:
            assert sorted(threads.map(merge, (pair, pair[::-1]))) == [False, True]
    assert ask("SELECT count(*) FROM damage_report WHERE merged_into_id IS NULL") == [(5,)]


def test_what_is_separated_from_a_merged_report_stands_alone(desk: Desk, report: Report) -> None:
    kept, twin, third = (report().id for _ in range(3))
    desk.merge(twin, third)
    desk.merge(kept, twin)
    desk.take_back(third)
    assert desk.look(third).merged_into_id is None
    assert desk.look(twin).merged_into_id == kept


def test_what_one_changes_leaves_the_rest_as_it_stands(desk: Desk, report: Report) -> None:
    filed = report(location=CITY_HALL)
    desk.assess(filed.id, Assessment(ReportState.CONFIRMED, "土木班", STATION))
    desk.assess(filed.id, replace(standing_of(desk.look(filed.id)), state=ReportState.DONE))
    assert standing(desk.look(filed.id)) == ("done", "土木班", STATION, None)


def test_a_report_is_released_by_whoever_has_it(
    desk: Desk, workspace: Workspace, report: Report
) -> None:
    filed, other = report(), Desk(workspace, OTHER_DESK)
    desk.claim(filed.id)
    other.release(filed.id)
    with pytest.raises(errors.ClaimedByAnother):
        other.claim(filed.id)
    desk.release(filed.id)
    other.claim(filed.id)


def test_what_cannot_be_one_is_not_merged(
    desk: Desk, workspace: Workspace, report: Report, clock: FixedClock, ask: Ask
) -> None:
    ours, twin = report().id, report().id
    with pytest.raises(errors.MergeImpossible):
        desk.merge(ours, ours)
    with pytest.raises(errors.NotFound):
        desk.merge(ours, uuid4())
    clock.moment += timedelta(minutes=1)
    with workspace.transaction(HEADQUARTERS) as session:
        open_incident(session, "別の災害", IncidentKind.FLOOD)
    theirs = report().id
    with pytest.raises(errors.MergeImpossible):
        desk.merge(ours, theirs)
    assert ask("SELECT count(*) FROM damage_assessment") == [(0,)]
    desk.merge(ours, twin)
    with pytest.raises(errors.ReportMerged):
        desk.merge(twin, ours)


def test_a_report_is_claimed_by_one_until_it_lapses(
    desk: Desk, workspace: Workspace, report: Report, clock: FixedClock
) -> None:
    filed, other = report(), Desk(workspace, OTHER_DESK)
    desk.claim(filed.id)
    clock.moment += timedelta(minutes=4)
    desk.claim(filed.id)
    clock.moment += timedelta(minutes=4)
    with pytest.raises(errors.ClaimedByAnother) as refused:
        other.claim(filed.id)
    assert refused.value.facts["actor"] == "本部"
    clock.moment += CLAIMED_FOR
    other.claim(filed.id)
    with pytest.raises(errors.ClaimedByAnother):
        desk.claim(filed.id)


def test_reports_of_a_closed_incident_stay_as_they_are(
    desk: Desk, workspace: Workspace, incident_id: UUID, report: Report
) -> None:
    filed = report()
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)
    with pytest.raises(errors.IncidentNotOpen):
        desk.assess(filed.id, CONFIRMED)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        (Assessment(ReportState.CONFIRMED, team="班" * 101), errors.TextTooLong),
        (Assessment(ReportState.CONFIRMED, reason="理" * 4001), errors.TextTooLong),
        (Assessment(ReportState.CONFIRMED, location=(35.3, 139.4)), errors.PlaceSwapped),
    ],
)
def test_what_cannot_be_is_refused(
    desk: Desk, report: Report, told: Assessment, refusal: type[errors.Refused]
) -> None:
    filed = report()
    with pytest.raises(refusal):
        desk.assess(filed.id, told)
    assert desk.look(filed.id).version == 0


def test_a_retry_after_the_place_was_put_right_is_still_a_retry(desk: Desk, report: Report) -> None:
    identity = uuid4()
    report(id=identity, location=CITY_HALL)
    desk.assess(identity, Assessment(ReportState.CONFIRMED, location=STATION))
    assert not report(id=identity, location=CITY_HALL).is_new
