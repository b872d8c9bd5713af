"""Adding a depot or a vehicle, changing one, and closing it."""

from collections.abc import Callable
from uuid import UUID

import streamlit as st

from dashboard import actions, cached
from dashboard.components.statement_form import Form
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.geometry.place import Place
from gis.models.supply import NAME_LENGTH, TEXT_LENGTH
from gis.operations.stock_places import PlaceSaid, add_place, change_place, close_place
from gis.queries.stocks import PlaceView
from gis.vocabulary import PlaceKind

PickPlace = Callable[[str, Place | None], Place | None]
"""Draws the map with this key, near a place, and returns the place tapped on it."""

KINDS = (PlaceKind.DEPOT, PlaceKind.VEHICLE)
ADDRESS_LENGTH, PHONE_LENGTH = 200, 50

PlaceForm = Form[PlaceView]


def stock_places(pick: PickPlace) -> None:
    """Draw the form for a new place, or for one that is chosen."""
    places = {place.id: place for place in cached.stock_places() if place.kind in KINDS}
    chosen = st.selectbox(
        _("Which one"),
        [*places],
        index=None,
        format_func=lambda id_: _place_text(places[id_]),
        key="stock-place-chosen",
        placeholder=_("A new one"),
    )
    before = places.get(chosen) if chosen else None
    form = PlaceForm(f"stock-place-{chosen}" if before else "stock-place-new", before)
    form.begin()
    fields, chart = st.columns([2, 3])
    with chart:
        picked = pick(form.key("map"), _known(before))
        _placing(before, picked)
    with fields:
        _fields(form)
        _buttons(form, picked)


def _place_text(place: PlaceView) -> str:
    closed = _("{place} (closed)").format(place=place.name) if place.closed_at else place.name
    return f"{closed} · {_(place.kind.label)}"


def _known(before: PlaceView | None) -> Place | None:
    if before is None or before.lon is None or before.lat is None:
        return None
    return Place(before.lon, before.lat)


def _placing(before: PlaceView | None, picked: Place | None) -> None:
    if picked:
        st.caption(f"{picked.lat:.5f}, {picked.lon:.5f}")
    elif _known(before):
        st.caption(_("The place stays as it is unless the map is tapped."))
    else:
        st.caption(_("Tap the map where it is. Without a place it is not on the map."))


def _fields(form: PlaceForm) -> None:
    before = form.before
    if before is None:
        st.radio(
            _("Kind"),
            KINDS,
            format_func=lambda kind: _(kind.label),
            key=form.key("kind"),
            horizontal=True,
        )
    for field, label, most in (
        ("name", _("Name"), NAME_LENGTH),
        ("address", _("Address"), ADDRESS_LENGTH),
        ("phone", _("Telephone"), PHONE_LENGTH),
    ):
        known: str | None = getattr(before, field, None)
        st.text_input(label, known or "", key=form.key(field), max_chars=most)
    st.text_area(
        _("Remarks"), (before and before.note) or "", key=form.key("note"), max_chars=TEXT_LENGTH,
        height=72,
    )  # fmt: skip


def _buttons(form: PlaceForm, picked: Place | None) -> None:
    with st.container(horizontal=True):
        st.button(
            _("Change it now") if form.before else _("Add it"),
            key=form.key("file"),
            type="primary",
            disabled=not (form.value("name") or "").strip(),
            on_click=_file,
            args=(form, picked),
        )
        if form.before:
            is_closed = form.before.closed_at is not None
            st.button(
                _("Open it again") if is_closed else _("Close it"),
                key=form.key("close"),
                help=_("Nothing is sent to a closed one or suggested from it; it stays on record."),
                on_click=_close,
                args=(form, not is_closed),
            )


def _file(form: PlaceForm, picked: Place | None) -> None:
    place, before = picked or _known(form.before), form.before
    said = PlaceSaid(
        form.value("name"),
        form.value("address"),
        form.value("phone"),
        form.value("note"),
        (place.lon, place.lat) if place else None,
    )
    if before:
        done = _change(before.id, said, form.value("version"))
    else:
        done = _add(actions.filing_id(form.name), form.value("kind"), said)
    _after(form, done=done)


def _add(place_id: UUID, kind: PlaceKind, said: PlaceSaid) -> bool:
    return actions.act(
        DECIDES, lambda store: add_place(store, place_id, kind, said), _("The place is added.")
    )


def _change(place_id: UUID, said: PlaceSaid, version: int) -> bool:
    return actions.act(
        DECIDES,
        lambda store: change_place(store, place_id, said, version=version),
        _("The place is changed."),
    )


def _close(form: PlaceForm, closed: bool) -> None:  # noqa: FBT001 - of a button
    before = form.before
    if before is None:
        return
    version = form.value("version")
    done = actions.act(
        DECIDES,
        lambda store: close_place(store, before.id, version=version, closed=closed),
        _("The place is closed.") if closed else _("The place is open again."),
    )
    _after(form, done=done)


def _after(form: PlaceForm, *, done: bool) -> None:
    """Make the form a new one; where somebody else changed the place, take note that it is seen."""
    if done:
        actions.filed(form.name)
        return
    for place in cached.stock_places():
        if form.before and place.id == form.before.id:
            form.see(place.version)
