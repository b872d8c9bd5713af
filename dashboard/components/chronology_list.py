"""The lines of a chronology under their days, each opening what it came from."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from urllib.parse import urlencode

import streamlit as st
from babel.dates import format_date

from dashboard.components.own_component import own_component
from gis.clock import jst
from gis.queries.chronology import (
    ChronologyKind,
    ChronologyLine,
    ClosureFacts,
    EntryFacts,
    OrderFacts,
    ReadingFacts,
    ReportFacts,
    Selection,
    StateFacts,
)
from gis.reports.chronology import RENDERINGS
from gis.reports.chronology_wording import standing_text, subject_text, what_text, who_text
from gis.text import N_, Language, translate

LATE = timedelta(minutes=5)
"""From when on it is said when something was recorded, besides when it happened."""

WORDS = {
    "newer": N_("Newer"),
    "older": N_("Older"),
    "action": N_("Action"),
    "assignee": N_("Assignee"),
    "internal": N_("Internal document"),
}

_list = own_component(
    "hq_chronology", "chronology.js", "showChronology", "marks.css", "chronology.css"
)


def chronology_list(  # noqa: PLR0913 - what is shown, and what surrounds it
    lines: Sequence[ChronologyLine],
    selection: Selection,
    language: Language,
    key: str,
    *,
    newer: bool,
    older: bool,
    turn: Callable[[str], None],
) -> str | None:
    """Show a page of lines and return what the chosen one opens, such as ``entry:`` and an id.

    Parameters
    ----------
    selection
        What the files that are offered hold, all pages of it.
    key
        The list's own name on the page.
    newer, older
        Whether there are pages before and after this one.
    turn
        Called with ``newer`` or ``older`` when the reader turns the page.
    """
    selected = (st.session_state.get(key) or {}).get("selected")
    _list(
        key=key,
        data={
            "lines": [_line(line, language) for line in lines],
            "words": {name: translate(message, language) for name, message in WORDS.items()},
            "files": _files(selection, language),
            "selected": selected,
            "newer": newer,
            "older": older,
        },
        on_selected_change=lambda: None,
        on_turned_change=lambda: turn((st.session_state.get(key) or {}).get("turned") or ""),
    )
    chosen = (st.session_state.get(key) or {}).get("selected")
    return chosen if isinstance(chosen, str) else None


def _line(line: ChronologyLine, language: Language) -> dict[str, str | None]:
    moment = jst(line.happened_at)
    facts = line.facts
    return {
        "id": f"{line.kind.value}:{line.id}",
        "day": format_date(moment, "full", locale=language.value),
        "time": moment.strftime("%H:%M"),
        "kind": line.kind.value,
        "kind_label": translate(line.kind.label, language),
        "severity": _severity(line),
        "subject": subject_text(line, language),
        "what": what_text(line, language),
        "who": who_text(line),
        "action": facts.action if isinstance(facts, EntryFacts) else None,
        "assignee": facts.assignee if isinstance(facts, EntryFacts) else None,
        "standing": standing_text(line, language),
        "mark": _mark(line),
        "recorded": _recorded(line, language),
        "opens": _opens(line),
    }


def _severity(line: ChronologyLine) -> str | None:
    """Return the severity of a damage report, or that it is unknown; None for other lines."""
    if not isinstance(line.facts, ReportFacts):
        return None
    return line.facts.severity.value if line.facts.severity else "unknown"


def _mark(line: ChronologyLine) -> str:
    """Return how a line is marked: void, to do, done, or not at all."""
    match line.facts:
        case (
            StateFacts(is_taken_back=True)
            | OrderFacts(is_taken_back=True)
            | ClosureFacts(is_taken_back=True)
            | ReadingFacts(is_corrected=True)
        ):
            return "void"
        case EntryFacts(is_unfinished=True):
            return "todo"
        case EntryFacts(done_at=done_at) if done_at:
            return "done"
    return ""


def _recorded(line: ChronologyLine, language: Language) -> str:
    """Return who recorded a line; and when, where that was later than it happened."""
    who = line.recorded_by or translate(N_("Unknown"), language)
    if line.recorded_at - line.happened_at < LATE:
        return who
    moment = jst(line.recorded_at).strftime("%m-%d %H:%M")
    return translate(N_("{name}, recorded {moment}"), language).format(name=who, moment=moment)


def _opens(line: ChronologyLine) -> str | None:
    if line.kind is ChronologyKind.ENTRY:
        return f"entry:{line.id}"
    if isinstance(line.facts, OrderFacts):
        return f"order:{line.facts.order_id}"
    if line.shelter_id:
        return f"shelter:{line.shelter_id}"
    return f"report:{line.report_id}" if line.report_id else None


def _files(selection: Selection, language: Language) -> list[dict[str, str]]:
    """Return the addresses under which the selection is handed out, each built when asked for."""
    asked: list[tuple[str, object]] = [
        ("kind", kind.value) for kind in sorted(selection.kinds or ())
    ]
    if selection.shelter_id:
        asked.append(("shelter_id", selection.shelter_id))
    if selection.search:
        asked.append(("search", selection.search))
    if selection.unfinished:
        asked.append(("unfinished", "true"))
    query = f"?{urlencode(asked)}" if asked else ""
    return [
        {
            "label": translate(rendering.title, language),
            "href": f"/api/chronology/{rendering.name}{query}",
        }
        for rendering in RENDERINGS.values()
    ]
