"""What lies where: places, stock, lots, and the ledger that they are the sum of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, RowMapping, Uuid, any_, cast, func, or_, select
from sqlalchemy.orm import Session, aliased

from gis.errors import NotFound
from gis.models import Movement, Shelter, StockLot, StockPlace
from gis.queries import SQL
from gis.queries.shelters import standing_id
from gis.sql import id_array, statement
from gis.text import N_
from gis.vocabulary import MovementKind, PlaceKind, Source


@dataclass(frozen=True)
class PlaceView:
    """Where stock lies, or can lie; degrees, EPSG:4326, None where the place is unknown."""

    id: UUID
    kind: PlaceKind
    name: str
    address: str | None
    phone: str | None
    note: str | None
    lon: float | None
    lat: float | None
    closed_at: datetime | None
    is_fictitious: bool
    version: int


@dataclass(frozen=True)
class StockLine:
    """How much of an item lies in a place, in the item's unit.

    Where ``counted_at`` is None nobody has counted it all: there may be more than ``quantity``.
    """

    place_id: UUID
    item_code: str
    quantity: int
    reserved: int | None
    """Promised to a dispatch: it waits to leave, or is on the road in this vehicle. Of a past
    moment None: the store keeps only what is reserved now."""
    counted_at: datetime | None
    moved_at: datetime
    is_fictitious: bool

    @property
    def free(self) -> int:
        """Return how much can be sent now: what is there and not reserved."""
        return max(self.quantity - (self.reserved or 0), 0)


@dataclass(frozen=True)
class LotLine:
    """How much of one lot lies in a place; ``lot`` is empty where nobody said which."""

    place_id: UUID
    item_code: str
    lot: str
    expires_on: date | None
    quantity: int


@dataclass(frozen=True)
class LotsAsked:
    """Of which item in which place the lots are asked for, and as of when; each pair once."""

    place_id: UUID
    item_code: str
    at: datetime


@dataclass(frozen=True)
class PlaceName:
    """A name that a place bears, with the 共通ID of its designations."""

    id: UUID
    kind: PlaceKind
    name: str
    common_ids: tuple[str, ...]


@dataclass(frozen=True)
class MovementView:
    """A line of the ledger."""

    id: UUID
    filing_id: UUID
    number: int
    kind: MovementKind
    item_code: str
    lot: str
    expires_on: date | None
    from_place_id: UUID | None
    to_place_id: UUID | None
    quantity: int
    counted: int | None
    dispatch_id: UUID | None
    reason: str | None
    supersedes_id: UUID | None
    observed_at: datetime
    source: Source
    recorded_at: datetime
    recorded_by: str
    is_taken_back: bool


def places(session: Session, *kinds: PlaceKind) -> list[PlaceView]:
    """Return the places where stock has ever lain, or those of some kinds, by kind and name.

    A shelter that was joined to another one is that one.
    """
    name = func.coalesce(StockPlace.name, Shelter.name)
    located = func.coalesce(StockPlace.location, Shelter.location)
    query = (
        select(
            StockPlace.id,
            StockPlace.kind,
            name.label("name"),
            func.coalesce(StockPlace.address, Shelter.address).label("address"),
            func.coalesce(StockPlace.phone, Shelter.phone).label("phone"),
            StockPlace.note,
            func.ST_X(located).label("lon"),
            func.ST_Y(located).label("lat"),
            StockPlace.closed_at,
            StockPlace.is_fictitious,
            StockPlace.version,
        )
        .outerjoin(Shelter, Shelter.id == StockPlace.shelter_id)
        .where(Shelter.joined_to_id.is_(None))
        .order_by(StockPlace.kind, name, StockPlace.id)
    )
    if kinds:
        query = query.where(StockPlace.kind.in_([kind.value for kind in kinds]))
    return [_place(row) for row in session.execute(query).mappings()]


def _place(row: RowMapping) -> PlaceView:
    return PlaceView(**{**row, "kind": PlaceKind(row["kind"])})


def place_names(session: Session) -> list[PlaceName]:
    """Return the names of every place where stock lies or may lie; one statement."""
    rows = session.execute(statement(SQL / "place_names.sql"))
    return [PlaceName(row[0], PlaceKind(row[1]), row[2], tuple(row[3])) for row in rows]


def stocks(
    session: Session,
    *,
    place_ids: Sequence[UUID] | None = None,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> list[StockLine]:
    """Return how much of everything lies everywhere; one statement.

    What lies under a shelter that was joined to another one lies in that one.

    Parameters
    ----------
    place_ids
        Of some places only.
    as_of
        At a past moment: then the ledger is summed up, and what was reserved is unknown. None is
        now, which the store keeps.
    known_at
        By what was known when; None is as it was known at that moment itself.
    """
    asked: dict[str, Any] = {"place_ids": None if place_ids is None else list(place_ids)}
    name = "stocks.sql"
    if as_of is not None:
        name, asked["at"], asked["known_at"] = "stocks_then.sql", as_of, known_at or as_of
    return [StockLine(*row) for row in session.execute(statement(SQL / name), asked).all()]


def levels_told(
    session: Session,
    place_ids: Sequence[UUID],
    *,
    as_of: datetime,
    known_at: datetime | None = None,
) -> dict[tuple[UUID, str], datetime]:
    """Return when somebody last counted an item in a place or told of its use, by place and item.

    Parameters
    ----------
    known_at
        By what was known when; None is as it was known at that moment itself.
    """
    asked = {"place_ids": id_array(place_ids), "at": as_of, "known_at": known_at or as_of}
    rows = session.execute(statement(SQL / "levels_told.sql"), asked)
    return {(place_id, item_code): told_at for place_id, item_code, told_at in rows}


def lots(session: Session, *, place_ids: Sequence[UUID] | None = None) -> list[LotLine]:
    """Return what lies where, lot by lot, what expires first first; empty lots are left out."""
    standing = func.coalesce(Shelter.joined_to_id, StockLot.place_id)
    query = (
        select(
            standing,
            StockLot.item_code,
            StockLot.lot,
            StockLot.expires_on,
            StockLot.quantity,
        )
        .outerjoin(Shelter, Shelter.id == StockLot.place_id)
        .where(StockLot.quantity > 0)
        .order_by(standing, StockLot.item_code, StockLot.expires_on.nulls_last(), StockLot.lot)
    )
    if place_ids is not None:
        query = query.where(standing.in_(place_ids))
    return [LotLine(*row) for row in session.execute(query).all()]


def lots_at(session: Session, asked: Sequence[LotsAsked]) -> dict[LotsAsked, list[LotLine]]:
    """Return what lay in places at moments, lot by lot, by the ledger; one statement."""
    which = {(each.place_id, each.item_code): each for each in asked}
    told: dict[LotsAsked, list[LotLine]] = {each: [] for each in asked}
    rows = session.execute(
        statement(SQL / "lots_at.sql"),
        {
            "place_ids": [each.place_id for each in asked],
            "item_codes": [each.item_code for each in asked],
            "moments": [each.at for each in asked],
        },
    )
    for row in rows:
        line = LotLine(*row)
        told[which[line.place_id, line.item_code]].append(line)
    return told


def movements(  # noqa: PLR0913 - which lines, and how many
    session: Session,
    *,
    place_id: UUID | None = None,
    item_code: str | None = None,
    filing_id: UUID | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[MovementView]:
    """Return lines of the ledger, what was recorded last first.

    Parameters
    ----------
    place_id, item_code, filing_id
        Only those of a place, an item, or what was filed at once. Of a shelter also what was told
        of those that were joined to it.
    limit, offset
        How many, and after how many.
    """
    here = _ids_of(session, place_id) if place_id else []
    back = aliased(Movement)
    fields = [
        getattr(Movement, name) for name in MovementView.__annotations__ if name != "is_taken_back"
    ]
    wanted = {
        or_(Movement.from_place_id.in_(here), Movement.to_place_id.in_(here)): place_id,
        Movement.item_code == item_code: item_code,
        Movement.filing_id == filing_id: filing_id,
    }
    query = (
        select(*fields, back.id.is_not(None).label("is_taken_back"))
        .outerjoin(back, back.supersedes_id == Movement.id)
        .where(*(clause for clause, asked in wanted.items() if asked is not None))
        .order_by(Movement.recorded_at.desc(), Movement.id, Movement.number)
        .limit(limit)
        .offset(offset)
    )
    return [_movement(row) for row in session.execute(query).mappings()]


def _ids_of(session: Session, place_id: UUID) -> list[UUID]:
    """Return under which ids the ledger has a place: those of joined shelters are of one place."""
    standing = standing_id(session, place_id)
    joined = session.scalars(select(Shelter.id).where(Shelter.joined_to_id == standing))
    return [standing, *joined]


def filed_among(session: Session, filing_ids: Sequence[UUID]) -> set[UUID]:
    """Return under which of some ids anything was filed."""
    asked = cast(list(filing_ids), ARRAY(Uuid))
    return set(session.scalars(select(Movement.filing_id).where(Movement.filing_id == any_(asked))))


def _movement(row: RowMapping) -> MovementView:
    return MovementView(
        **{**row, "kind": MovementKind(row["kind"]), "source": Source(row["source"])}
    )


def place_named(session: Session, place_id: UUID) -> PlaceView:
    """Return a place by its id.

    Raises
    ------
    gis.errors.NotFound
        There is none.
    """
    for place in places(session):
        if place.id == place_id:
            return place
    raise NotFound(field="place_id", received=place_id, kind=N_("place"))
