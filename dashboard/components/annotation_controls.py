"""What can be done with an annotation of the map: change it, take it away, undo either."""

from uuid import UUID, uuid5

import streamlit as st

from dashboard import actions, session
from dashboard.components.annotation_form import DrawShape, annotation_form
from dashboard.components.annotation_panel import standing_of
from dashboard.components.folded import folded
from dashboard.components.taking_back import taking_back
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.operations.annotations import remove_annotation, take_back
from gis.queries.annotations import AnnotationView
from gis.vocabulary import AnnotationAction


def annotation_controls(annotation_id: UUID, draw_shape: DrawShape) -> None:
    """Draw what the reader may do with an annotation."""
    standing = standing_of(annotation_id)
    if standing is None or not session.may(DECIDES):
        return
    with st.container(horizontal=True):
        if standing.is_shown:
            st.button(
                _("Take it off the map"),
                key=_key(standing, "remove"),
                icon=":material/delete:",
                on_click=_remove,
                args=(annotation_id, standing.version),
            )
        undoing(standing, _key(standing, "take-back"))
    if standing.is_shown:
        with folded(_("Change or move it"), f"annotation-{annotation_id}-part") as wanted:
            if wanted:
                annotation_form(draw_shape, standing)


def undoing(standing: AnnotationView, key: str) -> None:
    """Draw what takes back what was done last with an annotation."""
    taking_back(take_back, standing.annotation_id, standing.version, standing.action, key=key)


def _key(standing: AnnotationView, field: str) -> str:
    return f"annotation-{standing.annotation_id}-{standing.version}-{field}"


def _remove(annotation_id: UUID, version: int) -> None:
    # A second click, or a second person's, takes the same away once more.
    removal = uuid5(annotation_id, f"{version} {AnnotationAction.REMOVED.value}")
    actions.act(
        DECIDES,
        lambda store: remove_annotation(store, annotation_id, removal, version=version),
        _("It is taken off the map."),
    )
