"""The ledger of stock: what came, went and was counted."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from dashboard.api.filed import MADE_BY_CLIENT, FiledOut, answer
from dashboard.api.roles import CurrentActor, allow
from dashboard.api.supplies import Quantity, Unit, goods, refuse_misfit, require_own_place
from dashboard.api.text import Storable
from dashboard.roles import COUNTS_OWN, DECIDES, SEES_ALL
from dashboard.workspaces import current_desk
from gis.errors import NotAllowed
from gis.operations import Filed
from gis.operations.ledger import Filing, Goods, Lot
from gis.operations.stocks import count, expire, move, receive, take_back, use
from gis.queries.stocks import MovementView, movements
from gis.store import Actor
from gis.vocabulary import MovementKind, Source

router = APIRouter(tags=["supplies"])

_WAYS = {
    MovementKind.RECEIVED: (False, True),
    MovementKind.MOVED: (True, True),
    MovementKind.USED: (True, False),
    MovementKind.EXPIRED: (True, False),
    MovementKind.COUNTED: (False, True),
}
"""Whether a movement of a kind comes from a place, and whether it is to one."""
_VERBS = {
    MovementKind.RECEIVED: receive,
    MovementKind.USED: use,
    MovementKind.EXPIRED: expire,
}
_BY_SHELTERS = frozenset({MovementKind.USED, MovementKind.COUNTED})
"""What shelter managers tell of their own shelter."""


class MovementIn(BaseModel):
    """That some of an item came, went or was counted."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description=MADE_BY_CLIENT)
    kind: Literal[
        MovementKind.RECEIVED,
        MovementKind.MOVED,
        MovementKind.USED,
        MovementKind.EXPIRED,
        MovementKind.COUNTED,
    ]
    item_code: Storable
    quantity: Quantity
    unit: Unit = None
    from_place_id: UUID | None = Field(
        default=None, description="Of what was moved, used or expired. A shelter's is its own id."
    )
    to_place_id: UUID | None = Field(
        default=None, description="Of what was received, moved or counted."
    )
    lot: Storable | None = Field(
        default=None,
        description="Its mark. Without it and `expires_on`, what expires first goes first; a count"
        " is of all lots and names none.",
    )
    expires_on: date | None = Field(default=None, description="The last day of use, in Japan.")
    reason: Storable | None = Field(
        default=None, description="Needed where a count is not what the ledger says."
    )
    observed_at: datetime | None = Field(
        default=None, description="When it happened, with offset; left out: now."
    )
    source: Source = Source.API
    is_fictitious: bool = False
    confirmed: frozenset[Storable] = Field(
        default=frozenset(),
        description="The codes of the doubts (409) that a person has said yes to.",
    )

    def filing(self) -> Filing:
        """Return what its lines have in common."""
        return Filing(
            self.id, self.observed_at, self.source, self.reason, self.is_fictitious, self.confirmed
        )

    def goods(self) -> Goods:
        """Return what is moved, in the item's unit."""
        least = 0 if self.kind is MovementKind.COUNTED else 1
        return goods(self.item_code, self.quantity, self.unit, self._lot(), least=least)

    def _lot(self) -> Lot | None:
        if self.lot is None and self.expires_on is None:
            return None
        return Lot(self.lot or "", self.expires_on)


class TakingBackIn(BaseModel):
    """That what was filed at once should not have been."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description=MADE_BY_CLIENT)
    reason: Storable


class MovementPage(BaseModel):
    """Some lines of the ledger, what was recorded last first."""

    movements: list[MovementView]
    next: int | None = Field(description="Send as `offset` for the page after this; null: none.")


@router.get("/movements", openapi_extra=allow(SEES_ALL))
def ledger(
    *,
    place: Annotated[
        UUID | None,
        Query(description="Only from or to a place, and shelters that were joined to it."),
    ] = None,
    item_code: Storable | None = None,
    filing_id: Annotated[UUID | None, Query(description="Only what was filed at once.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> MovementPage:
    """Return lines of the ledger; a line that was taken back stays in it."""
    with current_desk().workspace.reading() as session:
        found = movements(
            session, place_id=place, item_code=item_code, filing_id=filing_id,
            limit=limit + 1, offset=offset,
        )  # fmt: skip
    more = len(found) > limit
    return MovementPage(movements=found[:limit], next=offset + limit if more else None)


@router.post("/movements", status_code=201, openapi_extra=allow(DECIDES | COUNTS_OWN))
def file(movement: MovementIn, actor: CurrentActor, response: Response) -> FiledOut:
    """File what came, went or was counted: all of an item, or a lot. 201, or 200 for a retry.

    Shelter managers tell what was used and counted in their own shelter.
    """
    with current_desk().transaction(actor) as session:
        _check_teller(session, actor, movement)
        filed = _filed(session, movement)
    return answer(filed, response)


@router.post("/movements/{filing_id}/taking-back", status_code=201, openapi_extra=allow(DECIDES))
def retract(
    filing_id: UUID, back: TakingBackIn, actor: CurrentActor, response: Response
) -> FiledOut:
    """Take back what was filed under an id; it stays in the ledger. 201, or 200 for a retry."""
    with current_desk().transaction(actor) as session:
        filed = take_back(session, filing_id, back_id=back.id, reason=back.reason)
    return answer(filed, response)


def _check_teller(session: Session, actor: Actor, movement: MovementIn) -> None:
    if actor.role in COUNTS_OWN and movement.kind not in _BY_SHELTERS:
        raise NotAllowed
    told = (movement.from_place_id, movement.to_place_id)
    for place_id in filter(None, told) if any(told) else [None]:
        require_own_place(session, actor, place_id)


def _filed(session: Session, told: MovementIn) -> Filed:
    where, filing, moved = _places(told), told.filing(), told.goods()
    if told.kind is MovementKind.MOVED:
        return move(session, filing, where[0], where[1], moved)
    if told.kind is MovementKind.COUNTED:
        # Of lots that a count does not name nothing would be left.
        refuse_misfit("lot", told.lot or told.expires_on, needed=False)
        return count(session, filing, where[0], moved.item_code, moved.quantity)
    return _VERBS[told.kind](session, filing, where[0], moved)


def _places(told: MovementIn) -> list[UUID]:
    """Return from where to where it goes, as far as its kind has that."""
    comes, goes = _WAYS[told.kind]
    refuse_misfit("from_place_id", told.from_place_id, needed=comes)
    refuse_misfit("to_place_id", told.to_place_id, needed=goes)
    return [place for place in (told.from_place_id, told.to_place_id) if place]
