"""The situation summary on paper: one page of figures and a map, then the tables; set by Typst."""

from typing import Final

from gis.reports.paper_front import front
from gis.reports.paper_look import FAMILY, Said, palette, set_pages
from gis.reports.paper_sections import sections
from gis.reports.rendering import DEMONSTRATION, Rendering, moment_text
from gis.reports.situation import SituationSummary
from gis.text import N_, Language, translate
from gis.vocabulary import IssueState

TEMPLATE: Final = "situation_summary.typ"
TITLE: Final = N_("Situation summary")
DRILL: Final = N_("This is a drill.")
AS_OF: Final = N_("As of {moment} (Japan time)")
ISSUE: Final = N_("Issue {number}")
DRAFT: Final = N_("Issue {number} (draft)")
WITHDRAWN: Final = N_("Issue {number} (withdrawn)")
DISCARDED: Final = N_("Issue {number} (discarded)")
STARTED: Final = N_("{kind}, since {moment}")
SIGNED_OFF: Final = N_("Signed off by {name} at {moment}")
NOT_FINAL: Final = {
    IssueState.COMPILED: (DRAFT, N_("DRAFT")),
    IssueState.REVIEWED: (DRAFT, N_("DRAFT")),
    IssueState.WITHDRAWN: (WITHDRAWN, N_("WITHDRAWN")),
    IssueState.DISCARDED: (DISCARDED, N_("DISCARDED")),
}
"""What an issue that does not hold is called, and what stands across its pages."""


def render(summary: SituationSummary, language: Language) -> bytes:
    """Return the summary as PDF on A4: text is text, drawings are vectors, nothing is fetched."""
    return set_pages(
        TEMPLATE,
        {
            "language": language.value,
            "font": FAMILY,
            "palette": dict(palette()),
            **_head(summary, language),
            "front": front(summary, language),
            "sections": sections(summary, language),
        },
    )


def issue_text(summary: SituationSummary, language: Language) -> str | None:
    """Return which issue it is, and whether it holds: 第3報, 第3報（案）; None of no issue."""
    if summary.issue is None:
        return None
    message = NOT_FINAL.get(summary.issue.state, (ISSUE, ""))[0]
    return translate(message, language).format(number=summary.issue.number)


def _head(summary: SituationSummary, language: Language) -> dict[str, Said]:
    is_japanese = language is Language.JA
    city = summary.city_name_ja if is_japanese else summary.city_name_en
    prefecture = summary.prefecture_ja if is_japanese else summary.prefecture_en
    kind = translate(summary.incident_kind.label, language)
    return {
        "title": translate(TITLE, language),
        "city": f"{prefecture}{city}" if is_japanese else f"{city}, {prefecture}",
        "incident": summary.incident_name,
        "started": translate(STARTED, language).format(
            kind=kind, moment=moment_text(summary.started_at)
        ),
        "as_of": translate(AS_OF, language).format(moment=moment_text(summary.as_of)),
        "issue": issue_text(summary, language),
        "across": _across(summary, language),
        "signed_off": _signed_off(summary, language),
        "drill": translate(DRILL, language) if summary.is_drill else None,
        "demonstration": translate(DEMONSTRATION, language) if summary.is_demonstration else None,
    }


def _across(summary: SituationSummary, language: Language) -> str | None:
    if summary.issue is None or summary.issue.state not in NOT_FINAL:
        return None
    return translate(NOT_FINAL[summary.issue.state][1], language)


def _signed_off(summary: SituationSummary, language: Language) -> str | None:
    issue = summary.issue
    if issue is None or issue.state is not IssueState.SIGNED_OFF or issue.signed_off_at is None:
        return None
    return translate(SIGNED_OFF, language).format(
        name=issue.signed_off_by or "—", moment=moment_text(issue.signed_off_at)
    )


RENDERING = Rendering("pdf", N_("PDF"), ".pdf", "application/pdf", render)
