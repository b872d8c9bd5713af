"""One damage report: what was filed, and what headquarters make of it."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import streamlit as st

from dashboard import cached, session
from dashboard.components.markup import render
from dashboard.components.photographs import report_photographs
from dashboard.components.wording import age_text, clock_text
from dashboard.components.zone_words import zones_text
from dashboard.session import _
from gis.damage import class_by_depth, unit_of
from gis.errors import Refused
from gis.operations.damage_reports import DETAILS
from gis.past import PastMoment
from gis.queries.damage_reports import DamageReportView, damage_report, with_merged
from gis.queries.triage import AssessmentView, assessments_of
from gis.vocabulary import (
    DETAIL_LABELS,
    DamageCategory,
    DwellingClass,
    FloodLevel,
    LocatedBy,
    Phenomenon,
    QuickInspection,
    ReportState,
    Severity,
    Source,
    Term,
)


def report_panel(report_id: UUID, past: PastMoment | None = None) -> None:
    """Draw a report."""
    language = session.language()
    desk = session.desk()
    now = desk.workspace.clock.now()
    try:
        with desk.workspace.reading() as store:
            report = damage_report(store, report_id, known_at=past.known_at(now) if past else None)
            sources = with_merged(store, [report_id])
            judged = assessments_of(store, report_id)
    except Refused as refused:
        st.error(refused.explain(language))
        return
    if past and not past.knows(report.observed_at, report.recorded_at, now):
        st.info(_("Nobody knew of this report at that moment."))
        return
    then = [one for one in judged if one.number == report.version]
    # Of a past moment we do not say what was merged: the list is today's.
    report_card(report, [] if past else sources, then, past)


def report_card(
    report: DamageReportView,
    sources: Sequence[DamageReportView],
    judged: Sequence[AssessmentView],
    past: PastMoment | None = None,
) -> None:
    """Draw what a report says, and what headquarters make of it.

    Parameters
    ----------
    sources
        The report, and those merged into it.
    judged
        What headquarters made of it, the last word first.
    """
    age = age_text(report.observed_at, session.moment(past), session.language())
    facts = [
        (_("State"), _state(report, judged)),
        (_("Observed"), _observed(report, age)),
        (_("Recorded"), f"{clock_text(report.recorded_at)} · {report.recorded_by}"),
        (_("Place"), _place(report)),
        *_zones(report, past),
        *report_details(report),
        (_("Team"), report.reporter or _("Unknown")),
        (_("Source"), _(Source(report.source).label)),
        *_merged(report, sources),
    ]
    st.html(
        render(
            "report.html",
            category=_(DamageCategory(report.category).label),
            severity=report.severity or "unknown",
            severity_label=_(Severity(report.severity).label)
            if report.severity
            else _("Severity unknown"),
            note=report.note or "",
            facts=facts,
        )
    )
    if past is None:
        report_photographs(report.id)


def state_text(report: DamageReportView) -> str:
    """Return how far headquarters are with a report, and whether it stands for itself."""
    state = _(ReportState(report.state).label)
    if report.merged_into_id is None:
        return state
    merged = _("merged into another report")
    return f"{state} · {merged}"


def _state(report: DamageReportView, judged: Sequence[AssessmentView]) -> str:
    """Return the state, with who said so when, and who is on it."""
    parts = [state_text(report)]
    if report.team is not None:
        parts.append(_("assigned to {team}").format(team=report.team))
    if judged:
        parts.append(f"{judged[0].recorded_by} {clock_text(judged[0].recorded_at)}")
    return " · ".join(parts)


def _merged(
    report: DamageReportView, sources: Sequence[DamageReportView]
) -> Iterator[tuple[str, str]]:
    others = [source for source in sources if source.id != report.id]
    if others:
        yield _("Also reported"), ", ".join(map(who_and_when, others))


def who_and_when(report: DamageReportView) -> str:
    """Return which of several reports of one damage is meant."""
    reporter = report.reporter or _("Team unknown")
    return f"{reporter} {clock_text(report.observed_at)}"


def _observed(report: DamageReportView, age: str) -> str:
    text = f"{clock_text(report.observed_at)} ({age})"
    if not report.clock_was_wrong:
        return text
    wrong = _("put right: the device's clock was wrong")
    return f"{text} · {wrong}"


def _place(report: DamageReportView) -> str:
    """Return where it was, how sure that is, and whether it lies in our municipality at all."""
    parts = [place_text(report)]
    if report.located_by:
        parts.append(_(LocatedBy(report.located_by).label))
    if report.accuracy_m is not None:
        parts.append(f"± {report.accuracy_m:,.0f} m")
    if report.is_outside:
        parts.append(_("outside the municipality"))
    return " · ".join(parts)


def _zones(report: DamageReportView, past: PastMoment | None) -> Iterator[tuple[str, str]]:
    if zones := cached.zones_at(report.lon, report.lat, past):
        yield _("Hazard zones"), zones_text(zones)


def report_details(report: DamageReportView) -> Iterator[tuple[str, str]]:
    """Yield what the report says beside category, severity and place."""
    unit = _(unit_of(DamageCategory(report.category)).label)
    for name in DETAILS:
        said = getattr(report, name)
        if said is None:
            continue
        label = _(DETAIL_LABELS[name])
        if name in _TERMS:
            yield label, _(_TERMS[name](said).label)
        elif name == "affected":
            yield label, f"{said:,g} {unit}"
        else:
            yield label, f"{said:,}"
    implied = class_by_depth(
        FloodLevel(report.flood_level) if report.flood_level else None, report.depth_cm
    )
    if report.category == DamageCategory.DWELLING and implied:
        yield _("Class by depth alone"), _(implied.label)


_TERMS: dict[str, type[Term]] = {
    "phenomenon": Phenomenon,
    "dwelling_class": DwellingClass,
    "flood_level": FloodLevel,
    "quick_inspection": QuickInspection,
}


def place_text(report: DamageReportView) -> str:
    """Return where it was: in words, else as coordinates, else that nobody knows."""
    if report.place_text:
        return report.place_text
    if report.lat is None or report.lon is None:
        return _("Place unknown")
    return f"{report.lat:.5f}, {report.lon:.5f}"
