"""Which place of the store a row of a stock list means: by its 共通ID, or by its name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from gis.identity import comparable_name
from gis.identity.spelling import modern_name, ownerless_name
from gis.importers.stock_rows import StockKey
from gis.models.supply import NAME_LENGTH
from gis.operations.stock_places import PlaceSaid, add_place
from gis.queries.stocks import PlaceName
from gis.text import N_
from gis.vocabulary import PlaceKind

UNKNOWN_ID = N_("the 共通ID of a shelter of the register")
UNKNOWN_PLACE = N_("a shelter of the register, a depot or a vehicle; a new depot is added first")
SEVERAL_PLACES = N_("one place; several bear this name: give the 共通ID, or the kind of the place")


class PlaceUnknown(Exception):  # noqa: N818 - a finding about a file, not a fault of the program
    """No place, or no single one, can be meant; ``expected`` is a message of the catalogue."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(expected)
        self.found = found
        self.expected = expected


@dataclass(frozen=True)
class Place:
    """A place that a row means."""

    id: UUID
    kind: PlaceKind
    name: str
    is_new: bool = False


@dataclass
class Directory:
    """The places of the store by what they are called.

    Parameters
    ----------
    names
        Of all of them.
    adds_depots
        Whether a name that no place bears becomes a depot.
    """

    names: Iterable[PlaceName]
    adds_depots: bool = False
    new_depots: dict[str, Place] = field(default_factory=dict)
    """Those that are to be added, by their comparable names."""
    unknown: dict[str, str] = field(default_factory=dict)
    """Names that no place bears, by the comparable ones."""

    def __post_init__(self) -> None:
        """Put every place under each of its names and ids."""
        self._by_id: dict[str, Place] = {}
        self._by_name: dict[str, dict[UUID, Place]] = defaultdict(dict)
        self._by_bare_name: dict[str, dict[UUID, Place]] = defaultdict(dict)
        for told in self.names:
            place = Place(told.id, told.kind, told.name)
            self._by_id |= dict.fromkeys(told.common_ids, place)
            name = comparable_name(told.name)
            self._by_name[name].setdefault(place.id, place)
            self._by_bare_name[_bare(name)].setdefault(place.id, place)

    def find(self, key: StockKey) -> Place:
        """Return the place that a row means.

        Raises
        ------
        PlaceUnknown
            None can be meant, or several can.
        """
        if key.common_id:
            if place := self._by_id.get(key.common_id):
                return place
            raise PlaceUnknown(key.common_id, UNKNOWN_ID)
        told = key.place or ""
        name = comparable_name(told)
        exact = self._of_kind(self._by_name.get(name, {}).values(), key.kind)
        found = exact or self._of_kind(self._by_bare_name.get(_bare(name), {}).values(), key.kind)
        if len(found) > 1:
            raise PlaceUnknown(told, SEVERAL_PLACES)
        return found[0] if found else self._unknown(told, name, key.kind)

    @staticmethod
    def _of_kind(places: Iterable[Place], kind: PlaceKind | None) -> list[Place]:
        return [place for place in places if kind in {None, place.kind}]

    def _unknown(self, told: str, name: str, kind: PlaceKind | None) -> Place:
        can_be_depot = kind in {None, PlaceKind.DEPOT} and name and len(told) <= NAME_LENGTH
        if not can_be_depot:
            raise PlaceUnknown(told, UNKNOWN_PLACE)
        self.unknown.setdefault(name, told)
        if not self.adds_depots:
            raise PlaceUnknown(told, UNKNOWN_PLACE)
        new = Place(uuid4(), PlaceKind.DEPOT, told, is_new=True)
        return self.new_depots.setdefault(name, new)


def add_depots(session: Session, places: Iterable[Place]) -> None:
    """Add depots that a list names, each without a location until somebody says where it is."""
    for place in places:
        add_place(session, place.id, PlaceKind.DEPOT, PlaceSaid(place.name))


def _bare(name: str) -> str:
    return modern_name(ownerless_name(name))
