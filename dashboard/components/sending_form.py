"""Reserving goods in a place for a shelter: for a request, or without one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st

from dashboard import actions, cached
from dashboard.components.statement_form import Form
from dashboard.components.supply_words import item_name, quantity_text, unit_name
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.geometry.distance import distances_m
from gis.geometry.place import Place
from gis.operations.dispatches import Load, Sending, reserve
from gis.queries.dispatches import RequestView
from gis.queries.stocks import PlaceView, StockLine
from gis.vocabulary import PlaceKind

SendingForm = Form[RequestView]


def sending_form(name: str, request: RequestView | None = None) -> None:
    """Draw the form.

    Parameters
    ----------
    request
        The one to be served; None lets choose where to, and what.
    """
    form: SendingForm = Form(name)
    destination = request.shelter_id if request else _destination(form)
    if destination is None:
        return
    stocks = [
        line for line in cached.stocks_everywhere() if line.free and line.place_id != destination
    ]
    if request:
        stocks = [line for line in stocks if line.item_code == request.item_code]
    origin = _origin(form, destination, stocks, request)
    if origin is None:
        return
    there = {line.item_code: line for line in stocks if line.place_id == origin.id}
    loads = _loads(form, there, request)
    st.button(
        _("Reserve"),
        key=form.key("reserve"),
        type="primary",
        disabled=not loads,
        on_click=_reserve,
        args=(form, origin.id, destination, loads),
    )


def _destination(form: SendingForm) -> UUID | None:
    shelters = {one.id: one.name for one in cached.shelters(None) if one.takes_part}
    depots = {
        one.id: one.name
        for one in cached.stock_places()
        if one.kind is PlaceKind.DEPOT and one.closed_at is None
    }
    names = shelters | depots
    chosen: UUID | None = st.selectbox(
        _("To where"), list(names), None, key=form.key("to"), placeholder=_("Choose"),
        format_func=lambda place: names[place],
    )  # fmt: skip
    return chosen


def _origin(
    form: SendingForm,
    destination: UUID,
    stocks: Sequence[StockLine],
    request: RequestView | None,
) -> PlaceView | None:
    """Draw the choice of a place that has some to give, the nearest first."""
    able = {line.place_id for line in stocks}
    places = [
        place for place in cached.stock_places() if place.id in able and place.closed_at is None
    ]
    if not places:
        st.warning(_("No place is known to have any free. Count stock, or ask others for it."))
        return None
    far = _far(destination, places)
    free = {line.place_id: line for line in stocks} if request else {}

    def said(place: PlaceView) -> str:
        facts = [place.name]
        if place.kind is PlaceKind.VEHICLE:
            facts.append(_("aboard already"))
        if place.id in far:
            facts.append(_("{km} km").format(km=f"{far[place.id] / 1000:.1f}"))
        if place.id in free:
            line = free[place.id]
            facts.append(
                _("free: {quantity}").format(quantity=quantity_text(line.item_code, line.free))
            )
        return " · ".join(facts)

    ordered = sorted(
        places, key=lambda place: (place.kind is PlaceKind.SHELTER, far.get(place.id, 1e9))
    )
    chosen: PlaceView | None = st.selectbox(
        _("From where"), ordered, 0 if request else None, key=form.key("from"), format_func=said,
        placeholder=_("Choose"),
    )  # fmt: skip
    return chosen


def _far(destination: UUID, places: Sequence[PlaceView]) -> Mapping[UUID, float]:
    """Return how far places are from a destination (m), as far as anybody knows where they are."""
    where = {one.id: (one.lon, one.lat) for one in cached.shelters(None)}
    where |= {one.id: (one.lon, one.lat) for one in cached.stock_places()}
    lon, lat = where.get(destination, (None, None))
    if lon is None or lat is None:
        return {}
    placed = [
        (place.id, place.lon, place.lat)
        for place in places
        if place.lon is not None and place.lat is not None
    ]
    metres = distances_m(Place(lon, lat), [(lon, lat) for _id, lon, lat in placed])
    return {place_id: far for (place_id, *_rest), far in zip(placed, metres, strict=True)}


def _loads(
    form: SendingForm, there: Mapping[str, StockLine], request: RequestView | None
) -> tuple[Load, ...]:
    """Draw how much of what goes, and return it."""
    if request:
        line = there[request.item_code]
        most = min(line.free, request.to_send)
        quantity = st.number_input(
            _("Quantity ({unit})").format(unit=unit_name(request.item_code)),
            1, most, most, key=form.key(f"quantity-{line.place_id}-{most}"),
        )  # fmt: skip
        return (Load(request.item_code, int(quantity), request.id),)
    chosen = st.multiselect(
        _("Items"), list(there), key=form.key("items"), format_func=item_name,
        placeholder=_("Choose"),
    )  # fmt: skip
    quantities = {
        code: st.number_input(
            _("{item} ({unit}), free {free}").format(
                item=item_name(code), unit=unit_name(code), free=f"{there[code].free:,}"
            ),
            1,
            there[code].free,
            None,
            key=form.key(f"quantity-{code}"),
        )
        for code in chosen
    }
    if None in quantities.values():
        return ()
    return tuple(Load(code, int(many)) for code, many in quantities.items() if many)


def _reserve(form: SendingForm, origin: UUID, destination: UUID, loads: tuple[Load, ...]) -> None:
    incident = cached.incident()
    sending = Sending(
        actions.filing_id(form.name), origin, destination, loads,
        incident_id=incident.id if incident else None,
    )  # fmt: skip
    done = actions.act(
        DECIDES,
        lambda store: reserve(store, sending),
        _("The goods are reserved. Say below when the vehicle leaves."),
    )
    if done:
        actions.filed(form.name)
