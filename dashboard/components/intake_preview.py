"""What importing a file of damage reports would do, and what it did."""

import streamlit as st

from dashboard.components.figures import Figure, figure_row
from dashboard.components.import_result import download_refused
from dashboard.components.intake_draft import Preview
from dashboard.components.intake_work import REPORTS, Imported
from dashboard.components.inventory_preview import ROW, problem_table, table
from dashboard.components.plain import plain
from dashboard.components.wording import clock_text
from dashboard.session import _
from gis.importers.damage_list import DamageRow
from gis.operations.inventories import LISTED_MOST
from gis.text import N_

FILED, KNOWN, REPEATED, REFUSED, PHOTOGRAPHS = (
    N_("Filed"),
    N_("Filed before"),
    N_("Said twice in the file"),
    N_("Rows not taken"),
    N_("Photographs"),
)
PARTS = {"reports": N_("Reports"), "problems": N_("Rows with problems")}


def summary(seen: Preview) -> None:
    """Draw the figures of a preview."""
    found, plan = seen.found, seen.plan
    taken = f"{found.row_count - seen.refused_count:,}"
    rows = _("{taken} taken, {refused} not taken")
    figures = [
        Figure(
            _("Rows in the file"),
            f"{found.row_count:,}",
            note=rows.format(taken=taken, refused=f"{seen.refused_count:,}"),
        ),
        Figure(_("Would be filed"), f"{len(plan.new_ids):,}"),
        Figure(_(KNOWN), f"{plan.known:,}", note=_("Stay as they are") if plan.known else ""),
        Figure(_(REPEATED), f"{found.repeated:,}"),
    ]
    if found.photographs:
        figures.append(Figure(_(PHOTOGRAPHS), f"{len(found.photographs):,}"))
    figure_row(figures)


def look_at_part(seen: Preview) -> None:
    """Offer the reports and the problems, and draw what is looked at."""
    problems = (*seen.found.problems, *seen.plan.problems)
    counts = {"reports": len(seen.found.rows), "problems": len(problems)}
    chosen = st.segmented_control(
        _("What to look at"),
        [*PARTS],
        default="problems" if problems else "reports",
        key="intake-part",
        format_func=lambda name: " ".join((_(PARTS[name]), f"{counts[name]:,}")),
        label_visibility="collapsed",
        required=True,
    )
    if chosen == "problems":
        problem_table(problems)
    else:
        rows = [_row(one) for one in seen.found.rows[:LISTED_MOST]]
        table(rows, len(seen.found.rows), _("No row of the file can be taken."))


def _row(report: DamageRow) -> dict[str, str]:
    """Return a line of the list; nothing in it is markup."""
    place = f"{report.location[1]:.6f}, {report.location[0]:.6f}" if report.location else ""
    return {
        _(ROW): str(report.row),
        _("Category"): _(report.category.label),
        _("Severity"): _(report.severity.label) if report.severity else _("Unknown"),
        _("Place"): " ".join(filter(None, (report.place_text, place))) or _("Unknown"),
        _("Observed"): clock_text(report.observed_at) if report.observed_at else _("Unknown"),
        _("Team"): report.reporter or _("Unknown"),
        _("Note"): report.note or "",
    }


def import_result(done: Imported) -> None:
    """Draw what an import did, and the rows that were not taken to download."""
    st.success(_("{file} is imported.").format(file=plain(done.file_name)), icon=":material/check:")
    figures = [
        Figure(_(FILED), f"{done.filed:,}"),
        Figure(_(KNOWN), f"{done.known:,}"),
        Figure(_(REPEATED), f"{done.repeated:,}"),
        Figure(_(REFUSED), f"{done.refused_count:,}"),
    ]
    if done.photographs:
        figures.append(Figure(_(PHOTOGRAPHS), f"{done.photographs:,}"))
    figure_row(figures)
    if done.problems:
        problem_table(done.problems)
    with st.container(horizontal=True):
        if done.refused_count:
            download_refused(done.refused, done.file_name)
        st.button(
            _("Import another file"), icon=":material/upload_file:", on_click=REPORTS.put_away
        )
