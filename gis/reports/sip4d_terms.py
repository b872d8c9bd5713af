"""Our terms in the words of SIP4D; every map of them stands here.

Source: SIP4D-ZIP (JSA-S1016:2023), 避難所 01-001-01, 道路規制 01-005-01.
"""

import re

from gis.reports.situation import ShelterLine, SituationSummary
from gis.vocabulary import (
    ClosureGrade,
    DesignationKind,
    ReportState,
    Severity,
    ShelterState,
    Vacancy,
)

ESTABLISHED = {
    ShelterState.NOT_OPENED: "未開設",
    ShelterState.PREPARING: "未開設",
    ShelterState.OPEN: "開設",
    ShelterState.PERMANENT: "常設",
    ShelterState.UNKNOWN: "不明",
    ShelterState.CLOSED: "閉鎖",
}
"""開設状況 (eststts), as EEI has it too: nobody may be in one that is being prepared."""

CROWDED = {
    Vacancy.FREE: "空き",
    Vacancy.CONGESTION: "混雑",
    Vacancy.FULL: "定員一杯",
    Vacancy.UNKNOWN: "不明",
}
"""空き状況 (crowdstts)."""

PASSABLE = {
    ClosureGrade.CLOSED: "通行止め・閉鎖",
    ClosureGrade.NO_HEAVY: "大型通行止め",
    ClosureGrade.ONE_LANE: "片側交互通行",
    ClosureGrade.CAUTION: "その他の規制",
}
"""規制種別 (passstts)."""

CLIFF = "がけ崩れ"
"""What 崖くずれ of 第4号様式 is as a kind of 土砂災害."""

DEALT_WITH = {
    ReportState.UNCONFIRMED: "未確認",
    ReportState.CONFIRMED: "確認済",
    ReportState.IN_PROGRESS: "対応中",
    ReportState.DONE: "対応済",
    ReportState.REJECTED: "却下",
}
SEVERE = {Severity.MINOR: "軽微", Severity.MODERATE: "中程度", Severity.SEVERE: "甚大"}
"""対応状況 and 被害の程度 are free text in SIP4D; these are our own words."""

_ROADS = (("国道", "一般国道"), ("[都道府県]道", "都道府県道"), ("[市区町村]道", "市区町村道"))
_NO_KIND = re.compile("自動車|鉄道|水道|都市")
"""In names such as 水道道 (a road upon a water main) and 都市計画道路 the signs say nothing, and
much of what is called 自動車道 is no 高速自動車国道."""


def shelter_type(line: ShelterLine) -> str:
    """Return 種別 (type): what no list of the municipality calls a shelter is a temporary one."""
    kinds = line.facts.designations
    if DesignationKind.DESIGNATED_SHELTER in kinds:
        return "避難所"
    return "福祉避難所" if DesignationKind.WELFARE_SHELTER in kinds else "臨時避難所"


def division(line: ShelterLine) -> str:
    """Return 指定区分 (division)."""
    kinds = set(line.facts.designations)
    is_site = DesignationKind.EMERGENCY_SITE in kinds
    if kinds - {DesignationKind.EMERGENCY_SITE}:
        return "指定緊急避難場所兼避難所" if is_site else "指定避難所"
    return "指定緊急避難場所" if is_site else "指定なし"


def located_in(line: ShelterLine, summary: SituationSummary) -> tuple[str, str]:
    """Return code (six digits) and name of the municipality that a shelter is of.

    One of a neighbour whose name is not kept here goes by the city that has opened it.
    """
    code, name = line.facts.municipality_code, line.facts.municipality
    return (
        (summary.city_code, summary.city_name_ja) if code is None or name is None else (code, name)
    )


def vacancy(line: ShelterLine) -> str | None:
    """Return 空き状況; None of one that is not open.

    What rests on an invented capacity is unknown to others.
    """
    if not line.is_open:
        return None
    if line.crowding is None or line.capacity_is_fictitious:
        return CROWDED[Vacancy.UNKNOWN]
    return CROWDED[line.crowding.vacancy]


def real_capacity(line: ShelterLine) -> int | None:
    """Return 想定収容人数: an invented one never leaves the house."""
    return None if line.capacity_is_fictitious else line.capacity


def road_type(name: str | None) -> str:
    """Return 道路種別 (roadtype) where the road's name says it."""
    if name is None or _NO_KIND.search(name):
        return "不明"
    return next((kind for sign, kind in _ROADS if re.search(sign, name)), "不明")


def mark(summary: SituationSummary) -> str:
    """Return what stands in front of names and titles of data that are not of a real disaster."""
    flag = flag_of(summary)
    return "" if flag == LIVE else f"【{flag}】"


LIVE = "通常"


def flag_of(summary: SituationSummary) -> str:
    """Return 試験フラグ (testflg): a demonstration's figures are invented, so it is a test."""
    if summary.is_drill:
        return "訓練"
    return "試験" if summary.is_demonstration else LIVE
