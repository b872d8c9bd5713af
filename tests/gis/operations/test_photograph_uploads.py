"""Photographs in parts: cut off, repeated, out of order, at once, and not what they seem."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest

from gis import errors
from gis.errors import Refused
from gis.operations.photograph_uploads import (
    KEPT,
    Whole,
    announce_upload,
    complete_upload,
    receive_part,
    refuse_upload,
)
from gis.operations.photographs import REPORT_MOST, NewReportPhotograph, add_report_photograph
from gis.photographs import FILE_MB_MOST, MEGABYTE, prepare
from gis.picture_files import picture_files
from gis.queries.photograph_uploads import Announcement, Progress, upload_progress
from gis.queries.photographs import picture_of
from gis.store import Actor, Workspace
from gis.vocabulary import Role
from tests.conftest import NOON, FixedClock
from tests.gis.conftest import Ask, Report
from tests.photographs import photograph, picture

FIRST, SECOND = Actor("第1班", Role.FIELD), Actor("第2班", Role.FIELD)
FILE = photograph(picture(800, 600))
PART = len(FILE) // 4
LEFT = "SELECT (SELECT count(*) FROM photograph_upload), (SELECT count(*) FROM photograph_part)"
Announce = Callable[..., Announcement]

pytestmark = pytest.mark.usefixtures("incident_id")


class Telephone:
    """Somebody who sends photographs as the API does: a transaction for each part."""

    def __init__(self, workspace: Workspace, actor: Actor = FIRST) -> None:
        self.workspace, self.actor, self.by = workspace, actor, actor.name

    def announce(self, announced: Announcement) -> Progress:
        with self.workspace.transaction(self.actor) as session:
            return announce_upload(session, announced, self.by)

    def send(self, identity: UUID, starts_at: int, content: bytes) -> Progress:
        with self.workspace.transaction(self.actor) as session:
            got = receive_part(session, identity, self.by, starts_at=starts_at, content=content)
        return self.complete(got) if isinstance(got, Whole) else got

    def complete(self, whole: Whole) -> Progress:
        try:
            prepared = whole.prepared()
        except Refused as why:
            with self.workspace.transaction(self.actor) as session:
                refuse_upload(session, whole, why, self.by)
            raise
        with self.workspace.transaction(self.actor) as session:
            return complete_upload(session, whole, prepared, self.by)

    def asks(self, identity: UUID) -> Progress:
        with self.workspace.reading() as session:
            return upload_progress(session, identity, self.by)

    def sends_all(self, identity: UUID, file: bytes = FILE) -> Progress:
        """Go on wherever it stands until the photograph is kept."""
        progress = self.asks(identity)
        while not progress.is_complete:
            at = progress.received
            progress = self.send(identity, at, file[at : at + PART])
        return progress


@pytest.fixture
def telephone(workspace: Workspace) -> Telephone:
    return Telephone(workspace)


@pytest.fixture
def announced(report: Report) -> Announcement:
    return of(report().id)


def of(report_id: UUID, file: bytes = FILE, **content: Any) -> Announcement:  # noqa: ANN401
    return Announcement(
        content.pop("id", uuid4()), report_id, len(file), sha256(file).hexdigest(), **content
    )


def test_a_photograph_arrives_in_parts_and_nothing_but_it_is_left(
    telephone: Telephone, announced: Announcement, workspace: Workspace, ask: Ask
) -> None:
    told = replace(announced, caption=" 亀裂 ", lon=139.4, lat=35.3, taken_at=NOON)
    assert telephone.announce(told) == Progress(0, is_complete=False)
    assert telephone.send(told.id, 0, FILE[:PART]) == Progress(PART, is_complete=False)
    assert telephone.sends_all(told.id) == Progress(len(FILE), is_complete=True)
    with workspace.reading() as session:
        kept = picture_of(session, told.id)
    assert picture_files().read(kept.content_hash) == prepare(FILE).content
    assert (kept.recorded_by, ask(LEFT)) == (FIRST.name, [(0, 0)])
    kept_as = "SELECT report_id, caption, taken_at, ST_X(location), size_bytes FROM photograph"
    assert ask(kept_as) == [(told.report_id, "亀裂", NOON, 139.4, len(FILE))]
    assert ask("SELECT count(*) FROM change_record WHERE table_name LIKE 'photograph_%%'") == [(0,)]


def test_announcing_again_tells_where_to_go_on(
    telephone: Telephone, announced: Announcement
) -> None:
    telephone.announce(announced)
    telephone.send(announced.id, 0, FILE[:PART])
    for progress in (telephone.announce(announced), telephone.asks(announced.id)):
        assert progress == Progress(PART, is_complete=False)
    telephone.sends_all(announced.id)
    for progress in (telephone.announce(announced), telephone.asks(announced.id)):
        assert progress == Progress(len(FILE), is_complete=True)


def test_an_id_is_announced_for_one_photograph(
    telephone: Telephone, announced: Announcement, report: Report
) -> None:
    others = [
        replace(announced, sha256="0" * 64),
        replace(announced, caption="別"),
        replace(announced, report_id=report().id),
    ]
    telephone.announce(announced)
    for other in [*others, replace(announced, size_bytes=1)]:
        with pytest.raises(errors.IdUsedForAnother):
            telephone.announce(other)
    telephone.sends_all(announced.id)
    for other in others:
        with pytest.raises(errors.IdUsedForAnother):
            telephone.announce(other)


def test_a_part_that_arrived_already_is_harmless(
    telephone: Telephone, announced: Announcement
) -> None:
    telephone.announce(announced)
    for at in (0, 0, PART, 0, PART):
        last = telephone.send(announced.id, at, FILE[at : at + PART])
    assert last == Progress(2 * PART, is_complete=False)
    assert telephone.sends_all(announced.id).is_complete
    assert telephone.send(announced.id, 3 * PART, FILE[3 * PART :]).is_complete


@pytest.mark.parametrize("starts_at", [PART - 1, PART + 1, 3 * PART])
def test_a_part_from_elsewhere_is_refused_and_told_how_much_there_is(
    telephone: Telephone, announced: Announcement, starts_at: int
) -> None:
    telephone.announce(announced)
    telephone.send(announced.id, 0, FILE[:PART])
    with pytest.raises(errors.PartOutOfPlace) as refused:
        telephone.send(announced.id, starts_at, FILE[starts_at : starts_at + PART])
    assert refused.value.facts["received_bytes"] == PART
    assert telephone.asks(announced.id).received == PART


def test_an_empty_part_changes_nothing(telephone: Telephone, announced: Announcement) -> None:
    telephone.announce(announced)
    assert telephone.send(announced.id, 0, b"") == Progress(0, is_complete=False)


@pytest.mark.parametrize("wrong", [FILE[:-1] + b"?", FILE + b"?"], ids=["other", "longer"])
def test_what_is_not_what_was_announced_begins_anew(
    telephone: Telephone, announced: Announcement, wrong: bytes, ask: Ask
) -> None:
    telephone.announce(announced)
    telephone.send(announced.id, 0, wrong[:PART])
    with pytest.raises(errors.PhotographDiffers):
        telephone.send(announced.id, PART, wrong[PART:])
    assert (telephone.asks(announced.id).received, ask(LEFT)) == (0, [(1, 0)])
    assert telephone.sends_all(announced.id).is_complete


@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        (b"<script>alert(1)</script>" * 9, errors.NoPhotograph),
        (FILE[: len(FILE) // 2], errors.PhotographDamaged),
    ],
    ids=["no picture", "half of one"],
)
def test_what_is_no_picture_is_dropped(
    telephone: Telephone, report: Report, file: bytes, refusal: type[Refused], ask: Ask
) -> None:
    announced = of(report().id, file)
    telephone.announce(announced)
    with pytest.raises(refusal):
        telephone.sends_all(announced.id, file)
    assert (ask(LEFT), ask("SELECT count(*) FROM photograph")) == ([(0, 0)], [(0,)])
    with pytest.raises(errors.NotFound):
        telephone.asks(announced.id)


def test_what_stands_behind_a_picture_is_not_kept(
    telephone: Telephone, report: Report, workspace: Workspace
) -> None:
    polyglot = FILE + b"<script>alert(1)</script>"
    announced = of(report().id, polyglot)
    telephone.announce(announced)
    telephone.sends_all(announced.id, polyglot)
    with workspace.reading() as session:
        kept = picture_of(session, announced.id)
    assert b"script" not in picture_files().read(kept.content_hash)


def test_only_who_announced_it_sends_it_and_asks(
    telephone: Telephone, announced: Announcement, workspace: Workspace
) -> None:
    other = Telephone(workspace, SECOND)
    telephone.announce(announced)
    with pytest.raises(errors.IdUsedForAnother):
        other.announce(announced)
    for _ in ("on its way", "kept"):
        with pytest.raises(errors.NotFound):
            other.send(announced.id, 0, FILE)
        with pytest.raises(errors.NotFound):
            other.asks(announced.id)
        telephone.sends_all(announced.id)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"size_bytes": FILE_MB_MOST * MEGABYTE + 1}, errors.PhotographTooLarge),
        ({"caption": "長" * 201}, errors.TextTooLong),
        ({"taken_at": NOON.replace(tzinfo=None)}, errors.MomentWithoutZone),
        ({"report_id": uuid4()}, errors.NotFound),
    ],
)
def test_what_cannot_be_is_refused_before_a_byte_is_sent(
    telephone: Telephone,
    announced: Announcement,
    told: dict[str, Any],
    refusal: type[Refused],
    ask: Ask,
) -> None:
    with pytest.raises(refusal):
        telephone.announce(replace(announced, **told))
    assert ask(LEFT) == [(0, 0)]


@pytest.mark.parametrize(
    "told",
    [
        {"lon": 0.0, "lat": 0.0},
        {"lon": float("nan"), "lat": 35.0},
        {"lon": 139.4},
        {"taken_at": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9)))},
        {"taken_at": datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-9)))},
        {"taken_at": datetime(2026, 12, 31, tzinfo=UTC)},
    ],
    ids=["at zero", "no number", "half a place", "long ago", "never", "to come"],
)
def test_a_camera_that_is_wrong_of_place_or_moment_loses_no_photograph(
    telephone: Telephone, announced: Announcement, told: dict[str, Any], ask: Ask
) -> None:
    wrong = replace(announced, **told)
    for _ in range(2):
        assert not telephone.announce(wrong).is_complete
    assert telephone.sends_all(announced.id).is_complete
    assert ask("SELECT location, taken_at FROM photograph") == [(None, None)]


def test_two_deliveries_at_once_make_one_photograph(
    telephone: Telephone, announced: Announcement, ask: Ask
) -> None:
    telephone.announce(announced)

    def deliver(_: int) -> bool:
        while not (progress := telephone.asks(announced.id)).is_complete:
            at = progress.received
            try:
                telephone.send(announced.id, at, FILE[at : at + PART])
            except errors.PartOutOfPlace:
                continue
        return progress.is_complete

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(deliver, range(4)))
    assert (ask(LEFT), ask("SELECT sha256 FROM photograph")) == ([(0, 0)], [(announced.sha256,)])


def test_what_is_announced_is_counted_towards_what_a_report_may_have(
    telephone: Telephone, report: Report, workspace: Workspace
) -> None:
    report_id = report().id
    with workspace.transaction(FIRST) as session:
        for _ in range(REPORT_MOST - 1):
            new = NewReportPhotograph(uuid4(), report_id, prepare(FILE))
            add_report_photograph(session, new)
    last = of(report_id)
    telephone.announce(last)
    with pytest.raises(errors.PhotographsEnough):
        telephone.announce(of(report_id))
    assert telephone.announce(last).received == 0
    assert telephone.sends_all(last.id).is_complete


def test_what_nobody_completed_for_a_week_is_given_up(
    telephone: Telephone, announced: Announcement, report: Report, clock: FixedClock, ask: Ask
) -> None:
    telephone.announce(announced)
    telephone.send(announced.id, 0, FILE[:PART])
    clock.moment += KEPT
    telephone.announce(of(report().id))
    assert ask(LEFT) == [(2, 1)]
    clock.moment += timedelta(seconds=1)
    telephone.announce(of(report().id))
    assert ask(LEFT) == [(2, 0)]
    assert telephone.announce(announced) == Progress(0, is_complete=False)
