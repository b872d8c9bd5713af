"""Laws of every list; cells are drawn from what lists hold and from what they should not."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from gis.importers import FORMATS, Inventory, parse_inventory
from gis.importers.columns import ALSO_SHELTER
from gis.importers.table import heading
from tests.gis.importers.lists import (
    OLD_SITE,
    RECOMMENDED,
    SHELTER,
    SITE,
    csv_text,
    outcome,
    widened,
)

MARK = st.sampled_from(["", "1", "0", "○", "×", "有", "△"])
PLACE = st.sampled_from([("35.3", "139.4"), ("139.4", "35.3"), ("0", "0"), ("", ""), ("北", "1")])
CODE = st.sampled_from(["142077", "14207", "1100", "12203", ""])
COMMON_ID = st.sampled_from(["", "E1420700001201", "E1420700063121", "E14207"])
TEXT = st.text('茅ヶ崎市円蔵小学校1-2,"\n （）ＡＢｶﾅ', max_size=8)

MARKS = {
    heading(column)
    for known in FORMATS
    for column in (
        *(known.columns[mark] for mark in known.marks),
        ALSO_SHELTER,
        "指定緊急避難場所との住所同一",
    )
}
CODES = {"市区町村コード", "市町村コード"}
RULED = CODES | {"緯度", "経度", "共通ID", "想定収容人数"}
CELLS = (
    dict.fromkeys(CODES, CODE)
    | {"共通ID": COMMON_ID}
    | dict.fromkeys(("施設・場所名", "名称", "住所", "備考"), TEXT)
)


def is_mark(column: str) -> bool:
    return heading(column) in MARKS


def widely(row: dict[str, str]) -> dict[str, str]:
    ruled = {column for column in row if is_mark(column) or column in RULED}
    return row | {column: widened(row[column]) for column in ruled}


@st.composite
def lists(draw: st.DrawFn) -> list[dict[str, str]]:
    """Draw some rows of one format."""
    sample = draw(st.sampled_from([RECOMMENDED, SITE, SHELTER, OLD_SITE]))
    drawn = {column: MARK for column in sample if is_mark(column)}
    drawn |= {column: cells for column, cells in CELLS.items() if column in sample}
    row = st.builds(
        lambda cells, place: sample | cells | dict(zip(("緯度", "経度"), place, strict=True)),
        st.fixed_dictionaries(drawn),
        PLACE,
    )
    return draw(st.lists(row, min_size=1, max_size=3))


@given(lists())
def test_every_row_is_taken_or_refused(rows: list[dict[str, str]]) -> None:
    found = parse_inventory(csv_text(*rows).encode())
    assert len(found.rows) + len(found.refused_rows) == found.row_count == len(rows)


@given(lists(), st.randoms(use_true_random=False))
def test_the_order_of_columns_does_not_matter(rows: list[dict[str, str]], random: Random) -> None:
    columns = random.sample(list(rows[0]), len(rows[0]))
    shuffled = parse_inventory(csv_text(*rows, columns=columns).encode())
    found = parse_inventory(csv_text(*rows).encode())
    assert (shuffled.rows, shuffled.refused_rows) == (found.rows, found.refused_rows)


@given(lists(), st.sampled_from(["utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be"]))
def test_the_encoding_does_not_matter(rows: list[dict[str, str]], encoding: str) -> None:
    text = csv_text(*rows)
    assert outcome(text.encode(encoding)) == outcome(text.encode())


@given(lists())
def test_the_width_of_what_is_read_by_rule_does_not_matter(rows: list[dict[str, str]]) -> None:
    wide = map(widely, rows)
    assert parse_inventory(csv_text(*wide).encode()).rows == (
        parse_inventory(csv_text(*rows).encode()).rows
    )


@given(lists(), st.integers(0, 800))
def test_a_truncated_file_never_turns_a_mark_into_a_no(
    rows: list[dict[str, str]], length: int
) -> None:
    content = csv_text(*rows).encode()
    whole, cut = outcome(content), outcome(content[:length])
    if isinstance(whole, Inventory) and isinstance(cut, Inventory):
        hazards = {row.row: row.hazards for row in whole.rows}
        # None is unknown, and said to be so among the problems.
        assert all(row.hazards in (None, hazards.get(row.row, row.hazards)) for row in cut.rows)
