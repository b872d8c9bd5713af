"""The rows that were not taken, as a file to correct and import again."""

import csv
import io

from gis.importers import Problem, parse_inventory
from gis.importers.refused import refused_csv
from gis.text import Language
from tests.gis.importers.lists import SITE, csv_text

BAD = SITE | {"施設・場所名": "", "共通ID": "E1420700002201"}


def rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_refused_row_stands_there_as_it_was_with_its_reason() -> None:
    inventory = parse_inventory(csv_text(SITE, BAD).encode())
    (row,) = rows(refused_csv(inventory, Language.JA))
    reason = row.pop("取り込めなかった理由")
    assert row == BAD
    assert reason.startswith("施設・場所名")


def test_once_corrected_it_is_imported_and_the_reason_passed_over() -> None:
    inventory = parse_inventory(csv_text(SITE, BAD).encode())
    refused = refused_csv(inventory, Language.JA).decode("utf-8-sig")
    corrected = refused.replace(
        "E1420700002201,神奈川県茅ヶ崎市,", "E1420700002201,神奈川県茅ヶ崎市,中島中学校"
    )
    again = parse_inventory(corrected.encode())
    assert ([row.name for row in again.rows], again.problems) == (["中島中学校"], ())


def test_a_row_left_out_later_stands_there_too() -> None:
    inventory = parse_inventory(csv_text(SITE).encode())
    question = Problem(2, "名称", "円蔵小学校", "somebody's decision", taken=False)
    (row,) = rows(refused_csv(inventory, Language.EN, [question]))
    assert "somebody's decision" in row["Why it was not taken"]


def test_a_row_whose_cells_cannot_be_told_apart_stands_there_as_it_is() -> None:
    text = csv_text(SITE) + '1,E1420700002201,"神奈川県'
    inventory = parse_inventory(text.encode())
    (row,) = rows(refused_csv(inventory, Language.EN))
    assert row["NO"] == '1,E1420700002201,"神奈川県'
