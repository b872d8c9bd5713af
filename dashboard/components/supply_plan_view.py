"""What to send from where to where: suggested, changed by hand, turned into dispatches."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

import streamlit as st

from dashboard import actions, cached
from dashboard.components.chooser import ROWS_SHOWN
from dashboard.components.dispatch_list import left_over
from dashboard.components.shell import nothing_open
from dashboard.components.supply_outlook_view import horizon, table
from dashboard.components.supply_words import item_name, quantity_text, unit_name
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.distribution import Shipment
from gis.operations.dispatches import Load, Sending, reserve
from gis.operations.stock_places import held_places
from gis.queries.dispatches import RequestView
from gis.reports.supply_plan import SupplyPlan
from gis.text import N_
from gis.vocabulary import RequestState, ShipmentReason

FORM = "supply-plan"

REASONS = {
    ShipmentReason.NEAREST: N_("the nearest place that has some"),
    ShipmentReason.NONE_NEARER: N_("{nearer} is nearer and has none"),
    ShipmentReason.USED_UP: N_("{nearer} is nearer; all it has goes already"),
    ShipmentReason.MORE_URGENT: N_("what {nearer} has goes to more urgent shelters"),
    ShipmentReason.OTHERS_FARTHER: N_("{nearer} supplies others that are farther from here"),
}


@dataclass(frozen=True)
class Names:
    """What places are called."""

    places: Mapping[UUID, str]

    def of(self, place_id: UUID | None) -> str:
        """Return the name of a place."""
        return self.places.get(place_id, "") if place_id else ""


def supply_plan_view() -> None:
    """Draw the suggestion, and what to do with it; first what another incident left under way."""
    left_over()
    if cached.incident() is None:
        nothing_open()
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        days = horizon("plan")
        with_shelters = st.toggle(
            _("Also pass on what shelters have beyond that"), key="plan-with-shelters"
        )
    found = cached.supply_plan(days, with_shelters=with_shelters)
    if found is None:
        return
    names = _names()
    st.caption(
        _(
            "As much as possible goes to the most urgent first, then over the least distance (in a"
            " straight line; closed roads are not considered). Change the quantities by hand; 0"
            " leaves a line out."
        )
    )
    if found.plan.shipments:
        _proposal(found, names, f"{days}-{with_shelters}")
    elif not found.plan.lacking:
        st.success(_("As far as is known, nothing is lacking in this time."))
    _lacking(found, names)
    _unplaced(found, names)


def _names() -> Names:
    shelters = {one.id: one.name for one in cached.shelters(None)}
    return Names(shelters | {one.id: one.name for one in cached.stock_places()})


def _proposal(found: SupplyPlan, names: Names, choice: str) -> None:
    """Draw the lines to change, and the button that makes dispatches of them."""
    shipments = found.plan.shipments
    quantity = _("Quantity")
    rows = [_row(shipment, names) for shipment in shipments]
    edited: list[dict[str, Any]] = st.data_editor(
        rows,
        hide_index=True,
        height="content" if len(rows) <= ROWS_SHOWN else 640,
        disabled=[name for name in rows[0] if name != quantity],
        column_config={
            quantity: st.column_config.NumberColumn(
                min_value=0, step=1, required=True, format="localized"
            ),
            _("Why"): st.column_config.Column(width="large"),
        },
        # Another suggestion is another table: what was typed into the old one is not carried over.
        key=f"plan-{choice}-{hash(shipments)}",
    )
    chosen = [
        (shipment, int(row[quantity] or 0)) for shipment, row in zip(shipments, edited, strict=True)
    ]
    sendings = _sendings(chosen, cached.supply_requests())
    st.button(
        _("Reserve all of it as {count} dispatches").format(count=len(sendings)),
        key=f"{FORM}-reserve",
        type="primary",
        disabled=not sendings,
        on_click=_reserve,
        args=(sendings,),
    )


def _row(shipment: Shipment, names: Names) -> dict[str, str | int | float]:
    reason = _(REASONS[shipment.reason]).format(nearer=names.of(shipment.nearer))
    return {
        _("From where"): names.of(shipment.origin),
        _("To where"): names.of(shipment.destination),
        _("Item"): item_name(shipment.item),
        _("Quantity"): shipment.quantity,
        _("Unit"): unit_name(shipment.item),
        _("Distance (km)"): round(shipment.distance_m / 1000, 1),
        _("Why"): reason,
    }


def _sendings(
    chosen: Sequence[tuple[Shipment, int]], requests: Sequence[RequestView]
) -> tuple[Sending, ...]:
    """Return one dispatch for each way, and for which request each item of it goes."""
    ways: defaultdict[tuple[UUID, UUID], list[Load]] = defaultdict(list)
    to_send = {
        request.id: request.to_send
        for request in requests
        if request.state is RequestState.APPROVED
    }
    for shipment, quantity in chosen:
        way = (shipment.origin, shipment.destination)
        for load in _loads(shipment, quantity, requests, to_send):
            ways[way].append(load)
    filing = actions.filing_id(FORM)
    incident = cached.incident()
    return tuple(
        Sending(
            uuid5(filing, f"{origin} {destination} {loads}"), origin, destination, loads,
            incident_id=incident.id if incident else None,
        )
        for (origin, destination), told in sorted(ways.items())
        for loads in _each_item_once(told)
    )  # fmt: skip


def _loads(
    shipment: Shipment,
    quantity: int,
    requests: Sequence[RequestView],
    to_send: dict[UUID, int],
) -> Iterator[Load]:
    """Yield which requests a line serves, and what of it is push supply."""
    for request in requests:
        asked = (request.shelter_id, request.item_code) == (shipment.destination, shipment.item)
        part = min(quantity, to_send.get(request.id, 0)) if asked else 0
        if part:
            to_send[request.id] -= part
            quantity -= part
            yield Load(shipment.item, part, request.id)
    if quantity:
        yield Load(shipment.item, quantity)


def _each_item_once(loads: Sequence[Load]) -> list[tuple[Load, ...]]:
    """Return the loads of a way in as many dispatches as it takes: each names an item once."""
    dispatched: list[dict[str, Load]] = []
    for load in loads:
        for one in dispatched:
            if load.item_code not in one:
                one[load.item_code] = load
                break
        else:
            dispatched.append({load.item_code: load})
    return [tuple(one.values()) for one in dispatched]


def _reserve(sendings: Sequence[Sending]) -> None:
    def verb(store: actions.Store) -> None:
        # All at once, in one order: of two who do this at a time, one waits and neither fails.
        ends = {end for one in sendings for end in (one.from_place_id, one.to_place_id)}
        held_places(store, *ends)
        for sending in sendings:
            reserve(store, sending)

    done = _("{count} dispatches are reserved. Say under “{view}” when the vehicles leave.").format(
        count=len(sendings), view=_("Requests and transport")
    )
    if actions.act(DECIDES, verb, done):
        actions.filed(FORM)


def _lacking(found: SupplyPlan, names: Names) -> None:
    """Draw what nobody can send."""
    if not found.plan.lacking:
        return
    st.subheader(_("What no depot can send"))
    totals: defaultdict[str, int] = defaultdict(int)
    for one in found.plan.lacking:
        totals[one.item] += one.quantity
    st.warning(
        _("To ask others for: {items}").format(
            items=_(", ").join(
                f"{item_name(item)} {quantity_text(item, many)}" for item, many in totals.items()
            )
        )
    )
    table(
        [
            {
                _("Shelter"): names.of(one.place),
                _("Item"): item_name(one.item),
                _("Lacking"): quantity_text(one.item, one.quantity),
            }
            for one in found.plan.lacking
        ],
        right=(_("Lacking"),),
    )


def _unplaced(found: SupplyPlan, names: Names) -> None:
    if found.unplaced:
        st.info(
            _("Left out, because nobody knows where they are: {places}").format(
                places=_(", ").join(names.of(place) for place in found.unplaced)
            )
        )
