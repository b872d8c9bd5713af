"""What importing an inventory would do: the figures, and each kind of row as a list."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from dashboard.components.figures import Figure, figure_row
from dashboard.components.inventory_draft import Preview
from dashboard.session import _
from gis.importers import Problem
from gis.operations.inventories import LISTED_MOST, Change, Listed
from gis.text import N_
from gis.vocabulary import Hazard

ROWS_SHOWN = 14
"""Rows that fit without scrolling."""

ROW, SHELTER, ADDRESS, PLACE = N_("Row"), N_("Shelter"), N_("Address"), N_("Place")
FIELD, BEFORE, AFTER = N_("Field"), N_("In the register"), N_("In the file")
COLUMN, FOUND, EXPECTED, TAKEN = N_("Column"), N_("Found"), N_("Expected"), N_("Taken")

FIELDS: Final = {
    "name": N_("Name"),
    "name_kana": N_("Name in kana"),
    "address": ADDRESS,
    "phone": N_("Telephone"),
    "capacity": N_("Capacity"),
    "capacity_is_fictitious": N_("Capacity is invented"),
    "hazards": N_("Hazards"),
    "note": N_("Note"),
    "location": PLACE,
}
"""What the fields of a shelter are called; a detail is called by its heading."""


def summary(preview: Preview) -> None:
    """Draw the figures of a preview."""
    inventory, plan = preview.inventory, preview.plan
    refused = preview.refused_count
    taken = f"{inventory.row_count - refused:,}"
    rows = _("{taken} taken, {refused} not taken").format(taken=taken, refused=f"{refused:,}")
    retired = plan.counts.retired
    off = _("{count} of them are off the register and stay off").format(count=retired)
    figure_row(
        [
            Figure(
                _("Rows in the file"),
                f"{inventory.row_count:,}",
                note=rows,
            ),
            Figure(_("Would be added"), f"{plan.counts.added:,}"),
            Figure(_("Would be changed"), f"{plan.counts.changed:,}"),
            Figure(
                _("Stay as they are"), f"{plan.counts.unchanged:,}", note=off if retired else ""
            ),
            Figure(
                _("Not in the file"),
                f"{plan.missing_count:,}",
                note=_("Stay in the register") if plan.missing_count else "",
            ),
        ]
    )


def added(preview: Preview) -> None:
    """List the shelters that the register would get."""
    rows = [
        {_(ROW): str(one.row), _(SHELTER): one.name, _(ADDRESS): one.address or "", _(PLACE): place}
        for one in preview.plan.added
        for place in (place_text(one),)
    ]
    table(rows, preview.plan.counts.added, _("No shelter of the file is new."))


def changed(preview: Preview) -> None:
    """List what would become of shelters that the register has, field by field."""
    rows = [line for change in preview.plan.changed for line in _lines(change)]
    table(rows, 0, _("Nothing in the register would change."))
    _more(preview.plan.counts.changed, len(preview.plan.changed))


def _lines(change: Change) -> list[dict[str, str]]:
    """Return a line per field that would be another one."""
    head = {_(ROW): str(change.shelter.row), _(SHELTER): change.shelter.name}
    names = (_(FIELDS[field]) if field in FIELDS else field for field in change.fields)
    values = (
        (value_text(field, was), value_text(field, becomes))
        for field, (was, becomes) in change.fields.items()
    )
    designations = (
        (_("Designation"), "", " ".join(filter(None, (_(kind.label), common_id))))
        for kind, common_id in change.designations
    )
    told = [(name, *pair) for name, pair in zip(names, values, strict=True)]
    return [
        head | {_(FIELD): name, _(BEFORE): was, _(AFTER): becomes}
        for name, was, becomes in (*told, *designations)
    ]


def value_text(field: str, value: Any) -> str:  # noqa: ANN401 - whatever a field holds
    """Return a value as people read it; unknown is said, never shown as nothing."""
    match field, value:
        case "location", [float() | int() as lon, float() | int() as lat]:
            return f"{lat:.6f}, {lon:.6f}"
        case _, None | [None, None]:
            return _("Unknown") if field in {"capacity", "hazards", "location"} else _("(none)")
        case "hazards", _:
            return "・".join(_(Hazard(hazard).label) for hazard in value) or _("No hazard")
        case _, bool():
            return _("Yes") if value else _("No")
        case _, int():
            return f"{value:,}"
    return str(value)


def place_text(shelter: Listed) -> str:
    """Return where a shelter is, or that its place is unknown."""
    return value_text("location", [shelter.lon, shelter.lat])


def problems(preview: Preview) -> None:
    """List what in the file is not as it should be, the rows that are not taken first."""
    problem_table(preview.inventory.problems)


def problem_table(problems: Sequence[Problem]) -> None:
    """List problems, those of rows that are not taken first."""
    found = sorted(problems, key=lambda problem: problem.taken)
    rows = [_problem_row(problem) for problem in found[:LISTED_MOST]]
    table(rows, len(found), _("Every row can be read without a question."))


def _problem_row(problem: Problem) -> dict[str, str]:
    return {
        _(ROW): str(problem.row or _("File")),
        _(COLUMN): problem.column or "",
        _(FOUND): problem.found,
        _(EXPECTED): _(problem.expected),
        _(TAKEN): _("Yes") if problem.taken else _("No"),
    }


def table(rows: Sequence[Mapping[str, str]], count: int, empty: str) -> None:
    """Draw rows of text, or say that there are none."""
    if not rows:
        st.info(empty)
        return
    st.dataframe(
        rows,
        hide_index=True,
        height="content" if len(rows) <= ROWS_SHOWN else 540,
        column_config={_(ROW): st.column_config.Column(alignment="right", width="small")},
    )
    _more(count, len(rows))


def _more(count: int, shown: int) -> None:
    if count > shown:
        st.caption(_("The first {shown} of {count}.").format(shown=shown, count=f"{count:,}"))
