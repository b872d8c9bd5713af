"""What comes, goes and is counted: each is a movement of the ledger that stock is the sum of."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from gis.clock import jst
from gis.errors import (
    CountNeedsReason,
    ExpiredAlready,
    IdUsedForAnother,
    MovementOfDispatch,
    MovementTakenBack,
    NotFound,
    ReasonMissing,
    SamePlace,
)
from gis.models import Stock, StockPlace
from gis.models.supply import LOT_LENGTH
from gis.operations import Filed
from gis.operations.counting import Counted
from gis.operations.ledger import (
    Filing,
    Goods,
    Line,
    Lot,
    check_quantity,
    check_there,
    filed_before,
    item_name,
    lots_there,
    lots_to_take,
    ways,
    write_lines,
)
from gis.operations.moments import checked_moment
from gis.operations.stock_places import held_places
from gis.operations.texts import kept_text
from gis.operations.told_late import check_not_counted_since
from gis.queries.stocks import LotsAsked, MovementView, lots_at, movements
from gis.store import now
from gis.text import N_
from gis.vocabulary import MovementKind

_COUNTS = (MovementKind.COUNTED, MovementKind.CORRECTED)


def receive(session: Session, filing: Filing, place_id: UUID, goods: Goods) -> Filed:
    """Take goods from outside into a place. A retry changes nothing.

    Raises
    ------
    gis.errors.ExpiredAlready
        The last day of use is past; taken in once confirmed.
    gis.errors.CountedSince
        It was counted after that: what came before is in the count.
    gis.errors.QuantityImpossible, gis.errors.TextTooLong, gis.errors.NotFound
        The quantity cannot be, the lot's mark is too long, there is no such item or place.
    gis.errors.ObservedInFuture, gis.errors.ObservedTooEarly, gis.errors.MomentWithoutZone
        The moment cannot be.
    gis.errors.IdUsedForAnother
        The id stands for something else.
    """
    place = held_places(session, place_id)[place_id]
    check_quantity(session, goods)
    lot = checked_lot(session, filing, goods.lot or Lot())
    kind = MovementKind.RECEIVED
    first = filed_before(session, filing, [kind], goods, place.id)
    if first:
        return first
    check_not_counted_since(session, filing, place, goods.item_code)
    line = Line(kind, goods.item_code, lot, goods.quantity, to_place_id=place.id)
    return write_lines(session, filing, [line])


def use(session: Session, filing: Filing, place_id: UUID, goods: Goods) -> Filed:
    """Take goods out of a place because they were used. A retry changes nothing.

    Of no lot in particular, what expires first goes first.

    Raises
    ------
    gis.errors.StockShort
        Less is known to be there.
    gis.errors.Refused
        As :func:`receive` says.
    """
    return _take(session, filing, MovementKind.USED, (place_id, None), goods)


def expire(session: Session, filing: Filing, place_id: UUID, goods: Goods) -> Filed:
    """Take goods out of a place because they are past their date, as :func:`use` does."""
    return _take(session, filing, MovementKind.EXPIRED, (place_id, None), goods)


def move(
    session: Session, filing: Filing, from_place_id: UUID, to_place_id: UUID, goods: Goods
) -> Filed:
    """Move goods from one place to another, as :func:`use` does.

    Raises
    ------
    gis.errors.SamePlace
        It is the same place.
    gis.errors.CountedSince
        It was counted after that in one of the two.
    """
    return _take(session, filing, MovementKind.MOVED, (from_place_id, to_place_id), goods)


def count(
    session: Session,
    filing: Filing,
    place_id: UUID,
    item_code: str,
    found: int | Mapping[Lot, int],
) -> Filed:
    """Record what somebody counted of an item in a place. A retry changes nothing.

    What is found too much or too little moves, as of the moment of the count: what came and went
    since stays. A count that is older than another one changes nothing but the ledger's memory.

    Parameters
    ----------
    found
        All of it, or lot by lot; a lot that is not named is then gone. Of a total that is too
        small what expires first is taken to be gone.

    Raises
    ------
    gis.errors.CountNeedsReason
        The ledger says otherwise, and no reason is given. Of what nobody had counted yet there may
        be more without one.
    gis.errors.StockBelowZero
        On the write, where so much has left since that the count cannot be right.
    gis.errors.Refused
        As :func:`receive` says.
    """
    place = held_places(session, place_id)[place_id]
    each = [found] if isinstance(found, int) else list(found.values())
    for quantity in each:
        check_quantity(session, Goods(item_code, quantity), least=0)
    told = Counted(place.id, item_code, found)
    first = filed_before(session, filing, _COUNTS, Goods(item_code, told.total), place.id)
    if first:
        return first
    observed_at = checked_moment(filing.observed_at, now(session))
    stock = session.get(Stock, (place.id, item_code), populate_existing=True)
    counted_at = stock.counted_at if stock else None
    if counted_at and counted_at > observed_at:
        return write_lines(session, filing, [told.memory()])
    asked = LotsAsked(place.id, item_code, observed_at)
    there = lots_at(session, [asked])[asked]
    lines = told.lines(there, was_counted=counted_at is not None)
    if lines[0].kind is MovementKind.CORRECTED and not (filing.reason or "").strip():
        name, ledger = item_name(session, item_code), sum(line.quantity for line in there)
        raise CountNeedsReason(field="reason", received=told.total, item=name, ledger=ledger)
    return write_lines(session, filing, lines)


def take_back(session: Session, filing_id: UUID, *, back_id: UUID, reason: str) -> Filed:
    """Take back what was filed at once and should not have been; it stays on record.

    Parameters
    ----------
    back_id
        Made by the client: the same id again is a retry.

    Raises
    ------
    gis.errors.MovementTakenBack, gis.errors.MovementOfDispatch
        It was taken back already, or is told by the steps of a dispatch.
    gis.errors.CountedSince
        Somebody has counted since: the mistake is in the count no more.
    gis.errors.ReasonMissing, gis.errors.NotFound
        No reason is given, or nothing was filed under that id.
    gis.errors.StockShort
        What came has left since.
    gis.errors.IdUsedForAnother
        The id stands for something else.
    """
    told = movements(session, filing_id=filing_id)
    if not told:
        raise NotFound(field="filing_id", received=filing_id, kind=N_("movement"))
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if any(line.dispatch_id for line in told):
        raise MovementOfDispatch
    held_places(session, *{place for line in told for place in ways(line)})
    earlier = movements(session, filing_id=back_id)
    if earlier:
        if {line.supersedes_id for line in earlier} != {line.id for line in told}:
            raise IdUsedForAnother(field="id", received=back_id)
        return Filed(back_id, is_new=False)
    wrong = movements(session, filing_id=filing_id)
    if any(line.is_taken_back for line in wrong):
        raise MovementTakenBack
    for line in wrong:
        for place_id in ways(line):
            place = session.get_one(StockPlace, place_id)
            then = Filing(back_id, line.observed_at)
            check_not_counted_since(session, then, place, line.item_code)
    # Told at the moment of what was wrong, so that the past that is known now is the right one.
    filing = Filing(back_id, wrong[0].observed_at, wrong[0].source, reason)
    return write_lines(session, filing, [_backwards(session, line) for line in wrong])


def checked_lot(session: Session, filing: Filing, lot: Lot) -> Lot:
    """Return a lot that comes in as it is kept.

    Raises
    ------
    gis.errors.ExpiredAlready
        Its last day of use is past, and nobody has confirmed that.
    gis.errors.TextTooLong
        Its mark is longer than is kept.
    """
    mark = kept_text("lot", lot.mark, LOT_LENGTH) or ""
    past = lot.expires_on is not None and lot.expires_on < jst(now(session)).date()
    if past and ExpiredAlready.code() not in filing.confirmed:
        raise ExpiredAlready(field="expires_on", received=lot.expires_on)
    return Lot(mark, lot.expires_on)


def _take(
    session: Session,
    filing: Filing,
    kind: MovementKind,
    between: tuple[UUID, UUID | None],
    goods: Goods,
) -> Filed:
    held = held_places(session, *(place_id for place_id in between if place_id))
    origin, destination = held[between[0]], held[between[1]] if between[1] else None
    if origin is destination:
        raise SamePlace(field="to_place_id", received=between[1])
    check_quantity(session, goods)
    first = filed_before(session, filing, [kind], goods, origin.id)
    if first:
        return first
    towards = destination.id if destination else None
    for place in filter(None, (origin, destination)):
        check_not_counted_since(session, filing, place, goods.item_code)
    # Of no lot in particular, nobody sends anybody what is past its date.
    is_sent = kind is MovementKind.MOVED and goods.lot is None
    usable_on = jst(now(session)).date() if is_sent else None
    lines = [
        Line(kind, goods.item_code, lot, taken, origin.id, towards)
        for lot, taken in lots_to_take(session, origin.id, goods, usable_on=usable_on)
    ]
    return write_lines(session, filing, lines)


def _backwards(session: Session, line: MovementView) -> Line:
    """Return what undoes a movement, if what it brought is still there."""
    lot = Lot(line.lot, line.expires_on)
    if line.to_place_id and line.quantity:
        goods = Goods(line.item_code, line.quantity, lot)
        check_there(session, line.to_place_id, goods, lots_there(session, line.to_place_id, goods))
    return Line(
        MovementKind.CORRECTED, line.item_code, lot, line.quantity,
        line.to_place_id, line.from_place_id, supersedes_id=line.id,
    )  # fmt: skip
