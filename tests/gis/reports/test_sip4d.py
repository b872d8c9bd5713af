"""SIP4D-ZIP: what passes its rules, and says what the summary says."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import geopandas
import pytest
from hypothesis import Phase, given, settings

from gis.config import Sender
from gis.errors import ExchangeFieldUnfit
from gis.figures import IssueMark
from gis.reports import RENDERINGS, SituationSummary, file_name
from gis.reports.sip4d_fields import DATA_TYPES
from gis.reports.sip4d_terms import CROWDED, ESTABLISHED, PASSABLE, road_type
from gis.text import Language
from gis.vocabulary import (
    ClosureGrade,
    FigureState,
    IssueState,
    ShelterState,
    Vacancy,
)
from tests.conftest import NOON
from tests.gis.reports.made import closure, declaring, shelter, summary_of_noon
from tests.gis.reports.sip4d_checker import faults, opened, template
from tests.gis.reports.situations import summaries

FORMS = ("sip4d_shelters", "sip4d_road_closures", "sip4d_landslides", "sip4d_damage")
every_form = pytest.mark.parametrize("name", FORMS)
any_summary = given(summary=summaries)
quick = settings(max_examples=25, deadline=None, phases=set(Phase) - {Phase.explain})

LINE = ((139.4035, 35.3338), (139.4066, 35.3307))
SPOT = ((139.0, 35.0),)


def sent(name: str, summary: SituationSummary) -> bytes:
    return RENDERINGS[name].render(summary, Language.EN)


def meta(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = opened(content)["sip4d_zip_meta.json"]
    return found


def properties(content: bytes) -> list[dict[str, Any]]:
    files = opened(content)
    names = [entry["file"] for entry in meta(content)["entry"]]
    return [each["properties"] for name in names for each in files[name]["features"]]


@every_form
@quick
@any_summary
def test_it_passes_the_rules_of_the_format(name: str, summary: SituationSummary) -> None:
    assert faults(sent(name, summary)) == []


def altered(content: bytes, file: str, old: str, new: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, told in opened(content).items():
            text = json.dumps(told, ensure_ascii=False)
            if name == file:
                assert old in text
                text = text.replace(old, new, 1)
            archive.writestr(name, text)
    return target.getvalue()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sip4d_zip_meta.json", "{", "\ufeff{"),
        ("sip4d_zip_meta.json", "2026-09-01T12:00:00", "2026/09/01 12:00:00"),
        ("sip4d_zip_meta.json", "2026-09-01T12:00:00", "2026-09-01T12:00:00+09:00"),
        ("sip4d_zip_meta.json", "bosai@example.jp", "bosai"),
        ("sip4d_zip_meta.json", "災害対応機関のみ公開可能", "秘密"),
        ("sip4d_zip_meta.json", '"entry_num": 1', '"entry_num": 2'),
        ("shelters.geojson", "139.0", "139"),
        ("shelters.geojson", "35.3377", "35.3377, 12.5"),
        ("shelters.geojson", '"eststts": "開設"', '"eststts": null'),
        ("shelters.geojson", '"name": "鶴嶺小学校"', '"names": "鶴嶺小学校"'),
        ("shelters.geojson", '"crowdstts": "混雑"', '"crowdstts": "やや混雑"'),
        ("shelters.geojson", '"evacueeno": 120', '"evacueeno": "120"'),
        ("shelters.geojson", "2026-09-01T10:00:00", "2026-09-01 10:00"),
        ("shelters_columns.json", '"num_column": ', '"num_column": 1'),
        ("shelters_columns.json", '"name": "eststts"', '"name": "state"'),
    ],
)
def test_the_rules_are_worth_something(file: str, old: str, new: str) -> None:
    summary = replace(summary_of_noon(), shelters=(shelter(lon=139.0),))
    content = sent("sip4d_shelters", summary)
    assert faults(content) == []
    assert faults(altered(content, file, old, new))


@every_form
def test_it_passes_where_there_is_nothing_to_tell(name: str) -> None:
    assert faults(sent(name, summary_of_noon())) == []


@pytest.mark.parametrize("data_type", DATA_TYPES, ids=lambda one: one.code)
def test_what_the_templates_demand_is_demanded_here(data_type: Any) -> None:  # noqa: ANN401
    official = {one["connid"]: one for one in template(data_type.code)["properties_value"]}
    ours = {field.name: field for field in data_type.fields}
    assert {name for name, one in official.items() if one["necessary"]} == {
        name for name, field in ours.items() if field.is_required
    }
    for name, field in ours.items():
        assert (field.kind, list(field.values)) == (
            official[name]["type"],
            official[name].get("values", []),
        )


@quick
@any_summary
def test_every_shelter_with_a_place_is_there_with_its_figures(summary: SituationSummary) -> None:
    rows = properties(sent("sip4d_shelters", summary))
    placed = [line for line in summary.shelters if line.facts.lon is not None]
    for row, line in zip(rows, placed, strict=True):
        assert (row["name"], row["eststts"]) == (line.name, ESTABLISHED[line.state])
        assert (row["evacueeno"], row["houseno"]) == (line.persons, line.households)
        assert row["sevacueeno"] == line.counts.voluntary_persons
        assert row["shouseno"] == line.counts.voluntary_households
        assert row["capacity"] == (None if line.capacity_is_fictitious else line.capacity)


@quick
@any_summary
def test_what_has_no_place_is_left_out_and_counted(summary: SituationSummary) -> None:
    lost = sum(line.facts.lon is None for line in summary.shelters)
    remark = meta(sent("sip4d_shelters", summary))["remark"]
    assert (f"位置が分からない{lost}件" in remark) == bool(lost)
    assert bool(remark) == bool(lost)


@quick
@any_summary
def test_every_closure_in_force_is_there(summary: SituationSummary) -> None:
    rows = {row["id"]: row for row in properties(sent("sip4d_road_closures", summary))}
    lines = {str(line.id): line for line in summary.closures_in_force if line.path}
    assert rows.keys() == lines.keys()
    for key, row in rows.items():
        assert row["passstts"] == PASSABLE[lines[key].grade]
        assert row["roadname"] == lines[key].road_name


DECLARED = {
    "deadno": "dead.persons",
    "missingno": "missing.persons",
    "seriousno": "seriously_injured.persons",
    "slightno": "slightly_injured.persons",
    "alldstno": "dwelling_total.buildings",
    "halfdstno": "dwelling_half.buildings",
    "partdstno": "dwelling_partial.buildings",
    "floorfno": "dwelling_over_floor.buildings",
    "ufloorfno": "dwelling_under_floor.buildings",
    "pubfacno": "public_building.buildings",
}


@quick
@any_summary
def test_every_figure_is_the_declared_one_and_unknown_is_never_0(summary: SituationSummary) -> None:
    placed = replace(summary, sender=replace_place(summary.sender))
    (row,) = properties(sent("sip4d_damage", placed))
    for name, key in DECLARED.items():
        assert row[name] == summary.figure(key).value


def replace_place(sender: Sender) -> Sender:
    return sender.model_copy(update={"lon": 139.4, "lat": 35.3})


def test_fires_add_up_only_where_all_of_them_are_known() -> None:
    keys = ("fire_building.fires", "fire_hazardous.fires", "fire_other.fires")
    known = declaring(dict(zip(keys, (2.0, 0.0, 1.0), strict=True)))
    (row,) = properties(sent("sip4d_damage", known))
    assert row["fireno"] == 3
    (row,) = properties(sent("sip4d_damage", declaring({keys[0]: 2.0})))
    assert row["fireno"] is None


def test_what_nobody_has_confirmed_is_named() -> None:
    summary = declaring({"dead.persons": 2.0}, FigureState.UNCONFIRMED)
    (row,) = properties(sent("sip4d_damage", summary))
    assert (row["deadno"], row["note"]) == (2, "未確認の値: 死者数")


@pytest.mark.parametrize(
    ("is_drill", "is_demonstration", "flag"),
    [
        (False, False, "通常"),
        (True, False, "訓練"),
        (True, True, "訓練"),
        (False, True, "試験"),
    ],
)
@every_form
def test_only_what_is_real_says_so(
    name: str, flag: str, *, is_drill: bool, is_demonstration: bool
) -> None:
    summary = replace(summary_of_noon(), is_drill=is_drill, is_demonstration=is_demonstration)
    told = meta(sent(name, summary))
    assert told["testflg"] == flag
    marks = [text.startswith(f"【{flag}】") for text in (told["title"], told["disaster"]["name"])]
    assert marks == [flag != "通常"] * 2
    assert file_name(summary, RENDERINGS[name]).startswith("kunren_") == is_drill


@every_form
def test_moments_are_those_of_a_clock_in_japan(name: str) -> None:
    told = meta(sent(name, summary_of_noon()))
    assert told["information_date"] == told["updated"] == "2026-09-01T12:00:00"


@every_form
def test_the_number_of_the_report_is_that_of_the_issue(name: str) -> None:
    issue = IssueMark(number=7, state=IssueState.SIGNED_OFF, compiled_by="本部")
    told = meta(sent(name, replace(summary_of_noon(), issue=issue)))
    assert told["disaster"]["report"] == 7
    assert meta(sent(name, summary_of_noon()))["disaster"]["report"] == 0


@every_form
@settings(max_examples=5, deadline=None)
@any_summary
def test_the_same_summary_is_the_same_file(name: str, summary: SituationSummary) -> None:
    assert sent(name, summary) == sent(name, summary)


def test_a_file_keeps_its_name_for_life_and_shares_it_with_no_other() -> None:
    summary = summary_of_noon()
    later = replace(summary, as_of=NOON + timedelta(hours=1))
    ids = [meta(sent(name, summary))["ttid"] for name in FORMS]
    assert ids == [meta(sent(name, later))["ttid"] for name in FORMS]
    assert len(set(ids)) == len(FORMS)


def test_lines_and_points_go_into_files_of_their_own(tmp_path: Path) -> None:
    summary = replace(
        summary_of_noon(),
        closures=(
            closure(1, LINE),
            closure(2, SPOT, road_name="県道30号"),
            closure(3, ()),
            replace(closure(4, SPOT), is_in_force=False, is_lifted=True),
        ),
    )
    content = sent("sip4d_road_closures", summary)
    assert faults(content) == []
    zipfile.ZipFile(io.BytesIO(content)).extractall(tmp_path)
    lines = geopandas.read_file(tmp_path / "road_closures_linestring.geojson")
    points = geopandas.read_file(tmp_path / "road_closures_point.geojson")
    assert [line.wkt for line in lines.geometry] == [
        "LINESTRING (139.4035 35.3338, 139.4066 35.3307)"
    ]
    assert [point.wkt for point in points.geometry] == ["POINT (139 35)"]
    assert [*lines["roadtype"], *points["roadtype"]] == ["一般国道", "都道府県道"]
    assert "1件" in meta(content)["remark"]


def test_a_gis_reads_a_shelter_as_it_is(tmp_path: Path) -> None:
    summary = replace(
        summary_of_noon(), shelters=(shelter(), shelter(name="梅田小学校", lon=139.0))
    )
    content = sent("sip4d_shelters", summary)
    zipfile.ZipFile(io.BytesIO(content)).extractall(tmp_path)
    read = geopandas.read_file(tmp_path / "shelters.geojson")
    assert read.crs.to_epsg() == 4326
    assert [point.x for point in read.geometry] == [139.3897, 139.0]
    first = read.iloc[0]
    assert (first["name"], first["citycode"], first["cityname"]) == (
        "鶴嶺小学校",
        "14207",
        "茅ヶ崎市",
    )
    assert (first["type"], first["division"]) == ("避難所", "指定緊急避難場所兼避難所")
    assert (first["evacueeno"], first["sevacueeno"], first["capacity"]) == (120, 12, 300)
    assert first["crowdstts"] == "混雑"


def test_an_invented_capacity_stays_in_the_house_and_so_does_what_rests_on_it() -> None:
    invented = replace(shelter(), capacity_is_fictitious=True)
    (row,) = properties(sent("sip4d_shelters", replace(summary_of_noon(), shelters=(invented,))))
    assert (row["capacity"], row["crowdstts"], row["evacueeno"]) == (None, "不明", 120)


def test_no_free_text_of_a_report_leaves_the_house() -> None:
    names = {field.name for one in DATA_TYPES for field in one.fields}
    assert not names & {"remarks", "spnotes", "pointname", "category"}


def test_without_an_address_nothing_is_sent() -> None:
    nobody = replace(summary_of_noon(), sender=Sender())
    with pytest.raises(ExchangeFieldUnfit) as refused:
        sent("sip4d_shelters", nobody)
    assert refused.value.field == "sender.email"


@pytest.mark.parametrize(("code", "field"), [("", "citycode"), ("１４２０７7", "citycode")])
def test_a_code_that_is_none_is_refused(code: str, field: str) -> None:
    with pytest.raises(ExchangeFieldUnfit) as refused:
        sent("sip4d_damage", replace(summary_of_noon(), city_code=code))
    assert refused.value.field == field
    assert "01-011-01" in refused.value.explain(Language.EN)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("国道134号", "一般国道"),
        ("県道30号（戸塚茅ヶ崎）", "都道府県道"),
        ("茅ヶ崎市道0121号線", "市区町村道"),
        ("新湘南バイパス", "不明"),
        ("首都圏中央連絡自動車道", "不明"),
        ("水道道", "不明"),
        ("都市計画道路東海岸寒川線", "不明"),
        (None, "不明"),
    ],
)
def test_a_road_is_of_the_kind_that_its_name_says(name: str | None, kind: str) -> None:
    assert road_type(name) == kind


def test_every_term_has_its_word() -> None:
    assert ESTABLISHED.keys() == set(ShelterState)
    assert CROWDED.keys() == set(Vacancy)
    assert PASSABLE.keys() == set(ClosureGrade)
