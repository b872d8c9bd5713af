"""Shelters as EEI (DS-455-1) lists them, as far as the store knows what it asks."""

from gis.reports.eei import moment, rendering
from gis.reports.rendering import Cell
from gis.reports.sip4d_terms import ESTABLISHED, located_in, mark, real_capacity, vacancy
from gis.reports.situation import ShelterLine, SituationSummary
from gis.text import N_
from gis.vocabulary import DesignationKind

COLUMNS = (
    "全国共通避難所・避難場所ID",
    "地方公共団体コード",
    "都道府県名",
    "市区町村名",
    "所在地（住所）",
    "緯度",
    "経度",
    "施設名",
    "施設名（かな）",
    "施設電話番号",
    "避難所タイプ",
    "指定緊急避難場所との重複",
    "想定収容人数",
    "指定福祉避難所との重複",
    "開設状況",
    "開設理由",
    "開設日時",
    "閉鎖日時",
    "避難者数（総数）",
    "自主避難者数",
    "避難世帯数",
    "自主避難世帯数",
    "空き状況",
    "避難所状況確認日時",
    "避難者数（男）",
    "避難者数（女）",
    "避難者数（性別不明等）",
    "職員数",
    "応援者数",
    "避難所外避難者数",
    "避難所外避難世帯数",
    "定員状況",
)
"""Those of 避難所 in its order. Who reported is left out, as it may name a person; infants and
people who need care are, as a count of one tells who it is."""


def rows(summary: SituationSummary) -> list[list[Cell]]:
    """Return one row per shelter that was opened."""
    return [_row(line, summary) for line in summary.shelters]


def _row(line: ShelterLine, summary: SituationSummary) -> list[Cell]:
    facts, counts = line.facts, line.counts
    return [
        facts.common_id,
        *_where(line, summary),
        line.address,
        facts.lat,
        facts.lon,
        mark(summary) + line.name,
        facts.name_kana,
        facts.phone,
        _kind(line),
        _overlaps(line, DesignationKind.EMERGENCY_SITE),
        real_capacity(line),
        _overlaps(line, DesignationKind.WELFARE_SHELTER),
        ESTABLISHED[line.state],
        facts.reason if line.is_open else None,
        moment(line.opened_at),
        moment(line.closed_at),
        line.persons,
        counts.voluntary_persons,
        line.households,
        counts.voluntary_households,
        vacancy(line),
        moment(line.observed_at),
        counts.men,
        counts.women,
        counts.gender_unknown,
        counts.staff,
        counts.supporters,
        counts.outside_persons,
        counts.outside_households,
        _against_capacity(line),
    ]


def _where(line: ShelterLine, summary: SituationSummary) -> tuple[Cell, ...]:
    """Return code, prefecture and municipality; of another prefecture the name is not known."""
    code, name = located_in(line, summary)
    is_ours = code[:2] == summary.city_code[:2]
    return code, summary.prefecture_ja if is_ours else None, name


def _kind(line: ShelterLine) -> str | None:
    if not line.facts.designations:
        return None
    is_general = DesignationKind.WELFARE_SHELTER not in line.facts.designations
    return (
        "一般避難所"
        if is_general or DesignationKind.DESIGNATED_SHELTER in line.facts.designations
        else "福祉避難所"
    )


def _overlaps(line: ShelterLine, kind: DesignationKind) -> str:
    return "重複する" if kind in line.facts.designations else "重複しない"


def _against_capacity(line: ShelterLine) -> str | None:
    capacity = real_capacity(line)
    if line.persons is None or capacity is None:
        return None
    return "超過している" if line.persons > capacity else "超過していない"


RENDERING = rendering("eei_shelters", N_("EEI: shelters"), COLUMNS, rows)
