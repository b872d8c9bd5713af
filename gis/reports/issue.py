"""Issues of the situation summary: the frozen value, to the store and back, and what it changes."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from pydantic import RootModel
from sqlalchemy.orm import Session

from gis.figures import FigureBefore, IssueBefore
from gis.queries.summary_issues import IssueView, compiled_of, issue
from gis.reports.situation import SituationSummary


class _Frozen(RootModel[SituationSummary], ser_json_inf_nan="strings"):
    """A shelter without a single place can be infinitely crowded, for which JSON has no number."""


def frozen(summary: SituationSummary) -> dict[str, Any]:
    """Return a summary as JSON can hold it, for :func:`thawed`."""
    content: dict[str, Any] = json.loads(_Frozen(summary).model_dump_json())
    return content


def thawed(content: dict[str, Any]) -> SituationSummary:
    """Return the summary that was frozen.

    What the value has learned to hold since then is empty: fields that are added to it need a
    default for ever.
    """
    return _Frozen.model_validate(content).root


def issued(session: Session, issue_id: UUID) -> SituationSummary:
    """Return an issue as it was compiled, marked with what became of it.

    Raises
    ------
    gis.errors.NotFound
        There is no such issue.
    """
    return marked(session, issue(session, issue_id))


def marked(session: Session, view: IssueView) -> SituationSummary:
    """Return what was compiled of an issue, marked with what became of it."""
    return replace(thawed(compiled_of(session, view.id)), issue=view.mark)


def before_next(summary: SituationSummary, number: int) -> IssueBefore:
    """Return what the issue after this one compares itself with."""
    return IssueBefore(
        number=number,
        as_of=summary.as_of,
        figures={one.key: FigureBefore(one.value, one.state) for one in summary.figures},
        persons=summary.persons,
        households=summary.households,
        open_shelters=len(summary.open_shelters),
        orders_in_force=len(summary.orders_in_force),
        damage_reports=summary.damage_total,
    )
