from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest

from gis import errors
from gis.config import city_profile
from gis.errors import Refused
from gis.models.damage_report import NOTE_LENGTH, PLACE_TEXT_LENGTH, REPORTER_LENGTH
from gis.operations.city import load_city
from gis.operations.damage_reports import DETAILS
from gis.operations.incidents import close_incident
from gis.queries.damage_reports import damage_report
from gis.store import Workspace
from gis.text import Language
from gis.vocabulary import (
    DamageCategory,
    DwellingClass,
    FloodLevel,
    LocatedBy,
    Phenomenon,
    QuickInspection,
    Severity,
    Source,
)
from tests.conftest import HEADQUARTERS, NOON, FixedClock
from tests.gis.conftest import Ask, Report

CITY_HALL = (139.403497, 35.333827)
FULL: dict[str, Any] = {
    "category": DamageCategory.BRIDGE,
    "severity": Severity.SEVERE,
    "location": CITY_HALL,
    "place_text": "鳥井戸橋",
    "note": "橋台に亀裂",
    "reporter": "第3班",
    "observed_at": NOON - timedelta(minutes=20),
    "source": Source.FIELD_APP,
    "people_in_danger": 3,
    "affected": 1,
    "phenomenon": Phenomenon.COLLAPSE,
    "accuracy_m": 8.5,
    "located_by": LocatedBy.GPS,
}
FLOODED: dict[str, Any] = {
    "category": DamageCategory.DWELLING,
    "phenomenon": Phenomenon.FLOODING,
    "dwelling_class": DwellingClass.MEDIUM_HALF,
    "flood_level": FloodLevel.OVER_FLOOR,
    "depth_cm": 60,
    "quick_inspection": QuickInspection.UNSAFE,
    "households": 2,
    "residents": 5,
}


def test_a_report_is_stored_as_it_came(
    workspace: Workspace, incident_id: UUID, report: Report
) -> None:
    filed = report(**FULL)
    with workspace.reading() as session:
        stored = vars(damage_report(session, filed.id))
    lon, lat = CITY_HALL
    facts = {name: fact for name, fact in FULL.items() if name != "location"}
    assert stored == dict.fromkeys(DETAILS) | facts | {
        "is_outside": None,
        "clock_ahead_s": None,
        "state": "unconfirmed",
        "version": 0,
        "team": None,
        "merged_into_id": None,
        "filed_lon": lon,
        "filed_lat": lat,
        "id": filed.id,
        "incident_id": incident_id,
        "lon": lon,
        "lat": lat,
        "recorded_at": NOON,
        "recorded_by": HEADQUARTERS.name,
    }


@pytest.mark.usefixtures("incident_id")
def test_the_details_of_a_dwelling_are_stored_as_they_came(
    workspace: Workspace, report: Report
) -> None:
    filed = report(**FLOODED)
    with workspace.reading() as session:
        stored = vars(damage_report(session, filed.id))
    assert FLOODED.items() <= stored.items()


@pytest.mark.usefixtures("incident_id")
def test_what_a_report_does_not_say_is_unknown(report: Report, ask: Ask) -> None:
    report(category=DamageCategory.FIRE)
    assert ask(
        "SELECT severity, location, place_text, note, reporter, observed_at FROM damage_report"
    ) == [(None, None, None, None, None, NOON)]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ({"location": (0.0, 0.0)}, errors.PlaceAtZero),
        ({"location": (35.33, 139.4)}, errors.PlaceSwapped),
        ({"location": (-122.4, 37.8)}, errors.PlaceOutsideJapan),
        ({"location": (float("nan"), 35.0)}, errors.PlaceOutsideJapan),
        ({"location": (float("inf"), 35.0)}, errors.PlaceOutsideJapan),
        ({"note": "長" * (NOTE_LENGTH + 1)}, errors.TextTooLong),
        ({"note": "x" * 20_000_000}, errors.TextTooLong),
        ({"place_text": "長" * (PLACE_TEXT_LENGTH + 1)}, errors.TextTooLong),
        ({"reporter": "長" * (REPORTER_LENGTH + 1)}, errors.TextTooLong),
        ({"observed_at": NOON + timedelta(minutes=6)}, errors.ObservedInFuture),
        ({"observed_at": NOON.replace(tzinfo=None)}, errors.MomentWithoutZone),
        ({"sent_at": NOON.replace(tzinfo=None)}, errors.MomentWithoutZone),
        ({"dwelling_class": DwellingClass.TOTAL}, errors.DetailOutOfPlace),
        ({"residents": 3}, errors.DetailOutOfPlace),
        ({"quick_inspection": QuickInspection.UNSAFE}, errors.DetailOutOfPlace),
        ({"flood_level": FloodLevel.UNDER_FLOOR}, errors.DetailOutOfPlace),
        (FLOODED | {"flood_level": FloodLevel.UNDER_FLOOR}, errors.DetailOutOfPlace),
        (FLOODED | {"depth_cm": 2001}, errors.AmountImpossible),
        ({"people_in_danger": -1}, errors.AmountImpossible),
        ({"affected": float("nan")}, errors.AmountImpossible),
        ({"accuracy_m": float("inf"), "location": CITY_HALL}, errors.AmountImpossible),
        ({"accuracy_m": 8.5}, errors.DetailOfNoPlace),
        ({"located_by": LocatedBy.GPS}, errors.DetailOfNoPlace),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else next(iter(value)),
)
@pytest.mark.usefixtures("incident_id")
def test_what_cannot_be_is_refused_and_not_stored(
    report: Report,
    ask: Ask,
    content: dict[str, Any],
    refusal: type[Refused],
) -> None:
    with pytest.raises(refusal) as refused:
        report(**content)
    assert len(refused.value.explain(Language.JA)) < 300
    assert ask("SELECT count(*) FROM damage_report") == [(0,)]


@pytest.mark.usefixtures("incident_id")
def test_texts_as_long_as_is_kept_are_kept(report: Report, ask: Ask) -> None:
    lengths = (NOTE_LENGTH, PLACE_TEXT_LENGTH, REPORTER_LENGTH)
    note, place_text, reporter = ("災" * length for length in lengths)
    report(note=note, place_text=place_text, reporter=reporter)
    assert ask("SELECT length(note), length(place_text), length(reporter) FROM damage_report") == [
        lengths
    ]


@pytest.mark.usefixtures("incident_id")
@pytest.mark.parametrize("ahead", [timedelta(days=2), -timedelta(days=400)], ids=str)
def test_a_clock_that_is_wrong_is_put_right_and_kept_in_mind(
    workspace: Workspace, report: Report, clock: FixedClock, ahead: timedelta
) -> None:
    seen_at = NOON - timedelta(minutes=20)
    told = {"observed_at": seen_at + ahead, "note": "橋台に亀裂"}
    filed = report(sent_at=NOON + ahead, **told)
    clock.moment += timedelta(seconds=7)
    again = report(id=filed.id, sent_at=clock.moment + ahead + timedelta(seconds=1), **told)
    with workspace.reading() as session:
        stored = damage_report(session, filed.id)
    assert (stored.observed_at, stored.clock_was_wrong, again.is_new) == (seen_at, True, False)
    assert stored.clock_ahead_s == ahead.total_seconds()


@pytest.mark.usefixtures("incident_id")
def test_a_clock_that_is_nearly_right_is_left_alone(workspace: Workspace, report: Report) -> None:
    seen_at = NOON - timedelta(minutes=20)
    filed = report(observed_at=seen_at, sent_at=NOON + timedelta(seconds=90))
    with workspace.reading() as session:
        stored = damage_report(session, filed.id)
    assert (stored.observed_at, stored.clock_was_wrong) == (seen_at, False)
    assert stored.clock_ahead_s == 90


@pytest.mark.usefixtures("incident_id")
@pytest.mark.parametrize(
    ("place", "is_outside"),
    [
        (CITY_HALL, False),
        ((139.35, 35.33), True),
        # Some fifty metres off the beach: the boundary is drawn more coarsely than that.
        ((139.4046, 35.3177), False),
        (None, None),
    ],
)
def test_a_place_outside_the_municipality_is_taken_and_marked(
    workspace: Workspace,
    report: Report,
    place: tuple[float, float] | None,
    is_outside: bool | None,  # noqa: FBT001 - what is expected
) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        load_city(session, city_profile("142077"))
    filed = report(location=place)
    with workspace.reading() as session:
        assert damage_report(session, filed.id).is_outside is is_outside


def test_a_report_needs_an_open_incident(report: Report, ask: Ask) -> None:
    with pytest.raises(errors.IncidentNotOpen):
        report(**FULL)
    assert ask("SELECT count(*) FROM damage_report") == [(0,)]


@pytest.mark.parametrize("content", [{}, FULL], ids=["sparse", "full"])
@pytest.mark.usefixtures("incident_id")
def test_a_retry_changes_nothing(
    report: Report, clock: FixedClock, ask: Ask, content: dict[str, Any]
) -> None:
    identity = uuid4()
    first = report(id=identity, **content)
    clock.moment += timedelta(minutes=3)
    second = report(id=identity, **content)
    assert (first.is_new, second.is_new, second.id) == (True, False, identity)
    assert ask("SELECT recorded_at FROM damage_report") == [(NOON,)]


def test_a_retry_after_the_incident_closed_is_still_a_retry(
    workspace: Workspace, incident_id: UUID, report: Report
) -> None:
    identity = uuid4()
    report(id=identity, **FULL)
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)
    assert not report(id=identity, **FULL).is_new


@pytest.mark.parametrize(
    "other",
    [
        {"category": DamageCategory.ROAD},
        {"severity": None},
        {"location": None, "accuracy_m": None, "located_by": None},
        {"location": (139.403497, 35.333828)},
        {"place_text": "柳島"},
        {"note": None},
        {"reporter": "第4班"},
        {"observed_at": NOON},
        {"source": Source.PHONE},
        {"people_in_danger": None},
        {"phenomenon": None},
    ],
    ids=lambda other: next(iter(other)),
)
@pytest.mark.usefixtures("incident_id")
def test_an_id_that_comes_again_with_other_content_is_refused(
    report: Report, ask: Ask, other: dict[str, Any]
) -> None:
    identity = uuid4()
    report(id=identity, **FULL)
    with pytest.raises(errors.IdUsedForAnother):
        report(id=identity, **FULL | other)
    assert ask("SELECT note FROM damage_report") == [(FULL["note"],)]


@pytest.mark.usefixtures("incident_id")
def test_one_message_delivered_many_times_at_once_is_one_report(report: Report, ask: Ask) -> None:
    identity, deliveries = uuid4(), 6
    together = Barrier(deliveries)

    def deliver(_: int) -> bool:
        together.wait()
        return report(id=identity, **FULL).is_new

    with ThreadPoolExecutor(deliveries) as threads:
        assert sorted(threads.map(deliver, range(deliveries))) == [False] * 5 + [True]
    assert ask("SELECT count(*) FROM damage_report") == [(1,)]
