"""What the routes about supplies share: quantities in units and packs, and who asks about where."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy.orm import Session

from dashboard.api.roles import own_shelter
from dashboard.api.text import Storable
from dashboard.roles import COUNTS_OWN
from gis.errors import FieldInvalid, NotAllowed, NotFound, QuantityImpossible
from gis.items import Item, item_list
from gis.models.supply import QUANTITY_MOST
from gis.operations.ledger import Goods, Lot
from gis.queries.incidents import IncidentView, incident_asked_for
from gis.queries.shelters import incident_of, standing_id
from gis.store import Actor, now
from gis.text import N_, Bilingual

MISSING = N_("it is missing")
OUT_OF_PLACE = N_("nothing of this kind has one")

Quantity = Annotated[Decimal, Field(description="How many of `unit`.")]
Unit = Annotated[
    Storable | None,
    Field(
        description="The item's own unit or the name of a pack (箱), in either language; left out:"
        " its own."
    ),
]


def goods(
    item_code: str, quantity: Decimal, unit: str | None, lot: Lot | None = None, *, least: int = 1
) -> Goods:
    """Return goods in the item's own unit.

    Raises
    ------
    gis.errors.UnitUnfit
        The item has no such unit, or nobody knows how many such a pack holds.
    gis.errors.QuantityImpossible
        It is no quantity of whole units, or negative.
    gis.errors.NotFound
        There is no such item.
    """
    item = _item(item_code)
    units = item.in_units(quantity, item.unit_ja if unit is None else unit)
    if units is None or units < least:
        name = Bilingual(item.name_ja, item.name_en)
        raise QuantityImpossible(
            field="quantity", received=quantity, item=name, least=least, most=QUANTITY_MOST
        )
    return Goods(item_code, units, lot)


def _item(item_code: str) -> Item:
    item = item_list().items.get(item_code)
    if item is None:
        raise NotFound(field="item_code", received=item_code, kind=N_("item"))
    return item


def place_asked_for(session: Session, actor: Actor, place_id: UUID | None) -> UUID | None:
    """Return about which place somebody asks; None is all of them.

    Shelter managers ask about their own shelter, said or not.

    Raises
    ------
    gis.errors.NotAllowed
        It is not theirs, or they came in for none.
    """
    if actor.role not in COUNTS_OWN:
        return standing_id(session, place_id) if place_id else None
    if actor.shelter_id is None:
        raise NotAllowed
    return own_shelter(session, actor, place_id or actor.shelter_id)


def require_own_place(session: Session, actor: Actor, place_id: UUID | None) -> None:
    """Refuse a shelter manager who speaks for a place that is not the own shelter.

    Raises
    ------
    gis.errors.NotAllowed
        It is not theirs, or nobody knows whose.
    """
    if actor.role in COUNTS_OWN:
        if place_id is None:
            raise NotAllowed
        own_shelter(session, actor, place_id)


def incident_about(
    session: Session, incident_id: UUID | None, place_id: UUID | None
) -> IncidentView:
    """Return the incident that is asked about: the one named, the place's, or the current one.

    Raises
    ------
    gis.errors.IncidentNotOpen, gis.errors.NotFound
        None is open, or there is none of that id.
    """
    of_place = None
    if place_id and incident_id is None:
        of_place = incident_of(session, place_id, at=now(session))
    return of_place or incident_asked_for(session, incident_id)


def refuse_misfit(field: str, received: object, *, needed: bool) -> None:
    """Refuse a field that is left out where it is needed, or told where it means nothing.

    Raises
    ------
    gis.errors.FieldInvalid
        It is so.
    """
    if needed != (received is not None):
        problem = MISSING if needed else OUT_OF_PLACE
        raise FieldInvalid(field=field, received=received, name=field, problem=problem)
