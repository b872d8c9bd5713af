"""The damage reports behind a cell of 第4号様式 その2."""

import streamlit as st

from dashboard import cached
from dashboard.components.report_panel import place_text
from dashboard.components.wording import clock_text
from dashboard.session import _
from gis.damage_cells import UNCLASSED, DamageCell
from gis.queries.damage_cells import FIGURES, ReportBehind
from gis.reports import SituationSummary
from gis.reports.damage_wording import whole
from gis.vocabulary import DamageCategory, DamageUnit, ReportState


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
