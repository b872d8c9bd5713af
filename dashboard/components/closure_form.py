"""Filing a road closure, or changing one: how far, where, why, from when until when."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.statement_form import Form
from dashboard.roles import DECIDES, REPORTS_DAMAGE
from dashboard.session import _
from gis.clock import jst, of_wall_clock
from gis.models.road_closure import NAME_LENGTH, TEXT_LENGTH
from gis.operations.road_closures import Closure, change_closure, state_closure
from gis.queries.road_closures import ClosureStatement
from gis.vocabulary import ClosureGrade, Source

DrawPath = Callable[[str], dict[str, Any] | None]
"""Draws the map with this key and returns the GeoJSON Point or LineString drawn on it."""

SOURCES = (Source.RADIO, Source.PHONE, Source.VISIT, Source.OTHER)


ClosureForm = Form[ClosureStatement]


def closure_form(draw_path: DrawPath, before: ClosureStatement | None = None) -> None:
    """Draw the form.

    Parameters
    ----------
    before
        What stands of the closure to change; None is a new one.
    """
    if not session.may(DECIDES if before else REPORTS_DAMAGE):
        return
    form = Form(f"closure-{before.closure_id}" if before else "closure-new", before)
    form.begin()
    fields, place = st.columns([2, 3])
    with place:
        path = draw_path(form.key("drawing"))
        if path is None and before and before.path:
            path = before.path
            st.caption(_("The stretch stays as it is unless another one is drawn."))
    with fields:
        _grade(form)
        _words(form)
        _moments(form)
        st.button(
            _("Change it now") if before else _("File the closure"),
            key=form.key("file"),
            type="primary",
            disabled=not (form.value("grade") and (path or form.value("road_name"))),
            on_click=_file,
            args=(form, path),
        )
        if path is None and not form.value("road_name"):
            st.caption(_("Draw it on the map, or name the road."))


def _grade(form: ClosureForm) -> None:
    st.radio(
        _("How far traffic is restricted"),
        list(ClosureGrade),
        index=list(ClosureGrade).index(form.before.grade) if form.before else None,
        key=form.key("grade"),
        format_func=lambda grade: _(grade.label),
    )


def _words(form: ClosureForm) -> None:
    before = form.before
    st.text_input(
        _("Road"), (before and before.road_name) or "", key=form.key("road_name"),
        max_chars=NAME_LENGTH,
    )  # fmt: skip
    st.text_input(
        _("From where to where"), (before and before.section) or "", key=form.key("section"),
        max_chars=NAME_LENGTH,
    )  # fmt: skip
    st.text_area(
        _("Reason"), (before and before.reason) or "", key=form.key("reason"),
        max_chars=TEXT_LENGTH, height=72,
    )  # fmt: skip
    st.selectbox(
        _("Source"), SOURCES, key=form.key("source"), format_func=lambda term: _(term.label)
    )


def _moments(form: ClosureForm) -> None:
    labels = {
        "from_at": _("From (empty: unknown)"),
        "until_at": _("Expected until (empty: unknown)"),
        "observed_at": _("Seen (empty: now)"),
    }
    for field, label in labels.items():
        said = getattr(form.before, field, None) if field != "observed_at" else None
        wall = jst(said).replace(tzinfo=None) if said else None
        st.datetime_input(label, wall, key=form.key(field), format="YYYY/MM/DD", step=60)


def _file(form: ClosureForm, path: dict[str, Any] | None) -> None:
    closure = Closure(
        actions.filing_id(form.name),
        form.value("grade"),
        path,
        form.value("road_name") or None,
        form.value("section") or None,
        form.value("reason") or None,
        of_wall_clock(form.value("from_at")),
        of_wall_clock(form.value("until_at")),
        of_wall_clock(form.value("observed_at")),
        form.value("source"),
    )
    done = _change(form, closure) if form.before else _state(closure)
    if done:
        actions.filed(form.name)
    elif form.before:
        _see(form, form.before.closure_id)


def _state(closure: Closure) -> bool:
    incident = cached.incident()
    return actions.act(
        REPORTS_DAMAGE,
        lambda store: state_closure(store, closure, incident_id=incident.id if incident else None),
        _("The road closure is filed."),
    )


def _change(form: ClosureForm, closure: Closure) -> bool:
    before, version = form.before, form.value("version")
    return before is not None and actions.act(
        DECIDES,
        lambda store: change_closure(store, before.closure_id, closure, version=version),
        _("The road closure is changed."),
    )


def _see(form: ClosureForm, closure_id: UUID) -> None:
    for one in cached.road_closures():
        if one.closure_id == closure_id:
            form.see(one.version)
