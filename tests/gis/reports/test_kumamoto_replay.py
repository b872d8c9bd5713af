"""Ten days of Kumamoto 2026 played through the product, against arithmetic on the same files."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from dashboard.api.board import board_json
from gis.config import city_profile
from gis.layers import LAYERS, View
from gis.models.occupancy import DOUBTS
from gis.occupancy import Tally
from gis.operations.incidents import open_incident
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.operations.openings import change_state, open_shelters
from gis.queries.incidents import incident_named
from gis.reports import RENDERINGS, SituationSummary, compile_summary
from gis.reports.board import compile_board
from gis.store import Workspace
from gis.text import Language
from gis.vocabulary import IncidentKind, ShelterState
from scripts.cluster import SERVER, PrivateCluster
from tests.conftest import HEADQUARTERS, FixedClock, fresh_database
from tests.gis.reports.kumamoto import (
    CITY_CODE,
    Count,
    Line,
    Story,
    expected,
    listed_at,
    looked_at,
    read_story,
    shelter_id,
    was_closed,
)

CITY = city_profile(CITY_CODE)
DAYS = [date(2026, 7, 29), date(2026, 7, 30), date(2026, 8, 1), date(2026, 8, 4), date(2026, 8, 8)]
"""The days looked at; all of them are played."""
Row = tuple[str, ...]


@dataclass(frozen=True)
class Replay:
    """The files, and the store after all of it has been played."""

    story: Story
    workspace: Workspace
    incident_id: UUID

    def summary(self, day: date) -> SituationSummary:
        with self.workspace.reading() as session:
            return compile_summary(
                session, self.incident_id, CITY, as_of=looked_at(day), is_drill=False
            )


@pytest.fixture(scope="module")
def replay(cluster: PrivateCluster) -> Iterator[Replay]:
    story = read_story()
    with fresh_database(cluster) as name:
        workspace = Workspace("live", cluster.url(SERVER, name), FixedClock())
        yield Replay(story, workspace, _play(story, workspace))
        workspace.engine.dispose()


def _play(story: Story, workspace: Workspace) -> UUID:
    """Play what the files tell, day by day, and return the incident."""
    clock = workspace.clock
    assert isinstance(clock, FixedClock)
    clock.moment = story.started_at.astimezone(UTC)
    with workspace.transaction(HEADQUARTERS) as session:
        _register(session, story)
        incident_id = open_incident(session, "地震", IncidentKind.EARTHQUAKE)
    openings: dict[UUID, UUID] = {}
    for day in story.days:
        clock.moment = listed_at(day).astimezone(UTC)
        is_open = {each.id for each in story.shelters if day in each.open_on}
        with workspace.transaction(HEADQUARTERS) as session:
            _open_and_close(session, incident_id, openings, is_open)
        for count in (each for each in story.counts if each.moment.date() == day):
            clock.moment = count.moment.astimezone(UTC)
            _count(workspace, count)
    return incident_id


def _register(session: Session, story: Story) -> None:
    columns = [
        [each.id for each in story.shelters],
        [each.key for each in story.shelters],
        [each.name for each in story.shelters],
        [each.capacity for each in story.shelters],
        [each.lon for each in story.shelters],
        [each.lat for each in story.shelters],
    ]
    session.connection().exec_driver_sql(
        "INSERT INTO shelter (id, municipality_code, facility_key, name, capacity, location)"
        " SELECT id, '430005', key, name, capacity, ST_SetSRID(ST_MakePoint(lon, lat), 4326)"
        " FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::int[], %s::float8[], %s::float8[])"
        " AS listed(id, key, name, capacity, lon, lat)",
        tuple(columns),
    )


def _open_and_close(
    session: Session, incident_id: UUID, openings: dict[UUID, UUID], is_open: set[UUID]
) -> None:
    """Bring the openings (by shelter) to what a day's list says."""
    for gone in openings.keys() - is_open:
        change_state(session, openings.pop(gone), ShelterState.CLOSED, version=1)
    new = list(is_open - openings.keys())
    openings |= zip(new, open_shelters(session, incident_id, new), strict=True)


def _count(workspace: Workspace, count: Count) -> None:
    told = Reading(
        uuid4(), shelter_id(count.key), Counts(persons=count.persons), confirmed=frozenset(DOUBTS)
    )
    with workspace.transaction(HEADQUARTERS) as session:
        record_occupancy(session, told)


def tally(figures: list[int | None]) -> Tally:
    """What is known of some figures, and of how many places nothing is."""
    known = [figure for figure in figures if figure is not None]
    return Tally(sum(known) if known else None, len(figures) - len(known))


def test_the_files_are_those_of_a_prefecture_that_did_not_know(replay: Replay) -> None:
    lines = expected(replay.story, date(2026, 7, 30))
    persons = Counter(line.persons for line in lines)
    assert (len(lines), persons[0], persons[None]) == (407, 16, 389)
    assert sum(shelter.capacity is None for shelter in replay.story.shelters) > 300


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_totals_are_those_of_the_files(replay: Replay, day: date) -> None:
    lines, summary = expected(replay.story, day), replay.summary(day)
    left = [line.left for line in lines]
    assert len(summary.open_shelters) == len(lines)
    assert summary.shelters_registered == len(replay.story.shelters)
    assert summary.persons == tally([line.persons for line in lines])
    assert summary.households == Tally(None, len(lines))
    assert summary.free_places == tally([each and max(each, 0) for each in left])
    assert summary.persons_over_capacity == tally([each and max(-each, 0) for each in left])
    capacities = [line.capacity for line in summary.open_shelters]
    assert tally(capacities) == tally([line.shelter.capacity for line in lines])


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_shelter_that_is_to_be_asked_is_named(replay: Replay, day: date) -> None:
    stale = {line.shelter.id for line in expected(replay.story, day) if line.is_stale}
    assert {line.id for line in replay.summary(day).stale_shelters} == stale


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_map_shows_each_shelter_as_the_files_have_it(replay: Replay, day: date) -> None:
    with replay.workspace.reading() as session:
        view = View(CITY, incident_named(session, replay.incident_id), looked_at(day))
        features = LAYERS["shelters"].features(session, view)
    assert len(features) == len(replay.story.shelters)
    lines = {str(line.shelter.id): line for line in expected(replay.story, day)}
    closed = {str(shelter.id) for shelter in was_closed(replay.story, day)}
    for feature in features:
        line, shown = lines.get(feature["id"]), feature["properties"]
        assert (shown["state"] == "open") == (line is not None)
        assert (shown["state"] == "closed") == (feature["id"] in closed)
        assert drawn(shown, looked_at(day)) == (figures(line) if line else NOTHING)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_board_lists_each_shelter_as_the_files_have_it(replay: Replay, day: date) -> None:
    moment = looked_at(day)
    with replay.workspace.reading() as session:
        incident = incident_named(session, replay.incident_id)
        shown = compile_board(session, CITY, incident, as_of=moment)
    told = board_json(shown)
    lines = expected(replay.story, day)
    assert shown.open_count == told["totals"]["open"] == len(lines)
    known = [line.persons for line in lines if line.persons is not None]
    assert told["totals"]["persons"] == {
        "known": sum(known) if known else None,
        "unknown_places": len(lines) - len(known),
    }
    rows = {row["id"]: row for row in told["shelters"] if row["state"] == "open"}
    assert rows.keys() == {str(line.shelter.id) for line in lines}
    for line in lines:
        assert drawn(rows[str(line.shelter.id)], moment) == figures(line)


def drawn(shown: dict[str, Any], moment: datetime) -> tuple[object, ...]:
    """Persons, whether the gauge is filled, and whether the figure is drawn as old."""
    is_old = shown["stale_at"] and datetime.fromisoformat(shown["stale_at"]) <= moment
    return shown["persons"], shown["share"] is None, shown["crowding"] == "unknown", is_old


NOTHING = (None, True, False, None)
"""What is drawn of a shelter that is not open."""


def figures(line: Line) -> tuple[object, ...]:
    return line.persons, line.left is None, line.left is None, line.is_stale


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_says_the_same(replay: Replay, day: date, form: str) -> None:
    sent = RENDERINGS[form].render(replay.summary(day), Language.EN)
    rows = list({"csv": csv_rows, "xlsx": xlsx_rows}[form](sent))
    lines = expected(replay.story, day)
    unknown = sum(line.persons is None for line in lines)
    known = sum(line.persons or 0 for line in lines)
    persons = "Unknown" if unknown == len(lines) else str(known)
    assert ("Persons in shelters", persons, f"{unknown} places unknown, not included") in rows
    assert ("Open shelters", str(len(lines)), "") in rows
    stale = sum(line.is_stale for line in lines)
    assert ("Shelters whose count is old or missing", str(stale), "") in rows
    shelters = Counter(
        (name, state, persons, capacity, old)
        for name, state, persons, _, capacity, _, _, _, _, old, *_ in (
            r for r in rows if len(r) > 9
        )
        if state in {"Open", "Closed"}
    )
    closed = Counter(
        (each.name, "Closed", "", shown(each.capacity), "")
        for each in was_closed(replay.story, day)
    )
    assert shelters == Counter(map(exported, lines)) + closed


def exported(line: Line) -> tuple[str, str, str, str, str]:
    old = "Yes" if line.is_stale else ""
    return line.shelter.name, "Open", shown(line.persons), shown(line.shelter.capacity), old


def shown(figure: int | None) -> str:
    return "Unknown" if figure is None else str(figure)


def csv_rows(sent: bytes) -> Iterator[Row]:
    yield from map(tuple, csv.reader(io.StringIO(sent.decode("utf-8-sig"), newline="")))


def xlsx_rows(sent: bytes) -> Iterator[Row]:
    for sheet in load_workbook(io.BytesIO(sent), read_only=True):
        for row in sheet.iter_rows(values_only=True):
            yield tuple("" if cell is None else str(cell) for cell in row)
