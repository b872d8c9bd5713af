"""Which reports are suggested as the same damage, and which lie near a place."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from gis.errors import NotFound
from gis.operations.triage import Assessment, assess, merge_damage_reports
from gis.queries.duplicates import ProbableDuplicate, nearby_reports, probable_duplicates
from gis.store import Workspace
from gis.vocabulary import DamageCategory, ReportState
from tests.conftest import HEADQUARTERS, NOON
from tests.gis.conftest import Report
from tests.gis.planted_reports import Planting
from tests.gis.planting import plant, suggestions
from tests.gis.queries.conftest import PlanOf

HERE = (139.4035, 35.3338)
TEN_METRES_EAST = (139.40361, 35.3338)
BLOCK_AWAY = (139.4057, 35.3338)
pytestmark = pytest.mark.usefixtures("incident_id")


def suggested(workspace: Workspace, report_id: UUID) -> list[ProbableDuplicate]:
    with workspace.reading() as session:
        return probable_duplicates(session, report_id)


def test_a_second_report_of_the_same_place_and_time_is_suggested(
    workspace: Workspace, report: Report
) -> None:
    first = report(location=HERE, note="電柱が倒れて通れない", observed_at=NOON)
    second = report(location=TEN_METRES_EAST, note="電柱倒れ､通行できない", observed_at=NOON)
    (found,) = suggested(workspace, first.id)
    assert found.report.id == second.id
    assert found.distance_m == pytest.approx(10, abs=0.1)
    assert found.apart_s == 0
    assert found.similarity is not None
    assert found.similarity > 0.5


@pytest.mark.parametrize(
    "other",
    [
        {"location": BLOCK_AWAY},
        {"location": HERE, "category": DamageCategory.FIRE},
        {"location": HERE, "observed_at": NOON - timedelta(days=1)},
    ],
    ids=["a block away", "of another category", "of the day before"],
)
def test_what_is_elsewhere_of_another_kind_or_of_another_day_is_not_suggested(
    workspace: Workspace, report: Report, other: dict[str, object]
) -> None:
    first = report(location=HERE, note="電柱が倒れて通れない", observed_at=NOON)
    report(**{"note": "電柱が倒れて通れない", "observed_at": NOON} | other)
    assert suggested(workspace, first.id) == []


def test_reports_without_a_place_are_compared_by_what_they_say(
    workspace: Workspace, report: Report
) -> None:
    first = report(place_text="東海岸南二丁目 郵便局前", note="道路に亀裂、車が通れない")
    report(place_text="松が丘", note="側溝から水があふれている")
    same = report(location=HERE, place_text="東海岸南2丁目の郵便局前", note="道路に亀裂あり")
    assert [each.report.id for each in suggested(workspace, first.id)] == [same.id]
    assert [each.report.id for each in suggested(workspace, same.id)] == [first.id]
    assert suggested(workspace, first.id)[0].distance_m is None


def test_what_is_merged_or_rejected_is_not_suggested(workspace: Workspace, report: Report) -> None:
    first, merged, into, rejected = (report(location=HERE).id for _ in range(4))
    with workspace.transaction(HEADQUARTERS) as session:
        merge_damage_reports(session, into, [merged])
        assess(session, rejected, Assessment(ReportState.REJECTED), version=0)
    assert [each.report.id for each in suggested(workspace, first)] == [into]


def test_a_report_that_does_not_exist_has_no_duplicates(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        suggested(workspace, uuid4())


def test_reports_around_a_place_come_nearest_first(
    workspace: Workspace, incident_id: UUID, report: Report
) -> None:
    near = report(location=TEN_METRES_EAST).id
    here = report(location=HERE).id
    report(location=HERE, category=DamageCategory.FIRE)
    report(location=BLOCK_AWAY)
    with workspace.reading() as session:
        found = nearby_reports(session, incident_id, *HERE, category=DamageCategory.ROAD)
        every = nearby_reports(session, incident_id, *HERE, within_m=201)
    assert [each.id for each in found] == [here, near]
    assert len(every) == 4


def test_far_more_planted_duplicates_are_shown_than_others(
    workspace: Workspace, incident_id: UUID, owner_url: str
) -> None:
    planting = Planting(7, NOON - timedelta(days=10), count=2_000)
    reports = planting.reports()
    plant(owner_url, incident_id, planting, reports)
    found = suggestions(workspace, reports, 300)
    assert found.recall > 0.75
    assert found.precision > 0.7


def test_candidates_are_found_by_their_indexes(incident_id: UUID, plan_of: PlanOf) -> None:
    plan = plan_of(lambda session: nearby_reports(session, incident_id, *HERE))
    assert "damage_report_location_3857_idx" in plan
