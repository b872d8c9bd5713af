"""Damage reports on the map: each once at every zoom, singly or counted."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from pyproj import Transformer
from sqlalchemy import event
from sqlalchemy.orm import Session

from gis.errors import Refused
from gis.geometry.tiles import DEEPEST, HALF_WORLD_M, Tile
from gis.operations.damage_reports import NewDamageReport, file_damage_reports
from gis.operations.triage import (
    assess,
    merge_damage_reports,
    standing,
    take_back_assessment,
)
from gis.queries.damage_reports import damage_report
from gis.queries.damage_tiles import (
    SINGLE_MOST,
    Seen,
    damage_tile,
    past_damage_tile,
    reports_in_cell,
)
from gis.store import Workspace
from gis.vocabulary import DamageCategory, ReportState, Severity
from tests.conftest import HEADQUARTERS, FixedClock
from tests.gis.conftest import Ask, Report, as_owner
from tests.gis.queries.conftest import PlanOf
from tests.gis.tile_reading import read_tile, reports_in

Total = Callable[[int], int]
ROAD = DamageCategory.ROAD
CITY_HALL = (139.4035, 35.3338)
_TO_MAP = Transformer.from_crs(4326, 3857, always_xy=True)
_TO_DEGREES = Transformer.from_crs(3857, 4326, always_xy=True)


def tile_of(place: tuple[float, float], zoom: int) -> Tile:
    """Return the tile of a place, computed past the code under test."""
    x, y = _TO_MAP.transform(*place)
    side = 2 * HALF_WORLD_M / 2**zoom
    return Tile(zoom, int((x + HALF_WORLD_M) // side), int((HALF_WORLD_M - y) // side))


def around(place: tuple[float, float], zoom: int, steps: int) -> Iterator[Tile]:
    middle = tile_of(place, zoom)
    for x in range(middle.x - steps, middle.x + steps + 1):
        for y in range(middle.y - steps, middle.y + steps + 1):
            if 0 <= x < 2**zoom and 0 <= y < 2**zoom:
                yield Tile(zoom, x, y)


def on_an_edge(zoom: int) -> tuple[float, float]:
    """Return the corner where four tiles near the city hall meet, of this zoom and all below."""
    tile = tile_of(CITY_HALL, zoom)
    west, _, _, north = tile.bounds_m()
    lon, lat = _TO_DEGREES.transform(west, north)
    return lon, lat


def scattered(count: int, seed: int = 1) -> list[tuple[float, float]]:
    """Return places within 150 m, some of them the same, some where tiles meet."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    places = [
        (
            CITY_HALL[0] + chance.uniform(-0.0015, 0.0015),
            CITY_HALL[1] + chance.uniform(-0.0015, 0.0015),
        )
        for _ in range(count)
    ]
    return [*places, *places[: count // 4], on_an_edge(17), on_an_edge(18)]


def marks(content: bytes, tile: Tile) -> list[dict[str, object]]:
    """Return what a tile says, whatever its order; of the places, as far as pixels differ."""
    found = read_tile(content, tile).sort_values("id")
    told = found.drop(columns=["geometry", "mvt_id"], errors="ignore").dropna(axis=1, how="all")
    pixel = 360 / 2**tile.zoom / 256
    return [
        {name: value for name, value in mark.items() if value == value}  # noqa: PLR0124 - no NaN
        | {"place": (round(place.x / pixel), round(place.y / pixel))}
        for mark, place in zip(told.to_dict("records"), found.geometry, strict=True)
    ]


@pytest.fixture
def total(workspace: Workspace, incident_id: UUID) -> Total:
    """How many reports all tiles of a zoom around the city hall tell of."""

    def count(zoom: int) -> int:
        with workspace.reading() as session:
            return sum(
                reports_in(damage_tile(session, incident_id, tile), tile)
                for tile in around(CITY_HALL, zoom, 2 if zoom > 15 else 1)
            )

    return count


def file_all(workspace: Workspace, places: list[tuple[float, float]]) -> list[UUID]:
    new = [
        NewDamageReport(
            uuid4(), [*DamageCategory][index % len(DamageCategory)], location=place,
            severity=[*Severity, None][index % 4],
        )
        for index, place in enumerate(places)
    ]  # fmt: skip
    with workspace.transaction(HEADQUARTERS) as session:
        file_damage_reports(session, new)
    return [each.id for each in new]


def decide(workspace: Workspace, report_id: UUID, **changes: Any) -> None:  # noqa: ANN401
    with workspace.transaction(HEADQUARTERS) as session:
        report = damage_report(session, report_id)
        assess(session, report_id, replace(standing(report), **changes), version=report.version)


def test_each_report_is_counted_once_at_every_zoom(workspace: Workspace, total: Total) -> None:
    file_all(workspace, places := scattered(60))
    assert [total(zoom) for zoom in range(DEEPEST + 1)] == [len(places)] * (DEEPEST + 1)


def test_writes_at_the_same_time_leave_each_report_counted_once(
    workspace: Workspace, owner_url: str, total: Total, ask: Ask
) -> None:
    def work(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - not a secret
        mine = file_all(workspace, scattered(40, seed))
        for report_id in chance.sample(mine, 20):
            match chance.randrange(5):
                case 0:
                    decide(workspace, report_id, state=ReportState.REJECTED)
                case 1:
                    decide(workspace, report_id, location=chance.choice(scattered(9, seed)))
                case 2:
                    decide(workspace, report_id, state=ReportState.CONFIRMED)
                    with workspace.transaction(HEADQUARTERS) as session:
                        take_back_assessment(session, report_id, version=1)
                case 3:
                    with workspace.transaction(HEADQUARTERS) as session, suppress(Refused):
                        merge_damage_reports(session, mine[0], [report_id])
                case _:
                    with as_owner(owner_url) as store:
                        store.execute(
                            "DELETE FROM damage_assessment WHERE report_id = %s", [report_id]
                        )
                        store.execute("DELETE FROM damage_report WHERE id = %s", [report_id])

    with ThreadPoolExecutor(4) as people:
        list(people.map(work, range(12)))
    ((standing_now,),) = ask(
        "SELECT count(*) FROM damage_report"
        " WHERE merged_into_id IS NULL AND state <> 'rejected' AND location IS NOT NULL"
    )
    assert standing_now > 300
    assert [total(zoom) for zoom in range(DEEPEST + 1)] == [standing_now] * (DEEPEST + 1)


def test_a_write_that_takes_long_keeps_nobody_waiting(workspace: Workspace, total: Total) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        file_damage_reports(session, [NewDamageReport(uuid4(), ROAD, location=CITY_HALL)])
        file_all(workspace, [CITY_HALL] * 1_100)  # enough for the parts to be added up
        assert total(14) == 1_100
    assert total(14) == 1_101


@pytest.mark.usefixtures("incident_id")
def test_parts_of_a_count_are_added_up(workspace: Workspace, ask: Ask) -> None:
    for _ in range(4):
        file_all(workspace, [CITY_HALL] * 300)
    for report_id in file_all(workspace, [CITY_HALL] * 5):
        decide(workspace, report_id, state=ReportState.REJECTED)
    assert ask(
        "SELECT sum(severe + moderate + minor + unknown) FROM damage_cell WHERE level = 20"
    ) == [(1_200,)]
    ((parts,),) = ask("SELECT count(*) FROM damage_cell")
    assert parts < 1_000 + 2 * len(DamageCategory)


def test_a_single_report_says_what_its_mark_needs(
    workspace: Workspace, incident_id: UUID, report: Report, clock: FixedClock
) -> None:
    filed = report(location=CITY_HALL, severity=Severity.SEVERE, category=DamageCategory.FIRE)
    for zoom in (9, 14, 15, 18):
        tile = tile_of(CITY_HALL, zoom)
        with workspace.reading() as session:
            found = read_tile(damage_tile(session, incident_id, tile), tile)
        (mark,) = found.to_dict("records")
        assert (mark["id"], mark["category"], mark["severity"], mark["state"]) == (
            str(filed.id), "fire", "severe", "unconfirmed",
        )  # fmt: skip
        assert mark["observed"] == clock.now().timestamp()
        accuracy = 360 / 2 ** min(zoom + 12, 28)
        assert abs(mark["geometry"].x - CITY_HALL[0]) <= accuracy
        assert abs(mark["geometry"].y - CITY_HALL[1]) <= accuracy


def test_a_cell_says_how_many_of_which_severity_lie_where_on_the_average(
    workspace: Workspace, incident_id: UUID, report: Report
) -> None:
    lon, lat = CITY_HALL
    for severity, east in ((Severity.SEVERE, 0.0), (Severity.MINOR, 0.0), (None, 0.0003)):
        filed = report(location=(lon + east, lat), severity=severity)
    decide(workspace, filed.id, state=ReportState.DONE)
    tile = tile_of(CITY_HALL, 12)
    with workspace.reading() as session:
        (mark,) = read_tile(damage_tile(session, incident_id, tile), tile).to_dict("records")
    told = {name: mark[name] for name in ("n", "severe", "moderate", "minor", "is_confirmed")}
    assert told == {"n": 3, "severe": 1, "moderate": 0, "minor": 1, "is_confirmed": True}
    assert mark["geometry"].x == pytest.approx(lon + 0.0001, abs=360 / 2**12 / 4096)
    level, x, y = map(int, mark["id"].split("/"))
    assert Tile(level, x, y) == tile_of(CITY_HALL, 14)


def test_where_too_many_lie_in_one_place_they_are_counted_however_near_one_looks(
    workspace: Workspace, incident_id: UUID
) -> None:
    file_all(workspace, [CITY_HALL] * (SINGLE_MOST + 1))
    for zoom in (15, 18):
        tile = tile_of(CITY_HALL, zoom)
        with workspace.reading() as session:
            (mark,) = read_tile(damage_tile(session, incident_id, tile), tile).to_dict("records")
        assert mark["n"] == SINGLE_MOST + 1


def test_a_full_tile_of_single_reports_stays_small(workspace: Workspace, incident_id: UUID) -> None:
    file_all(workspace, scattered(SINGLE_MOST * 4 // 5 - 2))
    with workspace.reading() as session:
        sizes = [len(damage_tile(session, incident_id, tile)) for tile in around(CITY_HALL, 15, 1)]
    assert 20_000 < max(sizes) < 100_000


def test_what_is_asked_for_is_told_alone(workspace: Workspace, incident_id: UUID) -> None:
    filed = file_all(workspace, [CITY_HALL] * 36)
    decide(workspace, filed[0], state=ReportState.CONFIRMED)
    of_roads = len(range([*DamageCategory].index(ROAD), 36, len(DamageCategory)))
    asked = {
        Seen(categories=frozenset({*DamageCategory} - {ROAD})): 36 - of_roads,
        Seen(severities=frozenset({None})): 9,
        Seen(severities=frozenset({Severity.SEVERE, Severity.MINOR})): 18,
        Seen(is_confirmed=True): 1,
        Seen(is_confirmed=False): 35,
        Seen(categories=frozenset()): 0,
    }
    for zoom in (12, 16):
        tile = tile_of(CITY_HALL, zoom)
        with workspace.reading() as session:
            now = workspace.clock.now()
            for which, count in asked.items():
                live = damage_tile(session, incident_id, tile, which)
                past = past_damage_tile(session, incident_id, tile, which, as_of=now, known_at=now)
                listed = reports_in_cell(session, incident_id, tile, which, limit=99)
                assert (reports_in(live, tile), reports_in(past, tile), len(listed)) == (count,) * 3


@pytest.mark.parametrize("zoom", [11, 14, 15, 18])
def test_what_is_now_looks_the_same_through_the_past(
    workspace: Workspace, incident_id: UUID, zoom: int
) -> None:
    filed = file_all(workspace, scattered(30))
    decide(workspace, filed[0], location=CITY_HALL)
    tile = tile_of(CITY_HALL, zoom)
    with workspace.reading() as session:
        now = workspace.clock.now()
        live = damage_tile(session, incident_id, tile)
        past = past_damage_tile(session, incident_id, tile, as_of=now, known_at=now)
    assert marks(past, tile) == marks(live, tile)


def test_a_past_moment_shows_what_stood_then_where_it_was_then(
    workspace: Workspace, incident_id: UUID, report: Report, clock: FixedClock
) -> None:
    first, second = report(location=CITY_HALL), report(location=CITY_HALL)
    noon = clock.now()
    clock.moment = noon + timedelta(hours=1)
    far = (CITY_HALL[0] + 0.1, CITY_HALL[1])
    decide(workspace, first.id, location=far)
    decide(workspace, second.id, state=ReportState.REJECTED)
    report(location=CITY_HALL)
    here, there = tile_of(CITY_HALL, 15), tile_of(far, 15)
    with workspace.reading() as session:
        seen = [
            reports_in(
                past_damage_tile(session, incident_id, tile, as_of=moment, known_at=known), tile
            )
            for tile in (here, there)
            for moment, known in ((noon, noon), (noon, clock.now()), (clock.now(), clock.now()))
        ]
    assert seen == [2, 0, 1, 0, 1, 1]


def test_the_reports_of_a_cell_are_listed_the_gravest_first(
    workspace: Workspace, incident_id: UUID, report: Report
) -> None:
    minor = report(location=CITY_HALL, severity=Severity.MINOR)
    severe = report(location=CITY_HALL, severity=Severity.SEVERE)
    report(location=(CITY_HALL[0] + 0.1, CITY_HALL[1]))
    cell = tile_of(CITY_HALL, 20)
    with workspace.reading() as session:
        found = reports_in_cell(session, incident_id, cell, limit=9)
        assert [each.id for each in found] == [severe.id, minor.id]
        assert len(reports_in_cell(session, incident_id, cell, limit=1)) == 1


@pytest.mark.parametrize("zoom", [0, 12])
def test_counts_are_found_by_their_index(plan_of: PlanOf, zoom: int) -> None:
    plan = plan_of(lambda session: damage_tile(session, uuid4(), tile_of(CITY_HALL, zoom)))
    assert "damage_cell_place_idx" in plan


MANY = 3_000
PLANT = """
    INSERT INTO damage_report (id, incident_id, category, severity, location, observed_at, source)
    SELECT gen_random_uuid(), %s, 'road', 'minor',
           ST_SetSRID(ST_MakePoint(139.38 + n %% 60 * 0.001, 35.32 + n / 60 * 0.001), 4326),
           hq_now(), 'field_app'
    FROM generate_series(1, %s) n;
"""


def test_the_past_of_many_reports_costs_a_look_at_each(
    workspace: Workspace, incident_id: UUID, clock: FixedClock, owner_url: str
) -> None:
    with as_owner(owner_url) as store:
        store.execute(PLANT, (incident_id, MANY))
        store.execute("ANALYZE damage_report")
    later = clock.now() + timedelta(minutes=5)
    whole = tile_of(CITY_HALL, 9)
    looked = rows_looked_at(
        workspace,
        lambda session: past_damage_tile(session, incident_id, whole, as_of=later, known_at=later),
    )
    assert MANY <= looked < 20 * MANY


def rows_looked_at(workspace: Workspace, query: Callable[[Session], object]) -> float:
    """Return how many rows all steps of a query's plan look at together."""
    sent: list[tuple[str, Any]] = []
    with workspace.reading() as session:
        connection = session.connection()

        def keep(_: object, _cursor: object, said: str, facts: Any, *_more: object) -> None:  # noqa: ANN401
            sent.append((said, facts))

        event.listen(connection, "before_cursor_execute", keep)
        query(session)
        event.remove(connection, "before_cursor_execute", keep)
        ((said, facts),) = sent
        explained = f"EXPLAIN (ANALYZE, FORMAT JSON) {said}"
        ((plan,),) = connection.exec_driver_sql(explained, facts).scalars()
    return looked_at(plan["Plan"])


def looked_at(step: dict[str, Any]) -> float:
    here = sum(rows for name, rows in step.items() if name.startswith("Rows Removed"))
    below = sum(looked_at(each) for each in step.get("Plans", ()))
    return float((step["Actual Rows"] + here) * step["Actual Loops"] + below)
