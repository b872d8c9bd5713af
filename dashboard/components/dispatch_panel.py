"""One dispatch: what goes from where to where, and what happened to it."""

from uuid import UUID

import streamlit as st

from dashboard import cached
from dashboard.components.markup import render
from dashboard.components.supply_words import expected_text, loads_text
from dashboard.components.wording import clock_text
from dashboard.session import _
from gis.past import PastMoment
from gis.queries.dispatches import DispatchView, StepView


def dispatch_panel(dispatch_id: UUID, past: PastMoment | None = None) -> None:
    """Draw a dispatch with its steps; nothing of it can be told here."""
    dispatch = next((one for one in cached.dispatches(past) if one.id == dispatch_id), None)
    if dispatch is None:
        st.info(_("This dispatch is not known in the incident at this moment."))
        return
    st.html(
        render(
            "dispatch.html",
            origin=dispatch.origin,
            destination=dispatch.destination,
            state=_(dispatch.state.label),
            facts=[(name, value) for name, value in _facts(dispatch, past) if value],
            steps=[_step(step) for step in cached.dispatch_history(dispatch_id, past)],
        )
    )


def _facts(dispatch: DispatchView, past: PastMoment | None) -> list[tuple[str, str | None]]:
    is_going = dispatch.state.is_on_the_road
    return [
        (_("Goods"), loads_text(dispatch.loads)),
        (_("Vehicle"), dispatch.vehicle),
        (_("Team"), dispatch.team),
        (_("Left at"), clock_text(dispatch.left_at) if dispatch.left_at else None),
        (_("Arrival expected"), expected_text(dispatch, past) if is_going else None),
    ]


def _step(step: StepView) -> tuple[str, str, str, str]:
    """Return when something happened, what, why, and who told it."""
    expected = (
        _("Arrival expected {moment}").format(moment=clock_text(step.expected_at))
        if step.expected_at
        else ""
    )
    why = " · ".join(part for part in (step.reason, expected) if part)
    return clock_text(step.observed_at), _(step.step.label), why, step.recorded_by
