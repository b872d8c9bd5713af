"""Files of damage reports, taken into a real store."""

import csv
import io
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from gis.errors import IncidentNotOpen
from gis.importers.damage_list import DamageRow, ReportList, SavedPhotograph
from gis.importers.damage_reports import parse_reports
from gis.importers.refused import refused_csv
from gis.models.damage_report import REPORTER_LENGTH
from gis.operations.damage_report_files import (
    STEP_ROWS,
    Intake,
    take_in_photographs,
    take_in_reports,
)
from gis.operations.incidents import close_incident, open_incident
from gis.store import Workspace
from gis.text import Language
from gis.vocabulary import DamageCategory, IncidentKind, Source
from tests.conftest import HEADQUARTERS, NOON
from tests.gis.conftest import Ask
from tests.gis.importers.lists import csv_text
from tests.photographs import photograph

TODAY = date(2026, 9, 1)
HOUSE = {
    "区分": "住家",
    "程度": "半壊",
    "緯度": "35.333827",
    "経度": "139.403497",
    "場所": "鳥井戸橋の西",
    "確認日時": "9月1日 11時30分",
    "内容": "<b>屋根</b>が落ちた",
    "班": "第3班",
}
ROAD = HOUSE | {"区分": "道路", "程度": "甚大", "内容": "陥没"}
LATER = ROAD | {"確認日時": "9月1日 23時"}
"""At an hour that has not come."""

pytestmark = pytest.mark.usefixtures("incident_id")


def take(workspace: Workspace, content: bytes | str) -> Intake:
    content = content.encode() if isinstance(content, str) else content
    with workspace.transaction(HEADQUARTERS) as session:
        return take_in_reports(session, parse_reports(content, TODAY), Language.EN)


def test_the_reports_of_a_file_are_filed_as_it_tells_them(workspace: Workspace, ask: Ask) -> None:
    done = take(workspace, csv_text(HOUSE))
    assert (len(done.new_ids), done.known, done.problems) == (1, 0, ())
    assert ask(
        "SELECT category, dwelling_class, severity, place_text, note, reporter, source,"
        " ST_X(location), observed_at::text FROM damage_report"
    ) == [
        ("dwelling", "half", None, "鳥井戸橋の西", "<b>屋根</b>が落ちた", "第3班", "file",
         139.403497, "2026-09-01 02:30:00+00"),
    ]  # fmt: skip


def test_a_file_is_taken_in_again_without_changing_anything(workspace: Workspace, ask: Ask) -> None:
    rows = [HOUSE, ROAD, ROAD | {"確認日時": ""}]
    assert len(take(workspace, csv_text(*rows)).new_ids) == 3
    columns = list(reversed(HOUSE))
    again = take(workspace, csv_text(*reversed(rows), columns=columns).encode("cp932"))
    assert (again.new_ids, again.known, again.problems) == ((), 3, ())
    assert ask("SELECT count(*) FROM damage_report") == [(3,)]


def test_a_row_goes_by_the_id_that_it_names(workspace: Workspace, ask: Ask) -> None:
    named = {"ID": str(uuid4()), **HOUSE}
    take(workspace, csv_text(named))
    assert ask("SELECT id::text FROM damage_report") == [(named["ID"],)]
    (problem,) = take(workspace, csv_text(named | {"内容": "別の話"})).problems
    assert (problem.row, problem.taken) == (2, False)
    assert ask("SELECT count(*) FROM damage_report") == [(1,)]


def test_what_the_store_refuses_is_left_out_with_its_reason(workspace: Workspace, ask: Ask) -> None:
    wordy = ROAD | {"班": "班" * (REPORTER_LENGTH + 1)}
    content = csv_text(LATER, HOUSE, wordy).encode()
    done = take(workspace, content)
    assert [problem.row for problem in done.problems] == [2, 4]
    assert "future" in done.problems[0].expected
    assert ask("SELECT category FROM damage_report") == [("dwelling",)]
    file = parse_reports(content, TODAY)
    again = refused_csv(file, Language.JA, done.problems)
    rows = list(csv.DictReader(io.StringIO(again.decode("utf-8-sig"))))
    assert [row["確認日時"] for row in rows] == ["9月1日 23時", "9月1日 11時30分"]
    # The reasons stand in a column of their own, which is no report's.
    assert parse_reports(again, TODAY).problems == ()


def test_a_preview_is_the_import_taken_back(workspace: Workspace, ask: Ask) -> None:
    file = parse_reports(csv_text(HOUSE, LATER).encode(), TODAY)
    with workspace.rehearsal(HEADQUARTERS) as session:
        plan = take_in_reports(session, file, Language.EN)
    assert (len(plan.new_ids), len(plan.problems)) == (1, 1)
    assert ask("SELECT count(*) FROM damage_report") == [(0,)]


def test_the_same_words_in_another_incident_are_another_report(
    workspace: Workspace, incident_id: UUID, ask: Ask
) -> None:
    take(workspace, csv_text(HOUSE))
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)
        open_incident(session, "余震", IncidentKind.EARTHQUAKE)
    assert len(take(workspace, csv_text(HOUSE)).new_ids) == 1
    assert ask("SELECT count(*) FROM damage_report") == [(2,)]


def test_progress_can_end_it_with_nothing_written(workspace: Workspace, ask: Ask) -> None:
    rows = [ROAD | {"内容": str(number)} for number in range(STEP_ROWS + 1)]
    file = parse_reports(csv_text(*rows).encode(), TODAY)

    def stop(count: int) -> None:
        if count:
            raise TimeoutError

    with pytest.raises(TimeoutError), workspace.transaction(HEADQUARTERS) as session:
        take_in_reports(session, file, Language.EN, progress=stop)
    assert ask("SELECT count(*) FROM damage_report") == [(0,)]


def test_without_an_incident_nothing_is_taken_in(workspace: Workspace, incident_id: UUID) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)
    with pytest.raises(IncidentNotOpen):
        take(workspace, csv_text(HOUSE))


def test_a_moment_in_the_past_is_believed(workspace: Workspace, ask: Ask) -> None:
    take(workspace, csv_text(HOUSE | {"確認日時": f"{TODAY - timedelta(days=2)} 10:00"}))
    assert ask("SELECT observed_at::text FROM damage_report") == [("2026-08-30 01:00:00+00",)]


def saved(*photographs: SavedPhotograph, report_id: UUID) -> ReportList:
    row = DamageRow(row=1, id=report_id, category=DamageCategory.ROAD, source=Source.FIELD_APP)
    return ReportList((row,), (), 1, photographs=photographs)


def test_a_saved_queue_goes_in_with_its_photographs_each_once(
    workspace: Workspace, ask: Ask
) -> None:
    report_id = uuid4()
    good = SavedPhotograph(uuid4(), report_id, photograph(), NOON)
    bad = SavedPhotograph(uuid4(), report_id, b"<svg onload=alert(1)>")
    lost = SavedPhotograph(uuid4(), uuid4(), photograph())
    queue = saved(good, bad, lost, report_id=report_id)
    for is_new in (True, False):
        with workspace.transaction(HEADQUARTERS) as session:
            reports = take_in_reports(session, queue, Language.EN)
            pictures = take_in_photographs(session, queue.photographs, Language.EN)
        assert (reports.new_ids, pictures.new_ids) == (
            ((report_id,), (good.id,)) if is_new else ((), ())
        )
        assert [problem.found for problem in pictures.problems] == [str(bad.id), str(lost.id)]
    assert ask("SELECT id, report_id, source FROM photograph") == [
        (good.id, report_id, "field_app")
    ]
