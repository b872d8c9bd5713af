"""What arrives at the same time is kept with one commit, and answers each for itself."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from dashboard.filing import Filing
from dashboard.workspaces import Desk
from gis.errors import PlaceAtZero, StoreRefuses
from gis.operations import Filed
from gis.operations.damage_reports import NewDamageReport
from gis.operations.incidents import open_incident
from gis.store import Actor
from gis.vocabulary import DamageCategory, IncidentKind, Role
from tests.conftest import HEADQUARTERS
from tests.dashboard.conftest import forget

TEAMS = [Actor(f"第{number}班", Role.FIELD) for number in range(1, 11)]


@pytest.fixture(autouse=True)
def desk(empty_desk: Desk) -> Desk:
    """A desk with an incident."""
    with empty_desk.transaction(HEADQUARTERS) as session:
        open_incident(session, "地震", IncidentKind.EARTHQUAKE)
    return empty_desk


def report(**said: Any) -> NewDamageReport:  # noqa: ANN401 - whatever a report may say
    return NewDamageReport(id=uuid4(), category=DamageCategory.ROAD, **said)


def file_at_once(*reports: NewDamageReport) -> list[Filed | BaseException]:
    """File reports of a team each; while the first is being filed, the others arrive."""

    async def file() -> list[Filed | BaseException]:
        filing = Filing()
        sent = zip(TEAMS, reports, strict=False)
        return await asyncio.gather(
            *(filing.file(team, report) for team, report in sent), return_exceptions=True
        )

    # A browser of the same run may have an event loop of its own on this thread.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, file()).result()


def stored(desk: Desk) -> list[tuple[str, ...]]:
    """Return which team's report was filed by whom, and by whom the change record says it was."""
    with desk.workspace.reading() as session:
        rows = session.execute(
            text(
                "SELECT reporter, recorded_by, actor FROM damage_report d"
                " JOIN change_record c ON c.row_key = d.id::text"
            )
        )
        return sorted(map(tuple, rows))


def test_what_arrives_meanwhile_is_kept_with_one_commit_each_by_its_own_team(desk: Desk) -> None:
    became = file_at_once(*(report(reporter=team.name) for team in TEAMS))
    assert all(isinstance(filed, Filed) and filed.is_new for filed in became)
    assert stored(desk) == sorted((team.name,) * 3 for team in TEAMS)
    with desk.workspace.reading() as session:
        commits = session.scalar(text("SELECT count(DISTINCT xmin::text) FROM damage_report"))
    assert commits == 2


def test_what_is_wrong_with_one_report_holds_up_no_other(desk: Desk) -> None:
    wrong = report(location=(0.0, 0.0))
    became = file_at_once(report(), report(), wrong, report())
    assert [type(each) for each in became] == [Filed, Filed, PlaceAtZero, Filed]
    assert len(stored(desk)) == 3


def test_what_the_store_refuses_takes_no_other_report_along(desk: Desk) -> None:
    unforeseen = report(note="\x00")
    became = file_at_once(report(), report(), unforeseen, report())
    assert [type(each) for each in became] == [Filed, Filed, StoreRefuses, Filed]
    assert len(stored(desk)) == 3


def test_each_who_waits_hears_of_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HQ_DATABASE_URL")
    forget()
    became = file_at_once(report(), report(), report())
    assert {type(each) for each in became} == {RuntimeError}
