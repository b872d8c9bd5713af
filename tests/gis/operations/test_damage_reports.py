from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest

from gis import errors
from gis.errors import Refused
from gis.models.damage_report import NOTE_LENGTH, PLACE_TEXT_LENGTH, REPORTER_LENGTH
from gis.operations.incidents import close_incident
from gis.queries.damage_reports import damage_report
from gis.store import Workspace
from gis.text import Language
from gis.vocabulary import DamageCategory, Severity, Source
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
}


def test_a_report_is_stored_as_it_came(
    workspace: Workspace, incident_id: UUID, report: Report
) -> None:
    filed = report(**FULL)
    with workspace.reading() as session:
        stored = vars(damage_report(session, filed.id))
    lon, lat = CITY_HALL
    facts = {name: fact for name, fact in FULL.items() if name != "location"}
    assert stored == facts | {
        "id": filed.id,
        "incident_id": incident_id,
        "lon": lon,
        "lat": lat,
        "recorded_at": NOON,
        "recorded_by": HEADQUARTERS.name,
    }


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
        {"location": None},
        {"location": (139.403497, 35.333828)},
        {"place_text": "柳島"},
        {"note": None},
        {"reporter": "第4班"},
        {"observed_at": NOON},
        {"source": Source.PHONE},
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
