"""A dispatch: what it carries, and telling what happened to it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.plain import plain
from dashboard.components.supply_words import expected_text, item_name, quantity_text, unit_name
from dashboard.components.wording import clock_text
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.clock import jst, of_wall_clock
from gis.models.supply import NAME_LENGTH, TEXT_LENGTH
from gis.operations.dispatches import Step, arrive, cancel, delay, leave
from gis.queries.dispatches import DispatchView
from gis.vocabulary import DispatchStep, PlaceKind


def dispatch_steps(dispatch: DispatchView) -> None:
    """Draw a dispatch and the steps that may follow."""
    st.subheader(plain(f"{dispatch.origin} → {dispatch.destination}"))
    st.caption(
        " · ".join(
            filter(
                None,
                (
                    _(dispatch.state.label),
                    plain(dispatch.vehicle or ""),
                    plain(dispatch.team or ""),
                    _("left {moment}").format(moment=clock_text(dispatch.left_at))
                    if dispatch.left_at
                    else "",
                    _("expected {moment}").format(moment=expected_text(dispatch))
                    if dispatch.state.is_on_the_road
                    else "",
                ),
            )
        )
    )
    st.dataframe(
        [
            {
                _("Item"): item_name(load.item_code),
                _("Sent"): quantity_text(load.item_code, load.quantity),
                _("Received"): quantity_text(load.item_code, load.received)
                if dispatch.state is DispatchStep.ARRIVED
                else "",
                _("For"): _("Request") if load.request_id else _("Push supply"),
            }
            for load in dispatch.loads
        ],
        hide_index=True,
        height="content",
    )
    if not session.may(DECIDES):
        return
    if dispatch.state is DispatchStep.RESERVED:
        _leaving(dispatch)
        _cancelling(dispatch)
    elif dispatch.state.is_on_the_road:
        _arriving(dispatch)
        _delaying(dispatch)


def _key(dispatch: DispatchView, field: str) -> str:
    return f"dispatch-{dispatch.id}-{dispatch.version}-{field}"


def _leaving(dispatch: DispatchView) -> None:
    vehicles = [place.name for place in cached.stock_places() if place.kind is PlaceKind.VEHICLE]
    is_aboard = dispatch.from_kind is PlaceKind.VEHICLE and dispatch.origin in vehicles
    st.selectbox(
        _("Vehicle"),
        vehicles,
        vehicles.index(dispatch.origin) if is_aboard else None,
        key=_key(dispatch, "vehicle"),
        accept_new_options=True,
        placeholder=_("Choose, or type a new name"),
    )
    st.text_input(_("Who drives"), key=_key(dispatch, "team"), max_chars=NAME_LENGTH)
    _expecting(dispatch, session.moment() + timedelta(minutes=40))
    _happened(dispatch, DispatchStep.LEFT, dispatch.from_place_id)
    st.button(
        _("It has left"),
        key=_key(dispatch, "leave"),
        type="primary",
        disabled=not st.session_state.get(_key(dispatch, "vehicle")),
        on_click=_tell,
        args=(dispatch, DispatchStep.LEFT),
    )


def _expecting(dispatch: DispatchView, moment: datetime | None) -> None:
    wall = jst(moment).replace(tzinfo=None, second=0, microsecond=0) if moment else None
    st.datetime_input(
        _("Expected to arrive (empty: unknown)"),
        wall,
        key=_key(dispatch, "expected"),
        format="YYYY/MM/DD",
        step=60,
    )


def _happened(dispatch: DispatchView, step: DispatchStep, place_id: UUID) -> None:
    """Draw when a step happened; what was counted there since is said to stay as it is."""
    key = _key(dispatch, f"{step.value}-at")
    told = of_wall_clock(
        st.datetime_input(_("When (empty: now)"), None, key=key, format="YYYY/MM/DD", step=60)
    )
    loaded = {load.item_code for load in dispatch.loads}
    counted = [
        item_name(line.item_code)
        for line in cached.stock(place_id)
        if told and line.counted_at and told < line.counted_at and line.item_code in loaded
    ]
    if counted:
        st.info(
            _(
                "Counted there after that: {items}. The count contains it already, and stays as it"
                " was found."
            ).format(items=_(", ").join(map(plain, counted)))
        )


def _arriving(dispatch: DispatchView) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for load in dispatch.loads:
            st.number_input(
                _("Received: {item} ({unit})").format(
                    item=item_name(load.item_code), unit=unit_name(load.item_code)
                ),
                0,
                load.quantity,
                load.quantity,
                key=_key(dispatch, f"arrived-{load.item_code}"),
                width=220,
            )
    st.caption(_("What was not received stays in the vehicle, and can be sent once more."))
    _happened(dispatch, DispatchStep.ARRIVED, dispatch.to_place_id)
    st.button(
        _("Received so much"),
        key=_key(dispatch, "arrive"),
        type="primary",
        on_click=_tell,
        args=(dispatch, DispatchStep.ARRIVED),
    )


def _delaying(dispatch: DispatchView) -> None:
    with st.popover(_("Another arrival time")):
        _expecting(dispatch, dispatch.expected_at)
        st.button(
            _("Expect it then"),
            key=_key(dispatch, "delay"),
            on_click=_tell,
            args=(dispatch, DispatchStep.DELAYED),
        )


def _cancelling(dispatch: DispatchView) -> None:
    with st.popover(_("Cancel the dispatch")):
        st.text_area(_("Reason"), key=_key(dispatch, "reason"), max_chars=TEXT_LENGTH, height=72)
        st.button(
            _("Yes, cancel it"),
            key=_key(dispatch, "cancel"),
            on_click=_tell,
            args=(dispatch, DispatchStep.CANCELLED),
        )


def _tell(dispatch: DispatchView, kind: DispatchStep) -> None:
    verb, done = _verbs(dispatch)[kind]
    actions.act(DECIDES, verb, done)


def _verbs(
    dispatch: DispatchView,
) -> dict[DispatchStep, tuple[Callable[[actions.Store], object], str]]:
    """Return what each step does, and what to say afterwards."""

    def said(field: str) -> str | None:
        return st.session_state.get(_key(dispatch, field)) or None

    def step(kind: DispatchStep) -> Step:
        # A second click, or a second person's, tells the same once more.
        expected_at = of_wall_clock(st.session_state.get(_key(dispatch, "expected")))
        observed_at = of_wall_clock(st.session_state.get(_key(dispatch, f"{kind.value}-at")))
        told = (
            dispatch.version, kind.value, expected_at, observed_at, said("vehicle"), said("team"),
            arrived,
        )  # fmt: skip
        identity = uuid5(dispatch.id, str(told))
        return Step(identity, said("team"), expected_at, said("reason"), observed_at)

    version = dispatch.version
    arrived = {
        load.item_code: st.session_state.get(_key(dispatch, f"arrived-{load.item_code}"), 0)
        for load in dispatch.loads
    }
    return {
        DispatchStep.LEFT: (
            lambda store: leave(
                store, dispatch.id, step(DispatchStep.LEFT), said("vehicle") or "", version=version
            ),
            _("It is on the road."),
        ),
        DispatchStep.DELAYED: (
            lambda store: delay(store, dispatch.id, step(DispatchStep.DELAYED), version=version),
            _("The new time is recorded."),
        ),
        DispatchStep.ARRIVED: (
            lambda store: arrive(
                store, dispatch.id, step(DispatchStep.ARRIVED), arrived, version=version
            ),
            _("It is recorded as received."),
        ),
        DispatchStep.CANCELLED: (
            lambda store: cancel(store, dispatch.id, step(DispatchStep.CANCELLED), version=version),
            _("The dispatch is cancelled; what it had reserved is free."),
        ),
    }
