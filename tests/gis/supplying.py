"""Short ways to fill the ledger, to ask for goods and to send them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from gis.operations import Filed
from gis.operations.dispatches import Load, Sending, Step, arrive, cancel, delay, leave, reserve
from gis.operations.ledger import Filing, Goods, Lot
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.operations.stock_places import PlaceSaid, add_place, close_place
from gis.operations.stocks import count, expire, move, receive, take_back, use
from gis.operations.supply_requests import Asking, Decision, ask_for, decide
from gis.queries.dispatches import DispatchView, RequestView, dispatches, requests
from gis.queries.incidents import open_incident_or_refuse
from gis.queries.stocks import LotLine, StockLine, lots, stocks
from gis.store import Workspace
from gis.vocabulary import PlaceKind, RequestAction, Source, Urgency
from tests.conftest import HEADQUARTERS

WATER = "drinking_water"
BLANKET = "blanket"

_VERBS = {"receive": receive, "use": use, "expire": expire}


@dataclass(frozen=True)
class Supplying:
    """A store, spoken to in transactions of one verb each."""

    workspace: Workspace

    def depot(
        self,
        name: str | None = None,
        kind: PlaceKind = PlaceKind.DEPOT,
        **said: Any,  # noqa: ANN401
    ) -> UUID:
        place_id = uuid4()
        with self.workspace.transaction(HEADQUARTERS) as session:
            add_place(session, place_id, kind, PlaceSaid(name or f"拠点 {place_id}", **said))
        return place_id

    def close(self, place_id: UUID, version: int = 1) -> None:
        with self.workspace.transaction(HEADQUARTERS) as session:
            close_place(session, place_id, version=version)

    def tell(
        self,
        verb: str,
        place_id: UUID,
        quantity: int,
        item: str = WATER,
        lot: Lot | None = None,
        **filing: Any,  # noqa: ANN401
    ) -> Filed:
        told = Filing(filing.pop("id", None) or uuid4(), **filing)
        with self.workspace.transaction(HEADQUARTERS) as session:
            return _VERBS[verb](session, told, place_id, Goods(item, quantity, lot))

    def move(
        self,
        origin: UUID,
        destination: UUID,
        quantity: int,
        item: str = WATER,
        **filing: Any,  # noqa: ANN401
    ) -> Filed:
        told = Filing(filing.pop("id", None) or uuid4(), **filing)
        with self.workspace.transaction(HEADQUARTERS) as session:
            return move(session, told, origin, destination, Goods(item, quantity))

    def count(
        self,
        place_id: UUID,
        found: int | dict[Lot, int],
        item: str = WATER,
        **filing: Any,  # noqa: ANN401
    ) -> Filed:
        told = Filing(filing.pop("id", None) or uuid4(), **filing)
        with self.workspace.transaction(HEADQUARTERS) as session:
            return count(session, told, place_id, item, found)

    def take_back(
        self, filing_id: UUID, reason: str = "誤り", back_id: UUID | None = None
    ) -> Filed:
        with self.workspace.transaction(HEADQUARTERS) as session:
            return take_back(session, filing_id, back_id=back_id or uuid4(), reason=reason)

    def ask(
        self,
        shelter_id: UUID,
        quantity: int,
        item: str = WATER,
        **asking: Any,  # noqa: ANN401
    ) -> UUID:
        asking.setdefault("urgency", Urgency.TODAY)
        told = Asking(
            asking.pop("id", None) or uuid4(), shelter_id, Goods(item, quantity), **asking
        )
        with self.workspace.transaction(HEADQUARTERS) as session:
            return ask_for(session, told).id

    def approve(self, request_id: UUID, quantity: int, version: int = 0) -> Filed:
        decision = Decision(uuid4(), RequestAction.APPROVED, quantity)
        with self.workspace.transaction(HEADQUARTERS) as session:
            return decide(session, request_id, decision, version=version)

    def reserve(
        self,
        origin: UUID,
        destination: UUID,
        *loads: Load,
        sending_id: UUID | None = None,
    ) -> UUID:
        sending = Sending(sending_id or uuid4(), origin, destination, loads)
        with self.workspace.transaction(HEADQUARTERS) as session:
            return reserve(session, sending).id

    def leave(
        self,
        dispatch_id: UUID,
        version: int = 1,
        *,
        step_id: UUID | None = None,
        vehicle: str = "1号車",
        **told: Any,  # noqa: ANN401
    ) -> Filed:
        step = Step(step_id or uuid4(), "輸送班", source=Source.RADIO, **told)
        with self.workspace.transaction(HEADQUARTERS) as session:
            return leave(session, dispatch_id, step, vehicle, version=version)

    def delay(self, dispatch_id: UUID, expected_at: datetime, version: int = 2) -> Filed:
        step = Step(uuid4(), expected_at=expected_at)
        with self.workspace.transaction(HEADQUARTERS) as session:
            return delay(session, dispatch_id, step, version=version)

    def arrive(
        self,
        dispatch_id: UUID,
        arrived: dict[str, int],
        version: int = 2,
        step_id: UUID | None = None,
        observed_at: datetime | None = None,
    ) -> Filed:
        step = Step(step_id or uuid4(), observed_at=observed_at)
        with self.workspace.transaction(HEADQUARTERS) as session:
            return arrive(session, dispatch_id, step, arrived, version=version)

    def cancel(self, dispatch_id: UUID, version: int = 1) -> Filed:
        with self.workspace.transaction(HEADQUARTERS) as session:
            return cancel(session, dispatch_id, Step(uuid4()), version=version)

    def stock(self, place_id: UUID, item: str = WATER) -> StockLine | None:
        with self.workspace.reading() as session:
            lines = stocks(session, place_ids=[place_id])
        return next((line for line in lines if line.item_code == item), None)

    def quantity(self, place_id: UUID, item: str = WATER) -> int:
        line = self.stock(place_id, item)
        return line.quantity if line else 0

    def lots(self, place_id: UUID) -> list[LotLine]:
        with self.workspace.reading() as session:
            return lots(session, place_ids=[place_id])

    def asked(self) -> list[RequestView]:
        with self.workspace.reading() as session:
            return requests(session, open_incident_or_refuse(session).id)

    def sent(self, as_of: datetime | None = None) -> list[DispatchView]:
        with self.workspace.reading() as session:
            return dispatches(session, open_incident_or_refuse(session).id, as_of=as_of)


def run_short(workspace: Workspace, shelter_id: UUID, persons: int = 80, litres: int = 50) -> None:
    """Count people in an open shelter and the water that they have: by default for five hours."""
    with workspace.transaction(HEADQUARTERS) as session:
        record_occupancy(session, Reading(uuid4(), shelter_id, Counts(persons=persons)))
    Supplying(workspace).count(shelter_id, litres)


def send_out(
    supplying: Supplying,
    shelter_id: UUID,
    place: tuple[float, float] = (139.409, 35.344),
    **leaving: Any,  # noqa: ANN401
) -> UUID:
    """Count a depot's water, and send some of it to a shelter; return the dispatch."""
    depot = supplying.depot("中央拠点", location=place)
    supplying.count(depot, 100)
    dispatch = supplying.reserve(depot, shelter_id, Load(WATER, 30))
    supplying.leave(dispatch, **leaving)
    return dispatch
