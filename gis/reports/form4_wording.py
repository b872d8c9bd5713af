"""What 第4号様式 asks in words: facts of a summary as the form says them, in Japanese. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from gis.clock import jst
from gis.form4 import key_of
from gis.reports.figure_wording import figure_text
from gis.reports.order_wording import areas_text, order_text
from gis.reports.rendering import DEMONSTRATION, moment_text, tally_note
from gis.reports.situation import OrderLine, SituationSummary
from gis.text import N_, Language, translate
from gis.vocabulary import DamageUnit, DeclaredRow, FormText, IssueState

PERSONS = "人"
BEING_COMPILED = N_("Issue {number} (draft)")
SIGNED_OFF = N_("Issue {number}")
NO_LONGER = N_("Issue {number} ({state})")
OF_NO_ISSUE = N_("Issue (no number)")
UNKNOWN_PERSONS = N_("persons unknown")
UNKNOWN_HOUSEHOLDS = N_("households unknown")
_RELATED = key_of(DeclaredRow.RELATED_DEAD, DamageUnit.PERSONS)


def facts(summary: SituationSummary) -> Mapping[str, str]:
    """Return what the grid fills in besides figures, by the names that it uses.

    A text that headquarters did not say is empty: somebody writes it by hand. In its place the
    response and the remarks tell of the evacuation orders and the open shelters.
    """
    said = {text.value: _said(summary, text) for text in FormText}
    compiled = "\n".join((*_orders(summary.orders_in_force), _shelters(summary)))
    overview = _filled(N_("Kind of disaster: {kind}"), kind=_ja(summary.incident_kind.label))
    return said | {
        "drill": "【訓練】" if summary.is_drill else "",
        "demonstration": _ja(DEMONSTRATION) if summary.is_demonstration else "",
        "as_of": long_moment(summary.as_of),
        "issue": issue_text(summary),
        "incident": summary.incident_name,
        "city": summary.city_name_ja,
        "prefecture": summary.prefecture_ja,
        "receiver": "",
        "reported_at": long_moment(_reported_at(summary)),
        "started_at": long_moment(summary.started_at),
        "overview": said[FormText.OVERVIEW] or overview,
        "damage": "\n".join(filter(None, (said[FormText.DAMAGE], _calls(summary)))),
        "emergency_calls": _calls(summary),
        "headquarters": _headquarters(said),
        "response": said[FormText.RESPONSE] or compiled,
        "remarks": said[FormText.REMARKS] or compiled,
        "related_dead": figure_text(summary.figure(_RELATED), Language.JA, PERSONS),
    }


def issue_text(summary: SituationSummary) -> str:
    """Return which issue it is (第 n 報), and whether it is a draft or was taken back."""
    issue = summary.issue
    if issue is None:
        return _ja(OF_NO_ISSUE)
    if issue.state.is_draft:
        return _filled(BEING_COMPILED, number=issue.number)
    if issue.state is IssueState.SIGNED_OFF:
        return _filled(SIGNED_OFF, number=issue.number)
    return _filled(NO_LONGER, number=issue.number, state=_ja(issue.state.label))


def long_moment(moment: datetime) -> str:
    """Return a moment in Japan as the form writes it, such as 2026年9月1日 12時00分."""
    at = jst(moment)
    return f"{at.year}年{at.month}月{at.day}日 {at:%H}時{at:%M}分"


def _reported_at(summary: SituationSummary) -> datetime:
    """Return when it was reported: when it was signed off; before that, what it is as of."""
    issue = summary.issue
    signed_off_at = issue.signed_off_at if issue else None
    return signed_off_at or summary.as_of


def _said(summary: SituationSummary, text: FormText) -> str:
    said = summary.said(text) or ""
    return long_moment(datetime.fromisoformat(said)) if said and text.is_moment else said


def _calls(summary: SituationSummary) -> str:
    said = summary.said(FormText.EMERGENCY_CALLS)
    return _filled(N_("Emergency calls (119): {said}"), said=said) if said else ""


def _headquarters(said: Mapping[str, str]) -> str:
    """Return name of the headquarters, and since when and until when they are set up."""
    set_up, dissolved = (
        said[FormText.HEADQUARTERS_SET_UP],
        said[FormText.HEADQUARTERS_DISSOLVED],
    )
    lines = (
        said[FormText.HEADQUARTERS_NAME],
        _filled(N_("Set up: {moment}"), moment=set_up) if set_up else "",
        _filled(N_("Dissolved: {moment}"), moment=dissolved) if dissolved else "",
    )
    return "\n".join(filter(None, lines))


def _orders(lines: Iterable[OrderLine]) -> Iterable[str]:
    """Yield 避難指示等の状況: each order in force, to whom, and since when."""
    told = [_order(line) for line in lines]
    yield _ja(N_("Evacuation orders:")) + ("" if told else _ja(N_("none in force")))
    yield from told


def _order(line: OrderLine) -> str:
    areas = areas_text(line.areas, Language.JA, is_whole=line.is_whole, is_drawn=line.is_drawn)
    return _filled(
        N_("- {order}: {areas} (announced {moment})"),
        order=order_text(line.kind, line.hazard, Language.JA),
        areas=areas,
        moment=moment_text(line.announced_at),
    )


def _shelters(summary: SituationSummary) -> str:
    """Return 避難所の設置状況: how many are open, who is in them, and what is unknown of that."""
    persons, households = summary.persons, summary.households
    return _filled(
        N_("Shelters: {open} open, {persons}{unknown_persons}, {households}{unknown_households}"),
        open=f"{len(summary.open_shelters):,}",
        persons=_counted(persons.known, N_("{count} persons"), UNKNOWN_PERSONS),
        unknown_persons=_in_brackets(tally_note(persons, Language.JA)),
        households=_counted(households.known, N_("{count} households"), UNKNOWN_HOUSEHOLDS),
        unknown_households=_in_brackets(tally_note(households, Language.JA)),
    )


def _counted(known: float | None, message: str, unknown: str) -> str:
    return _ja(unknown) if known is None else _filled(message, count=f"{known:,}")


def _in_brackets(note: str) -> str:
    return f"（{note}）" if note else ""


def _ja(message: str) -> str:
    return translate(message, Language.JA)


def _filled(message: str, **said: str | int) -> str:
    return _ja(message).format(**said)
