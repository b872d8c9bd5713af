"""What happened, in words: one line of a chronology as screens and files say it."""

from gis.clock import jst
from gis.queries.chronology import (
    AssignmentFacts,
    ChronologyLine,
    ClosureFacts,
    EntryFacts,
    IncidentFacts,
    OrderFacts,
    ReadingFacts,
    ReportFacts,
    StateFacts,
)
from gis.reports.order_wording import areas_text, order_text, people_text
from gis.text import N_, Language, translate

AREAS_MOST = 20
"""Names of areas in one line."""


def subject_text(line: ChronologyLine, language: Language) -> str:
    """Return what a line is about: a shelter, a district, damage, an order, a road, an incident."""
    if isinstance(line.facts, OrderFacts):
        return order_text(line.facts.kind, line.facts.hazard, language)
    if isinstance(line.facts, ClosureFacts):
        return _joined(translate(line.facts.grade.label, language), line.facts.road_name)
    if line.category:
        return translate(line.category.label, language)
    return line.subject or ""


def what_text(line: ChronologyLine, language: Language) -> str:  # noqa: PLR0911 - one a kind
    """Return what happened, without the subject."""
    match line.facts:
        case EntryFacts(content=content):
            return content
        case StateFacts() as facts:
            return _state_text(facts, language)
        case ReadingFacts() as facts:
            return _joined(_counts_text(facts, language), facts.note)
        case ReportFacts() as facts:
            return _report_text(facts, language)
        case AssignmentFacts(assignee=assignee):
            return _assignment_text(assignee, language)
        case OrderFacts() as facts:
            return _order_text(facts, language)
        case ClosureFacts() as facts:
            return _joined(translate(facts.action.label, language), facts.section, facts.reason)
        case IncidentFacts(kind=kind):
            return translate(kind.label, language)


def standing_text(line: ChronologyLine, language: Language) -> str:
    """Return whether a line still holds as it was told, and what became of it, or nothing."""
    match line.facts:
        case (
            StateFacts(is_taken_back=True)
            | OrderFacts(is_taken_back=True)
            | ClosureFacts(is_taken_back=True)
        ):
            return translate(N_("Taken back"), language)
        case ReadingFacts(is_corrected=True):
            return translate(N_("Corrected"), language)
        case ReadingFacts(corrects=True):
            return translate(N_("Correction"), language)
        case EntryFacts(is_unfinished=True):
            return translate(N_("Not done"), language)
        case EntryFacts(done_at=done_at) if done_at:
            moment = jst(done_at).strftime("%m-%d %H:%M")
            return translate(N_("Done {moment}"), language).format(moment=moment)
    return ""


def who_text(line: ChronologyLine) -> str:
    """Return from whom to whom, or who reported; nothing where only the recorder is known."""
    match line.facts:
        case EntryFacts(sender=sender, recipient=recipient) if sender or recipient:
            return f"{sender or '—'} → {recipient or '—'}"
        case ReportFacts(reporter=reporter):
            return reporter or ""
    return ""


def change_text(change: int | None) -> str:
    """Return a difference with its sign, such as ``+12``, ``−3`` or ``±0``; nothing for None."""
    if change is None:
        return ""
    sign = "+" if change > 0 else "−" if change else "±"
    return f"{sign}{abs(change):,}"


def _state_text(facts: StateFacts, language: Language) -> str:
    state = translate(facts.state.label, language)
    if facts.takes_back:
        message = N_("“{mistake}” was taken back: {state}")
        mistake = translate(facts.takes_back.label, language)
        state = translate(message, language).format(mistake=mistake, state=state)
    return _joined(state, facts.reason)


def _counts_text(facts: ReadingFacts, language: Language) -> str:
    """Return the totals that were counted; a reading may hold other figures alone."""
    told = []
    if facts.persons is not None:
        persons = translate(N_("{count} persons"), language).format(count=f"{facts.persons:,}")
        change = change_text(facts.change)
        told.append(f"{persons} ({change})" if change else persons)
    if facts.households is not None:
        message = translate(N_("{count} households"), language)
        told.append(message.format(count=f"{facts.households:,}"))
    return " · ".join(told) or translate(N_("Other figures only"), language)


def _report_text(facts: ReportFacts, language: Language) -> str:
    severity = facts.severity.label if facts.severity else N_("Severity unknown")
    return _joined(translate(severity, language), _place_text(facts, language), facts.note)


def _place_text(facts: ReportFacts, language: Language) -> str:
    if facts.place_text:
        return facts.place_text
    if facts.lat is None or facts.lon is None:
        return translate(N_("Place unknown"), language)
    return f"{facts.lat:.5f}, {facts.lon:.5f}"


def _assignment_text(assignee: str | None, language: Language) -> str:
    if assignee is None:
        return translate(N_("Nobody asks any more"), language)
    return translate(N_("{name} asks from now on"), language).format(name=assignee)


def _order_text(facts: OrderFacts, language: Language) -> str:
    message = translate(N_("Persons concerned: {persons}"), language)
    return _joined(
        translate(facts.action.label, language),
        areas_text(
            facts.areas, language, is_whole=facts.is_whole, is_drawn=facts.is_drawn, most=AREAS_MOST
        ),
        message.format(persons=people_text(facts.persons, language)),
        facts.reason,
        facts.guidance,
        facts.note,
    )


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
