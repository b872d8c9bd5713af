"""What state equipment is in, place by place, and when to look at it again."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard import cached, session
from dashboard.components.chooser import choose
from dashboard.components.equipment_form import NAME, Looked, equipment_form
from dashboard.components.equipment_panel import equipment_panel
from dashboard.components.folded import folded
from dashboard.components.stock_table import quantity_text
from dashboard.components.stock_where import everywhere
from dashboard.components.wording import age_text, number_text
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.clock import jst
from gis.reports.equipment_list import EquipmentLine, equipment_lines, inspection_csv
from gis.text import N_

Wanted = Callable[[EquipmentLine], bool]
FILTERS: dict[str, tuple[str, Wanted]] = {
    "all": (N_("All"), lambda _line: True),
    "overdue": (N_("Check overdue"), lambda line: line.is_overdue),
    "broken": (N_("Some broken"), lambda line: line.is_broken),
    "unchecked": (N_("Never checked"), lambda line: not line.was_checked),
}


def equipment_view() -> None:
    """Draw it; it needs no incident, for equipment is looked at in peacetime."""
    places = everywhere()
    lines = equipment_lines(
        {place.id: place.label for place in places.values()},
        cached.stocks_everywhere(),
        cached.equipment_states(),
        session.moment(),
    )
    telling = st.container()
    list_side, panel_side = st.columns([3, 2])
    with list_side:
        chosen = _list(lines)
    with panel_side:
        if chosen:
            equipment_panel(chosen)
        elif lines:
            st.caption(_("Choose a row to see what was found so far."))
    if session.may(DECIDES):
        with telling, folded(_("Tell of a check"), NAME) as wanted:
            if wanted:
                looked = Looked(chosen.place_id, chosen.item.code) if chosen else None
                equipment_form(places, looked)


def _list(lines: Sequence[EquipmentLine]) -> EquipmentLine | None:
    if not lines:
        _nothing_yet()
        return None
    name = st.segmented_control(
        _("Which ones"),
        [*FILTERS],
        default="all",
        required=True,
        format_func=lambda name: _filter_text(name, lines),
        key="equipment-filter",
        label_visibility="collapsed",
    )
    shown = {
        Looked(line.place_id, line.item.code): line for line in lines if FILTERS[name][1](line)
    }
    chosen = []
    if shown:
        chosen = choose(
            "equipment",
            {looked: row(line) for looked, line in shown.items()},
            "single-row",
            right=[_("Present"), _("Working"), _("Broken"), _("In use")],
            pinned=[_("Place")],
        )
    else:
        st.info(_("There is none of this kind."))
    _download(lines)
    return shown.get(chosen[0]) if chosen else None


def _filter_text(name: str, lines: Sequence[EquipmentLine]) -> str:
    title, wanted = FILTERS[name]
    return f"{_(title)} {sum(map(wanted, lines)):,}"


def _nothing_yet() -> None:
    st.info(_("No equipment is known yet."))
    if session.may(DECIDES):
        st.caption(
            _(
                "Tell of a first check above, or count generators, AEDs and the like on the view"
                " “Stock”; they are then listed here with the day of their next check."
            )
        )


def row(line: EquipmentLine) -> dict[str, str]:
    """Return a line of the list; what nobody has looked at is empty."""
    language, state = session.language(), line.state
    figures = {
        _(label): number_text(figure, language) if figure is not None else ""
        for label, figure in (
            (N_("Working"), state.working if state else None),
            (N_("Broken"), state.broken if state else None),
            (N_("In use"), state.in_use if state else None),
        )
    }
    checked_at = state.checked_at if state else None
    return {
        _("Place"): line.place,
        _("Item"): line.item.name(language),
        _("Next check"): due_text(line),
        _("Present"): quantity_text(line.stock) if line.stock else "",
        **figures,
        _("Last checked"): age_text(checked_at, session.moment(), language)
        if checked_at
        else _("Never"),
    }


def due_text(line: EquipmentLine) -> str:
    """Return when to look again, and that it is overdue where it is."""
    days = line.days_left
    if days is None or line.next_check_on is None:
        return _("No date set")
    day = line.next_check_on.isoformat()
    if days < 0:
        return _("Overdue by {days} d ({day})").format(days=-days, day=day)
    if days == 0:
        return _("Due today ({day})").format(day=day)
    return _("{day} (in {days} d)").format(days=days, day=day)


def _download(lines: Sequence[EquipmentLine]) -> None:
    """Offer the whole list, whatever is shown of it."""
    desk, moment = session.desk(), session.moment()
    is_drill = desk.workspace.is_drill
    prefix = "kunren_" if is_drill else ""
    st.download_button(
        _("Download the inspection list (CSV)"),
        partial(inspection_csv, lines, session.language(), moment, is_drill=is_drill),
        f"{prefix}equipment_{desk.city.code}_{jst(moment):%Y%m%dT%H%M%S}.csv",
        "text/csv",
        key="equipment-csv",
        icon=":material/download:",
        on_click="ignore",
    )
