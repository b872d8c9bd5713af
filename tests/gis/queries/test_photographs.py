"""Which photographs there are of a shelter, and what each shows."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from gis import errors
from gis.operations.photographs import NewPhotograph, add_photograph, hide_photograph
from gis.operations.register import join_shelters
from gis.photographs import prepare
from gis.queries.photographs import (
    PhotographView,
    photograph_content,
    photograph_thumbnail,
    photographs_of,
)
from gis.queries.shelters import current_opening
from gis.store import Workspace
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
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
        content = photograph_content(session, identity)
        thumbnail = photograph_thumbnail(session, identity)
    assert (content.jpeg, thumbnail.jpeg) == (KEPT.content, KEPT.thumbnail)
    assert content.shelter_id == thumbnail.shelter_id == shelter
    assert content.recorded_by == HEADQUARTERS.name


def test_of_a_shelter_that_was_joined_to_another_one_it_is_the_other_one_s(
    workspace: Workspace, open_shelter: OpenShelter, make_shelter: MakeShelter
) -> None:
    tent, school = open_shelter("天幕"), make_shelter("梅田中学校")
    identity = add(workspace, tent)
    with workspace.transaction(HEADQUARTERS) as session:
        join_shelters(session, tent, school)
    assert [view.id for view in listed(workspace, school)] == [identity]
    with workspace.reading() as session:
        assert photograph_content(session, identity).shelter_id == school


def test_a_hidden_photograph_is_shown_to_nobody(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    shelter = open_shelter()
    identity = add(workspace, shelter)
    with workspace.transaction(HEADQUARTERS) as session:
        hide_photograph(session, identity)
    assert listed(workspace, shelter) == []
    with workspace.reading() as session:
        for picture_of in (photograph_content, photograph_thumbnail):
            with pytest.raises(errors.NotFound):
                picture_of(session, identity)


def test_what_was_never_sent_is_not_there(workspace: Workspace) -> None:
    with workspace.reading() as session, pytest.raises(errors.NotFound):
        photograph_content(session, uuid4())
