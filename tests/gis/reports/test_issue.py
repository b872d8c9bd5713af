"""An issue says for ever what it said, and the fifteen of a real disaster what changed."""

import itertools
import json
from typing import Any

import pytest
from hypothesis import given, settings

from gis.figures import Change
from gis.reports import RENDERINGS, SituationSummary
from gis.reports.issue import before_next, frozen, thawed
from gis.reports.rendering import file_name
from gis.store import Workspace
from gis.vocabulary import FigureState
from tests.conftest import shared_file
from tests.gis.declaring import declare, figure_told, issue_of, sign
from tests.gis.reports.made import summary_of_noon
from tests.gis.reports.situations import summaries

MEASURES = {
    "deaths": "dead.persons",
    "injured_severe": "seriously_injured.persons",
    "injured_light": "slightly_injured.persons",
    "houses_full": "dwelling_total.buildings",
    "houses_half": "dwelling_half.buildings",
    "houses_partial": "dwelling_partial.buildings",
    "power_outage": "electricity.customers",
    "water_outage": "water.customers",
}
"""Of a prefecture's tables, what the form has a cell for."""
ADDED_LATER = ("closures", "landslides", "sender")


@settings(max_examples=40, deadline=None)
@given(summaries)
def test_what_was_frozen_thaws_unchanged(summary: SituationSummary) -> None:
    assert thawed(json.loads(json.dumps(frozen(summary), allow_nan=False))) == summary


def test_one_that_was_frozen_before_knows_less_and_can_still_be_read() -> None:
    told = frozen(summary_of_noon())
    older = {name: value for name, value in told.items() if name not in ADDED_LATER}
    read = thawed(older)
    assert (read.closures, read.landslides, read.sender.email) == ((), (), None)


@settings(max_examples=20, deadline=None)
@given(summaries)
def test_an_issue_that_follows_at_once_has_no_changes(summary: SituationSummary) -> None:
    before = before_next(summary, 1)
    assert not [one.key for one in summary.figures if before.figures[one.key].value != one.value]


@settings(max_examples=10, deadline=None)
@given(summaries)
def test_a_file_of_an_issue_says_which(summary: SituationSummary) -> None:
    name = file_name(summary, RENDERINGS["csv"])
    assert ("_issue" in name) == (summary.issue is not None)


@pytest.mark.usefixtures("incident_id")
def test_fifteen_tables_of_a_real_disaster_become_fifteen_issues(workspace: Workspace) -> None:
    tables = _tables("熊本市")
    assert len(tables) == 15
    versions = dict.fromkeys(MEASURES.values(), 0)
    last: dict[str, float | None] = dict.fromkeys(MEASURES.values())
    corrections = 0
    for number, table in enumerate(tables, start=1):
        told = {key: table[measure] for measure, key in MEASURES.items()}
        changed = [key for key in told if number == 1 or told[key] != last[key]]
        declare(
            workspace,
            *(
                figure_told(
                    key,
                    told[key],
                    state=FigureState.CONFIRMED
                    if told[key] is not None
                    else FigureState.UNCONFIRMED,
                    version=versions[key],
                    confirmed=frozenset({"figure-above-population"}),
                )
                for key in changed
            ),
        )
        for key in changed:
            versions[key] += 1
        issue = issue_of(workspace, sign(workspace))
        assert issue.issue is not None
        assert issue.issue.number == number
        for key, value in told.items():
            assert issue.figure(key).value == value
            assert issue.change(key) == _expected(key, last[key], value, number)
            corrections += bool((made := issue.change(key)) and made.is_correction)
        last = dict(told)
    assert corrections == sum(
        1
        for earlier, later in itertools.pairwise(tables)
        for measure, key in MEASURES.items()
        if not key.startswith(("electricity", "water"))
        and earlier[measure] is not None
        and later[measure] is not None
        and later[measure] < earlier[measure]
    )


def _tables(municipality: str) -> list[dict[str, Any]]:
    content = json.loads(shared_file("data/kumamoto2026/pref_snapshots.json").read_text("utf-8"))
    return [snapshot["municipalities"][municipality] for snapshot in content["snapshots"]]


def _expected(key: str, before: float | None, now: float | None, number: int) -> Change | None:
    if number == 1 or before == now:
        return None
    if before is None or now is None:
        return Change(before, None, is_correction=False)
    is_correction = now < before and not key.startswith(("electricity", "water"))
    return Change(before, now - before, is_correction=is_correction)
