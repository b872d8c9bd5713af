"""Map layers in words."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from gis.config import city_profile
from gis.layers import LAYERS, View
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.operations.openings import open_shelters
from gis.queries.incidents import incident_named
from gis.reports.layer_tables import COLUMNS, Table, layer_table
from gis.store import Workspace
from gis.text import Language, translate
from tests.conftest import HEADQUARTERS, NOON, MakeShelter
from tests.gis import annotating
from tests.gis.announcing import NANKO, issue
from tests.gis.closing import STRETCH, state
from tests.gis.conftest import Report
from tests.gis.supplying import Supplying, run_short, send_out

CITY = city_profile("142077")


def in_words(
    workspace: Workspace,
    name: str,
    incident_id: UUID,
    language: Language = Language.EN,
    *,
    is_past: bool = False,
) -> Table:
    with workspace.reading() as session:
        view = View(CITY, incident_named(session, incident_id), NOON, is_past=is_past)
        return layer_table(name, LAYERS[name].features(session, view), language)


def test_every_layer_can_be_read() -> None:
    assert set(COLUMNS) == set(LAYERS)


@pytest.mark.parametrize("name", COLUMNS)
def test_headings_are_there_in_both_languages(name: str) -> None:
    for column in COLUMNS[name]:
        assert translate(column.heading, Language.JA) != column.heading


def test_unknown_none_and_not_applicable_are_three_things(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter
) -> None:
    empty, uncounted = make_shelter("空の所"), make_shelter("未報告の所", capacity=None)
    make_shelter("開けていない所", lon=None, lat=None)
    with workspace.transaction(HEADQUARTERS) as session:
        open_shelters(session, incident_id, [empty, uncounted])
        record_occupancy(session, Reading(uuid4(), empty, Counts(persons=0)))
    table = in_words(workspace, "shelters", incident_id)
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["空の所"][:4] == ["Open", "Has room", "0", "120"]
    assert rows["未報告の所"][:4] == ["Open", "Unknown", "Unknown", "Unknown"]
    assert rows["開けていない所"][:3] == ["Not opened", "—", "—"]
    assert rows["空の所"][-1] == "35.33770, 139.38970"
    assert rows["開けていない所"][-1] == "Unknown"


@pytest.mark.usefixtures("city")
def test_each_kind_of_mark_has_its_row(
    workspace: Workspace, incident_id: UUID, report: Report, open_shelter: Callable[..., UUID]
) -> None:
    send_out(Supplying(workspace), open_shelter())
    run_short(workspace, open_shelter("梅田小学校"))
    report(location=(139.4, 35.33))
    issue(workspace, *NANKO)
    state(workspace, path=STRETCH)
    annotating.draw(workspace)
    for name in COLUMNS.keys() - {"hazard-zones", "shelters"}:
        for language in Language:
            table = in_words(workspace, name, incident_id, language)
            assert table.rows, name
            assert {len(row) for row in table.rows} == {len(table.headings)}
            assert all(cell and "None" not in cell for row in table.rows for cell in row)


@pytest.mark.usefixtures("city")
def test_a_table_says_what_lies_where_and_what_is_late(
    workspace: Workspace, incident_id: UUID, open_shelter: Callable[..., UUID]
) -> None:
    supplying = Supplying(workspace)
    dispatch = send_out(supplying, open_shelter())
    supplying.delay(dispatch, NOON - timedelta(minutes=25))
    (lying,) = in_words(workspace, "depots", incident_id).rows
    assert lying[:2] == ["中央拠点", "In use"]
    assert lying[5] == "Drinking water 70 L"
    (lay,) = in_words(workspace, "depots", incident_id, is_past=True).rows
    assert lay[5] == "Drinking water 70 L, What was reserved then is unknown"
    (going,) = in_words(workspace, "dispatches", incident_id, Language.JA).rows
    assert going[0] == "飲料水 30 L"
    assert going[7].startswith("2026-09-01 11:35")
    assert "25" in going[7].removeprefix("2026-09-01 11:35")
    assert (going[1], going[4], going[5]) == ("中央拠点", "1号車", "輸送班")


@pytest.mark.usefixtures("city")
def test_a_table_says_until_when_what_runs_out_first_lasts(
    workspace: Workspace, incident_id: UUID, open_shelter: Callable[..., UUID]
) -> None:
    run_short(workspace, open_shelter())
    (row,) = in_words(workspace, "shortages", incident_id).rows
    assert row[:2] == ["鶴嶺小学校", "Within 6 hours"]
    assert row[2].startswith("Drinking water: lasts until 2026-09-01 17:00")
    assert row[3] == "1"
