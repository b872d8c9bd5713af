"""Tables for other bodies: the columns of their standards, the figures of the summary."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gis.figures import Statement
from gis.reports import (
    RENDERINGS,
    SituationSummary,
    eei_buildings,
    eei_casualties,
    eei_headquarters,
    eei_orders,
    eei_shelters,
)
from gis.reports.hxl_shelters import COLUMNS as HXL_COLUMNS
from gis.reports.sip4d_terms import ESTABLISHED
from gis.text import Language
from gis.vocabulary import FigureState, FormText
from tests.conftest import NOON, shared_file
from tests.gis.reports.made import declaring, shelter, summary_of_noon
from tests.gis.reports.situations import FORMULA_SIGNS, summaries

TABLES = {
    "eei_shelters": ("避難所", eei_shelters.COLUMNS),
    "eei_buildings": ("建物被害（市区町村毎）", eei_buildings.COLUMNS),
    "eei_casualties": ("人的被害（市区町村毎）", eei_casualties.COLUMNS),
    "eei_orders": ("避難指示等（発令毎）", eei_orders.COLUMNS),
    "eei_headquarters": ("市区町村災害対策本部", eei_headquarters.COLUMNS),
}
FORMS = (*TABLES,)
every_form = pytest.mark.parametrize("name", FORMS)
every_table = pytest.mark.parametrize("name", [*FORMS, "hxl_shelters"])
any_summary = given(summary=summaries, language=st.sampled_from(Language))
quick = settings(max_examples=20, deadline=None, phases=set(Phase) - {Phase.explain})


def rows_of(
    name: str, summary: SituationSummary, language: Language = Language.JA
) -> list[list[str]]:
    content = RENDERINGS[name].render(summary, language)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def records(name: str, summary: SituationSummary) -> list[dict[str, str]]:
    header, *rows = rows_of(name, summary)
    return [dict(zip(header, row, strict=True)) for row in rows]


def shown(figure: float | None) -> str:
    return "" if figure is None else str(int(figure))


def neutral(text: str) -> str:
    return f"'{text}" if text[:1] in {*FORMULA_SIGNS} else text


def items_of(table: str) -> list[str]:
    """The names of a table of EEI, in the order of the standard."""
    lines = shared_file("domain/eei_ds455-1.txt").read_text("utf-8").splitlines()
    start = lines.index(f"「{table}」") + 2
    end = next(number for number in range(start, len(lines)) if not lines[number].strip())
    return [line.split("|")[1].strip() for line in lines[start:end]]


@every_form
def test_the_columns_are_those_of_eei_in_its_order(name: str) -> None:
    table, columns = TABLES[name]
    items = items_of(table)
    assert [item for item in items if item in columns] == [*columns]
    if name != "eei_shelters":
        assert [*columns] == items


@every_form
@quick
@any_summary
def test_every_row_has_every_column(
    name: str, summary: SituationSummary, language: Language
) -> None:
    header, *rows = rows_of(name, summary, language)
    assert tuple(header) == TABLES[name][1]
    assert {len(row) for row in rows} <= {len(header)}


@every_table
@quick
@any_summary
def test_no_cell_begins_like_a_formula(
    name: str, summary: SituationSummary, language: Language
) -> None:
    cells = [cell for row in rows_of(name, summary, language) for cell in row]
    assert not [cell for cell in cells if cell[:1] in {*FORMULA_SIGNS, "\t", "\r", "\n"}]


@quick
@given(summary=summaries)
def test_every_shelter_is_there_with_its_figures(summary: SituationSummary) -> None:
    for row, line in zip(records("eei_shelters", summary), summary.shelters, strict=True):
        counts = line.counts
        assert row["開設状況"] == ESTABLISHED[line.state]
        assert row["避難者数（総数）"] == shown(line.persons)
        assert row["避難世帯数"] == shown(line.households)
        assert row["自主避難者数"] == shown(counts.voluntary_persons)
        assert row["自主避難世帯数"] == shown(counts.voluntary_households)
        assert row["避難者数（男）"] == shown(counts.men)
        assert row["職員数"] == shown(counts.staff)
        assert row["避難所外避難世帯数"] == shown(counts.outside_households)
        real = None if line.capacity_is_fictitious else line.capacity
        assert row["想定収容人数"] == shown(real)
        assert row["緯度"] == ("" if line.facts.lat is None else str(line.facts.lat))


@quick
@given(summary=summaries)
def test_every_declared_figure_is_there_and_unknown_is_never_0(summary: SituationSummary) -> None:
    for name, cells in (
        ("eei_buildings", eei_buildings.CELLS),
        ("eei_casualties", eei_casualties.CELLS),
    ):
        (row,) = records(name, summary)
        for column, key in cells.items():
            assert row[column] == shown(summary.figure(key).value)


@quick
@given(summary=summaries)
def test_a_number_of_people_is_told_only_where_it_leaves_nobody_out(
    summary: SituationSummary,
) -> None:
    for row, line in zip(records("eei_orders", summary), summary.orders, strict=True):
        for column, people in (("対象世帯数", line.households), ("対象人数", line.persons)):
            assert row[column] == ("" if people.unknown_places else shown(people.known))
        assert row["発令・解除区分"] == ("発令" if line.is_in_force else "解除")
        assert row["警戒レベル"] == shown(line.level)
        assert row["発令・解除理由"] == neutral(line.reason or "")


@pytest.mark.parametrize("flag", ["訓練", "試験", None])
@pytest.mark.parametrize("name", ["eei_shelters", "eei_buildings", "eei_casualties"])
def test_only_what_is_real_bears_no_mark(name: str, flag: str | None) -> None:
    summary = replace(
        summary_of_noon(),
        shelters=(shelter(),),
        is_drill=flag == "訓練",
        is_demonstration=flag is not None,
    )
    ((row),) = records(name, summary)
    assert (f"【{flag}】" in "".join(row.values())) == (flag is not None)
    assert ("【" in "".join(row.values())) == (flag is not None)


def test_a_shelter_reads_as_eei_asks_it() -> None:
    (row,) = records("eei_shelters", replace(summary_of_noon(), shelters=(shelter(),)))
    assert [*row.values()][:8] == [
        "E1420700051111", "142077", "神奈川県", "茅ヶ崎市", "茅ヶ崎市浜之郷477",
        "35.3377", "139.3897", "鶴嶺小学校",
    ]  # fmt: skip
    assert row["避難所タイプ"] == "一般避難所"
    assert (row["指定緊急避難場所との重複"], row["指定福祉避難所との重複"]) == (
        "重複する",
        "重複しない",
    )
    assert row["開設日時"] == "2026-09-01T10:00:00+09:00"
    assert (row["空き状況"], row["定員状況"]) == ("混雑", "超過していない")


def test_what_nobody_has_confirmed_is_named() -> None:
    (row,) = records("eei_casualties", declaring({"dead.persons": 1.0}, FigureState.UNCONFIRMED))
    assert (row["死者数"], row["備考"]) == ("1", "未確認の値: 死者数")


def test_headquarters_are_told_once_they_are_set_up() -> None:
    assert records("eei_headquarters", summary_of_noon()) == []
    assert headquarters() == {
        "本部名称": "茅ヶ崎市災害対策本部",
        "本部種別": "対策本部",
        "設置状況": "設置",
        "設置・解散日時": "2026-09-01T10:00:00+09:00",
    }
    over = headquarters(
        Statement(1, FormText.HEADQUARTERS_DISSOLVED, NOON.isoformat(), NOON, "本部")
    )
    assert (over["設置状況"], over["設置・解散日時"]) == ("解散", "2026-09-01T12:00:00+09:00")
    drill = headquarters(is_drill=True)
    assert drill["本部名称"] == "【訓練】茅ヶ崎市災害対策本部"


def headquarters(*more: Statement, is_drill: bool = False) -> dict[str, str]:
    said = (
        Statement(1, FormText.HEADQUARTERS_NAME, "茅ヶ崎市災害対策本部", NOON, "本部"),
        Statement(1, FormText.HEADQUARTERS_SET_UP, "2026-09-01T10:00:00+09:00", NOON, "本部"),
    )
    summary = replace(summary_of_noon(), statements=(*said, *more), is_drill=is_drill)
    (row,) = records("eei_headquarters", summary)
    return row


def test_hxl_has_a_header_for_people_and_one_for_programs() -> None:
    summary = replace(summary_of_noon(), shelters=(shelter(),), is_drill=True)
    names, tags, row = rows_of("hxl_shelters", summary, Language.EN)
    assert names == [*HXL_COLUMNS]
    assert all(tag.startswith("#") for tag in tags)
    told = dict(zip(tags, row, strict=True))
    assert (told["#loc+name"], told["#affected+idps"], told["#geo+lon"]) == (
        "鶴嶺小学校", "120", "139.3897",
    )  # fmt: skip
    assert (told["#adm2+name"], told["#status"], told["#description"]) == (
        "Chigasaki", "Open", "Drill",
    )  # fmt: skip


@quick
@any_summary
def test_hxl_says_the_figures_of_the_summary(summary: SituationSummary, language: Language) -> None:
    _, tags, *rows = rows_of("hxl_shelters", summary, language)
    for row, line in zip(rows, summary.shelters, strict=True):
        told = dict(zip(tags, row, strict=True))
        assert told["#affected+idps"] == shown(line.persons)
        assert told["#affected+households"] == shown(line.households)
        assert told["#loc+name"] == neutral(line.name)
