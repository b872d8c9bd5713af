"""Summaries made by hand, for tests that need just this one."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from gis.config import Sender
from gis.figures import Declared, figures
from gis.occupancy import Tally
from gis.reports.closure_lines import ClosureLine
from gis.reports.shelter_facts import ShelterCounts, ShelterFacts
from gis.reports.situation import ShelterLine, SituationSummary
from gis.vocabulary import (
    ClosureGrade,
    Crowding,
    DesignationKind,
    FigureState,
    IncidentKind,
    ShelterState,
    Source,
)
from tests.conftest import NOON


def summary_of_noon() -> SituationSummary:
    """An ordinary summary."""
    return SituationSummary(
        city_code="142077",
        city_name_ja="茅ヶ崎市",
        city_name_en="Chigasaki",
        prefecture_ja="神奈川県",
        prefecture_en="Kanagawa",
        is_drill=False,
        incident_id=UUID(int=1),
        incident_name="地震",
        incident_kind=IncidentKind.EARTHQUAKE,
        is_demonstration=False,
        started_at=NOON - timedelta(hours=3),
        as_of=NOON,
        shelters_registered=63,
        persons=Tally(1200, 0),
        households=Tally(500, 0),
        free_places=Tally(30, 0),
        persons_over_capacity=Tally(12, 0),
        shelters=(),
        damage=(),
        cells=(),
        orders=(),
        figures=figures({}),
        statements=(),
        sender=Sender(
            name_ja="茅ヶ崎市災害対策本部", email="bosai@example.jp", lon=139.403497, lat=35.333827
        ),
    )


def shelter(name: str = "鶴嶺小学校", *, lon: float | None = 139.3897) -> ShelterLine:
    """A school with 120 people in it."""
    return ShelterLine(
        id=UUID(int=2),
        name=name,
        address="茅ヶ崎市浜之郷477",
        state=ShelterState.OPEN,
        opened_at=NOON - timedelta(hours=2),
        closed_at=None,
        persons=120,
        households=50,
        capacity=300,
        capacity_is_fictitious=False,
        share=0.4,
        crowding=Crowding.SLIGHTLY_CROWDED,
        observed_at=NOON - timedelta(minutes=10),
        is_stale=False,
        source=Source.PHONE,
        recorded_by="本部",
        facts=ShelterFacts(
            municipality_code="142077",
            municipality="茅ヶ崎市",
            common_id="E1420700051111",
            name_kana="ツルミネショウガッコウ",
            phone="0467-82-7215",
            lon=lon,
            lat=None if lon is None else 35.3377,
            designations=(DesignationKind.DESIGNATED_SHELTER, DesignationKind.EMERGENCY_SITE),
            reason="避難指示のため",
        ),
        counts=ShelterCounts(voluntary_persons=12, men=60, women=60),
    )


def closure(
    number: int, path: tuple[tuple[float, float], ...], *, road_name: str = "国道134号"
) -> ClosureLine:
    """A closure in force."""
    return ClosureLine(
        id=UUID(int=number),
        grade=ClosureGrade.CLOSED,
        is_in_force=True,
        is_lifted=False,
        road_name=road_name,
        section="浜須賀から柳島まで",
        from_at=NOON - timedelta(hours=1),
        until_at=None,
        observed_at=NOON,
        path=path,
    )


def declaring(
    values: dict[str, float], state: FigureState = FigureState.CONFIRMED
) -> SituationSummary:
    """A summary in which headquarters declare some cells."""
    told = {
        key: Declared(1, state, value, None, None, NOON, NOON, "本部")
        for key, value in values.items()
    }
    return replace(summary_of_noon(), figures=figures(told))
