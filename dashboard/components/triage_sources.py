"""What belongs to a report: those merged into it, what may be the same, what was made of it."""

from collections.abc import Sequence

import streamlit as st

from dashboard import cached
from dashboard.components.markup import render
from dashboard.components.report_panel import (
    place_text,
    report_details,
    state_text,
    who_and_when,
)
from dashboard.components.triage_controls import merge, take_back
from dashboard.components.wording import clock_text
from dashboard.session import _
from gis.damage import conflicting
from gis.operations.damage_reports import DETAILS
from gis.queries.damage_reports import DamageReportView
from gis.queries.duplicates import ProbableDuplicate
from gis.queries.triage import AssessmentView
from gis.vocabulary import DETAIL_LABELS, DamageCategory, Severity

MINUTE_S = 60


def sources(report: DamageReportView, told: Sequence[DamageReportView], *, is_free: bool) -> None:
    """Draw the reports of one damage side by side; nothing of them is added up.

    Parameters
    ----------
    told
        The report, and those merged into it.
    """
    if len(told) == 1:
        return
    st.subheader(_("Reports of this damage: {count}").format(count=len(told)))
    contradicted = conflicting(told, ("category", "severity", *DETAILS))
    warned = st.empty()
    if contradicted:
        warned.warning(
            _("The reports contradict each other. What the first column says is what counts;"
              " nothing is added up.")
        )  # fmt: skip
    ordered = [report, *(one for one in told if one.id != report.id)]
    st.html(render("sources.html", heads=_heads(ordered), rows=_rows(ordered, contradicted)))
    with st.container(horizontal=True):
        for one in ordered[1:]:
            st.button(
                _("Separate {report}").format(report=who_and_when(one)), key=f"separate-{one.id}",
                disabled=not is_free, on_click=take_back, args=(one,),
            )  # fmt: skip


def _heads(told: Sequence[DamageReportView]) -> list[str]:
    return [who_and_when(one) for one in told]


def _rows(
    told: Sequence[DamageReportView], contradicted: set[str]
) -> list[tuple[str, str, list[str]]]:
    """Return the lines of the table: label, the word for a contradiction, what each says."""
    details = [dict(report_details(one)) for one in told]
    labels = {_(DETAIL_LABELS[name]): name in contradicted for name in DETAILS}
    conflict, unknown = _("contradictory"), _("Unknown")

    def line(label: str, values: list[str], *, is_odd: bool) -> tuple[str, str, list[str]]:
        return label, conflict if is_odd else "", values

    return [
        line(
            _("Category"), [_(DamageCategory(one.category).label) for one in told],
            is_odd="category" in contradicted,
        ),
        line(
            _("Severity"),
            [_(Severity(one.severity).label) if one.severity else unknown for one in told],
            is_odd="severity" in contradicted,
        ),
        *(
            line(label, [one.get(label, unknown) for one in details], is_odd=is_odd)
            for label, is_odd in labels.items()
            if any(label in one for one in details)
        ),
        line(_("Place"), [place_text(one) for one in told], is_odd=False),
        line(_("Note"), [one.note or "" for one in told], is_odd=False),
    ]  # fmt: skip


def neighbours(report: DamageReportView, found: cached.Dossier, *, is_free: bool) -> None:
    """Draw what may tell of the same damage, each with what speaks for it."""
    if not found.duplicates and not found.nearby:
        return
    st.subheader(_("The same damage?"))
    for likely in found.duplicates:
        _neighbour(report, likely.report, _why(likely), is_free=is_free)
    if found.nearby:
        st.caption(_("Nearby, within {metres} m").format(metres=cached.NEARBY_M))
    for near in found.nearby:
        _neighbour(report, near, "", is_free=is_free)


def _neighbour(
    report: DamageReportView, other: DamageReportView, why: str, *, is_free: bool
) -> None:
    category = _(DamageCategory(other.category).label)
    with st.container(border=True, key=f"card-near-{other.id}"):
        st.html(
            render(
                "neighbour.html",
                title=f"{category} · {place_text(other)}",
                facts=" · ".join(filter(None, [state_text(other), who_and_when(other), why])),
                note=other.note or "",
            )
        )
        st.button(
            _("It is the same: merge it into the open one"), key=f"merge-{other.id}",
            icon=":material/merge:", disabled=not is_free, on_click=merge, args=(report, other),
        )  # fmt: skip


def _why(likely: ProbableDuplicate) -> str:
    parts = [_("{minutes} min apart").format(minutes=f"{likely.apart_s / MINUTE_S:,.0f}")]
    if likely.distance_m is not None:
        parts.append(_("{distance} m away").format(distance=f"{likely.distance_m:,.0f}"))
    parts.append(_("likeness {percent}%").format(percent=round(likely.score * 100)))
    return " · ".join(parts)


def history(report: DamageReportView, told: Sequence[AssessmentView], *, is_free: bool) -> None:
    """Draw what was made of a report, the last word first, and the way back from it."""
    if not told:
        return
    st.subheader(_("What was made of it"))
    st.dataframe([_line(one) for one in told], hide_index=True, height="content")
    if any(not one.is_superseded and one.supersedes is None for one in told):
        with st.popover(_("Take back")):
            st.write(_("What was before the last word holds again. It stays on record."))
            st.button(
                _("Yes, take it back"), key="triage-take-back", disabled=not is_free,
                on_click=take_back, args=(report,),
            )  # fmt: skip


def _line(told: AssessmentView) -> dict[str, str]:
    return {
        _("When"): clock_text(told.recorded_at),
        _("By"): told.recorded_by,
        _("State"): _(told.state.label),
        _("Assigned to"): told.team or "",
        _("Place put right"): _("Yes") if told.ewkt else "",
        _("Reason"): told.reason or "",
        _("Standing"): _standing(told),
    }


def _standing(told: AssessmentView) -> str:
    if told.supersedes is not None:
        return _("Takes back what was before")
    if told.is_superseded:
        return _("Taken back")
    return _("merged into another report") if told.merged_into_id else ""
