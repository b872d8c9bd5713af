"""What lies in an area, on a real store, and the files that say it."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from shapely.geometry import Point, Polygon, mapping
from sqlalchemy import event

from gis.config import city_profile
from gis.geometry.area import checked_question
from gis.occupancy import Tally
from gis.operations.openings import open_shelters
from gis.operations.triage import Assessment, assess
from gis.past import PastMoment
from gis.queries.incidents import current_incident
from gis.reports.area import AreaSummary, compile_area
from gis.reports.area_tables import AREA_RENDERINGS
from gis.reports.rendering import file_name
from gis.store import Workspace
from gis.text import Language
from gis.vocabulary import DamageCategory, ReportState, Severity, ShelterState
from tests.conftest import HEADQUARTERS, FixedClock, MakeShelter
from tests.gis import announcing, closing, zoning
from tests.gis.conftest import Ask, Count, Report
from tests.gis.importers.hazards.making import square

CITY = city_profile("142077")
HOUR = timedelta(hours=1)
WEST, SOUTH, EAST, NORTH = 139.38, 35.32, 139.42, 35.35
SQUARE: dict[str, Any] = {
    "type": "Polygon",
    "coordinates": [
        [[WEST, SOUTH], [EAST, SOUTH], [EAST, NORTH], [WEST, NORTH], [WEST, SOUTH]],
    ],
}
INSIDE, OUTSIDE = (139.40, 35.33), (139.45, 35.33)
OpenAt = Callable[..., UUID]


@pytest.fixture
def open_at(workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter) -> OpenAt:
    """Open a shelter at a place, perhaps none."""

    def make(
        name: str, place: tuple[float, float] | None = INSIDE, capacity: int | None = 100
    ) -> UUID:
        lon, lat = place or (None, None)
        shelter_id = make_shelter(name, capacity=capacity, lon=lon, lat=lat)
        with workspace.transaction(HEADQUARTERS) as session:
            open_shelters(session, incident_id, [shelter_id])
        return shelter_id

    return make


def compiled(
    workspace: Workspace, area: dict[str, Any] = SQUARE, past: PastMoment | None = None
) -> AreaSummary:
    checked = checked_question(area, CITY.bounds)
    with workspace.reading() as session:
        return compile_area(
            session,
            checked,
            CITY,
            current_incident(session),
            now=workspace.clock.now(),
            past=past,
            is_drill=False,
        )


def judge(workspace: Workspace, report_id: UUID, state: ReportState, version: int = 0) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        assess(session, report_id, Assessment(state), version=version)


@pytest.mark.usefixtures("city")
def test_the_people_inside_are_those_of_the_towns_whose_point_lies_there(
    workspace: Workspace, ask: Ask
) -> None:
    ((people, towns),) = ask(
        "SELECT sum(population), count(*) FROM town"
        " WHERE ST_X(location) BETWEEN %s AND %s AND ST_Y(location) BETWEEN %s AND %s",
        WEST, EAST, SOUTH, NORTH,
    )  # fmt: skip
    found = compiled(workspace)
    assert towns > 1
    assert (found.population, len(found.towns)) == (Tally(people, 0), towns)


def test_where_no_town_has_its_point_the_population_is_unknown_and_not_0(
    workspace: Workspace,
) -> None:
    assert compiled(workspace).population == Tally(None, 0)


def test_open_shelters_inside_are_listed_the_emptiest_first_and_added_up(
    workspace: Workspace, open_at: OpenAt, count: Count, make_shelter: MakeShelter
) -> None:
    count(open_at("混雑"), 90)
    count(open_at("余裕"), 10)
    open_at("人数不明")
    count(open_at("外", OUTSIDE), 50)
    make_shelter("未開設", lon=INSIDE[0], lat=INSIDE[1])
    found = compiled(workspace)
    assert [one.name for one in found.shelters] == ["余裕", "人数不明", "混雑", "未開設"]
    assert found.shelters_by_state == {ShelterState.NOT_OPENED: 1, ShelterState.OPEN: 3}
    assert (found.persons, found.free_places) == (Tally(100, 1), Tally(100, 1))
    assert [one.free_places for one in found.shelters] == [90, None, 10, None]


def test_an_open_shelter_without_a_place_is_told_and_not_added(
    workspace: Workspace, open_at: OpenAt, count: Count
) -> None:
    count(open_at("場所不明", None), 40)
    found = compiled(workspace)
    assert (found.shelters, found.shelters_unplaced, found.persons) == ((), 1, Tally(0, 0))


@pytest.mark.usefixtures("incident_id")
def test_reports_inside_count_by_category_and_none_that_was_rejected(
    workspace: Workspace, report: Report
) -> None:
    severe = report(location=INSIDE, severity=Severity.SEVERE)
    report(location=INSIDE, severity=Severity.MINOR)
    report(location=INSIDE, category=DamageCategory.FIRE)
    report(location=OUTSIDE)
    report(place_text="どこか")
    judge(workspace, severe.id, ReportState.CONFIRMED)
    judge(workspace, report(location=INSIDE).id, ReportState.REJECTED)
    road, fire = compiled(workspace).damage
    assert (road.category, road.total, road.confirmed) == (DamageCategory.ROAD, 2, 1)
    assert (road.worst, fire.worst) == (Severity.SEVERE, None)


@pytest.mark.usefixtures("incident_id")
def test_people_in_danger_are_unknown_where_no_report_says_them(
    workspace: Workspace, report: Report
) -> None:
    assert compiled(workspace).people_in_danger == Tally(0, 0)
    report(location=INSIDE)
    assert compiled(workspace).people_in_danger == Tally(None, 1)


@pytest.mark.usefixtures("incident_id")
def test_looking_back_tells_what_had_been_reported_and_judged_by_then(
    workspace: Workspace, report: Report, clock: FixedClock
) -> None:
    first, then = report(location=INSIDE), clock.moment
    clock.moment += HOUR
    report(location=INSIDE)
    judge(workspace, first.id, ReportState.REJECTED)
    assert compiled(workspace).damage_total == 1
    before = compiled(workspace, past=PastMoment(then))
    assert (before.damage_total, before.as_of) == (1, then)
    clock.moment += HOUR
    judge(workspace, first.id, ReportState.CONFIRMED, version=1)
    assert compiled(workspace).damage_total == 2
    assert compiled(workspace, past=PastMoment(then)).damage_confirmed == 0


@pytest.mark.usefixtures("incident_id", "city")
def test_closures_orders_and_zones_count_where_they_touch_the_area(workspace: Workspace) -> None:
    closing.state(workspace)
    closing.state(workspace, path=None, road_name="国道1号")
    closing.state(workspace, path={"type": "Point", "coordinates": list(OUTSIDE)})
    announcing.issue(workspace, area=announcing.SHORE)
    announcing.issue(workspace, announcing.SHIOMIDAI)
    found = compiled(workspace)
    assert (len(found.closures), found.closures_unplaced) == (1, 1)
    far = [[[x + 0.06, y + 0.05] for x, y in SQUARE["coordinates"][0]]]
    assert compiled(workspace, {"type": "Polygon", "coordinates": far}).orders == ()
    assert [order.is_drawn for order in found.orders].count(True) == 1


def test_the_share_of_a_zone_is_that_of_the_area_and_what_overlaps_counts_once(
    workspace: Workspace,
) -> None:
    zone = square()
    zoning.take_in(workspace, (zone, "3m以上5m未満"), (zone, "3m以上5m未満"))
    whole = compiled(workspace, mapping(zone))
    (inside,) = whole.zones
    assert inside.share == pytest.approx(1, abs=1e-3)
    assert inside.area_m2 == pytest.approx(whole.extent.area_m2, rel=1e-3)
    west, south, east, north = zone.bounds
    half = shapely.box(west, south, (west + east) / 2, north)
    twice = shapely.box(2 * west - east, south, east, north)
    for part, share in ((half, 1.0), (twice, 0.5)):
        (found,) = compiled(workspace, mapping(part)).zones
        assert found.share == pytest.approx(share, abs=1e-3)


def test_eight_statements_answer_however_much_there_is(
    workspace: Workspace, open_at: OpenAt, report: Report
) -> None:
    for number in range(3):
        open_at(f"避難所{number}")
        report(location=INSIDE)
        closing.state(workspace)
    zoning.take_in(workspace, (square(), "3m以上5m未満"))
    sent: list[str] = []
    with workspace.reading() as session:
        incident = current_incident(session)
        event.listen(
            session.connection(), "before_cursor_execute", lambda *facts: sent.append(facts[2])
        )
        checked = checked_question(SQUARE, CITY.bounds)
        now = workspace.clock.now()
        compile_area(session, checked, CITY, incident, now=now, is_drill=False)
    assert len(sent) <= 8


CORNERS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=3, max_size=9, unique=True
)


@pytest.mark.usefixtures("incident_id")
def test_as_many_reports_lie_inside_as_an_independent_count_finds(
    workspace: Workspace, report: Report
) -> None:
    places = [(WEST + x * 7e-3, SOUTH + y * 6e-3) for x in range(6) for y in range(6)]
    for number, place in enumerate(places):
        report(location=place, category=list(DamageCategory)[number % 3])

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(CORNERS)
    def holds(grid: list[tuple[int, int]]) -> None:
        hull = shapely.MultiPoint(grid).convex_hull
        if not isinstance(hull, Polygon):
            return
        ring = [(WEST + x * 7.13e-4, SOUTH + y * 6.17e-4) for x, y in hull.exterior.coords]
        area = Polygon(ring)
        found = compiled(workspace, mapping(area))
        inside = [area.covers(Point(place)) for place in places]
        expected = Counter(
            list(DamageCategory)[number % 3] for number, lies in enumerate(inside) if lies
        )
        assert {line.category: line.total for line in found.damage} == expected
        assert found.damage_total == sum(inside)

    holds()


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_every_row_of_the_files_says_its_moment_and_no_cell_is_a_formula(
    workspace: Workspace, open_at: OpenAt, count: Count, report: Report
) -> None:
    count(open_at('=HYPERLINK("http://x")'), 10)
    report(location=INSIDE)
    closing.state(workspace, road_name="+1")
    area = compiled(workspace)
    content = AREA_RENDERINGS["csv"].render(area, Language.EN)
    assert content.startswith(b"\xef\xbb\xbf")
    told = [row for row in rows_of(content) if row]
    assert all(row[0] in {"As of", "2026-09-01 12:00"} for row in told)
    assert ["2026-09-01 12:00", "Free places", "90", ""] in told
    assert any(row[1] == '\'=HYPERLINK("http://x")' for row in told)
    book = load_workbook(io.BytesIO(AREA_RENDERINGS["xlsx"].render(area, Language.EN)))
    sheets = {sheet.title: [list(row) for row in sheet.values] for sheet in book.worksheets}
    assert sheets["Shelters"][1][:4] == ["2026-09-01 12:00", '\'=HYPERLINK("http://x")', "Open", 10]
    assert sheets["Damage reports"][1][1] == "Road"
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


def test_a_file_is_named_after_city_and_moment(workspace: Workspace) -> None:
    name = file_name(compiled(workspace), AREA_RENDERINGS["csv"])
    assert name == "area_142077_20260901T120000.csv"
