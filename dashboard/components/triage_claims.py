"""Which report somebody has open, and that nobody else decides on it meanwhile."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

import streamlit as st

from dashboard import actions, session
from gis.errors import ClaimedByAnother
from gis.operations.triage import CLAIMED_FOR, claim_report, release_report
from gis.queries.triage import Claim, QueuedReport, claims_on

OPEN = "triage-open"
SHOWN = "triage-shown"
"""The ids that stand in the list, in its order, each with whether nobody else has it."""


def opened() -> UUID | None:
    """Return the report that is open."""
    report_id: UUID | None = st.session_state.get(OPEN)
    return report_id


def open_report(report_id: UUID | None) -> None:
    """Open another report, or none, and let others have the one that was open."""
    before = opened()
    if before and before != report_id:
        _write(partial(release_report, report_id=before))
    st.session_state[OPEN] = report_id


def keep_shown(reports: Sequence[QueuedReport]) -> None:
    """Remember what stands in the list: from there one goes on."""
    mine = session.actor().name
    st.session_state[SHOWN] = [(report.id, report.claimed_by in {None, mine}) for report in reports]


def go_on(by: int = 1) -> None:
    """Open the next report of the list that nobody else has (-1: the one before), if there is."""
    if ahead := _ahead(by):
        open_report(ahead)


def move_on() -> None:
    """Leave a report that has been dealt with: for the next one, else the one before, else none."""
    open_report(_ahead(1) or _ahead(-1))


def _ahead(by: int) -> UUID | None:
    shown: list[tuple[UUID, bool]] = st.session_state.get(SHOWN, [])[::by]
    here = next((at for at, (one, _free) in enumerate(shown) if one == opened()), -1)
    return next((report_id for report_id, is_free in shown[here + 1 :] if is_free), None)


def hold(report_id: UUID) -> Claim | None:
    """Claim a report, or go on having it; return whose it is where somebody else has it.

    Only a claim of which half has run out is written anew: each is announced, and whoever hears of
    it draws the page again.
    """
    desk = session.desk()
    now = desk.workspace.clock.now()
    with desk.workspace.reading() as store:
        claim = claims_on(store, [report_id], now=now).get(report_id)
    if claim is not None and claim.actor != session.actor().name:
        return claim
    if claim is None or claim.until - now < CLAIMED_FOR / 2:
        try:
            _write(partial(claim_report, report_id=report_id))
        except ClaimedByAnother:
            return hold(report_id)
    return None


def _write(verb: Callable[[actions.Store], object]) -> None:
    """Write without a word to the reader: looking is nothing that was done."""
    desk = session.desk()
    with desk.workspace.transaction(session.actor()) as store:
        verb(store)
    desk.revisions.advance("damage_claims")
