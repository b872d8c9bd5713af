"""Looking at equipment: how much works, is broken, is in use, and when to look again."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.errors import IdUsedForAnother, InUseAboveWorking, NothingSaid
from gis.models import EquipmentCheck
from gis.models.supply import TEXT_LENGTH
from gis.operations import Filed
from gis.operations.ledger import Filing, Goods, check_quantity
from gis.operations.moments import checked_moment
from gis.operations.stock_places import held_places
from gis.operations.stocks import count
from gis.operations.texts import kept_text
from gis.store import now


@dataclass(frozen=True)
class Seen:
    """What was found of an item; what nobody looked at is None."""

    item_code: str
    working: int | None = None
    broken: int | None = None
    in_use: int | None = None
    """Of those that work."""
    next_check_on: date | None = None
    note: str | None = None


def check_equipment(session: Session, filing: Filing, place_id: UUID, seen: Seen) -> Filed:
    """Record what was found of an item in a place. A retry changes nothing.

    Where both working and broken ones were counted, that is a count of its stock, too.

    Raises
    ------
    gis.errors.NothingSaid, gis.errors.InUseAboveWorking
        Nothing was found, or more in use than works.
    gis.errors.Refused
        As :func:`gis.operations.stocks.count` says.
    """
    place = held_places(session, place_id)[place_id]
    note = kept_text("note", seen.note, TEXT_LENGTH)
    for quantity in (seen.working, seen.broken, seen.in_use):
        check_quantity(session, Goods(seen.item_code, quantity or 0), least=0)
    if seen.working is None and seen.broken is None and note is None:
        raise NothingSaid(field="note")
    if seen.in_use is not None and (seen.working is None or seen.in_use > seen.working):
        raise InUseAboveWorking(field="in_use", received=seen.in_use, working=seen.working or 0)
    said = vars(seen) | {"note": note, "place_id": place.id}
    earlier = session.get(EquipmentCheck, filing.id)
    if earlier is not None:
        if any(getattr(earlier, name) != value for name, value in said.items()):
            raise IdUsedForAnother(field="id", received=filing.id)
        return Filed(filing.id, is_new=False)
    observed_at = checked_moment(filing.observed_at, now(session))
    session.execute(
        insert(EquipmentCheck).values(
            id=filing.id, observed_at=observed_at, source=filing.source.value, **said
        )
    )
    if seen.working is not None and seen.broken is not None:
        counting = Filing(
            uuid5(filing.id, "count"), filing.observed_at, filing.source,
            filing.reason, filing.is_fictitious,
        )  # fmt: skip
        count(session, counting, place.id, seen.item_code, seen.working + seen.broken)
    return Filed(filing.id, is_new=True)
