"""The stock as a list: other programs read it, and taken in again it changes nothing."""

import csv
import io
from datetime import date, timedelta
from uuid import UUID

import pytest
from python_calamine import CalamineWorkbook

from gis.exporters import ENCODINGS
from gis.exporters.stock_list import COLUMNS, StockAtHand, export_stock
from gis.importers.stock_list import parse_stock_list
from gis.items import item_list
from gis.operations.ledger import Lot
from gis.operations.stock_list_plan import CountState
from gis.queries.stocks import lots, place_names, stocks
from gis.store import Workspace
from gis.text import Language
from gis.vocabulary import PlaceKind
from tests.conftest import NOON, FixedClock, MakeShelter
from tests.gis.conftest import Ask
from tests.gis.stock_listing import TODAY, Listing, reasons
from tests.gis.supplying import BLANKET, WATER, Supplying

pytestmark = pytest.mark.usefixtures("city")

STATE = "SELECT place_id, item_code, quantity, counted_at FROM stock ORDER BY 1, 2"
LOTS = "SELECT place_id, item_code, lot, expires_on, quantity FROM stock_lot ORDER BY 1, 2, 3, 4"
FORMULA = "=1+1"


def exported(workspace: Workspace, encoding: str) -> bytes:
    with workspace.reading() as session:
        told = StockAtHand(
            place_names(session), stocks(session), lots(session), workspace.clock.now()
        )
    return export_stock(told, item_list().items, ENCODINGS[encoding]).content


def by_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def by_calamine(content: bytes) -> list[list[str]]:
    (name, *_) = (book := CalamineWorkbook.from_filelike(io.BytesIO(content))).sheet_names
    return [[str(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]


READERS = {"csv_utf8": by_csv, "xlsx": by_calamine}


@pytest.fixture
def depot(workspace: Workspace, make_shelter: MakeShelter, clock: FixedClock) -> UUID:
    """A depot with lots, one of them reserved, and other places with stock of any kind."""
    supplying = Supplying(workspace)
    depot, vehicle = supplying.depot("北部拠点"), supplying.depot("1号車", PlaceKind.VEHICLE)
    shelter = make_shelter("鶴嶺小学校")
    supplying.count(depot, {Lot(FORMULA, date(2027, 3, 31)): 60, Lot("B"): 40, Lot(): 5})
    supplying.tell("receive", depot, 12, BLANKET)
    supplying.count(shelter, 30, is_fictitious=True)
    clock.moment = NOON + timedelta(minutes=30, seconds=20)
    supplying.tell("use", shelter, 30)
    supplying.move(depot, vehicle, 7)
    return depot


@pytest.mark.parametrize("encoding", READERS)
def test_every_program_reads_the_same_cells(
    workspace: Workspace, depot: UUID, encoding: str
) -> None:
    assert depot
    header, *rows = READERS[encoding](exported(workspace, encoding))
    assert tuple(header) == COLUMNS
    assert [row[:11] for row in rows] == [
        ["北部拠点", "", "物資拠点", WATER, "飲料水", "53", "L", "0", FORMULA, "2027-03-31",
         "2026-09-01 12:00"],
        ["北部拠点", "", "物資拠点", WATER, "飲料水", "5", "L", "0", "", "", "2026-09-01 12:00"],
        ["北部拠点", "", "物資拠点", WATER, "飲料水", "40", "L", "0", "B", "", "2026-09-01 12:00"],
        ["北部拠点", "", "物資拠点", BLANKET, "毛布", "12", "枚", "0", "", "", ""],
        ["鶴嶺小学校", "", "避難所", WATER, "飲料水", "0", "L", "0", "", "", "2026-09-01 12:00"],
        ["1号車", "", "車両", WATER, "飲料水", "7", "L", "0", FORMULA, "2027-03-31", ""],
    ]  # fmt: skip
    assert {row[11] for row in rows} == {"2026-09-01 12:31"}
    assert [row[12] for row in rows] == ["", "", "", "", "架空", ""]


@pytest.mark.parametrize("encoding", READERS)
def test_taken_in_again_it_changes_nothing(
    workspace: Workspace, depot: UUID, encoding: str, ask: Ask
) -> None:
    assert depot
    before = ask(STATE), ask(LOTS)
    found = parse_stock_list(exported(workspace, encoding), TODAY, Language.EN)
    assert found.problems == ()
    plan = Listing(workspace).take_in(found)
    assert {count.state for count in plan.counts} == {CountState.SAME}
    assert (ask(STATE), ask(LOTS)) == before


def test_what_a_person_changes_in_it_is_a_count_as_of_then(
    workspace: Workspace, depot: UUID, clock: FixedClock
) -> None:
    changed = exported(workspace, "csv_utf8").replace(b",5,L,", b",9,L,")
    clock.moment += timedelta(hours=1)
    supplying = Supplying(workspace)
    supplying.tell("use", depot, 3)
    plan = Listing(workspace).take_in(parse_stock_list(changed, TODAY, Language.EN))
    assert [count.difference for count in plan.writes] == [4]
    assert supplying.quantity(depot) == 53 + 40 + 9 - 3


def test_places_of_one_name_without_an_id_are_refused_when_taken_in(
    workspace: Workspace, make_shelter: MakeShelter
) -> None:
    supplying = Supplying(workspace)
    for shelter in (make_shelter("体育館"), make_shelter("体育館")):
        supplying.count(shelter, 5)
    found = parse_stock_list(exported(workspace, "csv_utf8"), TODAY, Language.EN)
    assert set(reasons(Listing(workspace).take_in(found))) == {2, 3}


def test_of_what_is_reserved_the_first_lots_tell_it(workspace: Workspace, depot: UUID) -> None:
    with workspace.reading() as session:
        told = StockAtHand(place_names(session), stocks(session), lots(session), NOON)
    lines = [
        line if line.place_id != depot else type(line)(**vars(line) | {"reserved": 55})
        for line in told.stocks
    ]
    content = export_stock(
        StockAtHand(told.places, lines, told.lots, NOON), item_list().items, ENCODINGS["csv_utf8"]
    ).content
    assert [row[7] for row in by_csv(content)[1:4]] == ["53", "2", "0"]
