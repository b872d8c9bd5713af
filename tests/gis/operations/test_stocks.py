from gis.config import city_profile
from gis.importers import Inventory
from gis.operations.city import load_city
from gis.operations.inventories import SourceFile, import_inventory
from gis.operations.stocks import StockCount, set_stocks
from gis.store import SYSTEM, Workspace
from tests.gis.conftest import Ask
from tests.gis.operations.test_inventories import SCHOOL


def test_stocks_are_set_where_none_is_known(workspace: Workspace, ask: Ask) -> None:
    with workspace.transaction(SYSTEM) as session:
        import_inventory(session, Inventory((SCHOOL,), (), 1), SourceFile.of("list.csv", b""))
    with workspace.transaction(SYSTEM) as session:
        load_city(session, city_profile("142077"))
    (counted,), (uncounted,) = ask("SELECT code FROM resource_item LIMIT 2")
    for quantity in (40, 99):
        with workspace.transaction(SYSTEM) as session:
            set_stocks(
                session,
                [
                    StockCount("E1420700051111", counted, quantity, is_fictitious=True),
                    StockCount("E1420700051111", uncounted, None, is_fictitious=True),
                ],
            )
    assert ask("SELECT quantity, is_fictitious FROM stock ORDER BY quantity") == [
        (40, True),
        (None, True),
    ]
