"""Issuing an evacuation order, or changing one: what it says, for whom, then a last look."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.order_places import choose_towns
from dashboard.components.statement_form import Form
from dashboard.components.wording import bold
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.clock import of_wall_clock
from gis.errors import AreaMissing, Refused
from gis.models.evacuation_order import PEOPLE_MOST, TEXT_LENGTH
from gis.operations.evacuation_orders import Told, change_order, issue_order
from gis.operations.evacuation_targets import CheckedTarget, Target, checked_target
from gis.queries.evacuation_orders import Announcement, announcements_of
from gis.reports.order_wording import areas_text, order_text, people_text, total_text
from gis.vocabulary import Hazard, OrderKind

DrawArea = Callable[[str], dict[str, Any] | None]
"""Draws the map with this key and returns the GeoJSON Polygon that was drawn on it."""

HAZARDS = [hazard for hazard in Hazard if hazard is not Hazard.FLOOD_UNSPECIFIED]
TEXTS = ("reason", "guidance", "note")
AREAS_SHOWN = 12


OrderForm = Form[Announcement]


def order_form(draw_area: DrawArea, order: Announcement | None = None) -> None:
    """Draw the form; what is issued is shown once more before it is.

    Parameters
    ----------
    order
        The order to change; None is a new one.
    """
    if not session.may(DECIDES):
        return
    form = Form(f"order-{order.order_id}" if order else "order-new", order)
    form.begin()
    fields, place = st.columns([2, 3])
    with fields:
        hazard = order.hazard if order else _hazard(form)
        kind = _kind(form, hazard)
        _circumstances(form)
    with place:
        target = _target(form, draw_area)
        # However many lines the preview has, the buttons beneath it stay in their place.
        with st.container():
            checked = _preview(target)
        with st.container():
            _last_look(form, hazard, kind, target, checked)


def _hazard(form: OrderForm) -> Hazard | None:
    return st.selectbox(
        _("Hazard"),
        HAZARDS,
        index=None,
        key=form.key("hazard"),
        format_func=lambda term: _(term.label),
        placeholder=_("Choose"),
    )


def _kind(form: OrderForm, hazard: Hazard | None) -> OrderKind | None:
    possible = [kind for kind in OrderKind if hazard is None or kind.is_possible(hazard)]
    before = form.before.kind if form.before else None

    def label(kind: OrderKind) -> str:
        level = None if hazard is None else kind.level(hazard)
        if level is None:
            return _(kind.label)
        return _("{kind} (level {level})").format(kind=_(kind.label), level=level)

    return st.radio(
        _("What people are told"),
        possible,
        index=possible.index(before) if before else None,
        # Of a tsunami there is one kind only: another list, with a choice of its own.
        key=form.key(f"kind-{len(possible)}"),
        format_func=label,
    )


def _circumstances(form: OrderForm) -> None:
    st.datetime_input(
        _("When (empty: now)"), None, key=form.key("when"), format="YYYY/MM/DD", step=60
    )
    before = form.before
    labels = {
        "reason": _("Reason"),
        "guidance": _("How to act"),
        "note": _("Supplementary information"),
    }
    for field, label in labels.items():
        said = (getattr(before, field) if before else None) or ""
        st.text_area(label, said, key=form.key(field), max_chars=TEXT_LENGTH, height=72)


def _target(form: OrderForm, draw_area: DrawArea) -> Target:
    """Draw the choice of the area, and return it with the city's own figures."""
    by = {"towns": _("Choose towns"), "drawn": _("Draw on the map")}
    way = st.segmented_control(
        _("Area"),
        [*by],
        default="drawn" if form.before and form.before.is_drawn else "towns",
        key=form.key("way"),
        format_func=lambda way: by[way],
        required=True,
    )
    codes: frozenset[str] = frozenset()
    area: dict[str, Any] | None = None
    with st.container():
        if way == "drawn":
            area = draw_area(form.key("drawing")) or _drawn_before(form)
        else:
            order = form.before if form.before and not form.before.is_drawn else None
            codes = choose_towns(cached.town_points(), form.key("towns"), order)
    persons, households = st.columns(2)
    return Target(
        codes,
        area,
        _figure(persons, _("Persons concerned"), form.key("persons")),
        _figure(households, _("Households concerned"), form.key("households")),
    )


def _drawn_before(form: OrderForm) -> dict[str, Any] | None:
    """Return the area that an order was drawn for, as long as no other one is drawn."""
    if form.before is None or not form.before.is_drawn:
        return None
    st.caption(_("The area stays as it is unless another one is drawn."))
    area = cached.order_area(form.before.id)
    return area.geometry if area else None


def _figure(column: "st.delta_generator.DeltaGenerator", label: str, key: str) -> int | None:
    with column:
        return st.number_input(
            label, 0, PEOPLE_MOST, None, key=key,
            placeholder=_("counted from the towns"),
        )  # fmt: skip


def _preview(target: Target) -> CheckedTarget | None:
    """Show whom an order would concern, or why there can be none."""
    language = session.language()
    desk = session.desk()
    try:
        with desk.workspace.reading() as store:
            checked = checked_target(store, desk.city.code, target)
    except AreaMissing:
        st.caption(_("Choose towns, or draw the area on the map."))
        return None
    except Refused as refused:
        st.warning(refused.explain(language))
        return None
    if target.area:
        st.caption(_("The order is for the towns whose point lies in the area."))
    names = areas_text(
        [town.name for town in checked.towns],
        language,
        is_whole=False,
        is_drawn=target.area is not None,
        most=AREAS_SHOWN,
    )
    st.write(bold(_("{count} towns").format(count=len(checked.towns))), names)
    persons = people_text(checked.persons, language)
    households = people_text(checked.households, language)
    st.write(
        _("Persons: {persons}; households: {households}").format(
            persons=persons, households=households
        )
    )
    return checked


def _last_look(
    form: OrderForm,
    hazard: Hazard | None,
    kind: OrderKind | None,
    target: Target,
    checked: CheckedTarget | None,
) -> None:
    """Draw the step before the order is issued: in one sentence, what will be."""
    if hazard is None or kind is None or checked is None:
        st.button(_("Go on"), key=form.key("go-on"), type="primary", disabled=True)
        return
    sure = form.key("sure")
    if not st.session_state.get(sure):
        st.button(
            _("Go on"), key=form.key("go-on"), type="primary", on_click=_set, args=(sure, True)
        )
        return
    language = session.language()
    message = (
        _("This will be changed: {order}") if form.before else _("This will be issued: {order}")
    )
    people = total_text(checked.households, checked.persons, language)
    st.warning(
        message.format(order=f"{order_text(kind, hazard, language)} · {people}"),
        icon=":material/campaign:",
    )
    with st.container(horizontal=True):
        st.button(
            _("Change it now") if form.before else _("Issue it now"),
            key=form.key("file"),
            type="primary",
            on_click=_file,
            args=(form, hazard, kind, target),
        )
        st.button(_("Not yet"), key=form.key("not-yet"), on_click=_set, args=(sure, False))


def _set(key: str, value: object) -> None:
    st.session_state[key] = value


def _file(form: OrderForm, hazard: Hazard, kind: OrderKind, target: Target) -> None:
    said = {field: st.session_state[form.key(field)] or None for field in TEXTS}
    # A figure that is typed and the button pressed at once come in one message.
    people = {each: st.session_state[form.key(each)] for each in ("persons", "households")}
    told = Told(
        actions.filing_id(form.name),
        kind,
        replace(target, **people),
        announced_at=of_wall_clock(st.session_state[form.key("when")]),
        **said,
    )
    if form.before:
        order_id, version = form.before.order_id, st.session_state[form.key("version")]
        done = actions.act(
            DECIDES,
            lambda store: change_order(store, order_id, told, version=version),
            _("The order is changed."),
        )
    else:
        incident, city = cached.incident(), session.desk().city
        done = actions.act(
            DECIDES,
            lambda store: issue_order(
                store, city.code, hazard, told, incident_id=incident.id if incident else None
            ),
            _("The order is issued."),
        )
    if done:
        actions.filed(form.name)
    elif form.before:
        _see(form, form.before.order_id)


def _see(form: OrderForm, order_id: UUID) -> None:
    with suppress(Refused), session.desk().workspace.reading() as store:
        form.see(announcements_of(store, order_id)[0].version)
    st.session_state[form.key("sure")] = False
