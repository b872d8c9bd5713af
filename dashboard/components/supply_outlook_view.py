"""What runs out first, what is lacking, and what to ask."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import streamlit as st

from dashboard import cached
from dashboard.components.chooser import ROWS_SHOWN, choose
from dashboard.components.figures import Figure, figure_row
from dashboard.components.folded import folded
from dashboard.components.shell import nothing_open
from dashboard.components.supply_words import (
    amount_text,
    item_name,
    outlook_text,
    quantity_text,
)
from dashboard.session import _
from gis.supply_outlook import ItemOutlook, SupplyOutlook
from gis.vocabulary import Ask

HORIZONS_DAYS = (1, 3, 7)
SOON = timedelta(hours=6)
ROWS_MOST = 200
"""More than headquarters can act upon; the others follow as these are dealt with."""


def supply_outlook_view() -> None:
    """Draw the list that heads the page; beside it all of the shelter that is chosen in it."""
    days = horizon("outlook")
    outlook = cached.supply_outlook(days)
    if outlook is None:
        nothing_open()
        return
    if not outlook.shelters:
        st.info(_("No shelter is open. What runs out is told as soon as one is."))
        return
    figure_row(figures(outlook))
    list_side, panel_side = st.columns([3, 2])
    with list_side:
        chosen = running_out(outlook)
    with panel_side:
        if chosen:
            shelter_supplies(outlook, chosen)
        else:
            reusable(outlook)
    unknown(outlook)
    spare(outlook)


def horizon(key: str) -> int:
    """Draw the choice of how far to look ahead, and return it in days."""
    days: int | None = st.segmented_control(
        _("Look ahead"),
        HORIZONS_DAYS,
        default=3,
        required=True,
        format_func=lambda days: _("{days} d").format(days=days),
        key=f"{key}-horizon",
    )
    return days or 3


def figures(outlook: SupplyOutlook) -> list[Figure]:
    """Return what heads the view."""
    on_the_road = [one for one in outlook.dispatches if one.state.is_on_the_road]
    late = [one for one in on_the_road if one.is_overdue(outlook.as_of)]
    waiting = [one for one in cached.supply_requests() if not one.is_done]
    undecided = [one for one in waiting if one.version == 0]
    gone = outlook.running_out(timedelta(0))
    return [
        Figure(
            _("Runs out within 6 hours"),
            f"{len(outlook.running_out(SOON)):,}",
            "",
            _("of which none left: {count}").format(count=f"{len(gone):,}"),
        ),
        Figure(
            _("Equipment lacking"),
            f"{len(outlook.short):,}",
            "",
            _("Blankets, toilets and others, by shelter"),
        ),
        Figure(
            _("On the road"),
            f"{len(on_the_road):,}",
            "",
            _("of which late: {count}").format(count=f"{len(late):,}"),
        ),
        Figure(
            _("Open requests"),
            f"{len(waiting):,}",
            "",
            _("of which not decided yet: {count}").format(count=f"{len(undecided):,}"),
        ),
    ]


def running_out(outlook: SupplyOutlook) -> UUID | None:
    """Draw what runs out first, and return the shelter of the line that is chosen."""
    st.subheader(_("What runs out first"))
    lines = outlook.running_out(timedelta(days=outlook.horizon_days))[:ROWS_MOST]
    if not lines:
        st.success(_("As far as is known, nothing runs out in this time."))
        return None
    chosen = choose(
        "running-out",
        {(line.shelter_id, line.item_code): row(line) for line in lines},
        "single-row",
        right=(_("Left (estimate)"), _("Last told"), _("Lacking")),
    )
    return chosen[0][0] if chosen else None


def row(line: ItemOutlook) -> dict[str, str]:
    """Return a line of what runs out."""
    told = line.outlook
    return {
        _("Shelter"): line.shelter,
        _("Item"): item_name(line.item_code),
        _("Lasts"): outlook_text(told) if told else "",
        _("Left (estimate)"): quantity_text(line.item_code, line.left),
        _("Last told"): quantity_text(line.item_code, line.stock),
        _("Lacking"): amount_text(line.item_code, line.lacking),
        _("Remark"): _(", ").join(remarks(line)),
    }


def remarks(line: ItemOutlook) -> list[str]:
    """Return what a reader has to know of a line."""
    told = line.outlook
    if told is None:
        return [_("estimate")] if line.provision and line.provision.is_estimate else []
    said = {
        _("late on the road: {quantity}"): told.overdue,
        _("on the road, nobody knows until when: {quantity}"): told.undated,
        _("will be past its date unused: {quantity}"): told.expiring,
    }
    found = [
        text.format(quantity=quantity_text(line.item_code, many))
        for text, many in said.items()
        if many
    ]
    return found + ([_("number of users is an estimate")] if told.is_estimate else [])


def reusable(outlook: SupplyOutlook) -> None:
    """Draw what of blankets, toilets and the like is lacking now."""
    st.subheader(_("Lacking now"))
    if not outlook.short:
        st.success(_("As far as is known, no equipment is lacking."))
        return
    right = (_("Needed"), _("There"), _("Lacking"))
    table([provision_row(line) for line in outlook.short[:ROWS_MOST]], right=right)


def provision_row(line: ItemOutlook) -> dict[str, str]:
    """Return a line of what is not used up."""
    there = line.provision
    return {
        _("Shelter"): line.shelter,
        _("Item"): item_name(line.item_code),
        _("Needed"): quantity_text(line.item_code, there.needed if there else None),
        _("There"): quantity_text(line.item_code, there.have if there else None),
        _("Lacking"): amount_text(line.item_code, line.lacking),
    }


def shelter_supplies(outlook: SupplyOutlook, shelter_id: UUID) -> None:
    """Draw how every item stands in one shelter."""
    lines = outlook.of(shelter_id)
    st.subheader(lines[0].shelter)
    table(
        [
            {
                _("Item"): item_name(line.item_code),
                _("Lasts"): outlook_text(line.outlook) if line.outlook else "—",
                _("Left (estimate)"): quantity_text(line.item_code, line.left),
                _("Lacking"): amount_text(line.item_code, line.lacking),
                _("To ask"): " ".join(_(ask.label) for ask in line.asks),
            }
            for line in lines
        ],
        right=(_("Left (estimate)"), _("Lacking")),
    )


def unknown(outlook: SupplyOutlook) -> None:
    """Draw what to ask whom, because nobody can tell without it."""
    asked = questions(outlook.unknown)
    if not asked:
        return
    with folded(_("Unknown, to ask: {count}").format(count=len(asked)), "supply-unknown") as drawn:
        if drawn:
            table(
                [
                    {_("Shelter"): shelter, _("To ask"): _(ask.label), _("Items"): items}
                    for (shelter, ask), items in asked.items()
                ]
            )


def questions(lines: Sequence[ItemOutlook]) -> dict[tuple[str, Ask], str]:
    """Return what to ask each shelter, once, and for which items."""
    found: defaultdict[tuple[str, Ask], list[str]] = defaultdict(list)
    for line in lines:
        for ask in line.asks:
            found[line.shelter, ask].append(item_name(line.item_code))
    return {key: _(", ").join(items) for key, items in sorted(found.items())}


def spare(outlook: SupplyOutlook) -> None:
    """Draw what lies in shelters beyond the horizon while others lack it."""
    wanted = {line.item_code for line in outlook.lines if line.lacking.units}
    lines = [line for line in outlook.lines if line.surplus.units and line.item_code in wanted]
    if not lines:
        return
    label = _("More than is used in {days} days, while others lack it: {count}").format(
        days=f"{outlook.horizon_days:g}", count=len(lines)
    )
    with folded(label, "supply-spare") as drawn:
        if drawn:
            table(
                [
                    {
                        _("Shelter"): line.shelter,
                        _("Item"): item_name(line.item_code),
                        _("Stock"): quantity_text(line.item_code, line.stock),
                        _("Can be passed on"): amount_text(line.item_code, line.surplus),
                    }
                    for line in lines
                ],
                right=(_("Stock"), _("Can be passed on")),
            )


def table(rows: list[dict[str, str]], *, right: Sequence[str] = ()) -> None:
    """Draw lines that nobody chooses; a long list scrolls.

    Parameters
    ----------
    right
        Columns of figures.
    """
    st.dataframe(
        rows,
        hide_index=True,
        height="content" if len(rows) <= ROWS_SHOWN else 640,
        column_config={name: st.column_config.Column(alignment="right") for name in right},
    )
