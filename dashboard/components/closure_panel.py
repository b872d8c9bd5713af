"""One road closure, as it stands."""

from uuid import UUID

import streamlit as st

from dashboard import cached, session
from dashboard.components.markup import render
from dashboard.components.wording import age_text, clock_text
from dashboard.session import _
from gis.past import PastMoment
from gis.queries.road_closures import ClosureStatement
from gis.vocabulary import ClosureAction


def closure_of(closure_id: UUID, past: PastMoment | None = None) -> ClosureStatement | None:
    """Return what stands of a closure of the current incident; None where nothing does."""
    return next((one for one in cached.road_closures(past) if one.closure_id == closure_id), None)


def road_text(closure: ClosureStatement) -> str:
    """Return which road it is, and from where to where."""
    parts = [closure.road_name or _("Road not named"), closure.section]
    return " ".join(part for part in parts if part)


def standing_text(closure: ClosureStatement) -> str:
    """Return whether a closure is in force, to come, or over."""
    if closure.action is ClosureAction.LIFTED:
        return _("Lifted")
    return _("Traffic restricted") if closure.has_begun else _("To come")


def closure_panel(closure_id: UUID, past: PastMoment | None = None) -> None:
    """Draw a closure."""
    closure = closure_of(closure_id, past)
    if closure is None:
        st.info(_("This road closure is no longer there: it was told by mistake and taken back."))
        return
    st.html(
        render(
            "closure.html",
            grade=_(closure.grade.label),
            standing=standing_text(closure),
            road=road_text(closure),
            facts=[(name, value) for name, value in _facts(closure, past) if value],
        )
    )


def _facts(closure: ClosureStatement, past: PastMoment | None) -> list[tuple[str, str | None]]:
    now = session.moment(past)
    age = age_text(closure.observed_at, now, session.language())
    is_overdue = closure.is_in_force and closure.until_at and closure.until_at < now
    until = clock_text(closure.until_at) if closure.until_at else _("Unknown")
    return [
        (
            _("Last confirmed"),
            f"{clock_text(closure.observed_at)} ({age}) · {closure.recorded_by}",
        ),
        (_("Source"), _(closure.source.label)),
        (_("Reason"), closure.reason),
        (_("From"), clock_text(closure.from_at) if closure.from_at else _("Unknown")),
        (
            _("Expected until"),
            _("{moment}: past, ask whether it is open").format(moment=until)
            if is_overdue
            else until,
        ),
        (_("Length"), f"{closure.length_m:,.0f} m" if closure.length_m is not None else None),
        (_("Place"), None if closure.path else _("Not on the map")),
    ]
