"""The inspection list: what is overdue first, and a file that no spreadsheet runs."""

import csv
import io
from datetime import date, timedelta
from uuid import UUID, uuid4

from gis.queries.equipment import EquipmentState
from gis.queries.stocks import StockLine
from gis.reports.equipment_list import EquipmentLine, equipment_lines, inspection_csv
from gis.text import Language
from tests.conftest import NOON

DEPOT, SHELTER = uuid4(), uuid4()
NAMES = {DEPOT: "北の拠点", SHELTER: "鶴嶺小学校"}
TODAY = date(2026, 9, 1)


def state(
    place_id: UUID, code: str = "generator", due: date | None = None, note: str | None = None
) -> EquipmentState:
    return EquipmentState(place_id, code, 2, 1, None, due, note, NOON, "本部")


def stock(place_id: UUID, code: str, quantity: int = 3) -> StockLine:
    return StockLine(place_id, code, quantity, 0, NOON, NOON, is_fictitious=False)


def lines(*told: EquipmentState, stocks: tuple[StockLine, ...] = ()) -> list[EquipmentLine]:
    return equipment_lines(NAMES, stocks, told, NOON)


def rows(*told: EquipmentState, is_drill: bool = False) -> list[list[str]]:
    content = inspection_csv(lines(*told), Language.EN, NOON, is_drill=is_drill)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_what_is_overdue_longest_comes_first_and_what_has_no_date_last() -> None:
    days = {"radio": None, "aed": 5, "generator": -3, "floodlight": -40}
    told = [
        state(DEPOT, code, TODAY + timedelta(days=n) if n else None) for code, n in days.items()
    ]
    found = lines(*told)
    assert [one.item.code for one in found] == ["floodlight", "generator", "aed", "radio"]
    assert [one.is_overdue for one in found] == [True, True, False, False]


def test_on_its_day_a_check_is_not_overdue_yet() -> None:
    (one,) = lines(state(DEPOT, due=TODAY))
    assert (one.days_left, one.is_overdue) == (0, False)


def test_what_lies_there_and_was_never_checked_is_listed_too() -> None:
    (one,) = lines(stocks=(stock(SHELTER, "aed"),))
    assert one.stock
    assert (one.stock.quantity, one.was_checked, one.days_left) == (3, False, None)


def test_what_is_no_equipment_is_not_listed() -> None:
    assert not lines(stocks=(stock(DEPOT, "drinking_water"),))


def test_what_lies_in_a_place_that_is_not_there_is_left_out() -> None:
    assert not lines(state(uuid4()))


def test_what_nobody_looked_at_is_unknown_in_the_file() -> None:
    heading, _blank, columns, row, *_rest = rows(state(DEPOT, due=TODAY))
    assert heading == ["As of", "2026-09-01 12:00"]
    told = dict(zip(columns, row, strict=True))
    assert (told["Working"], told["In use"], told["Present"]) == ("2", "Unknown", "Unknown")
    assert told["Next check"] == "2026-09-01"


def test_no_cell_of_the_file_runs_as_a_formula() -> None:
    assert any("'=1+1" in row for row in rows(state(DEPOT, note="=1+1")))


def test_a_list_of_a_drill_says_so_at_its_top() -> None:
    assert rows(state(DEPOT), is_drill=True)[0][0] == "【訓練】"
