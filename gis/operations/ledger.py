"""The ledger that stock is the sum of: lots, what of them is there, and how a line is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from gis.errors import IdUsedForAnother, NotFound, QuantityImpossible, StockShort
from gis.models import ResourceItem
from gis.models.supply import QUANTITY_MOST, TEXT_LENGTH
from gis.operations import Filed
from gis.operations.moments import checked_moment
from gis.operations.stock_places import held_places, place_name
from gis.operations.texts import kept_text
from gis.queries.stocks import LotLine, LotsAsked, MovementView, lots, lots_at, movements
from gis.store import now
from gis.text import N_
from gis.vocabulary import MovementKind, Source

_WRITE = (Path(__file__).parent / "sql" / "write_movements.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Lot:
    """Which lot: its mark, and the last day of use; neither need be known."""

    mark: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class Goods:
    """So much of an item, in its unit; of no lot in particular where ``lot`` is None."""

    item_code: str
    quantity: int
    lot: Lot | None = None


@dataclass(frozen=True)
class Filing:
    """What everything that is filed at once has in common. ``id`` is made by the client."""

    id: UUID
    observed_at: datetime | None = None
    """When it happened; None is now."""
    source: Source = Source.OTHER
    reason: str | None = None
    is_fictitious: bool = False
    confirmed: frozenset[str] = frozenset()
    """The doubts, by the codes of their errors, that the person has said yes to."""


@dataclass(frozen=True)
class Line:
    """A line to write: what of one lot of an item comes or goes."""

    kind: MovementKind
    item_code: str
    lot: Lot
    quantity: int
    from_place_id: UUID | None = None
    to_place_id: UUID | None = None
    counted: int | None = None
    dispatch_id: UUID | None = None
    supersedes_id: UUID | None = None


def write_lines(session: Session, filing: Filing, lines: Sequence[Line]) -> Filed:
    """Write what was filed at once. The places have to be held.

    Raises
    ------
    gis.errors.TextTooLong, gis.errors.ObservedInFuture, gis.errors.ObservedTooEarly
        The reason is too long, or the moment cannot be.
    gis.errors.StockBelowZero
        On the write, where less is there than was to go.
    """
    write_filings(session, [(filing, lines)])
    return Filed(filing.id, is_new=True)


def write_filings(session: Session, filings: Sequence[tuple[Filing, Sequence[Line]]]) -> None:
    """Write several of what was filed at once, all in one statement, as :func:`write_lines` does.

    Raises
    ------
    gis.errors.Refused
        As :func:`write_lines` says.
    """
    moment = now(session)
    written = [
        told | {"number": number} | _values(line)
        for filing, lines in filings
        for told in (_told(filing, moment),)
        for number, line in enumerate(lines, start=1)
    ]
    # In the driver's own words: as parameters of their own, so many values would be too many.
    session.connection().exec_driver_sql(_WRITE, {"lines": Jsonb(written)})


def _told(filing: Filing, moment: datetime) -> dict[str, Any]:
    return {
        "filing_id": str(filing.id),
        "reason": kept_text("reason", filing.reason, TEXT_LENGTH),
        "source": filing.source.value,
        "is_fictitious": filing.is_fictitious,
        "observed_at": checked_moment(filing.observed_at, moment).isoformat(),
    }


def filed_before(
    session: Session, filing: Filing, kinds: Sequence[MovementKind], goods: Goods, place_id: UUID
) -> Filed | None:
    """Return the first result of a retry; None where nothing was filed under that id.

    Raises
    ------
    gis.errors.IdUsedForAnother
        Something else was.
    """
    earlier = movements(session, filing_id=filing.id)
    if not earlier:
        return None
    counted = earlier[0].counted
    told = sum(line.quantity for line in earlier) if counted is None else counted
    same = told == goods.quantity and all(
        line.kind in kinds and line.item_code == goods.item_code and place_id in ways(line)
        for line in earlier
    )
    if not same:
        raise IdUsedForAnother(field="id", received=filing.id)
    return Filed(filing.id, is_new=False)


def lots_to_take(  # noqa: PLR0913 - from where, what, and which lots of it
    session: Session,
    place_id: UUID,
    goods: Goods,
    *,
    usable_on: date | None = None,
    at: datetime | None = None,
    promised: Mapping[Lot, int] = MappingProxyType({}),
) -> Iterator[tuple[Lot, int]]:
    """Yield how much to take of which lots, what expires first first. The place has to be held.

    Parameters
    ----------
    usable_on
        Takes only what is not past its date on that day; None takes anything.
    at
        Takes of what was there then; None is now.
    promised
        How much of which lots is for somebody else.

    Raises
    ------
    gis.errors.StockShort
        Less is known to be there.
    """
    there = [
        replace(line, quantity=max(line.quantity - promised.get(_lot(line), 0), 0))
        for line in lots_there(session, place_id, goods, at=at)
        if usable_on is None or line.expires_on is None or line.expires_on >= usable_on
    ]
    check_there(session, place_id, goods, there)
    left = goods.quantity
    for line in there:
        if left <= 0:
            return
        taken = min(left, line.quantity)
        left -= taken
        if taken:
            yield _lot(line), taken


def lots_there(
    session: Session, place_id: UUID, goods: Goods, *, at: datetime | None = None
) -> list[LotLine]:
    """Return the lots of an item in a place, or the one that is meant; now, or as of a moment."""
    if at is None:
        there = lots(session, place_ids=[place_id])
    else:
        asked = LotsAsked(place_id, goods.item_code, at)
        there = lots_at(session, [asked])[asked]
    return [
        line
        for line in there
        if line.item_code == goods.item_code and goods.lot in {None, _lot(line)}
    ]


def _lot(line: LotLine) -> Lot:
    return Lot(line.lot, line.expires_on)


def check_there(session: Session, place_id: UUID, goods: Goods, there: Sequence[LotLine]) -> None:
    """Refuse to take more than there is.

    Raises
    ------
    gis.errors.StockShort
        Less is known to be there.
    """
    known = sum(line.quantity for line in there)
    if known < goods.quantity:
        place = held_places(session, place_id)[place_id]
        raise StockShort(
            field="quantity",
            received=goods.quantity,
            item=item_name(session, goods.item_code),
            place=place_name(session, place),
            there=known,
        )


def check_quantity(session: Session, goods: Goods, *, least: int = 1) -> None:
    """Refuse a quantity that cannot be.

    Raises
    ------
    gis.errors.QuantityImpossible, gis.errors.NotFound
        It is too small or too large, or there is no such item.
    """
    name = item_name(session, goods.item_code)
    if not least <= goods.quantity <= QUANTITY_MOST:
        raise QuantityImpossible(
            field="quantity", received=goods.quantity, item=name, least=least, most=QUANTITY_MOST
        )


def item_name(session: Session, item_code: str) -> str:
    """Return what an item is called, in Japanese.

    Raises
    ------
    gis.errors.NotFound
        There is none of that code.
    """
    item = session.get(ResourceItem, item_code)
    if item is None:
        raise NotFound(field="item_code", received=item_code, kind=N_("item"))
    return item.name_ja


def ways(line: MovementView) -> list[UUID]:
    """Return the places that a movement touched."""
    return [place for place in (line.from_place_id, line.to_place_id) if place]


def _values(line: Line) -> dict[str, Any]:
    expires_on = line.lot.expires_on
    return {
        "kind": line.kind.value,
        "item_code": line.item_code,
        "lot": line.lot.mark,
        "expires_on": expires_on.isoformat() if expires_on else None,
        "from_place_id": _id(line.from_place_id),
        "to_place_id": _id(line.to_place_id),
        "quantity": line.quantity,
        "counted": line.counted,
        "dispatch_id": _id(line.dispatch_id),
        "supersedes_id": _id(line.supersedes_id),
    }


def _id(told: UUID | None) -> str | None:
    return str(told) if told else None
