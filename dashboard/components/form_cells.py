"""The cells of 第4号様式 その2 that damage reports feed, each down to the reports behind it."""

import streamlit as st

from dashboard import cached, session
from dashboard.components.chooser import choose
from dashboard.components.report_panel import place_text
from dashboard.components.wording import cell_text, clock_text
from dashboard.session import _
from gis.damage_cells import UNCLASSED, DamageCell
from gis.queries.damage_cells import FIGURES, ReportBehind
from gis.reports import SituationSummary
from gis.reports.damage_wording import whole
from gis.reports.tables import CELL_COLUMNS, NUMBERS, cell_rows
from gis.vocabulary import DamageCategory, DamageUnit, ReportState


def form_cells(summary: SituationSummary) -> None:
    """Draw the cells of a summary, and the reports behind the one that is chosen."""
    st.caption(
        _(
            "Rejected reports are left out; merged ones count once, with the figure of the one that"
            " was kept. Choose a row to see the reports behind it."
        )
    )
    only_reported = st.toggle(_("Only what was reported"), value=True, key="form-cells-reported")
    names = [_(column) for column in CELL_COLUMNS]
    cells = {(cell.row, cell.unit): cell for cell in summary.cells}
    rows = {
        key: dict(zip(names, map(cell_text, row), strict=True))
        for key, row in zip(cells, cell_rows(summary, session.language()), strict=True)
        if not only_reported or is_reported(cells[key])
    }
    right = [_(name) for name in CELL_COLUMNS if name in NUMBERS]
    # Cut off at its left, an amount would lose its number and keep what is unknown about it.
    amounts = [_("Confirmed"), _("Unconfirmed")]
    for key in choose("form-cells", rows, "single-row", right=right, wide=amounts):
        reports_behind(summary, cells[key])


def is_reported(cell: DamageCell) -> bool:
    """Tell whether any report, confirmed or not, stands behind a cell."""
    return bool(cell.confirmed.reports or cell.unconfirmed.reports)


def reports_behind(summary: SituationSummary, cell: DamageCell) -> None:
    """List the reports that a cell counts, the last recorded first."""
    label, unit = _(cell.row.label), _(cell.unit.label)
    st.markdown(_("#### Reports behind “{row}” ({unit})").format(row=label, unit=unit))
    if cell.row in UNCLASSED:
        st.info(_("These reports lack what the form asks, and stand in none of its cells."))
    behind = cached.reports_behind(summary, cell.row, cell.unit)
    if not behind:
        st.info(_("No damage has been reported."))
        return
    st.dataframe(
        [row(one, cell.unit) for one in behind],
        hide_index=True,
        height="content",
        column_config={
            unit: st.column_config.Column(alignment="right"),
            _("Note"): st.column_config.Column(width="large"),
        },
    )


def row(one: ReportBehind, unit: DamageUnit) -> dict[str, str]:
    """Return a line of the list: the figure that counts, and what speaks against it."""
    report = one.report
    figure = whole(getattr(report, FIGURES.get(unit, "affected")))
    return {
        _("State"): _(ReportState(report.state).label),
        _(unit.label): _("Unknown") if figure is None else f"{figure:,}",
        _("Sources"): _("Another source differs") if one.differs else "",
        _("Category"): _(DamageCategory(report.category).label),
        _("Place"): place_text(report),
        _("Observed"): clock_text(report.observed_at),
        _("Team"): report.reporter or _("Unknown"),
        _("Note"): report.note or "",
    }
