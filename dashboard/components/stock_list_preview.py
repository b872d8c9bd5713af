"""What importing a stock list would do, and what it did."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard import session
from dashboard.components.figures import Figure, figure_row
from dashboard.components.import_result import download_refused
from dashboard.components.inventory_preview import ROW, problem_table, table
from dashboard.components.plain import plain
from dashboard.components.stock_list_draft import Preview
from dashboard.components.stock_list_work import STOCK_LISTS, Imported
from dashboard.session import _
from gis.items import item_list
from gis.operations.inventories import LISTED_MOST
from gis.operations.stock_list_plan import CountState, PlannedCount, StockPlan
from gis.text import N_

PARTS: Final = {"changes": N_("What differs from the ledger"), "problems": N_("Rows with problems")}


def summary(seen: Preview) -> None:
    """Draw the figures of a preview."""
    taken = _("{taken} taken, {refused} not taken").format(
        taken=f"{seen.found.row_count - seen.refused_count:,}", refused=f"{seen.refused_count:,}"
    )
    rows = Figure(_("Rows in the file"), f"{seen.found.row_count:,}", note=taken)
    figure_row([rows, *_figures(seen.plan)])


def _figures(plan: StockPlan) -> list[Figure]:
    known, older = plan.of(CountState.KNOWN, CountState.SAME), plan.of(CountState.OLDER)
    figures = [
        Figure(_("Items counted in places"), f"{len(plan.writes):,}"),
        Figure(_("Other than the ledger"), f"{len(plan.changed):,}"),
        Figure(_("Known already"), f"{len(known):,}", note=_("Stay as they are") if known else ""),
    ]
    if older:
        later = _("Counted again later; they change nothing")
        figures.append(Figure(_("Older counts"), f"{len(older):,}", note=later))
    if plan.new_depots:
        figures.append(Figure(_("New depots"), f"{len(plan.new_depots):,}"))
    return figures


def look_at_part(seen: Preview) -> None:
    """Offer what would change and the problems, and draw what is looked at."""
    problems = (*seen.found.problems, *seen.plan.problems)
    counts = {"changes": len(seen.plan.changed), "problems": len(problems)}
    chosen = st.segmented_control(
        _("What to look at"),
        [*PARTS],
        default="problems" if seen.refused_count else "changes",
        key="stock-list-part",
        format_func=lambda name: " ".join((_(PARTS[name]), f"{counts[name]:,}")),
        label_visibility="collapsed",
        required=True,
    )
    if chosen == "problems":
        problem_table(problems)
    else:
        _change_table(seen.plan.changed)


def _change_table(changed: Sequence[PlannedCount]) -> None:
    rows = [_row(count) for count in changed[:LISTED_MOST]]
    table(rows, len(changed), _("Nothing differs from the ledger."))


def _row(count: PlannedCount) -> dict[str, str]:
    """Return a line of the list; nothing in it is markup."""
    item = item_list().items.get(count.item_code)
    language = session.language()
    return {
        _(ROW): ", ".join(map(str, count.rows)),
        _("Place"): count.place,
        _("Kind of place"): _(count.kind.label),
        _("Item"): item.name(language) if item else count.item_code,
        _("By the ledger"): f"{count.ledger:,}",
        _("In the file"): f"{count.found:,}",
        _("Difference"): f"{count.difference:+,}" if count.difference else _("Lots only"),
        _("Unit"): item.unit(language) if item else "",
    }


def import_result(done: Imported) -> None:
    """Draw what an import did, and the rows that were not taken to download."""
    st.success(_("{file} is imported.").format(file=plain(done.file_name)), icon=":material/check:")
    refused = Figure(_("Rows not taken"), f"{done.refused_count:,}")
    figure_row([*_figures(done.plan), refused])
    if done.plan.problems:
        problem_table(done.plan.problems)
    with st.container(horizontal=True):
        if done.refused_count:
            download_refused(done.refused, done.file_name)
        another = _("Import another file")
        st.button(
            another,
            icon=":material/upload_file:",
            key="stock-list-another",
            on_click=STOCK_LISTS.put_away,
        )
