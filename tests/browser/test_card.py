"""The sheet of one shelter on paper: one page, whatever there is to say."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect

from gis.models.condition import ITEMS, LIFELINES, SUPPLIES, TOILETS
from gis.occupancy import FIGURES
from gis.operations.conditions import ConditionReportIn, ConditionSaid, report_condition
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.operations.openings import close_shelter, open_shelters
from gis.operations.photographs import NewPhotograph, add_photograph
from gis.photographs import prepare
from gis.queries.incidents import open_incident_or_refuse
from gis.queries.shelters import current_opening, shelter_statuses
from gis.store import Actor
from gis.vocabulary import LifelineState, Role, Source, SupplyState
from tests.browser.conftest import Visit
from tests.conftest import Server
from tests.photographs import photograph, picture

WIDTH_MM, HEIGHT_MM = 210 - 2 * 12, 297 - 2 * 9
"""What the margins leave of A4."""
PX_PER_MM = 96 / 25.4
TALKATIVE = Actor("神奈川県応援派遣職員 第三班（夜間）", Role.OPERATOR)
EVERYTHING: dict[str, Any] = (
    dict.fromkeys(LIFELINES, LifelineState.PARTLY)
    | dict.fromkeys(SUPPLIES, SupplyState.TWO_DAYS)
    | dict.fromkeys(TOILETS, 99_999)
    | {"floor_area_m2": 1_000_000, "needs": "毛布、" * 1000, "note": "体育館。" * 1000}
)


@pytest.fixture
def shelter_id(server: Server) -> UUID:
    """A shelter of which all is known, by somebody with a long name, and a dozen counts."""
    clock = server.workspace.clock
    with server.workspace.transaction(TALKATIVE) as session:
        incident = open_incident_or_refuse(session)
        statuses = shelter_statuses(session, incident.id, as_of=clock.now())
        shelter = next(each for each in statuses if each.is_open and each.capacity)
        said = ConditionSaid(**EVERYTHING)
        report_condition(
            session, ConditionReportIn(uuid4(), shelter.id, said, clock.now(), Source.VISIT)
        )
    for number in range(12):
        told = dict.fromkeys(FIGURES, 1000) | {"persons": 3000, "infants": 1000 + number}
        counts = Counts(**told)
        with server.workspace.transaction(TALKATIVE) as session:
            confirmed = frozenset({"far-over-capacity", "ten-times-the-last"})
            reading = Reading(uuid4(), shelter.id, counts, confirmed=confirmed)
            record_occupancy(session, reading)
    return shelter.id


@pytest.fixture
def page(visit: Visit, shelter_id: UUID) -> Page:
    visit.page.goto(f"{visit.server.url}/card?shelter={shelter_id}")
    visit.page.evaluate("document.fonts.ready")
    return visit.page


def pages_of(pdf: bytes) -> int:
    """Return how many pages a PDF of Chromium has; it writes each page's entry in the clear."""
    return len(re.findall(rb"/Type /Page\b", pdf))


def test_all_that_can_be_known_fits_one_page(page: Page, tmp_path: Path) -> None:
    assert set(EVERYTHING) == set(ITEMS)
    pdf = page.pdf(path=tmp_path / "card.pdf", prefer_css_page_size=True)
    assert pages_of(pdf) == 1


def test_nothing_stands_beyond_the_edge_of_the_paper(page: Page) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(WIDTH_MM * PX_PER_MM), "height": 1200})
    beyond = page.evaluate(
        "[...document.querySelectorAll('main *')].filter((each) =>"
        " each.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert beyond == 0
    height_mm = page.locator("main").evaluate("(main) => main.scrollHeight") / PX_PER_MM
    assert height_mm < HEIGHT_MM
    expect(page.locator("#print")).to_be_hidden()


def test_japanese_is_set_in_our_own_font_and_nothing_is_asked_of_others(
    page: Page, visit: Visit
) -> None:
    assert page.evaluate("document.fonts.check('12px \"Noto Sans JP Variable\"', '避難所')")
    expect(page.get_by_role("heading", level=1)).not_to_be_empty()
    assert visit.outside == []
    assert visit.errors == []


def test_the_button_prints(page: Page) -> None:
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.locator("#print").click()
    expect(page).to_have_title("printed")


def photographed(server: Server, shelter_id: UUID, number: int) -> None:
    for each in range(number):
        kept = prepare(photograph(picture(600 + each, 400 + 300 * (each % 2))))
        new = NewPhotograph(uuid4(), shelter_id, kept, "体育館の受付。" * 28)
        with server.workspace.transaction(TALKATIVE) as session:
            add_photograph(session, new)


@pytest.fixture
def quiet_shelter_id(server: Server) -> Iterator[UUID]:
    """A shelter that has just been opened, and of which little is known."""
    at = server.workspace.clock.now()
    with server.workspace.transaction(TALKATIVE) as session:
        incident = open_incident_or_refuse(session)
        statuses = shelter_statuses(session, incident.id, as_of=at)
        shelter = next(each for each in reversed(statuses) if each.opening_id is None)
        open_shelters(session, incident.id, [shelter.id])
    yield shelter.id
    with server.workspace.transaction(TALKATIVE) as session:
        opening = current_opening(session, shelter.id, at=server.workspace.clock.now())
        assert opening
        close_shelter(session, opening.id, version=opening.version)


def test_the_latest_photographs_are_on_the_sheet_where_it_has_room(
    visit: Visit, quiet_shelter_id: UUID, tmp_path: Path
) -> None:
    photographed(visit.server, quiet_shelter_id, 6)
    page = visit.page
    page.goto(f"{visit.server.url}/card?shelter={quiet_shelter_id}")
    page.evaluate("document.fonts.ready")
    expect(page.locator("#photographs img")).to_have_count(4)
    expect(page.locator("#photographs")).to_be_visible()
    page.wait_for_function("[...document.images].every((image) => image.naturalWidth > 0)")
    assert pages_of(page.pdf(path=tmp_path / "card.pdf", prefer_css_page_size=True)) == 1


def test_photographs_give_way_to_what_is_known(
    visit: Visit, shelter_id: UUID, tmp_path: Path
) -> None:
    photographed(visit.server, shelter_id, 4)
    page = visit.page
    page.goto(f"{visit.server.url}/card?shelter={shelter_id}")
    page.evaluate("document.fonts.ready")
    expect(page.locator("#photographs")).to_be_hidden()
    assert pages_of(page.pdf(path=tmp_path / "card.pdf", prefer_css_page_size=True)) == 1
