"""The item list, the places where stock lies, and how much of what lies in them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.past import Past
from dashboard.api.roles import CurrentActor, allow
from dashboard.api.supplies import place_asked_for
from dashboard.roles import COUNTS_OWN, SEES_ALL
from dashboard.workspaces import current_desk
from gis.items import item_list
from gis.queries.stocks import PlaceView, places, stocks
from gis.vocabulary import ItemKind, PlaceKind

router = APIRouter(tags=["supplies"])


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class PackOut(_Out):
    """What several units come in."""

    name_ja: str
    name_en: str
    size: int = Field(description="How many units it holds.")


class ItemOut(_Out):
    """Something that shelters need."""

    code: str
    name_ja: str
    name_en: str
    unit_ja: str
    unit_en: str
    kind: ItemKind
    consumable: bool = Field(description="Whether it is used up.")
    packs: tuple[PackOut, ...]


class StockOut(_Out):
    """How much of an item lies in a place, in the item's unit."""

    place_id: UUID
    item_code: str
    quantity: int
    reserved: int | None = Field(
        description="How much of it waits for dispatches, or is on the road in this vehicle;"
        " null: of a past moment it is unknown."
    )
    counted_at: datetime | None = Field(
        description="When all of it was counted last; null: never, there may be more."
    )
    moved_at: datetime = Field(description="When anything was last told of it.")
    is_fictitious: bool


@router.get("/items", openapi_extra=allow(SEES_ALL))
def items() -> list[ItemOut]:
    """Return the item list (品目), in its order."""
    return [ItemOut.model_validate(item) for item in item_list().items.values()]


@router.get("/stock-places", openapi_extra=allow(SEES_ALL))
def stock_places(kind: PlaceKind | None = None) -> list[PlaceView]:
    """Return the places where stock lies or has lain: depots, shelters, vehicles."""
    with current_desk().workspace.reading() as session:
        return places(session, *([kind] if kind else []))


@router.get("/stock", openapi_extra=allow(SEES_ALL | COUNTS_OWN))
def stock(
    actor: CurrentActor,
    past: Past,
    place: Annotated[UUID | None, Query(description="Of one place; left out: of all.")] = None,
) -> list[StockOut]:
    """Return what lies where, of every item that has ever been there.

    Shelter managers are told of their own shelter.
    """
    workspace = current_desk().workspace
    known_at = past.known_at(workspace.clock.now()) if past else None
    with workspace.reading() as session:
        asked = place_asked_for(session, actor, place)
        lines = stocks(
            session,
            place_ids=[asked] if asked else None,
            as_of=past.at if past else None,
            known_at=known_at,
        )
    return [StockOut.model_validate(line) for line in lines]
