"""Places where stock lies: depots and vehicles that people name, and any shelter."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.errors import ChangedMeanwhile, NameMissing, NotFound
from gis.geometry.place import checked_place
from gis.models import Shelter, StockPlace
from gis.models.supply import NAME_LENGTH, TEXT_LENGTH
from gis.operations import Filed
from gis.operations.texts import kept_text
from gis.queries.shelters import standing_ids
from gis.store import now
from gis.text import N_
from gis.vocabulary import PlaceKind


@dataclass(frozen=True)
class PlaceSaid:
    """What is told of a depot or a vehicle; ``location`` is lon, lat in degrees (EPSG:4326)."""

    name: str
    address: str | None = None
    phone: str | None = None
    note: str | None = None
    location: tuple[float, float] | None = None
    is_fictitious: bool = False


def add_place(session: Session, place_id: UUID, kind: PlaceKind, said: PlaceSaid) -> Filed:
    """Add a depot or a vehicle; ``place_id`` is made by the client. A retry changes nothing.

    Raises
    ------
    gis.errors.NameMissing, gis.errors.TextTooLong
        It has no name, or something is longer than is kept.
    gis.errors.Refused
        The place cannot be meant (:func:`gis.geometry.place.checked_place`).
    gis.errors.PlaceNameTaken
        On the write, where there is one of that name.
    """
    if session.get(StockPlace, place_id) is not None:
        return Filed(place_id, is_new=False)
    session.execute(
        insert(StockPlace).values(
            id=place_id, kind=kind.value, is_fictitious=said.is_fictitious, **_kept(said)
        )
    )
    return Filed(place_id, is_new=True)


def change_place(session: Session, place_id: UUID, said: PlaceSaid, *, version: int) -> None:
    """Change what is said of a depot or a vehicle.

    Parameters
    ----------
    version
        The version that the person saw.

    Raises
    ------
    gis.errors.ChangedMeanwhile
        Somebody changed it after that.
    gis.errors.NameMissing, gis.errors.TextTooLong, gis.errors.Refused
        As :func:`add_place` says.
    gis.errors.NotFound
        There is no such place.
    """
    _change(session, place_id, version, **_kept(said))


def close_place(session: Session, place_id: UUID, *, version: int, closed: bool = True) -> None:
    """Close a depot or a vehicle, so that nothing is sent to it or suggested from it; or open it.

    Raises
    ------
    gis.errors.ChangedMeanwhile, gis.errors.NotFound
        As :func:`change_place` says.
    """
    _change(session, place_id, version, closed_at=now(session) if closed else None)


def _change(
    session: Session, place_id: UUID, version: int, **values: str | datetime | None
) -> None:
    changed = session.execute(
        update(StockPlace)
        .where(
            StockPlace.id == place_id,
            StockPlace.version == version,
            StockPlace.kind != PlaceKind.SHELTER.value,
        )
        .values(**values, version=version + 1)
        .returning(StockPlace.id)
    ).one_or_none()
    if changed is None:
        theirs = session.get(StockPlace, place_id)
        if theirs is None or theirs.name is None:
            raise NotFound(field="place_id", received=place_id, kind=N_("place"))
        raise ChangedMeanwhile(theirs=theirs.name, yours=values.get("name") or theirs.name)


def vehicle_named(session: Session, name: str) -> UUID:
    """Return the vehicle of that name, new where there is none.

    Raises
    ------
    gis.errors.NameMissing, gis.errors.TextTooLong
        It has no name, or one longer than is kept.
    """
    kept = _name(name)
    session.execute(
        insert(StockPlace)
        .values(id=uuid4(), kind=PlaceKind.VEHICLE.value, name=kept)
        .on_conflict_do_nothing(index_elements=["kind", "name"])
    )
    return session.scalars(
        select(StockPlace.id).where(
            StockPlace.kind == PlaceKind.VEHICLE.value, StockPlace.name == kept
        )
    ).one()


def held_places(session: Session, *place_ids: UUID) -> dict[UUID, StockPlace]:
    """Return places whose stock nobody else changes until the transaction ends.

    A shelter's place is made when it is needed first; one that was joined to another one is that
    one. They are locked in one order, so that no two wait for each other.

    Raises
    ------
    gis.errors.NotFound
        There is no such place, and no shelter of that id.
    """
    standing = standing_ids(session, place_ids)
    wanted = sorted(set(standing.values()))
    session.execute(
        insert(StockPlace)
        .from_select(
            ["id", "kind", "shelter_id"],
            select(Shelter.id, literal(PlaceKind.SHELTER.value), Shelter.id).where(
                Shelter.id.in_(wanted)
            ),
        )
        .on_conflict_do_nothing(index_elements=["id"])
    )
    held = {
        place.id: place
        for place in session.scalars(
            select(StockPlace)
            .where(StockPlace.id.in_(wanted))
            .order_by(StockPlace.id)
            .with_for_update(key_share=True)
        )
    }
    if standing_ids(session, place_ids) != standing:
        # One of them was joined to another shelter while we waited.
        return held_places(session, *place_ids)
    for told, place_id in standing.items():
        if place_id not in held:
            raise NotFound(field="place_id", received=told, kind=N_("place"))
    return {told: held[place_id] for told, place_id in standing.items()}


def place_name(session: Session, place: StockPlace) -> str:
    """Return what a place is called."""
    return place.name or session.get_one(Shelter, place.id).name


def _kept(said: PlaceSaid) -> dict[str, str | None]:
    place = checked_place(*said.location) if said.location else None
    return {
        "name": _name(said.name),
        "address": kept_text("address", said.address, 200),
        "phone": kept_text("phone", said.phone, 50),
        "note": kept_text("note", said.note, TEXT_LENGTH),
        "location": place.ewkt() if place else None,
    }


def _name(told: str) -> str:
    name = kept_text("name", told, NAME_LENGTH)
    if name is None:
        raise NameMissing(field="name", received=told)
    return name
