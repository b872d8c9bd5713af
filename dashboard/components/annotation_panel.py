"""One annotation of the map: what it says, who wrote it when, and what was done with it."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from dashboard import cached, session
from dashboard.components.markup import render
from dashboard.components.wording import age_text, clock_text
from dashboard.session import _
from gis.past import PastMoment
from gis.queries.annotations import AnnotationView
from gis.vocabulary import AnnotationAction


def told_of(annotation_id: UUID, past: PastMoment | None = None) -> list[AnnotationView]:
    """Return what was done with an annotation of the current incident, the latest first."""
    told = cached.annotation_statements(past)
    return [one for one in told if one.annotation_id == annotation_id]


def standing_of(annotation_id: UUID, past: PastMoment | None = None) -> AnnotationView | None:
    """Return what stands of an annotation; None where nothing does."""
    return next((one for one in told_of(annotation_id, past) if one.holds), None)


def annotation_panel(annotation_id: UUID, past: PastMoment | None = None) -> None:
    """Draw an annotation with its history."""
    standing = standing_of(annotation_id, past)
    if standing is None:
        st.info(_("This annotation is no longer there: it was undone."))
        return
    if standing.action is AnnotationAction.REMOVED:
        st.info(_("This annotation was taken away. Take that back to have it on the map again."))
    age = age_text(standing.recorded_at, session.moment(past), session.language())
    st.html(
        render(
            "annotation.html",
            text=standing.text,
            colour=standing.colour.value,
            colour_label=_(standing.colour.label),
            written=f"{clock_text(standing.recorded_at)} ({age}) · {standing.recorded_by}",
            told=_history(told_of(annotation_id, past)),
        )
    )


def _history(told: Sequence[AnnotationView]) -> list[tuple[str, str, str, str]]:
    return [(clock_text(one.recorded_at), _what(one), one.text, one.recorded_by) for one in told]


def _what(told: AnnotationView) -> str:
    """Return what a statement did, and whether that was taken back."""
    parts = [_(told.action.label), _("Taken back") if told.is_taken_back else ""]
    return " · ".join(part for part in parts if part)
