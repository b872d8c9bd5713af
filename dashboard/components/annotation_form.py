"""Writing on the map, or changing what is written: a point, a line or an area, with a text."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.statement_form import Form
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.errors import Refused
from gis.geometry.place import Place
from gis.models.annotation import TEXT_LENGTH
from gis.operations.annotations import Drawing, change_annotation, draw_annotation
from gis.queries.annotations import AnnotationView, statements_of
from gis.vocabulary import AnnotationColour, ShapeKind

Shape = dict[str, Any]
"""A GeoJSON geometry."""
DrawShape = Callable[[ShapeKind, str, Shape | None], Shape | None]
"""Draws the map with this key around what is there, and returns what was drawn on it."""

AnnotationForm = Form[AnnotationView]
NEW = "annotation-new"
DONE = "annotation-done"


def annotation_form(
    draw_shape: DrawShape,
    before: AnnotationView | None = None,
    *,
    tapped: Place | None = None,
) -> None:
    """Draw the form.

    Parameters
    ----------
    before
        What stands of the annotation to change; None is a new one.
    tapped
        Where somebody tapped the map beside everything: a new point is there, and there the small
        map begins on which a line or an area is drawn.
    """
    form = Form(f"annotation-{before.annotation_id}" if before else NEW, before)
    form.begin()
    # The map goes on telling the place that was tapped last.
    tapped = None if st.session_state.get(DONE) == tapped else tapped
    shape = _redrawn(form, draw_shape, before) if before else _drawn(form, draw_shape, tapped)
    _words(form, shape, tapped)


def _drawn(form: AnnotationForm, draw_shape: DrawShape, tapped: Place | None) -> Shape | None:
    """Return what is drawn anew: a point where the map was tapped, else what the small map says."""
    kind = _kind(form, ShapeKind.POINT)
    here = _point(tapped) if tapped else None
    if kind is None or kind is ShapeKind.POINT:
        st.caption(
            _("Where you tapped the map: {place}").format(
                place=f"{tapped.lat:.5f}, {tapped.lon:.5f}"
            )
            if tapped
            else _("Tap the place on the map.")
        )
        return here
    # Another tap must not take the map away from under somebody's drawing.
    around = st.session_state.setdefault(form.key(f"around-{kind}"), here)
    return draw_shape(kind, form.key(f"drawing-{kind}"), around)


def _point(place: Place) -> Shape:
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _redrawn(form: AnnotationForm, draw_shape: DrawShape, before: AnnotationView) -> Shape:
    """Return what is drawn instead of what is there."""
    kind = _kind(form, None)
    if kind is None:
        st.caption(_("It stays where it is unless something else is drawn."))
        return before.shape
    return draw_shape(kind, form.key(f"drawing-{kind}"), before.shape) or before.shape


def _kind(form: AnnotationForm, default: ShapeKind | None) -> ShapeKind | None:
    return st.segmented_control(
        _("Draw it anew") if form.before else _("What to draw"),
        list(ShapeKind),
        default=default,
        key=form.key("kind"),
        format_func=lambda kind: _(kind.label),
        required=default is not None,
    )


def _words(form: AnnotationForm, shape: Shape | None, tapped: Place | None) -> None:
    before = form.before
    with st.form(form.key("words"), border=False):
        st.text_input(
            _("What it means"),
            before.text if before else "",
            key=form.key("text"),
            max_chars=TEXT_LENGTH,
        )
        st.radio(
            _("Colour"),
            list(AnnotationColour),
            index=list(AnnotationColour).index(before.colour) if before else 0,
            key=form.key("colour"),
            format_func=lambda colour: _(colour.label),
            horizontal=True,
        )
        st.form_submit_button(
            _("Change it now") if before else _("Write it on the map"),
            key=form.key("file"),
            type="primary",
            disabled=shape is None,
            on_click=_file,
            args=(form, shape, tapped),
        )


def _file(form: AnnotationForm, shape: Shape, tapped: Place | None) -> None:
    drawn = Drawing(actions.filing_id(form.name), form.value("text"), shape, form.value("colour"))
    if not (_change(form, drawn) if form.before else _draw(drawn)):
        _see(form)
        return
    actions.filed(form.name)
    if tapped:
        st.session_state[DONE] = tapped


def _draw(drawn: Drawing) -> bool:
    incident = cached.incident()
    return actions.act(
        DECIDES,
        lambda store: draw_annotation(store, drawn, incident_id=incident.id if incident else None),
        _("It is on the map."),
    )


def _change(form: AnnotationForm, drawn: Drawing) -> bool:
    before, version = form.before, form.value("version")
    return before is not None and actions.act(
        DECIDES,
        lambda store: change_annotation(store, before.annotation_id, drawn, version=version),
        _("The annotation is changed."),
    )


def _see(form: AnnotationForm) -> None:
    """Take note that the person has been shown what somebody else did."""
    if form.before:
        with suppress(Refused), session.desk().workspace.reading() as store:
            form.see(statements_of(store, form.before.annotation_id)[0].version)
