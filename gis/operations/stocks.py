"""What lies in shelters."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from gis.sql import statement

SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class StockCount:
    """A counted stock: which designation's shelter, which item, how much (None: not counted)."""

    common_id: str
    item_code: str
    quantity: int | None
    is_fictitious: bool


def set_stocks(session: Session, counts: Iterable[StockCount]) -> None:
    """Set the stock of shelters where none is known yet."""
    rows = [vars(count) for count in counts]
    session.execute(statement(SQL / "set_stocks.sql"), {"stocks": json.dumps(rows)})
