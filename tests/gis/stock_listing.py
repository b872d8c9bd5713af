"""Stock lists made for a test, and short ways to take them in."""

from dataclasses import dataclass

from gis.importers.stock_list import StockList, parse_stock_list
from gis.operations.stock_list_plan import StockPlan
from gis.operations.stock_lists import import_stock_list, preview
from gis.store import Workspace
from gis.text import Language
from tests.conftest import HEADQUARTERS, NOON
from tests.gis.importers.lists import csv_text

TODAY = NOON.date()
COLUMNS = (
    "場所", "共通ID", "種別", "品目", "数量", "単位", "ロット", "期限", "基準日", "備考",
)  # fmt: skip


def stock_csv(*rows: dict[str, str]) -> bytes:
    """Return rows as a file; what a row does not say is blank."""
    whole = [dict.fromkeys(COLUMNS, "") | row for row in rows]
    return csv_text(*whole).encode()


def read(content: bytes, *, takes_expired: bool = False) -> StockList:
    """Return what a file says."""
    return parse_stock_list(content, TODAY, Language.EN, takes_expired=takes_expired)


def reasons(found: StockList | StockPlan) -> dict[int, str]:
    """Return why rows are not taken, by their numbers."""
    return {each.row: each.expected for each in found.problems if each.row and not each.taken}


@dataclass(frozen=True)
class Listing:
    """A store that takes lists in."""

    workspace: Workspace

    def preview(self, *rows: dict[str, str], adds_depots: bool = False) -> StockPlan:
        with self.workspace.reading() as session:
            found = read(stock_csv(*rows))
            return preview(session, found, Language.EN, adds_depots=adds_depots)

    def take_in(self, found: StockList, *, adds_depots: bool = False) -> StockPlan:
        with self.workspace.transaction(HEADQUARTERS) as session:
            return import_stock_list(
                session,
                found,
                Language.EN,
                reason="在庫一覧の取り込み：stock.csv",
                adds_depots=adds_depots,
            )

    def rows(self, *rows: dict[str, str], adds_depots: bool = False) -> StockPlan:
        return self.take_in(read(stock_csv(*rows)), adds_depots=adds_depots)
