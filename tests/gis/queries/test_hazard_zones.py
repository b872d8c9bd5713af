from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import shapely
from shapely.geometry import shape

from gis.operations.incidents import open_incident
from gis.operations.openings import open_shelters
from gis.queries.hazard_zones import (
    AREAS_BYTES_MOST,
    TILE_BYTES_MOST,
    HazardLayerView,
    ShelterAtOdds,
    Zone,
    active_layers,
    hazard_areas,
    hazard_layers,
    hazard_tile,
    shelters_at_odds,
    zones_at,
)
from gis.queries.incidents import incident_named
from gis.queries.shelters import shelter_statuses
from gis.store import Workspace
from gis.vocabulary import DepthClass, Hazard, IncidentKind
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.conftest import as_owner
from tests.gis.importers.hazards.making import SIDE, SOUTH, WEST, square
from tests.gis.queries.conftest import PlanOf
from tests.gis.zoning import choose, layers, take_in

INSIDE = (WEST + SIDE / 2, SOUTH + SIDE / 2)
EAST = (WEST + 1.5 * SIDE, SOUTH + SIDE / 2)
FAR = (139.0, 36.0)
MakeOpen = Callable[..., UUID]


def found_at(
    workspace: Workspace, *points: tuple[float, float], among: list[HazardLayerView] | None = None
) -> list[list[Zone]]:
    with workspace.reading() as session:
        return zones_at(session, points, hazard_layers(session, None) if among is None else among)


def test_each_place_has_its_own_zones(workspace: Workspace) -> None:
    take_in(workspace, (square(), "0.5m未満"), (square(1), "3m以上5m未満"))
    take_in(workspace, (square(), "20m以上"), hazard=Hazard.FLOOD, title="洪水")
    here, east, far = found_at(workspace, INSIDE, EAST, FAR)
    assert [(one.layer.hazard, one.depth_class) for one in here] == [
        (Hazard.FLOOD, DepthClass.OVER_20),
        (Hazard.TSUNAMI, DepthClass.UNDER_0_5),
    ]
    assert [one.depth_class for one in east] == [DepthClass.TO_5]
    assert far == []


@pytest.mark.parametrize(
    ("depths", "deepest"),
    [
        (("0.5m未満", "3m以上5m未満"), 3),
        (("20m以上", "10m以上20m未満"), 20),
        (("不明", "0.5m未満"), 0),
    ],
)
def test_where_zones_of_a_layer_lie_over_each_other_the_deepest_counts(
    workspace: Workspace, depths: tuple[str, str], deepest: float
) -> None:
    take_in(workspace, *((square(), depth) for depth in depths))
    ((zone,),) = found_at(workspace, INSIDE)
    assert zone.min_depth_m == deepest


def test_a_place_on_the_edge_lies_inside(workspace: Workspace) -> None:
    take_in(workspace, (square(), "0.5m未満"))
    ((zone,),) = found_at(workspace, (WEST, SOUTH))
    assert zone.label == "0.5m未満"


def test_many_places_are_one_statement_that_searches_by_the_index_of_the_pieces(
    plan_of: PlanOf,
) -> None:
    facts = (uuid4(), 1, None, None, False, NOON, "本部", True)
    layer = HazardLayerView(uuid4(), Hazard.TSUNAMI, "津波", *facts)
    plan = plan_of(lambda session: zones_at(session, [INSIDE] * 500, [layer]))
    assert "hazard_zone_part_area_idx" in plan


def test_an_edition_that_was_replaced_counts_no_more_but_did_then(
    workspace: Workspace, clock: FixedClock
) -> None:
    take_in(workspace, (square(), "0.5m未満"))
    clock.moment += timedelta(hours=1)
    take_in(workspace, (square(1), "0.5m未満"))
    assert [len(zones) for zones in found_at(workspace, INSIDE, EAST)] == [0, 1]
    with workspace.reading() as session:
        then = hazard_layers(session, None, known_at=NOON)
    assert [len(zones) for zones in found_at(workspace, INSIDE, EAST, among=then)] == [1, 0]


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        (IncidentKind.TSUNAMI, True),
        (IncidentKind.EARTHQUAKE, True),
        (IncidentKind.FLOOD, False),
        (IncidentKind.OTHER, False),
    ],
)
def test_the_kind_of_the_incident_decides_where_nobody_has(
    workspace: Workspace, kind: IncidentKind, *, counts: bool
) -> None:
    take_in(workspace, (square(), "0.5m未満"))
    with workspace.transaction(HEADQUARTERS) as session:
        incident_id = open_incident(session, "事案", kind)
    assert [one.is_active for one in layers(workspace, incident_id)] == [counts]


def test_in_no_incident_no_layer_counts(workspace: Workspace) -> None:
    take_in(workspace, (square(), "0.5m未満"))
    assert [one.is_active for one in layers(workspace)] == [False]


def odds(workspace: Workspace, incident_id: UUID) -> list[ShelterAtOdds]:
    with workspace.reading() as session:
        statuses = shelter_statuses(session, incident_id, as_of=NOON)
        return shelters_at_odds(session, incident_named(session, incident_id), statuses)


@pytest.fixture
def opened(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, owner_url: str
) -> MakeOpen:
    """Make an open shelter somewhere, designated for some hazards (None: nobody has said)."""

    def make(
        name: str, place: tuple[float | None, float | None], hazards: list[str] | None
    ) -> UUID:
        shelter_id = make_shelter(name, lon=place[0], lat=place[1])
        with as_owner(owner_url) as connection:
            facts = (hazards, shelter_id)
            connection.execute("UPDATE shelter SET hazards = %s WHERE id = %s", facts)
        with workspace.transaction(HEADQUARTERS) as session:
            open_shelters(session, incident_id, [shelter_id])
        return shelter_id

    return make


def test_open_shelters_in_a_zone_or_designated_for_other_hazards_are_pointed_out(
    workspace: Workspace, incident_id: UUID, opened: MakeOpen, make_shelter: MakeShelter
) -> None:
    take_in(workspace, (square(), "0.5m以上3m未満"))
    opened("上階あり", INSIDE, ["earthquake", "tsunami"])
    opened("低い所", INSIDE, ["earthquake"])
    opened("火事だけ", FAR, ["large_fire"])
    opened("聞いていない", FAR, None)
    opened("安心", FAR, ["earthquake"])
    opened("場所不明", (None, None), None)
    make_shelter("開いていない", lon=INSIDE[0], lat=INSIDE[1])
    found = {one.status.name: one for one in odds(workspace, incident_id)}
    assert set(found) == {"上階あり", "低い所", "火事だけ"}
    assert found["火事だけ"].not_designated_for is Hazard.EARTHQUAKE
    assert found["火事だけ"].zones == ()
    for name, designated in (("上階あり", True), ("低い所", False)):
        (zone,) = found[name].zones
        assert zone.depth_class is DepthClass.TO_3
        assert found[name].designation(zone) is designated


def test_a_layer_that_does_not_count_points_at_nobody(
    workspace: Workspace, incident_id: UUID, opened: MakeOpen
) -> None:
    layer_id = take_in(workspace, (square(), "0.5m以上3m未満")).layer_id
    opened("低い所", INSIDE, ["earthquake"])
    choose(workspace, layer_id, is_active=False)
    assert odds(workspace, incident_id) == []


def tile(workspace: Workspace, z: int, x: int, y: int, incident_id: UUID) -> bytes:
    with workspace.reading() as session:
        active = active_layers(session, incident_named(session, incident_id))
        return hazard_tile(session, z, x, y, active)


SEA_TILE = (12, 3634, 1617)
"""Where :func:`square` lies."""


def test_a_tile_has_the_zones_that_lie_in_it(workspace: Workspace, incident_id: UUID) -> None:
    take_in(workspace, (square(), "3m以上5m未満"), is_fictitious=True, title="【架空】津波")
    drawn = tile(workspace, *SEA_TILE, incident_id)
    for said in ("hazard-zones", "depth_class", "to_5", "tsunami", "【架空】津波", "is_fictitious"):
        assert said.encode() in drawn
    assert tile(workspace, 12, 3600, 1617, incident_id) == b""


def test_a_tile_is_small_however_many_zones_lie_in_it(
    workspace: Workspace, incident_id: UUID
) -> None:
    many = [
        (square(east / 40, north / 40, SIDE / 41).buffer(0.00001), "3m以上5m未満")
        for east in range(100)
        for north in range(100)
    ]
    take_in(workspace, *many)
    for z in (8, 12, 14):
        x, y = (part >> (12 - z) if z < 12 else part << (z - 12) for part in SEA_TILE[1:])
        assert len(tile(workspace, z, x, y, incident_id)) <= TILE_BYTES_MOST


def test_areas_are_simplified_until_they_are_small(workspace: Workspace, incident_id: UUID) -> None:
    coast = shapely.Point(INSIDE).buffer(0.2, quad_segs=100_000)
    take_in(workspace, (coast, "0.5m未満"), (square(), "3m以上5m未満"))
    with workspace.reading() as session:
        active = active_layers(session, incident_named(session, incident_id))
        drawn = hazard_areas(session, active)
    assert [one.zone.min_depth_m for one in drawn] == [0, 3]
    assert sum(len(str(one.area)) for one in drawn) < AREAS_BYTES_MOST
    area = shape(drawn[0].area)
    assert area.symmetric_difference(coast).area < coast.area / 100
