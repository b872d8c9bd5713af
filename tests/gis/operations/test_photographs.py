"""Photographs of shelters and damage: sent once or often, late, wrongly, and hidden."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest

from gis import errors
from gis.config import settings
from gis.errors import Refused
from gis.geometry.place import Place
from gis.models.photograph import CAPTION_LENGTH
from gis.operations import Filed
from gis.operations.openings import close_shelter
from gis.operations.photographs import (
    REPORT_MOST,
    NewPhotograph,
    NewReportPhotograph,
    add_photograph,
    add_report_photograph,
    hide_photograph,
)
from gis.photographs import prepare
from gis.picture_files import picture_files
from gis.queries.photographs import photographs_of
from gis.store import Actor, Workspace
from gis.vocabulary import Role, Source
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.conftest import Ask
from tests.photographs import TSURUMINE, photograph, picture

OpenShelter = Callable[..., UUID]
Add = Callable[..., Filed]
MINUTE = timedelta(minutes=1)
PHOTOGRAPHS = "SELECT count(*) FROM photograph"
KEPT = prepare(photograph(taken="2026:09:01 11:58:00", gps=TSURUMINE))
ANOTHER = prepare(photograph(picture(30, 40)))


@pytest.fixture
def add(workspace: Workspace) -> Add:
    """Add a photograph in a transaction of its own."""

    def file(shelter_id: UUID, **content: Any) -> Filed:  # noqa: ANN401
        prepared = content.pop("prepared", KEPT)
        new = NewPhotograph(content.pop("id", uuid4()), shelter_id, prepared, **content)
        with workspace.transaction(HEADQUARTERS) as session:
            return add_photograph(session, new)

    return file


def hide(workspace: Workspace, photograph_id: UUID, actor: Actor = HEADQUARTERS) -> None:
    with workspace.transaction(actor) as session:
        hide_photograph(session, photograph_id)


def test_a_photograph_is_stored_with_what_is_known_of_it(
    workspace: Workspace, open_shelter: OpenShelter, add: Add, ask: Ask
) -> None:
    filed = add(open_shelter(), caption=" 受付 ", source=Source.FIELD_APP)
    assert filed.is_new
    ((content_hash, thumbnail_hash, *file),) = ask(
        "SELECT content_hash, thumbnail_hash, sha256, size_bytes FROM photograph"
    )
    assert picture_files().read(content_hash) == KEPT.content
    assert picture_files().read(thumbnail_hash) == KEPT.thumbnail
    assert file == [KEPT.sha256, KEPT.size_bytes]
    ((opening,),) = ask("SELECT id FROM opening")
    with workspace.reading() as session:
        (view,) = photographs_of(session, opening)
    assert (view.id, view.caption, view.source) == (filed.id, "受付", "field_app")
    assert (view.taken_at, view.recorded_by) == (NOON - 2 * MINUTE, HEADQUARTERS.name)
    assert (view.lon, view.lat) == pytest.approx((139.3897, 35.3377))
    assert (view.width_px, view.height_px) == (400, 300)


def test_what_nobody_knows_stays_unknown(open_shelter: OpenShelter, add: Add, ask: Ask) -> None:
    add(open_shelter(), prepared=ANOTHER, caption=" ")
    assert ask("SELECT taken_at, location, caption FROM photograph") == [(None, None, None)]


def test_who_says_when_it_was_taken_is_believed_before_the_camera(
    open_shelter: OpenShelter, add: Add, clock: FixedClock, ask: Ask
) -> None:
    shelter = open_shelter()
    clock.moment += 10 * MINUTE
    add(shelter, taken_at=NOON + MINUTE)
    assert ask("SELECT taken_at FROM photograph") == [(NOON + MINUTE,)]


@pytest.mark.parametrize(
    "taken_at", [NOON + timedelta(hours=1), datetime(1980, 1, 1, tzinfo=NOON.tzinfo)]
)
def test_a_camera_whose_clock_is_wrong_says_nothing(
    open_shelter: OpenShelter, add: Add, ask: Ask, taken_at: datetime
) -> None:
    add(open_shelter(), prepared=replace(KEPT, taken_at=taken_at))
    assert ask("SELECT taken_at FROM photograph") == [(None,)]


def test_a_picture_from_before_the_opening_belongs_to_it_all_the_same(
    open_shelter: OpenShelter, add: Add
) -> None:
    earlier = replace(KEPT, taken_at=NOON - timedelta(days=300))
    assert add(open_shelter(), prepared=earlier).is_new


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ({"caption": "あ" * (CAPTION_LENGTH + 1)}, errors.TextTooLong),
        ({"taken_at": NOON + 6 * MINUTE}, errors.ObservedInFuture),
        ({"taken_at": NOON.replace(tzinfo=None)}, errors.MomentWithoutZone),
        ({"taken_at": NOON - 6 * MINUTE}, errors.CountedBeforeOpening),
        ({"incident_id": uuid4()}, errors.ShelterOfAnotherIncident),
    ],
)
def test_what_cannot_be_is_refused_and_not_stored(
    open_shelter: OpenShelter,
    add: Add,
    ask: Ask,
    content: dict[str, Any],
    refusal: type[Refused],
) -> None:
    with pytest.raises(refusal):
        add(open_shelter(), **content)
    assert ask(PHOTOGRAPHS) == [(0,)]


def test_the_longest_caption_is_stored(open_shelter: OpenShelter, add: Add, ask: Ask) -> None:
    add(open_shelter(), caption="あ" * CAPTION_LENGTH)
    assert ask("SELECT char_length(caption) FROM photograph") == [(CAPTION_LENGTH,)]


@pytest.mark.usefixtures("incident_id")
def test_a_shelter_that_takes_no_part_takes_no_photograph(
    make_shelter: MakeShelter, add: Add
) -> None:
    with pytest.raises(errors.ShelterNotOpen):
        add(make_shelter("梅田中学校"))
    with pytest.raises(errors.NotFound):
        add(uuid4())


def test_a_photograph_from_before_the_closing_may_come_late(
    workspace: Workspace, open_shelter: OpenShelter, add: Add, clock: FixedClock, ask: Ask
) -> None:
    shelter = open_shelter()
    ((opening,),) = ask("SELECT id FROM opening")
    clock.moment += timedelta(hours=2)
    with workspace.transaction(HEADQUARTERS) as session:
        close_shelter(session, opening, version=1)
    assert add(shelter, taken_at=NOON + timedelta(hours=1)).is_new
    with pytest.raises(errors.ShelterNotOpen):
        add(shelter)


@pytest.mark.parametrize("taken_at", [None, NOON])
def test_a_retry_changes_nothing(
    open_shelter: OpenShelter, add: Add, clock: FixedClock, ask: Ask, taken_at: datetime | None
) -> None:
    shelter, identity = open_shelter(), uuid4()
    first = add(shelter, id=identity, caption="受付 ", taken_at=taken_at)
    clock.moment += MINUTE
    second = add(shelter, id=identity, caption="受付 ", taken_at=taken_at)
    assert (first.is_new, second.is_new, second.id) == (True, False, identity)
    assert ask("SELECT caption, recorded_at FROM photograph") == [("受付", NOON)]


@pytest.mark.parametrize(
    "other",
    [{"prepared": ANOTHER}, {"caption": "体育館"}, {"source": Source.VISIT}, {"taken_at": NOON}],
)
def test_an_id_stands_for_one_photograph(
    open_shelter: OpenShelter, add: Add, ask: Ask, other: dict[str, Any]
) -> None:
    shelter, identity = open_shelter(), uuid4()
    add(shelter, id=identity)
    with pytest.raises(errors.IdUsedForAnother):
        add(shelter, id=identity, **other)
    with pytest.raises(errors.IdUsedForAnother):
        add(open_shelter("梅田中学校"), id=identity)
    assert ask(PHOTOGRAPHS) == [(1,)]


def test_one_photograph_delivered_many_times_at_once_is_one(
    open_shelter: OpenShelter, add: Add, ask: Ask
) -> None:
    shelter, identity, deliveries = open_shelter(), uuid4(), 6
    together = Barrier(deliveries)

    def deliver(_: int) -> bool:
        together.wait()
        return add(shelter, id=identity).is_new

    with ThreadPoolExecutor(deliveries) as threads:
        assert sorted(threads.map(deliver, range(deliveries))) == [False] * 5 + [True]
    assert ask(PHOTOGRAPHS) == [(1,)]


def test_a_hidden_photograph_stays_and_says_who_hid_it(
    workspace: Workspace, open_shelter: OpenShelter, add: Add, clock: FixedClock, ask: Ask
) -> None:
    shelter = open_shelter()
    filed = add(shelter)
    clock.moment += MINUTE
    hide(workspace, filed.id)
    clock.moment += MINUTE
    hide(workspace, filed.id, Actor("管理者", Role.ADMIN))
    assert ask("SELECT hidden_at, hidden_by FROM photograph") == [
        (NOON + MINUTE, HEADQUARTERS.name)
    ]


def test_sending_a_hidden_photograph_again_does_not_show_it(
    workspace: Workspace, open_shelter: OpenShelter, add: Add, ask: Ask
) -> None:
    shelter, identity = open_shelter(), uuid4()
    add(shelter, id=identity)
    hide(workspace, identity)
    assert not add(shelter, id=identity).is_new
    assert ask("SELECT count(*) FROM photograph WHERE hidden_at IS NULL") == [(0,)]


def test_there_is_nothing_to_hide_where_nothing_is(workspace: Workspace) -> None:
    with pytest.raises(errors.NotFound):
        hide(workspace, uuid4())


ReportOne = Callable[..., Filed]
OF_A_REPORT = "SELECT report_id, opening_id, caption, source, taken_at FROM photograph"


@pytest.fixture
def add_to(workspace: Workspace) -> Add:
    """Add a photograph of a damage report in a transaction of its own."""

    def file(report_id: UUID, **content: Any) -> Filed:  # noqa: ANN401
        prepared = content.pop("prepared", KEPT)
        new = NewReportPhotograph(content.pop("id", uuid4()), report_id, prepared, **content)
        with workspace.transaction(HEADQUARTERS) as session:
            return add_report_photograph(session, new)

    return file


@pytest.mark.usefixtures("incident_id")
def test_a_damage_report_has_photographs_too(report: ReportOne, add_to: Add, ask: Ask) -> None:
    filed = report(source=Source.FIELD_APP)
    assert add_to(filed.id, caption=" 亀裂 ").is_new
    assert ask(OF_A_REPORT) == [(filed.id, None, "亀裂", "field_app", NOON - 2 * MINUTE)]
    with pytest.raises(errors.NotFound):
        add_to(uuid4())


@pytest.mark.usefixtures("incident_id")
def test_where_and_when_as_told_go_before_the_camera(
    report: ReportOne, add_to: Add, ask: Ask
) -> None:
    add_to(report().id, taken_at=NOON - MINUTE, location=Place(139.4, 35.3))
    assert ask("SELECT taken_at, ST_X(location), ST_Y(location) FROM photograph") == [
        (NOON - MINUTE, 139.4, 35.3)
    ]


@pytest.mark.usefixtures("incident_id")
def test_a_clock_that_was_wrong_when_it_reported_was_as_wrong_when_it_photographed(
    report: ReportOne, add_to: Add, ask: Ask
) -> None:
    ahead = timedelta(days=2)
    filed = report(observed_at=NOON + ahead - MINUTE, sent_at=NOON + ahead)
    add_to(filed.id, taken_at=NOON + ahead - MINUTE)
    assert ask("SELECT taken_at FROM photograph") == [(NOON - MINUTE,)]


@pytest.mark.usefixtures("incident_id")
def test_a_photograph_is_not_lost_over_a_moment_that_cannot_be(
    report: ReportOne, add_to: Add, ask: Ask
) -> None:
    add_to(report().id, taken_at=NOON + timedelta(days=2))
    assert ask("SELECT taken_at FROM photograph") == [(None,)]


@pytest.mark.usefixtures("incident_id")
def test_an_id_stands_for_one_photograph_of_one_report(report: ReportOne, add_to: Add) -> None:
    filed, identity = report(), uuid4()
    assert add_to(filed.id, id=identity).is_new
    assert not add_to(filed.id, id=identity).is_new
    for content in ({"prepared": ANOTHER}, {"caption": "体育館"}):
        with pytest.raises(errors.IdUsedForAnother):
            add_to(filed.id, id=identity, **content)
    with pytest.raises(errors.IdUsedForAnother):
        add_to(report().id, id=identity)


def test_an_id_stands_for_one_of_a_shelter_or_one_of_a_report(
    open_shelter: OpenShelter, report: ReportOne, add: Add, add_to: Add
) -> None:
    shelter, filed = open_shelter(), report()
    of_shelter, of_report = add(shelter).id, add_to(filed.id).id
    with pytest.raises(errors.IdUsedForAnother):
        add(shelter, id=of_report)
    with pytest.raises(errors.IdUsedForAnother):
        add_to(filed.id, id=of_shelter)


@pytest.mark.usefixtures("incident_id")
def test_a_report_has_twenty_photographs_at_most_however_many_come_at_once(
    report: ReportOne, add_to: Add, ask: Ask
) -> None:
    filed = report()

    def one(_: int) -> bool:
        try:
            return add_to(filed.id).is_new
        except errors.PhotographsEnough:
            return False

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(one, range(REPORT_MOST + 4))) == REPORT_MOST
    assert ask(PHOTOGRAPHS) == [(REPORT_MOST,)]
    assert ask("SELECT count(DISTINCT content_hash) FROM photograph") == [(1,)]


@pytest.mark.usefixtures("incident_id")
def test_no_row_names_a_picture_that_could_not_be_kept(
    report: ReportOne, add_to: Add, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HQ_PHOTOGRAPHS", "/proc/nowhere")
    settings.cache_clear()
    try:
        with pytest.raises(errors.PicturesUnavailable):
            add_to(report().id)
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    assert ask(PHOTOGRAPHS) == [(0,)]
