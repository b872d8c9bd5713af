"""What is told late, of a moment before a count of its place: the count has found it already."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from gis.clock import moment_text
from gis.errors import CountedSince
from gis.models import Stock, StockPlace
from gis.operations.ledger import Filing, Line, item_name
from gis.operations.moments import checked_moment
from gis.operations.stock_places import place_name
from gis.store import now
from gis.vocabulary import MovementKind

REASON = "その後の棚卸に含まれています。"
"""Of what keeps a count as it was found: what is on record is in Japanese."""


def counted_since(
    session: Session, place_id: UUID, item_code: str, observed_at: datetime | None
) -> datetime | None:
    """Return when an item was counted in a place after a moment (None: now); None where it was not.

    Raises
    ------
    gis.errors.ObservedInFuture, gis.errors.ObservedTooEarly, gis.errors.MomentWithoutZone
        The moment cannot be.
    """
    moment = checked_moment(observed_at, now(session))
    stock = session.get(Stock, (place_id, item_code), populate_existing=True)
    counted_at = stock.counted_at if stock else None
    return counted_at if counted_at and moment < counted_at else None


def check_not_counted_since(
    session: Session, filing: Filing, place: StockPlace, item_code: str
) -> None:
    """Refuse what happened before a count, which has found it already.

    Raises
    ------
    gis.errors.CountedSince
        Somebody has counted since.
    gis.errors.Refused
        As :func:`counted_since` says.
    """
    since = counted_since(session, place.id, item_code, filing.observed_at)
    if since:
        raise CountedSince(
            field="observed_at",
            received=moment_text(checked_moment(filing.observed_at, now(session))),
            item=item_name(session, item_code),
            place=place_name(session, place),
            since=moment_text(since),
        )


def keeping_counts(
    session: Session, filing: Filing, lines: Sequence[Line]
) -> list[tuple[Filing, Sequence[Line]]]:
    """Return what to write of what must not be refused, so that what was counted since stays.

    The lines themselves; and where a count has found already what they tell, a correction as of
    that count, which undoes it there.
    """
    kept: defaultdict[datetime, list[Line]] = defaultdict(list)
    for line in lines:
        for place_id, back in _each_end(line):
            since = counted_since(session, place_id, line.item_code, filing.observed_at)
            if since:
                kept[since].append(back)
    return [
        (filing, lines),
        *(
            (Filing(uuid5(filing.id, since.isoformat()), since, filing.source, REASON), backs)
            for since, backs in sorted(kept.items())
        ),
    ]


def _each_end(line: Line) -> Iterator[tuple[UUID, Line]]:
    """Yield each place that a line touches, and what undoes the line there alone."""
    undone = replace(line, kind=MovementKind.CORRECTED, from_place_id=None, to_place_id=None)
    if line.from_place_id:
        yield line.from_place_id, replace(undone, to_place_id=line.from_place_id)
    if line.to_place_id:
        yield line.to_place_id, replace(undone, from_place_id=line.to_place_id)
