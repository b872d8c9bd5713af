"""The sheet of one shelter: who gets it, what stands on it, what does not."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from dashboard.card import ROUTES, TEXT_SHOWN, _page, _told
from dashboard.components.card_words import SPARK_HEIGHT, SPARK_WIDTH, sparkline
from dashboard.roles import SEES_ALL
from dashboard.workspaces import Desk
from gis.occupancy import Trend
from gis.operations.conditions import ConditionReportIn, ConditionSaid, report_condition
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.text import Language
from gis.vocabulary import LifelineState, Role, Source
from tests.conftest import HEADQUARTERS, NOON, MakeShelter, Server
from tests.dashboard.conftest import Ask, VisitorOf

OpenShelter = Callable[..., UUID]
HOUR = timedelta(hours=1)
AT_NOON = int(NOON.timestamp())


def words(page: str) -> str:
    """Return the text of a page, without markup."""
    body = page.split("<body>")[1]
    return " ".join(html.unescape(re.sub(r"<.*?>", " ", body, flags=re.DOTALL)).split())


@pytest.mark.parametrize("role", Role)
def test_who_sees_all_shelters_gets_the_sheet(
    role: Role, visitor: VisitorOf, open_shelter_id: UUID
) -> None:
    answer = visitor(role).get("/card", params={"shelter": str(open_shelter_id)})
    assert answer.status_code == (200 if role in SEES_ALL else 403)
    assert answer.headers["content-type"].startswith("text/html")


def test_who_is_not_signed_in_gets_none(server: Server, open_shelter_id: UUID) -> None:
    address = f"{server.url}{ROUTES[0].path}?shelter={open_shelter_id}"
    assert httpx.get(address).status_code == 401
    assert httpx.get(address, headers={"Accept": "text/html"}).is_redirect


@pytest.mark.parametrize("asked", [None, "", "鶴嶺小学校", "<script>", str(UUID(int=0))])
def test_an_address_that_names_no_shelter_is_explained(
    asked: str | None, operator: httpx.Client
) -> None:
    answer = operator.get("/card", params={"shelter": asked} if asked is not None else {})
    assert answer.status_code == 404
    assert "There is no shelter" in answer.text
    assert "<script>" not in answer.text


def test_the_demonstration_s_sheet_says_that_it_is_invented(
    operator: httpx.Client, open_shelter_id: UUID, ask: Ask
) -> None:
    page = words(operator.get("/card", params={"shelter": str(open_shelter_id)}).text)
    name = ask("SELECT name FROM shelter WHERE id = :id", id=open_shelter_id)
    incident = ask("SELECT name FROM incident")
    assert f"Chigasaki Disaster headquarters {incident} Fictitious" in page
    assert name in page
    assert "(fict.)" in page
    assert re.search(r"As of \d{4}-\d\d-\d\d \d\d:\d\d \(Japan time\)", page)


def sheet(desk: Desk, shelter_id: UUID) -> str:
    return _page(_told(desk, shelter_id), desk, Language.EN)


def record(desk: Desk, shelter_id: UUID, persons: int, **said: Any) -> None:  # noqa: ANN401
    """Count the people of a shelter on the spot, and perhaps say how it is off."""
    at = desk.workspace.clock.now()
    counts = Counts(persons=persons, infants=3)
    reading = Reading(uuid4(), shelter_id, counts, at, Source.VISIT)
    with desk.transaction(HEADQUARTERS) as session:
        record_occupancy(session, replace(reading, confirmed=frozenset({"far-over-capacity"})))
        if said:
            report = ConditionReportIn(uuid4(), shelter_id, ConditionSaid(**said), at, Source.VISIT)
            report_condition(session, report)


def test_what_is_known_stands_on_the_sheet_with_its_age_and_who_said_it(
    empty_desk: Desk, open_shelter: OpenShelter
) -> None:
    shelter_id = open_shelter(capacity=100)
    record(empty_desk, shelter_id, 90, gas=LifelineState.UNUSABLE, toilets_women=1, needs="毛布")
    page = words(sheet(empty_desk, shelter_id))
    for told in (
        "Capacity 100 Share of capacity 90% Crowding Full",
        "Persons 90 Just now · 本部",
        "Households Unknown",
        "Infants 3 Just now · 本部",
        "Gas × Not usable Just now · 本部",
        "Electricity ？ Unknown",
        "Toilets lacking × 1 at most (of which for women: 1)",
        "Support and goods needed 毛布 Just now · 本部",
        "Place longitude 139.38970, latitude 35.33770",
        "Designated for Unknown",
    ):
        assert told in page
    assert re.search(r"Last visit \d\d-\d\d \d\d:\d\d Just now · 本部", page)
    assert "(fict.)" not in page
    assert "Fictitious" not in page


def test_of_a_shelter_that_is_not_opened_no_figure_is_unknown_for_there_is_none(
    empty_desk: Desk, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    assert incident_id
    page = words(sheet(empty_desk, make_shelter(lon=None, lat=None, capacity=None)))
    assert "State Not opened" in page
    assert "has not been opened in this incident" in page
    assert "Capacity Unknown" in page
    assert "Place Unknown" in page
    assert "Households" not in page


def test_without_an_incident_the_sheet_says_so(empty_desk: Desk, make_shelter: MakeShelter) -> None:
    assert "No incident is open." in words(sheet(empty_desk, make_shelter()))


def test_what_people_write_is_text_and_no_markup(
    empty_desk: Desk, open_shelter: OpenShelter
) -> None:
    shelter_id = open_shelter("<b>鶴嶺</b>")
    record(empty_desk, shelter_id, 5, note="</td><script>alert(1)</script>")
    page = sheet(empty_desk, shelter_id)
    assert "<script>alert" not in page
    assert "<b>鶴嶺" not in page
    assert "<b>鶴嶺</b>" in words(page)


def test_a_long_text_is_cut_and_says_so(empty_desk: Desk, open_shelter: OpenShelter) -> None:
    shelter_id = open_shelter()
    record(empty_desk, shelter_id, 5, needs="あ" * 4000, note="い" * TEXT_SHOWN)
    page = words(sheet(empty_desk, shelter_id))
    assert page.count("あ") < TEXT_SHOWN
    assert page.count("more on the screen") == 1
    assert page.count("い") == TEXT_SHOWN


def test_a_sheet_of_a_drill_says_so_at_the_top_and_in_its_title(
    empty_desk: Desk, make_shelter: MakeShelter
) -> None:
    shelter_id = make_shelter()
    assert "Drill" not in sheet(empty_desk, shelter_id)
    drill = replace(empty_desk, workspace=replace(empty_desk.workspace, is_drill=True))
    page = sheet(drill, shelter_id)
    drill.workspace.engine.dispose()
    assert words(page).startswith("Print [Drill]")
    assert "<title>[Drill]" in page


def test_the_course_is_a_line_from_the_first_count_to_the_last() -> None:
    spark = sparkline(
        Trend([AT_NOON, AT_NOON + 3600, AT_NOON + 7200], [0, 50, 100]), NOON + 4 * HOUR
    )
    assert spark
    points = [tuple(map(float, point.split(","))) for point in spark.points.split()]
    assert [x for x, _ in points] == sorted({x for x, _ in points})
    assert [y for _, y in points] == sorted({y for _, y in points}, reverse=True)
    assert max(x for x, _ in points) == pytest.approx(SPARK_WIDTH / 2)
    assert all(0 <= y <= SPARK_HEIGHT for _, y in points)
    assert spark.most == "100"


def test_one_count_makes_no_course_and_none_at_all_no_division_by_zero() -> None:
    assert sparkline(Trend(), NOON) is None
    assert sparkline(Trend([AT_NOON], [5]), NOON) is None
    assert sparkline(Trend([AT_NOON, AT_NOON], [0, 0]), NOON)
