"""What headquarters decide on a report: its state, the team, its place; and the way back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

import streamlit as st

from dashboard import actions
from dashboard.components.report_panel import place_text
from dashboard.components.triage_claims import move_on, open_report
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.geometry.place import Place
from gis.models.triage import REASON_LENGTH
from gis.operations.triage import (
    Assessment,
    assess,
    merge_damage_reports,
    standing,
    take_back_assessment,
)
from gis.queries.damage_reports import DamageReportView
from gis.vocabulary import DamageCategory, ReportState

NEXT, PREVIOUS, BACK = "triage-next", "triage-previous", "triage-back"
LETTERS: Final = {
    ReportState.CONFIRMED: "C",
    ReportState.IN_PROGRESS: "I",
    ReportState.DONE: "D",
    ReportState.REJECTED: "R",
}
LAST = "triage-last"


@dataclass(frozen=True)
class Decision:
    """What was decided last, so that it can be taken back at once."""

    report_id: UUID
    version: int
    said: str


def keys() -> dict[str, str]:
    """Return which key presses which button of the page, by the button's own name."""
    told = {letter.lower(): _key(state) for state, letter in LETTERS.items()}
    return {"j": NEXT, "k": PREVIOUS, "u": BACK} | told


def lettered(label: str, letter: str) -> str:
    """Return a button's label with the key that presses it."""
    return f"{label} `{letter}`"


def _key(state: ReportState) -> str:
    return f"triage-{state.value}"


def _field(report: DamageReportView, name: str) -> str:
    """Return the key of a field; with each decision, the fields are new ones."""
    return f"triage-{name}-{report.id}-{report.version}"


def decisions(report: DamageReportView, *, listed: ReportState, is_free: bool) -> None:
    """Draw the states, the present one marked.

    Parameters
    ----------
    listed
        Of which state the list shows the reports: what leaves the list is done with.
    is_free
        Whether the reader may decide now.
    """
    with st.container(horizontal=True):
        for state, letter in LETTERS.items():
            st.button(
                lettered(_(state.label), letter), key=_key(state),
                type="primary" if state.value == report.state else "secondary",
                disabled=not is_free or state.value == report.state,
                on_click=_decide, args=(report, state, listed),
            )  # fmt: skip
        st.button(
            _(ReportState.UNCONFIRMED.label), key=_key(ReportState.UNCONFIRMED),
            type="primary" if report.state == ReportState.UNCONFIRMED else "secondary",
            disabled=not is_free or report.state == ReportState.UNCONFIRMED,
            on_click=_decide, args=(report, ReportState.UNCONFIRMED, listed),
        )  # fmt: skip


def assigning(report: DamageReportView, teams: Sequence[str], *, is_free: bool) -> None:
    """Draw to whom a report is assigned, and why headquarters decide as they do."""
    known = sorted({*teams, *filter(None, [report.team])})
    team_side, reason_side, button_side = st.columns([2, 3, 1], vertical_alignment="bottom")
    with team_side:
        st.selectbox(
            _("Assigned to"), known,
            index=known.index(report.team) if report.team else None,
            key=_field(report, "team"), accept_new_options=True, disabled=not is_free,
            placeholder=_("Nobody"), filter_mode="contains",
        )  # fmt: skip
    with reason_side:
        st.text_input(
            _("Reason"), key=_field(report, "reason"), max_chars=REASON_LENGTH, disabled=not is_free
        )
    with button_side:
        st.button(
            _("Assign"), key="triage-assign", disabled=not is_free,
            on_click=_assign, args=(report,),
        )  # fmt: skip


def _said(report: DamageReportView) -> Assessment:
    """Return what holds of a report, with the team and the reason that the fields say."""
    team = st.session_state.get(_field(report, "team"))
    reason = st.session_state.get(_field(report, "reason"))
    return replace(standing(report), team=team or None, reason=reason or None)


def _decide(report: DamageReportView, state: ReportState, listed: ReportState) -> None:
    if _tell(report, replace(_said(report), state=state)) and state is not listed:
        move_on()


def _assign(report: DamageReportView) -> None:
    _tell(report, _said(report))


def save_place(report: DamageReportView, picked: Place | None, *, is_free: bool) -> None:
    """Draw the buttons that put the place right, or back to where the sender said it was."""
    with st.container(horizontal=True):
        st.button(
            _("Save this place") if picked else _("Drag the mark, or tap the place"),
            key="triage-place", icon=":material/add_location:",
            disabled=picked is None or not is_free,
            on_click=_place, args=(report, picked),
        )  # fmt: skip
        if standing(report).location:
            st.button(
                _("Back to the place that was filed"), key="triage-place-filed",
                disabled=not is_free, on_click=_place, args=(report, None),
            )  # fmt: skip


def _place(report: DamageReportView, place: Place | None) -> None:
    _tell(report, replace(_said(report), location=(place.lon, place.lat) if place else None))


def _tell(report: DamageReportView, told: Assessment) -> bool:
    decision = _decision(report, _(told.state.label))
    done = actions.act(
        DECIDES,
        lambda store: assess(store, report.id, told, version=report.version),
        decision.said,
    )
    if done:
        st.session_state[LAST] = decision
    return done


def merge(report: DamageReportView, other: DamageReportView) -> None:
    """Merge another report into the one that is open; what a button calls."""
    if actions.act(
        DECIDES,
        lambda store: merge_damage_reports(store, report.id, [other.id]),
        _("The reports are one now; both are listed."),
    ):
        st.session_state[LAST] = _decision(other, _("merged into another report"))


def take_back(report: DamageReportView) -> None:
    """Take the last word on a report back; what a button calls."""
    _take_back(report.id, report.version)


def _take_back(report_id: UUID, version: int) -> bool:
    return actions.act(
        DECIDES,
        lambda store: take_back_assessment(store, report_id, version=version),
        _("It is taken back."),
    )


def _decision(report: DamageReportView, said: str) -> Decision:
    category = _(DamageCategory(report.category).label)
    return Decision(report.id, report.version + 1, f"{category} · {place_text(report)} → {said}")


def stepping(step: Callable[[int], None]) -> None:
    """Draw the buttons that go through the list, and back from what was decided last."""
    last: Decision | None = st.session_state.get(LAST)
    with st.container(horizontal=True):
        st.button(lettered(_("Next"), "J"), key=NEXT, on_click=step, args=(1,))
        st.button(lettered(_("Previous"), "K"), key=PREVIOUS, on_click=step, args=(-1,))
        st.button(
            lettered(_("Take back"), "U"), key=BACK, disabled=last is None,
            on_click=_undo, args=(last,),
        )  # fmt: skip


def _undo(last: Decision) -> None:
    st.session_state[LAST] = None
    if _take_back(last.report_id, last.version):
        open_report(last.report_id)
