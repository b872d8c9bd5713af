"""Where stock lies or can lie: depots, shelters, vehicles, in the order in which they are shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from dashboard import cached
from dashboard.session import _
from gis.queries.stocks import PlaceView, StockLine
from gis.text import N_
from gis.vocabulary import PlaceKind, Term


class Group(Term):
    """What the places are grouped into, in the order in which they are shown."""

    DEPOT = "depot", N_("Depots")
    OPEN = "open", N_("Open shelters")
    OTHER = "other", N_("Other shelters")
    VEHICLE = "vehicle", N_("Vehicles")

    @property
    def one(self) -> str:
        """What one of them is called."""
        return _ONE[self]


_ONE = {
    Group.DEPOT: PlaceKind.DEPOT.label,
    Group.OPEN: N_("Open shelter"),
    Group.OTHER: N_("Shelter, not open"),
    Group.VEHICLE: PlaceKind.VEHICLE.label,
}


@dataclass(frozen=True)
class Where:
    """A place where stock lies or can lie."""

    id: UUID
    name: str
    group: Group
    address: str | None = None
    phone: str | None = None
    note: str | None = None
    is_closed: bool = False
    """Whether nothing is sent there any more; of a depot or a vehicle."""

    @property
    def label(self) -> str:
        """Return its name, and that it is closed where it is."""
        return _("{place} (closed)").format(place=self.name) if self.is_closed else self.name


def everywhere() -> dict[UUID, Where]:
    """Return all places by their ids: depots, open shelters, the other ones, vehicles."""
    shelters = {shelter.id: shelter for shelter in cached.shelters()}
    found = [_of_place(place) for place in cached.stock_places() if place.id not in shelters]
    found += [
        Where(one.id, one.name, Group.OPEN if one.is_open else Group.OTHER, one.address)
        for one in shelters.values()
    ]
    order = list(Group)
    return {
        place.id: place
        for place in sorted(
            found, key=lambda one: (order.index(one.group), one.is_closed, one.name)
        )
    }


def _of_place(place: PlaceView) -> Where:
    groups = {
        PlaceKind.DEPOT: Group.DEPOT,
        PlaceKind.VEHICLE: Group.VEHICLE,
        PlaceKind.SHELTER: Group.OTHER,
    }
    return Where(
        place.id, place.name, groups[place.kind],
        place.address, place.phone, place.note, place.closed_at is not None,
    )  # fmt: skip


def worth_listing(
    places: Mapping[UUID, Where], lines: Sequence[StockLine], groups: Collection[Group]
) -> list[Where]:
    """Return the places of some groups that a list of stock shows.

    Depots that are in use and open shelters stand there without stock, too: nobody knows what they
    have. The others are many, and stand there for what is known of them.
    """
    told = {line.place_id for line in lines}
    loaded = {line.place_id for line in lines if line.quantity}

    def is_shown(place: Where) -> bool:
        match place.group:
            case Group.OPEN:
                return True
            case Group.OTHER:
                return place.id in told
            case Group.DEPOT:
                return place.id in loaded or not place.is_closed
            case _:
                return place.id in loaded

    return [place for place in places.values() if place.group in groups and is_shown(place)]
