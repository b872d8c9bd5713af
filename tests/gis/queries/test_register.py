from collections.abc import Callable
from uuid import UUID

import pytest
from psycopg.sql import SQL, Identifier, Placeholder

from gis.queries.register import RegisteredShelter, registered_shelters
from gis.store import Workspace
from gis.vocabulary import DesignationKind, Hazard
from tests.gis.conftest import as_owner
from tests.gis.queries.conftest import PlanOf

SITE, GENERAL = DesignationKind.EMERGENCY_SITE, DesignationKind.DESIGNATED_SHELTER
Put = Callable[..., UUID]


@pytest.fixture
def put(owner_url: str) -> Put:
    """Put a shelter into the register, with its designations."""

    def shelter(
        facility_key: str,
        designations: dict[DesignationKind, str | None] | None = None,
        **columns: object,
    ) -> UUID:
        given = {
            "facility_key": facility_key,
            "municipality_code": "142077",
            "name": "鶴嶺小学校",
            **columns,
        }
        insertion = SQL("INSERT INTO shelter ({}) VALUES ({}) RETURNING id").format(
            SQL(", ").join(map(Identifier, given)), SQL(", ").join([Placeholder()] * len(given))
        )
        with as_owner(owner_url) as connection:
            ((made,),) = connection.execute(insertion, [*given.values()])
            for kind, common_id in (designations or {}).items():
                connection.execute(
                    "INSERT INTO designation (shelter_id, kind, common_id) VALUES (%s, %s, %s)",
                    (made, kind.value, common_id),
                )
        identifier: UUID = made
        return identifier

    return shelter


def register(workspace: Workspace, code: str | None = None) -> list[RegisteredShelter]:
    with workspace.reading() as session:
        return registered_shelters(session, code)


def test_a_shelter_says_all_that_is_published_of_it(workspace: Workspace, put: Put) -> None:
    put(
        "E14207000511",
        {SITE: "E1420700051201", GENERAL: "E1420700051111"},
        name_kana="ツルミネ",
        address="茅ヶ崎市浜之郷462",
        phone="0467-82-7215",
        capacity=850,
        capacity_is_fictitious=True,
        hazards=["tsunami", "earthquake"],
        note="体育館",
        details='{"標高": "5.0"}',
        location="SRID=4326;POINT(139.3897 35.3377)",
    )
    assert register(workspace) == [
        RegisteredShelter(
            name="鶴嶺小学校",
            name_kana="ツルミネ",
            address="茅ヶ崎市浜之郷462",
            lon=139.3897,
            lat=35.3377,
            phone="0467-82-7215",
            municipality_code="142077",
            hazards=frozenset({Hazard.TSUNAMI, Hazard.EARTHQUAKE}),
            designations=((GENERAL, "E1420700051111"), (SITE, "E1420700051201")),
            capacity=850,
            capacity_is_fictitious=True,
            local_id=None,
            note="体育館",
            details={"標高": "5.0"},
        )
    ]


def test_unknown_stays_unknown(workspace: Workspace, put: Put) -> None:
    put("142077|51")
    (found,) = register(workspace)
    assert (found.hazards, found.capacity, found.lon, found.lat) == (None, None, None, None)
    assert (found.designations, found.common_ids, found.details) == ((), (), {})


def test_no_hazard_is_not_unknown_hazards(workspace: Workspace, put: Put) -> None:
    put("142077|51", hazards=[])
    assert register(workspace)[0].hazards == frozenset()


@pytest.mark.parametrize(
    ("facility_key", "local_id"),
    [
        ("142077|51", "51"),
        ("142077|鶴嶺小学校|茅ヶ崎市浜之郷462", None),
        ("142077|鶴嶺小学校|", None),
        ("E14207000511", None),
        ("122033|51", None),
        ("8f6a1c1e-0000-4000-8000-000000000000", None),
    ],
)
def test_the_publishers_own_id_is_told_from_a_name_and_an_address(
    workspace: Workspace, put: Put, facility_key: str, local_id: str | None
) -> None:
    put(facility_key)
    assert register(workspace)[0].local_id == local_id


def test_an_emergency_site_leads_with_its_id(workspace: Workspace, put: Put) -> None:
    put("E14207000511", {GENERAL: "E1420700051111", SITE: "E1420700051201"})
    assert register(workspace)[0].common_ids == ("E1420700051201", "E1420700051111")


def test_shelters_stand_by_municipality_then_common_id_then_name(
    workspace: Workspace, put: Put
) -> None:
    put("142077|2", name="い")
    put("142077|1", name="あ")
    put("E14207000521", {SITE: "E1420700052201"}, name="う")
    put("E14207000511", {GENERAL: "E1420700051111"}, name="え")
    put("011002|1", name="お", municipality_code="011002")
    assert [each.name for each in register(workspace)] == ["お", "え", "う", "あ", "い"]


def test_one_municipality_is_asked_for_by_its_code(workspace: Workspace, put: Put) -> None:
    put("142077|1", name="あ")
    put("011002|1", name="お", municipality_code="011002")
    assert [each.name for each in register(workspace, "142077")] == ["あ"]
    assert register(workspace, "999999") == []


def test_a_shelter_that_is_no_longer_in_use_is_left_out(workspace: Workspace, put: Put) -> None:
    kept = put("142077|1", name="あ")
    put("142077|2", name="い", retired_at="2026-08-01T00:00:00Z")
    put("142077|3", name="う", joined_to_id=kept)
    assert [each.name for each in register(workspace)] == ["あ"]


def test_one_city_is_read_by_its_indexes_in_one_statement(plan_of: PlanOf) -> None:
    plan = plan_of(lambda session: registered_shelters(session, "142077"))
    assert "Seq Scan" not in plan
    assert "designation_shelter_id_kind_key" in plan
