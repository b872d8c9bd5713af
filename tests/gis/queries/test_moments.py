"""A past moment as it was known then, and as it is known now: the same rule wherever one looks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from gis.config import city_profile
from gis.layers import LAYERS, View
from gis.queries.conditions import conditions_of, last_visit
from gis.queries.damage_reports import newest_damage_reports
from gis.queries.incidents import open_incident_or_refuse
from gis.queries.occupancy import ReadingView, figures_of, readings_of, trends
from gis.reports import compile_summary
from gis.reports.board import compile_board
from gis.store import Workspace
from gis.vocabulary import Source
from tests.conftest import HEADQUARTERS, NOON, FixedClock
from tests.gis.conftest import Ask, Count, Report

CITY = city_profile("142077")
HOUR = timedelta(hours=1)
THEN, NOW = NOON + HOUR, NOON + 5 * HOUR
LATE = NOON + HOUR / 2


@pytest.fixture
def opening_id(
    ask: Ask, count: Count, clock: FixedClock, open_shelter: Callable[..., UUID], report: Report
) -> UUID:
    """A shelter of which 800 were told at noon, corrected hours later; and 90 by a late message."""
    shelter_id = open_shelter()
    wrong = count(shelter_id, 800, observed_at=NOON, source=Source.VISIT)
    report(observed_at=NOON)
    clock.moment = NOON + 3 * HOUR
    count(shelter_id, 80, observed_at=NOON, supersedes_id=wrong.id)
    count(shelter_id, 90, observed_at=LATE, source=Source.VISIT)
    report(observed_at=LATE)
    clock.moment = NOW
    ((found,),) = ask("SELECT id FROM opening")
    assert isinstance(found, UUID)
    return found


@pytest.mark.parametrize(("known_at", "persons"), [(None, 800), (THEN, 800), (NOW, 90)])
@pytest.mark.usefixtures("opening_id")
def test_board_summary_and_map_show_one_count(
    workspace: Workspace, known_at: datetime | None, persons: int
) -> None:
    with workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        board = compile_board(session, CITY, incident, as_of=THEN, known_at=known_at)
        summary = compile_summary(
            session, incident.id, CITY, as_of=THEN, known_at=known_at, is_drill=False
        )
        view = View(CITY, incident, THEN, known_at)
        ((feature,)) = LAYERS["shelters"].features(session, view)
    assert board.persons.known == summary.persons.known == persons
    assert feature["properties"]["persons"] == persons
    assert board.lines[0].trend.persons[-1] == persons


@pytest.mark.parametrize(("known_at", "reports"), [(None, 1), (NOW, 2)])
@pytest.mark.usefixtures("opening_id")
def test_reports_follow_in_list_map_and_summary(
    workspace: Workspace, known_at: datetime | None, reports: int
) -> None:
    with workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        listed = newest_damage_reports(session, incident.id, as_of=THEN, known_at=known_at)
        summary = compile_summary(
            session, incident.id, CITY, as_of=THEN, known_at=known_at, is_drill=False
        )
        shown = LAYERS["damage-reports"].features(session, View(CITY, incident, THEN, known_at))
    assert len(listed) == summary.damage_total == len(shown) == reports


def test_a_reading_is_corrected_once_that_is_known(workspace: Workspace, opening_id: UUID) -> None:
    def told(known_at: datetime | None) -> list[tuple[int | None, bool]]:
        with workspace.reading() as session:
            found = readings_of(session, opening_id, as_of=THEN, known_at=known_at)
        return [_said(reading) for reading in found]

    assert told(None) == [(800, False)]
    assert told(NOW) == [(90, False), (80, False), (800, True)]
    with workspace.reading() as session:
        assert len(readings_of(session, opening_id)) == 3


def _said(reading: ReadingView) -> tuple[int | None, bool]:
    return reading.persons, reading.is_superseded


def test_figures_and_trends_follow(workspace: Workspace, opening_id: UUID) -> None:
    with workspace.reading() as session:
        then = figures_of(session, opening_id, as_of=THEN)
        now = figures_of(session, opening_id, as_of=THEN, known_at=NOW)
        went = trends(session, [opening_id], since=NOON - HOUR, until=THEN)
        known = trends(session, [opening_id], since=NOON - HOUR, until=THEN, known_at=NOW)
    assert (then["persons"].count, now["persons"].count) == (800, 90)
    assert [persons for _, persons in went[opening_id]] == [800]
    assert [persons for _, persons in known[opening_id]] == [80, 90]


def test_a_visit_that_was_told_later_is_no_visit_yet(
    workspace: Workspace, opening_id: UUID
) -> None:
    with workspace.reading() as session:
        then = last_visit(session, opening_id, as_of=THEN)
        now = last_visit(session, opening_id, as_of=THEN, known_at=NOW)
        assert conditions_of(session, opening_id, as_of=THEN, known_at=NOW) == {}
    assert then is not None
    assert now is not None
    assert (then.observed_at, now.observed_at) == (NOON, LATE)
    assert then.recorded_by == HEADQUARTERS.name
