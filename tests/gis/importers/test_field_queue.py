"""Files that the field app saved, read without a store."""

import base64
import json
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.errors import Refused
from gis.importers.damage_list import ReportList
from gis.importers.damage_reports import parse_reports
from gis.importers.errors import BrokenFile, EmptyReportFile, NewerFieldQueue
from gis.vocabulary import DamageCategory, LocatedBy, Source

TODAY = date(2026, 9, 1)
REPORT: dict[str, Any] = {
    "id": str(uuid4()),
    "category": "road",
    "location": {"lon": 139.4, "lat": 35.3},
    "located_by": "gps",
    "accuracy_m": 8.5,
    "observed_at": "2026-09-01T02:30:00.000Z",
    "reporter": "第3班",
    "source": "field_app",
}
PHOTOGRAPH: dict[str, Any] = {
    "id": str(uuid4()),
    "report_id": REPORT["id"],
    "taken_at": "2026-09-01T02:29:00Z",
    "jpeg_base64": base64.b64encode(b"jpeg").decode(),
}


def queue(*reports: object, photographs: object = (), version: int = 1) -> bytes:
    saved = {"format": "disaster-hq-field-queue", "version": version}
    return json.dumps(saved | {"reports": reports, "photographs": photographs}).encode()


def read(content: bytes) -> ReportList:
    return parse_reports(content, TODAY)


def test_a_report_is_read_as_the_field_app_wrote_it() -> None:
    found = read(queue(REPORT, photographs=[PHOTOGRAPH]))
    (row,), (photograph,) = found.rows, found.photographs
    assert found.problems == ()
    assert str(row.id) == REPORT["id"] == str(photograph.report_id)
    assert (row.category, row.source) == (DamageCategory.ROAD, Source.FIELD_APP)
    assert (row.location, row.accuracy_m, row.located_by) == ((139.4, 35.3), 8.5, LocatedBy.GPS)
    assert row.observed_at
    assert row.observed_at.isoformat() == "2026-09-01T02:30:00+00:00"
    assert photograph.content == b"jpeg"


def test_one_that_is_broken_holds_up_no_other() -> None:
    other = REPORT | {"category": "なにか"}
    broken = PHOTOGRAPH | {"jpeg_base64": "?"}
    found = read(queue(other, 3, REPORT, photographs=[broken, PHOTOGRAPH, None]))
    assert [row.row for row in found.rows] == [3]
    assert found.refused_rows == {1, 2}
    assert len(found.photographs) == 1
    assert [problem.column for problem in found.problems] == [
        "category",
        "category",
        "photographs",
        "photographs",
    ]


def test_what_cannot_be_read_is_refused_as_a_whole() -> None:
    with pytest.raises(NewerFieldQueue):
        read(queue(REPORT, version=2))
    with pytest.raises(EmptyReportFile):
        read(queue())
    with pytest.raises(BrokenFile):
        read(queue(REPORT)[:-20])


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(sorted(REPORT)), JSON), JSON, st.lists(JSON, max_size=2))
def test_nothing_in_it_makes_more_than_a_problem(
    changed: dict[str, Any], other: object, photographs: list[object]
) -> None:
    content = queue(REPORT | changed, other, photographs=[PHOTOGRAPH | changed, *photographs])
    found = read(content)
    assert len(found.rows) + len(found.refused_rows) == found.row_count == 2
    with suppress(Refused):
        read(content[:200] + str(other).encode(errors="replace") + content[200:])
