"""Which photographs there are of a shelter, and what each shows."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from gis import errors
from gis.operations.photographs import (
    NewPhotograph,
    NewReportPhotograph,
    add_photograph,
    add_report_photograph,
    hide_photograph,
)
from gis.operations.register import join_shelters
from gis.operations.triage import merge_damage_reports
from gis.photographs import prepare
from gis.picture_files import picture_files
from gis.queries.photographs import (
    PhotographView,
    photographs_of,
    photographs_of_report,
    picture_of,
)
from gis.queries.shelters import current_opening
from gis.store import Workspace
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.conftest import Report
from tests.photographs import photograph, picture

OpenShelter = Callable[..., UUID]
KEPT = prepare(photograph(picture(800, 600)))
MINUTE = timedelta(minutes=1)


def add(workspace: Workspace, shelter_id: UUID, taken_at: datetime | None = None) -> UUID:
    new = NewPhotograph(uuid4(), shelter_id, KEPT, taken_at=taken_at)
    with workspace.transaction(HEADQUARTERS) as session:
        return add_photograph(session, new).id


def listed(
    workspace: Workspace, shelter_id: UUID, limit: int | None = None
) -> list[PhotographView]:
    with workspace.reading() as session:
        opening = current_opening(session, shelter_id, at=workspace.clock.now())
        assert opening
        return photographs_of(session, opening.id, limit=limit)


def test_the_latest_come_first_and_what_was_taken_earlier_may_come_later(
    workspace: Workspace, open_shelter: OpenShelter, clock: FixedClock
) -> None:
    shelter = open_shelter()
    first = add(workspace, shelter)
    clock.moment += 30 * MINUTE
    between = add(workspace, shelter, NOON + 10 * MINUTE)
    last = add(workspace, shelter)
    assert [view.id for view in listed(workspace, shelter)] == [last, between, first]
    assert [view.id for view in listed(workspace, shelter, 2)] == [last, between]
    assert [view.since_at for view in listed(workspace, shelter)] == [
        clock.moment, NOON + 10 * MINUTE, NOON
    ]  # fmt: skip


def test_each_shelter_has_its_own(workspace: Workspace, open_shelter: OpenShelter) -> None:
    one, other = open_shelter("甲"), open_shelter("乙")
    add(workspace, one)
    assert len(listed(workspace, one)) == 1
    assert listed(workspace, other) == []


def test_a_picture_comes_large_and_small_and_says_whose_it_is(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    shelter = open_shelter()
    identity = add(workspace, shelter)
    with workspace.reading() as session:
        found = picture_of(session, identity)
    assert picture_files().read(found.content_hash) == KEPT.content
    assert picture_files().read(found.thumbnail_hash) == KEPT.thumbnail
    assert (found.shelter_id, found.reported_by) == (shelter, None)
    assert found.recorded_by == HEADQUARTERS.name


def test_of_a_shelter_that_was_joined_to_another_one_it_is_the_other_one_s(
    workspace: Workspace, open_shelter: OpenShelter, make_shelter: MakeShelter
) -> None:
    tent, school = open_shelter("天幕"), make_shelter("梅田中学校")
    identity = add(workspace, tent)
    with workspace.transaction(HEADQUARTERS) as session:
        join_shelters(session, tent, school)
    assert [view.id for view in listed(workspace, school)] == [identity]
    with workspace.reading() as session:
        assert picture_of(session, identity).shelter_id == school


def test_a_hidden_photograph_is_shown_to_nobody(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    shelter = open_shelter()
    identity = add(workspace, shelter)
    with workspace.transaction(HEADQUARTERS) as session:
        hide_photograph(session, identity)
    assert listed(workspace, shelter) == []
    with workspace.reading() as session, pytest.raises(errors.NotFound):
        picture_of(session, identity)


def test_what_was_never_sent_is_not_there(workspace: Workspace) -> None:
    with workspace.reading() as session, pytest.raises(errors.NotFound):
        picture_of(session, uuid4())


@pytest.mark.usefixtures("incident_id")
def test_a_report_has_its_own_and_those_of_what_was_merged_into_it(
    workspace: Workspace, report: Report
) -> None:
    kept, merged, other = report().id, report().id, report().id
    of = {}
    with workspace.transaction(HEADQUARTERS) as session:
        for report_id in (kept, merged, other):
            new = NewReportPhotograph(uuid4(), report_id, KEPT)
            of[report_id] = add_report_photograph(session, new).id
        merge_damage_reports(session, kept, [merged])
    with workspace.reading() as session:
        assert {view.id for view in photographs_of_report(session, kept)} == {of[kept], of[merged]}
        assert [view.id for view in photographs_of_report(session, merged)] == [of[merged]]
        found = picture_of(session, of[other])
    assert (found.shelter_id, found.reported_by) == (None, HEADQUARTERS.name)
