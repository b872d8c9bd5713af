"""Issues (第 n 報): compiled, reviewed, signed off, handed out; what changed in each."""

from uuid import UUID

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.chooser import choose
from dashboard.components.headline import headline
from dashboard.components.plain import plain
from dashboard.components.shell import nothing_open
from dashboard.components.summary_files import summary_files
from dashboard.components.summary_table import summary_table
from dashboard.components.wording import cell_text, clock_text
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.models.summary_issue import NOTE_LENGTH
from gis.operations.summary_issues import FOLLOWING, compile_issue, take_step
from gis.queries.summary_issues import IssueView
from gis.reports import SituationSummary
from gis.reports.figure_wording import change_text, figure_cell
from gis.reports.rendering import issue_text, moment_text, number_text
from gis.text import N_
from gis.vocabulary import IssueState

STEPS = {
    IssueState.REVIEWED: (N_("Reviewed: the figures are right"), ":material/fact_check:"),
    IssueState.SIGNED_OFF: (N_("Sign off: it goes out"), ":material/approval:"),
    IssueState.DISCARDED: (N_("Discard the draft"), ":material/delete:"),
    IssueState.WITHDRAWN: (N_("Withdraw"), ":material/undo:"),
}
CHANGE_COLUMNS = (N_("Row of the form"), N_("Unit"), N_("Before"), N_("Now"), N_("Change"))


def issues_view() -> None:
    """Draw the issues of the current incident, and the one that is chosen, else the latest."""
    if cached.incident() is None:
        nothing_open()
        return
    made = {one.id: one for one in cached.issues()}
    if session.may(DECIDES):
        _compile(list(made.values()))
    if not made:
        st.info(_("No issue has been compiled yet."))
        st.caption(
            _(
                "The first report is due within 30 minutes of the incident's start, with what is"
                " known: figures that nobody declared go out as unconfirmed."
            )
        )
        return
    list_side, issue_side = st.columns([2, 3])
    with list_side:
        chosen = choose("issues", {key: _row(one) for key, one in made.items()}, "single-row")
    with issue_side:
        _issue(made[chosen[0]] if chosen and chosen[0] in made else next(iter(made.values())))


def _row(issue: IssueView) -> dict[str, str]:
    return {
        _("Issue"): number_text(issue.number, session.language()),
        _("State"): _(issue.state.label),
        _("As of"): clock_text(issue.as_of),
        _("By"): issue.stepped_by,
        _("Note"): issue.note or "",
    }


def _compile(made: list[IssueView]) -> None:
    draft = next((one for one in made if one.state.is_draft), None)
    if draft:
        label = _("Compile the draft of issue {number} anew").format(number=draft.number)
    else:
        number = max((one.number for one in made), default=0) + 1
        label = _("Compile issue {number}").format(number=number)
    st.button(
        label,
        key="issue-compile",
        type="secondary" if draft else "primary",
        icon=":material/summarize:",
        on_click=_compile_now,
    )


def _compile_now() -> None:
    desk, filing = session.desk(), actions.filing_id("issue-compile")

    def verb(store: actions.Store) -> None:
        compile_issue(store, desk.city, is_drill=desk.workspace.is_drill, issue_id=filing)

    if actions.act(DECIDES, verb, _("The issue is compiled. Look it over, then sign it off.")):
        actions.filed("issue-compile")
        st.session_state.pop("issues-chosen", None)


def _issue(view: IssueView) -> None:
    language = session.language()
    summary = cached.issued(view.id, view.version)
    st.subheader(issue_text(view.mark, language), anchor=False)
    told = _("As of {moment} JST, compiled by {who}.").format(
        moment=moment_text(view.as_of), who=view.compiled_by
    )
    if view.signed_off_at and view.signed_off_by:
        told += " " + _("Signed off at {moment} by {who}.").format(
            moment=moment_text(view.signed_off_at), who=view.signed_off_by
        )
    st.caption(plain(told))
    if view.state is IssueState.WITHDRAWN:
        st.warning(
            plain(_("This issue was withdrawn: {reason}").format(reason=view.note or "")),
            icon=":material/undo:",
        )
    if session.may(DECIDES):
        _steps(view)
    headline(summary, language)
    summary_files(summary)
    _changes(summary)


def _steps(view: IssueView) -> None:
    following = [state for state in STEPS if state in FOLLOWING.get(view.state, set())]
    if not following:
        return
    note = f"issue-note-{view.id}"
    st.text_input(_("Note to this step"), key=note, max_chars=NOTE_LENGTH)
    with st.container(horizontal=True):
        for state in following:
            label, icon = STEPS[state]
            st.button(
                _(label),
                key=f"issue-{state.value}",
                type="primary" if state is IssueState.SIGNED_OFF else "secondary",
                icon=icon,
                on_click=_take,
                args=(view.id, state, view.version, note),
            )


def _take(issue_id: UUID, state: IssueState, version: int, note: str) -> None:
    said = st.session_state[note] or None

    def verb(store: actions.Store) -> None:
        take_step(store, issue_id, state, version=version, note=said)

    if actions.act(DECIDES, verb, _("Done: {state}").format(state=_(state.label))):
        actions.clear(note)


def _changes(summary: SituationSummary) -> None:
    language = session.language()
    if summary.before is None:
        st.caption(_("This is the first issue: there is nothing to compare it with."))
        return
    number = number_text(summary.before.number, language)
    st.subheader(_("Changes since {issue}").format(issue=number), anchor=False)
    summary_table(CHANGE_COLUMNS, change_rows(summary), _("No declared figure has changed."))


def change_rows(summary: SituationSummary) -> list[list[str | int | float | None]]:
    """Return a row for each declared figure that changed since the issue before."""
    language = session.language()
    rows: list[list[str | int | float | None]] = []
    for figure in summary.figures:
        made = summary.change(figure.key)
        if made is not None:
            before = "—" if made.before is None else f"{made.before:,g}"
            rows.append(
                [
                    _(figure.cell.row.label),
                    _(figure.cell.unit.label),
                    before,
                    cell_text(figure_cell(figure, language)),
                    change_text(made, language),
                ]
            )
    return rows
