"""Keeping the register: one shelter out of two, two out of one, off the register, on the map.

Each of these can be taken back by its counterpart, and none deletes anything.
"""

from uuid import UUID, uuid4

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from gis.errors import ChangedMeanwhile, GoodsUnderWay, NotFound, ShelterInUse
from gis.geometry.place import checked_place
from gis.models import Designation, Dispatch, Opening, Shelter, StockPlace
from gis.operations.ledger import Filing, Line, Lot, write_lines
from gis.operations.stock_places import held_places
from gis.queries.stocks import lots
from gis.store import now
from gis.text import N_
from gis.vocabulary import DispatchStep, MovementKind


def join_shelters(session: Session, shelter_id: UUID, into_id: UUID) -> None:
    """Make one shelter of two: the first is the second from now on, for every list.

    Its designations go over; its own row stays, with what happened there, and can come back by
    :func:`separate_shelter`. An opening under its name is the second one's opening from now on, so
    that a self-organised shelter can be found on the register while people are in it. What lies
    there moves to the second one, too, and stays with it.

    Raises
    ------
    gis.errors.DesignatedTwice
        On execution: both have a designation of one kind.
    gis.errors.ShelterInUse
        Both are open, or one of them has been joined already.
    gis.errors.GoodsUnderWay
        Goods are on their way to the first one, or reserved there.
    gis.errors.NotFound
        There is no such shelter.
    """
    into, leaving = _held(session, into_id), _held(session, shelter_id)
    if into.joined_to_id or into.retired_at or into.id == leaving.id:
        raise ShelterInUse(shelter=into.name)
    _check_alone(session, leaving)
    if _takes_part(session, leaving.id) and _takes_part(session, into.id):
        raise ShelterInUse(shelter=leaving.name)
    _hand_over(session, shelter_id, into_id)
    session.execute(
        update(Designation)
        .where(Designation.shelter_id == shelter_id)
        .values(shelter_id=into_id, joined_from_id=shelter_id)
    )
    session.execute(
        update(Shelter)
        .where(Shelter.id == shelter_id)
        .values(joined_to_id=into_id, version=Shelter.version + 1)
    )


def _hand_over(session: Session, shelter_id: UUID, into_id: UUID) -> None:
    """Move what lies in a shelter to another one, lot by lot."""
    if session.get(StockPlace, shelter_id) is None:
        return
    held_places(session, shelter_id, into_id)
    under_way = session.scalar(
        select(Dispatch.id)
        .where(
            or_(Dispatch.from_place_id == shelter_id, Dispatch.to_place_id == shelter_id),
            Dispatch.state.in_([step.value for step in DispatchStep if not step.is_over]),
        )
        .limit(1)
    )
    if under_way:
        raise GoodsUnderWay(shelter=session.get_one(Shelter, shelter_id).name)
    there = lots(session, place_ids=[shelter_id])
    if not there:
        return
    moved = [
        Line(
            MovementKind.MOVED, lot.item_code, Lot(lot.lot, lot.expires_on), lot.quantity,
            shelter_id, into_id,
        )
        for lot in there
    ]  # fmt: skip
    write_lines(session, Filing(uuid4()), moved)


def separate_shelter(session: Session, shelter_id: UUID) -> None:
    """Make a shelter that was joined to another one a shelter of its own again.

    Raises
    ------
    gis.errors.NotFound
        There is no such shelter.
    """
    _held(session, shelter_id)
    session.execute(
        update(Shelter)
        .where(Shelter.id == shelter_id)
        .values(joined_to_id=None, version=Shelter.version + 1)
    )
    session.execute(
        update(Designation)
        .where(Designation.joined_from_id == shelter_id)
        .values(shelter_id=shelter_id, joined_from_id=None)
    )


def retire_shelter(session: Session, shelter_id: UUID) -> None:
    """Take a shelter off the register; :func:`reinstate_shelter` brings it back.

    Raises
    ------
    gis.errors.ShelterInUse
        It is open, or another one is joined to it.
    gis.errors.NotFound
        There is no such shelter.
    """
    shelter = _held(session, shelter_id)
    _check_alone(session, shelter)
    if _takes_part(session, shelter_id):
        raise ShelterInUse(shelter=shelter.name)
    session.execute(
        update(Shelter)
        .where(Shelter.id == shelter_id, Shelter.retired_at.is_(None))
        .values(retired_at=now(session), version=Shelter.version + 1)
    )


def reinstate_shelter(session: Session, shelter_id: UUID) -> None:
    """Bring a shelter back onto the register.

    Raises
    ------
    gis.errors.NotFound
        There is no such shelter.
    """
    _held(session, shelter_id)
    session.execute(
        update(Shelter)
        .where(Shelter.id == shelter_id, Shelter.retired_at.is_not(None))
        .values(retired_at=None, version=Shelter.version + 1)
    )


def place_shelter(
    session: Session, shelter_id: UUID, lon: float, lat: float, *, version: int
) -> None:
    """Put a shelter on the map.

    Parameters
    ----------
    lon, lat
        Degrees in EPSG:4326.
    version
        The version of the shelter that the person saw.

    Raises
    ------
    gis.errors.Refused
        The place cannot be meant (:func:`gis.geometry.place.checked_place`).
    gis.errors.ChangedMeanwhile
        Somebody changed the shelter after that.
    gis.errors.NotFound
        There is no such shelter.
    """
    place = checked_place(lon, lat)
    shelter = _held(session, shelter_id)
    if shelter.version != version:
        raise ChangedMeanwhile(theirs=shelter.name, yours=f"{lat:.6f}, {lon:.6f}")
    session.execute(
        update(Shelter)
        .where(Shelter.id == shelter_id)
        .values(location=place.ewkt(), version=version + 1)
    )


def _held(session: Session, shelter_id: UUID) -> Shelter:
    """Return a shelter, held against others until the transaction ends."""
    found = session.get(
        Shelter, shelter_id, with_for_update={"of": Shelter}, populate_existing=True
    )
    if found is None:
        raise NotFound(field="shelter_id", received=shelter_id, kind=N_("shelter"))
    return found


def _check_alone(session: Session, shelter: Shelter) -> None:
    """Refuse a shelter that has been joined, or has others joined to it."""
    has_others = exists().where(Shelter.joined_to_id == shelter.id)
    if shelter.joined_to_id or session.scalar(select(has_others)):
        raise ShelterInUse(shelter=shelter.name)


def _takes_part(session: Session, shelter_id: UUID) -> bool:
    """Tell whether a shelter, or one that was joined to it, takes part in an incident now."""
    under_way = exists().where(
        Opening.shelter_id == Shelter.id,
        or_(Shelter.id == shelter_id, Shelter.joined_to_id == shelter_id),
        or_(Opening.ended_at.is_(None), Opening.ended_at > now(session)),
    )
    return bool(session.scalar(select(under_way)))
