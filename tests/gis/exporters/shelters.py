"""Shelters made for a test, and exported files as other programs read them."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import openpyxl
import pandas as pd
from hypothesis import strategies as st

from gis.exporters import ENCODINGS, LISTS, Exported, export
from gis.importers.columns import DETAILS
from gis.queries.register import RegisteredShelter
from gis.vocabulary import DesignationKind, Hazard

CITY = "142077"
SITE, GENERAL, WELFARE = (
    DesignationKind.EMERGENCY_SITE,
    DesignationKind.DESIGNATED_SHELTER,
    DesignationKind.WELFARE_SHELTER,
)
SCHOOL = RegisteredShelter(
    name="鶴嶺小学校",
    name_kana="ツルミネショウガッコウ",
    address="神奈川県茅ヶ崎市浜之郷462",
    lon=139.3897,
    lat=35.3377,
    phone="0467-82-7215",
    municipality_code=CITY,
    hazards=frozenset({Hazard.EARTHQUAKE, Hazard.TSUNAMI}),
    designations=((GENERAL, "E1420700051111"), (SITE, "E1420700051201")),
    capacity=850,
    capacity_is_fictitious=False,
    local_id=None,
    note="津波時は3階以上",
    details={
        "地方公共団体名": "神奈川県茅ヶ崎市",
        "標高": "5.0",
        "URL": "https://example.jp/a?b=1",
    },
)
"""An emergency site and a designated shelter in one."""

Table = list[list[str]]


def exported(
    code: str, *shelters: RegisteredShelter, encoding: str = "csv_utf8", city: str | None = CITY
) -> Exported:
    return export(LISTS[code], shelters, ENCODINGS[encoding], municipality_code=city)


def cells(code: str, *shelters: RegisteredShelter, city: str | None = CITY) -> list[dict[str, str]]:
    """The rows of a list by heading."""
    header, *rows = by_csv(exported(code, *shelters, city=city).content, "utf-8-sig")
    return [dict(zip(header, row, strict=True)) for row in rows]


def said(of: Exported) -> list[str]:
    """The remarks with their facts, in English."""
    return [remark.message.format(**remark.facts) for remark in of.remarks]


def by_csv(content: bytes, encoding: str) -> Table:
    return [*csv.reader(io.StringIO(content.decode(encoding), newline=""), strict=True)]


def by_openpyxl(content: bytes) -> Table:
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content))
    return [
        ["" if cell is None else str(cell) for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]


def by_pandas_csv(content: bytes, encoding: str) -> Table:
    stream = io.BytesIO(content)
    return _table(pd.read_csv(stream, dtype=str, keep_default_na=False, encoding=encoding))


def by_pandas_excel(content: bytes) -> Table:
    return _table(
        pd.read_excel(io.BytesIO(content), engine="calamine", dtype=str, keep_default_na=False)
    )


def _table(frame: pd.DataFrame) -> Table:
    return [[str(column) for column in frame.columns], *frame.to_numpy().tolist()]


READERS: dict[str, Sequence[Callable[[bytes], Table]]] = {
    "csv_utf8": (
        lambda content: by_csv(content, "utf-8-sig"),
        lambda content: by_pandas_csv(content, "utf-8-sig"),
    ),
    "csv_cp932": (
        lambda content: by_csv(content, "cp932"),
        lambda content: by_pandas_csv(content, "cp932"),
    ),
    "xlsx": (by_openpyxl, by_pandas_excel),
}

words = (
    st.text("茅ヶ崎ｶﾅ市Ａb1-2=+@#,\"'|（）〜−鷗 ", min_size=1, max_size=6)
    .map(str.strip)
    .filter(bool)
)
maybe_words = st.none() | words
details = st.dictionaries(st.sampled_from(DETAILS), words, max_size=3)
places = st.none() | st.tuples(st.floats(122.5, 153.5), st.floats(20.5, 45.5))
kinds = st.sets(st.sampled_from([SITE, GENERAL]))


@st.composite
def registers(draw: st.DrawFn) -> list[RegisteredShelter]:
    """Draw a register of some shelters, each under a name and an ID of its own, or of none."""
    return [_drawn(draw, number) for number in range(draw(st.integers(1, 4)))]


def _drawn(draw: st.DrawFn, number: int) -> RegisteredShelter:
    types = {GENERAL: "11", SITE: "20"}
    has_ids = draw(st.booleans())
    place = draw(places)
    given = sorted(draw(kinds))
    return replace(
        SCHOOL,
        # Two of one name and without an ID cannot be told apart, and are refused.
        name=f"{draw(words)}{number}",
        name_kana=draw(maybe_words),
        address=draw(maybe_words),
        lon=place and place[0],
        lat=place and place[1],
        phone=draw(maybe_words),
        hazards=draw(st.none() | st.frozensets(st.sampled_from(Hazard))),
        designations=tuple(
            (kind, f"E14207{number:05}{types[kind]}1" if has_ids else None) for kind in given
        ),
        capacity=draw(st.none() | st.integers(1, 9999)),
        capacity_is_fictitious=draw(st.booleans()),
        local_id=None if has_ids else draw(st.none() | st.just(f"L{number}")),
        note=draw(maybe_words),
        details=draw(details),
    )
