from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from gis.operations.assignments import assign
from gis.operations.register import join_shelters
from gis.queries.assignments import Assignee, Assignees, assignees
from gis.queries.places import districts
from gis.store import Workspace
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter
from tests.gis.queries.conftest import PlanOf

CITY = "142077"


def told(workspace: Workspace, incident_id: UUID, **words: object) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        assign(session, incident_id, **words)  # type: ignore[arg-type]


def asked(workspace: Workspace, incident_id: UUID, clock: FixedClock) -> Assignees:
    with workspace.reading() as session:
        return assignees(session, incident_id, clock.now())


def towns(workspace: Workspace, **points: tuple[float, float]) -> None:
    """Put towns of the city at their points."""
    with workspace.transaction(HEADQUARTERS) as session:
        session.execute(
            text(
                "INSERT INTO municipality (code, name_ja, name_en, area) VALUES"
                " (:city, '市', 'City', 'SRID=4326;MULTIPOLYGON(((139 35,140 35,140 36,139 35)))')"
            ),
            {"city": CITY},
        )
        for number, (name, (lon, lat)) in enumerate(points.items()):
            session.execute(
                text(
                    "INSERT INTO town (code, municipality_code, name, location)"
                    " VALUES (:code, :city, :name, :location)"
                ),
                {
                    "code": str(number),
                    "city": CITY,
                    "name": name,
                    "location": f"SRID=4326;POINT({lon} {lat})",
                },
            )


def test_the_last_word_on_a_shelter_counts(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, clock: FixedClock
) -> None:
    shelter_id = make_shelter()
    told(workspace, incident_id, shelter_id=shelter_id, assignee="佐藤")
    told(workspace, incident_id, shelter_id=shelter_id, assignee="鈴木")
    assert asked(workspace, incident_id, clock).by_shelter == {shelter_id: "鈴木"}


def test_what_is_said_later_does_not_hold_earlier(
    workspace: Workspace, incident_id: UUID, clock: FixedClock
) -> None:
    told(workspace, incident_id, district="茅ヶ崎", assignee="第1班")
    clock.moment = NOON + timedelta(hours=1)
    told(workspace, incident_id, district="茅ヶ崎", assignee=None)
    assert asked(workspace, incident_id, clock).by_district == {"茅ヶ崎": None}
    assert asked(workspace, incident_id, FixedClock()).by_district == {"茅ヶ崎": "第1班"}


def test_a_word_on_a_shelter_that_was_joined_is_a_word_on_the_other(
    workspace: Workspace, incident_id: UUID, make_shelter: MakeShelter, clock: FixedClock
) -> None:
    one, other = make_shelter("体育館"), make_shelter("小学校")
    told(workspace, incident_id, shelter_id=one, assignee="佐藤")
    with workspace.transaction(HEADQUARTERS) as session:
        join_shelters(session, one, other)
    kept = asked(workspace, incident_id, clock).by_shelter
    assert list(kept.values()) == ["佐藤"]
    assert set(kept) <= {one, other}


def test_a_shelters_own_name_counts_before_its_districts(make_shelter: MakeShelter) -> None:
    one, other = make_shelter(), make_shelter()
    words = Assignees({one: "佐藤", other: None}, {"茅ヶ崎": "第1班"})
    assert words.of(one, "茅ヶ崎") == Assignee("佐藤", by_district=False)
    assert words.of(other, "茅ヶ崎") == Assignee("第1班", by_district=True)
    assert words.of(other, None) == Assignee(None, by_district=False)


def test_a_district_is_the_nearest_town_without_its_chome(
    workspace: Workspace, make_shelter: MakeShelter
) -> None:
    towns(
        workspace,
        茅ヶ崎一丁目=(139.40, 35.33),
        芹沢=(139.42, 35.38),
        香川12丁目=(139.37, 35.36),
    )
    south = make_shelter("南", lon=139.401, lat=35.331)
    north = make_shelter("北", lon=139.421, lat=35.379)
    west = make_shelter("西", lon=139.371, lat=35.361)
    nowhere = make_shelter("不明", lon=None)
    with workspace.reading() as session:
        found = districts(session, [south, north, west, nowhere])
    assert found == {south: "茅ヶ崎", north: "芹沢", west: "香川", nowhere: None}


def test_a_municipality_without_towns_has_no_districts(
    workspace: Workspace, make_shelter: MakeShelter
) -> None:
    shelter_id = make_shelter()
    with workspace.reading() as session:
        assert districts(session, [shelter_id]) == {shelter_id: None}


def test_no_town_is_read_that_an_index_can_leave_out(
    make_shelter: MakeShelter, plan_of: PlanOf
) -> None:
    shelter_id = make_shelter()
    assert "Seq Scan on town" not in plan_of(lambda session: districts(session, [shelter_id]))
