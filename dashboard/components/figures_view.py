"""The figures of 第4号様式: what headquarters declare, beside what the reports say."""

import streamlit as st

from dashboard import cached, session
from dashboard.components.chooser import choose
from dashboard.components.figure_form import figure_form, take_over
from dashboard.components.folded import folded
from dashboard.components.form_cells import reports_behind
from dashboard.components.form_texts import form_texts
from dashboard.components.shell import nothing_open
from dashboard.components.wording import cell_text, clock_text
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.damage_cells import UNCLASSED, DamageCell
from gis.figures import Figure
from gis.form4 import CELLS, key_of
from gis.queries.declarations import DeclarationView
from gis.reports import SituationSummary
from gis.reports.damage_wording import amount_cell
from gis.reports.figure_wording import figure_cell
from gis.vocabulary import FormRow, FormText

TEXTS = "form-texts"


def figures_view() -> None:
    """Draw the list, and beside it the figure that is chosen: its form, reports and history."""
    summary = cached.summary()
    if summary is None:
        nothing_open()
        return
    st.caption(
        _(
            "What goes out is what headquarters declare here. Reports alone are no declaration:"
            " a figure that nobody declared goes out as unconfirmed."
        )
    )
    if session.may(DECIDES):
        take_over(summary)
    list_side, panel_side = st.columns([3, 2])
    with list_side:
        key = _list(summary)
    with panel_side:
        if key is None:
            st.caption(_("Choose a figure to declare it, and to see the reports behind it."))
        else:
            _panel(summary, key)
    said = len(summary.statements)
    title = _("Texts of the form ({said} of {all} written)").format(said=said, all=len(FormText))
    with folded(title, TEXTS) as wanted:
        if wanted:
            form_texts(summary)


def _list(summary: SituationSummary) -> str | None:
    only = st.toggle(_("Only what was reported or declared"), value=False, key="figures-only-told")
    unclassed = {
        key_of(cell.row, cell.unit): cell for cell in summary.cells if cell.row in UNCLASSED
    }
    rows = {
        figure.key: _row(summary, figure)
        for figure in summary.figures
        if not only or _is_told(summary, figure)
    }
    rows |= {key: _unclassed_row(cell) for key, cell in unclassed.items() if _is_reported(cell)}
    if not rows:
        st.info(_("Nothing has been reported or declared yet."))
        return None
    chosen = choose(
        "figures",
        rows,
        "single-row",
        right=[_("Declared"), _("Confirmed by reports"), _("Unconfirmed reports")],
        pinned=[_("Row of the form")],
    )
    return chosen[0] if chosen else None


def _is_told(summary: SituationSummary, figure: Figure) -> bool:
    reported = summary.reported(figure.key)
    return figure.value is not None or figure.declared is not None or _is_reported(reported)


def _is_reported(cell: DamageCell | None) -> bool:
    return cell is not None and bool(cell.confirmed.reports or cell.unconfirmed.reports)


def _row(summary: SituationSummary, figure: Figure) -> dict[str, str]:
    cell, reported = figure.cell, summary.reported(figure.key)
    told = cell_text(figure_cell(figure, session.language()))
    return {
        _("Row of the form"): _(cell.row.label),
        _("Unit"): _(cell.unit.label),
        _("Declared"): told,
        **_reports_say(reported),
        _("Remarks"): _remark(figure, reported),
    }


def _unclassed_row(cell: DamageCell) -> dict[str, str]:
    return {
        _("Row of the form"): _(cell.row.label),
        _("Unit"): _(cell.unit.label),
        _("Declared"): "—",
        **_reports_say(cell),
        _("Remarks"): _("In no cell of the form"),
    }


def _reports_say(cell: DamageCell | None) -> dict[str, str]:
    """Return what reports add up to; where none speaks of it, nothing stands there."""
    language = session.language()

    def text(of: DamageCell | None, *, is_confirmed: bool) -> str:
        amount = of and (of.confirmed if is_confirmed else of.unconfirmed)
        if of is None or not amount or not amount.reports:
            return ""
        return cell_text(amount_cell(of, amount, language))

    return {
        _("Confirmed by reports"): text(cell, is_confirmed=True),
        _("Unconfirmed reports"): text(cell, is_confirmed=False),
    }


def _remark(figure: Figure, reported: DamageCell | None) -> str:
    if figure.cell.parts:
        return _("Adds up from others")
    if figure.declared is None:
        return ""
    if figure.declared.reason:
        return _("Differs: {reason}").format(reason=figure.declared.reason)
    says = reported.confirmed if reported else None
    if says and says.reports and not says.unknown and says.known != figure.value:
        return _("Reports say something else by now")
    return figure.declared.definition or ""


def _panel(summary: SituationSummary, key: str) -> None:
    if key in CELLS:
        figure = summary.figure(key)
        cell = figure.cell
        st.subheader(f"{_(cell.row.label)} ({_(cell.unit.label)})", anchor=False)
        if cell.parts:
            names = [_(CELLS[part].row.label) for part in cell.parts]
            st.caption(_("Adds up from: {names}").format(names=" · ".join(names)))
        elif session.may(DECIDES):
            figure_form(figure, summary.reported(key))
        _history(key)
    reported = next((one for one in summary.cells if key_of(one.row, one.unit) == key), None)
    if reported is not None and isinstance(reported.row, FormRow):
        reports_behind(summary, reported)


def _history(key: str) -> None:
    told = cached.declarations(key)
    if not told:
        return
    st.dataframe([_told_row(one) for one in told], hide_index=True, height="content")


def _told_row(told: DeclarationView) -> dict[str, str]:
    state = _(told.state.label) if told.state else ""
    return {
        _("Figure"): "—" if told.value is None else f"{told.value:,g}",
        _("Certainty"): state,
        _("As of"): clock_text(told.observed_at),
        _("Why it differs"): told.reason or "",
        _("How it was counted"): told.definition or "",
        _("Recorded"): f"{clock_text(told.recorded_at)} · {told.recorded_by}",
    }
