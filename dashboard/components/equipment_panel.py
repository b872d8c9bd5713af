"""An item of equipment in a place: what was found of it, the last check first."""

import streamlit as st

from dashboard import cached, session
from dashboard.components.instructions import instructions
from dashboard.components.plain import plain
from dashboard.components.wording import clock_text, number_text
from dashboard.session import _
from gis.clock import moment_text
from gis.queries.equipment import CheckView
from gis.reports.equipment_list import EquipmentLine
from gis.text import N_

FIGURES = {"working": N_("Working"), "broken": N_("Broken"), "in_use": N_("In use")}


def equipment_panel(line: EquipmentLine) -> None:
    """Draw it."""
    item = line.item
    st.subheader(plain(f"{line.place}: {item.name(session.language())}"), anchor=False)
    if line.state and line.state.note:
        st.caption(plain(_("Last note: {note}").format(note=line.state.note)))
    instructions([item], f"instructions-{line.place_id}")
    checks = cached.equipment_checks(line.place_id, item.code)
    if not checks:
        st.info(_("Nobody has told of a check yet."))
        return
    st.dataframe(
        [check_row(check) for check in checks],
        hide_index=True,
        height="content",
        column_config={
            _(label): st.column_config.Column(alignment="right") for label in FIGURES.values()
        },
    )


def check_row(check: CheckView) -> dict[str, str]:
    """Return a line of the history; what nobody looked at is empty."""
    language = session.language()
    figures = {name: getattr(check, name) for name in FIGURES}
    return {
        # Years lie between two checks: the day alone would not tell which.
        _("Seen"): moment_text(check.observed_at),
        **{
            _(FIGURES[name]): "" if figure is None else number_text(figure, language)
            for name, figure in figures.items()
        },
        _("Next check"): check.next_check_on.isoformat() if check.next_check_on else "",
        _("Remarks"): check.note or "",
        _("Source"): _(check.source.label),
        _("Recorded"): f"{clock_text(check.recorded_at)} · {check.recorded_by}",
    }
