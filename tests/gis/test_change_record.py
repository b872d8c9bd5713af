"""Who changed what, when, from what, to what: for every table, whoever writes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import class_row
from psycopg.sql import SQL, Composed, Identifier, Placeholder
from sqlalchemy import text

from gis.models import Base
from gis.operations.access import issue_sign_in_link, redeem_sign_in_link
from gis.store import Actor, Workspace
from gis.vocabulary import Role
from scripts.cluster import OWNER, PrivateCluster
from tests.conftest import HEADQUARTERS, NOON, FixedClock, MakeShelter, fresh_database
from tests.gis.conftest import Ask

ID = "00000000-0000-4000-8000-000000000001"
OTHER = "00000000-0000-4000-8000-000000000002"
TOKEN_HASH = "5eC4e7" * 10 + "5eC4"
AREA = "SRID=4326;MULTIPOLYGON(((139 35, 140 35, 140 36, 139 35)))"
POINT = "SRID=4326;POINT(139.4 35.3)"

ROWS: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "municipality": (
        {"code": "142077", "name_ja": "茅ヶ崎市", "name_en": "Chigasaki", "area": AREA},
        {"name_en": "Chigasaki City"},
    ),
    "town": (
        {"code": "1", "municipality_code": "142077", "name": "浜竹", "location": POINT},
        {"population": 100},
    ),
    "resource_item": (
        {
            "code": "water",
            "name_ja": "水",
            "name_en": "Water",
            "unit_ja": "本",
            "unit_en": "bottles",
            "is_consumable": True,
        },
        {"unit_en": "litres"},
    ),
    "shelter": (
        {"id": ID, "municipality_code": "142077", "facility_key": "a", "name": "鶴嶺小学校"},
        {"capacity": 120},
    ),
    "designation": (
        {"id": ID, "shelter_id": ID, "kind": "designated_shelter"},
        {"common_id": "E1420700051111"},
    ),
    "incident": (
        {
            "id": ID,
            "name": "地震",
            "kind": "earthquake",
            "started_at": NOON,
            "is_demonstration": False,
        },
        {"name": "津波"},
    ),
    "opening": (
        {"id": ID, "incident_id": ID, "shelter_id": ID, "began_at": NOON},
        {"ended_at": NOON},
    ),
    "opening_state": (
        {"id": ID, "opening_id": ID, "number": 1, "state": "open", "since_at": NOON},
        {"reason": "要請"},
    ),
    "assignment": (
        {"id": ID, "incident_id": ID, "shelter_id": ID, "assignee": "避難所班"},
        {"assignee": None},
    ),
    "occupancy_reading": (
        {"id": ID, "opening_id": ID, "persons": 1, "observed_at": NOON, "source": "phone"},
        {"persons": 2},
    ),
    "damage_report": (
        {
            "id": ID,
            "incident_id": ID,
            "category": "fire",
            "observed_at": NOON,
            "source": "radio",
            # As the assessment below leaves it.
            "state": "confirmed",
            "version": 1,
        },
        {"severity": "severe"},
    ),
    "damage_assessment": (
        {"id": ID, "report_id": ID, "number": 1, "state": "confirmed"},
        {"team": "土木班"},
    ),
    "condition_report": (
        {"id": ID, "opening_id": ID, "observed_at": NOON, "source": "visit", "water": "usable"},
        {"water": "unusable"},
    ),
    "photograph": (
        {
            "id": ID,
            "opening_id": ID,
            "sha256": "0" * 64,
            "width_px": 4,
            "height_px": 3,
            "content_hash": "1" * 64,
            "thumbnail_hash": "2" * 64,
            "source": "field_app",
        },
        {"hidden_at": NOON, "hidden_by": "本部"},
    ),
    "chronology_entry": (
        {"id": ID, "incident_id": ID, "happened_at": NOON, "content": "県から連絡"},
        {"done_at": NOON},
    ),
    "road_closure": ({"id": ID, "incident_id": ID}, {"version": 2}),
    "road_closure_statement": (
        {
            "id": ID,
            "closure_id": ID,
            "number": 1,
            "action": "stated",
            "grade": "closed",
            "road_name": "国道1号",
            "observed_at": NOON,
            "source": "radio",
        },
        {"section": "下り"},
    ),
    "annotation": ({"id": ID, "incident_id": ID}, {"version": 2}),
    "annotation_statement": (
        {
            "id": ID,
            "annotation_id": ID,
            "number": 1,
            "action": "drawn",
            "text": "給水車",
            "colour": "activity",
            "shape": POINT,
        },
        {"colour": "remark"},
    ),
    "evacuation_order": (
        {"id": ID, "incident_id": ID, "municipality_code": "142077", "hazard": "flood"},
        {"version": 2},
    ),
    "evacuation_announcement": (
        {
            "id": ID,
            "order_id": ID,
            "number": 1,
            "action": "issued",
            "kind": "evacuate",
            "announced_at": NOON,
            "area": AREA,
            "town_codes": ["1"],
            "persons_unknown_towns": 0,
            "households_unknown_towns": 1,
        },
        {"persons": 10},
    ),
    "hazard_layer": ({"id": ID, "hazard": "tsunami", "title": "津波"}, {"title": "津波浸水想定"}),
    "hazard_edition": (
        {
            "id": ID,
            "layer_id": ID,
            "number": 1,
            "file_name": "zones.zip",
            "format": "区域のみ",
            "content_sha256": "0" * 64,
            "is_fictitious": False,
            "row_count": 3,
            "refused": 0,
        },
        {"credit": "出典"},
    ),
    "hazard_choice": (
        {"id": ID, "incident_id": ID, "layer_id": ID, "is_active": True},
        {"is_active": False},
    ),
    "facility_link": ({"facility_key": "b", "shelter_id": ID}, {"recorded_by": "本部"}),
    "inventory_import": (
        {
            "id": ID,
            "file_name": "list.csv",
            "file_sha256": "0" * 64,
            "format": "推奨データセット",
            "row_count": 3,
            "refused": 0,
            "added": 1,
            "changed": 1,
            "unchanged": 1,
        },
        {"undone_at": NOON},
    ),
    "column_mapping": ({"code": "town", "content": "a"}, {"content": "b"}),
    "stock_place": ({"id": ID, "kind": "depot", "name": "防災倉庫"}, {"phone": "0467-00-0000"}),
    "supply_request": (
        {
            "id": ID,
            "incident_id": ID,
            "shelter_id": ID,
            "item_code": "water",
            "quantity": 20,
            "urgency": "today",
            "observed_at": NOON,
            "source": "phone",
            # As the decision below leaves it.
            "state": "approved",
            "approved": 12,
            "version": 1,
        },
        {"note": "乳児がいる"},
    ),
    "request_decision": (
        {"id": ID, "request_id": ID, "number": 1, "action": "approved", "quantity": 12},
        {"reason": "在庫の範囲で"},
    ),
    "dispatch": (
        # As the step below leaves it.
        {"id": ID, "incident_id": ID, "from_place_id": ID, "to_place_id": OTHER, "version": 1},
        {"version": 2},
    ),
    # Before its lines: in this depot there is nothing that they could reserve.
    "dispatch_event": (
        {
            "id": ID,
            "dispatch_id": ID,
            "number": 1,
            "step": "reserved",
            "observed_at": NOON,
            "source": "radio",
        },
        {"team": "輸送班"},
    ),
    "dispatch_line": (
        {"id": ID, "dispatch_id": ID, "item_code": "water", "quantity": 12, "request_id": ID},
        {"quantity": 10},
    ),
    "movement": (
        {
            "id": ID,
            "filing_id": ID,
            "number": 1,
            "kind": "received",
            "item_code": "water",
            "to_place_id": ID,
            "quantity": 40,
            "observed_at": NOON,
            "source": "visit",
        },
        {"reason": "県から"},
    ),
    "equipment_check": (
        {
            "id": ID,
            "place_id": ID,
            "item_code": "water",
            "working": 2,
            "observed_at": NOON,
            "source": "visit",
        },
        {"note": "給油済み"},
    ),
    "declaration": (
        {
            "id": ID,
            "incident_id": ID,
            "key": "dead.persons",
            "number": 1,
            "state": "confirmed",
            "value": 1,
            "observed_at": NOON,
        },
        {"reason": "県警の発表"},
    ),
    "summary_issue": (
        {
            "id": ID,
            "incident_id": ID,
            "number": 1,
            "as_of": NOON,
            "compiled": "{}",
            "state": "signed_off",
        },
        {"state": "withdrawn"},
    ),
    "summary_issue_step": (
        {"id": ID, "issue_id": OTHER, "number": 1, "state": "reviewed"},
        {"note": "確認した"},
    ),
    "sign_in_link": (
        {
            "id": ID,
            "token_hash": bytes.fromhex(TOKEN_HASH),
            "name": "情報班",
            "role": "field",
            "issued_at": NOON,
            "expires_at": NOON,
        },
        {"used_at": NOON},
    ),
    "sign_in": (
        {
            "id": ID,
            "token_hash": bytes.fromhex(TOKEN_HASH),
            "actor": "情報班",
            "role": "field",
            "started_at": NOON,
            "expires_at": NOON,
        },
        {"ended_at": NOON},
    ),
}
"""A row of every recorded table, those that others refer to first, and a change to it."""

BESIDE: dict[str, dict[str, object]] = {
    "stock_place": {"id": OTHER, "kind": "depot", "name": "公民館"},
    "summary_issue": {
        "id": OTHER,
        "incident_id": ID,
        "number": 2,
        "as_of": NOON,
        "compiled": "{}",
    },
}
"""Where a dispatch goes, and an issue that takes a step; what is said of them is not looked at."""
SUMS = ("stock", "stock_lot")
"""What the store keeps of movements, of which each is on record."""

WRITERS = {
    "insert": (Actor("受付", Role.FIELD), NOON),
    "update": (Actor("本部", Role.OPERATOR), NOON + timedelta(hours=1)),
    "delete": (Actor("所有者", Role.ADMIN), NOON + timedelta(hours=2)),
}


Statement = tuple[Composed, dict[str, object]]


@dataclass(frozen=True)
class Entry:
    id: int
    table_name: str
    row_key: str
    action: str
    actor: str
    role: str
    recorded_at: datetime
    written_at: datetime
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    import_id: UUID | None


@pytest.fixture(scope="module")
def history(cluster: PrivateCluster) -> dict[str, list[Entry]]:
    """What the record says after every row was made, changed and deleted, by three people."""
    with fresh_database(cluster) as name:
        url = cluster.url(OWNER, name)
        rows = [
            (table, each)
            for table, (row, _) in ROWS.items()
            for each in (BESIDE.get(table), row)
            if each
        ]
        _write(url, "insert", [_insert(table, row) for table, row in rows])
        _write(url, "update", [_update(table, change) for table, (_, change) in ROWS.items()])
        _write(url, "delete", [_delete(table) for table in (*SUMS, *reversed(ROWS))])
        with psycopg.connect(url, row_factory=class_row(Entry)) as connection:
            entries = connection.execute("SELECT * FROM change_record ORDER BY id").fetchall()
    return {
        table: [entry for entry in entries if entry.table_name == table and entry.row_key != OTHER]
        for table in ROWS
    }


def _insert(table: str, row: dict[str, object]) -> Statement:
    names, values = map(Identifier, row), map(Placeholder, row)
    comma = SQL(", ")
    form = SQL("INSERT INTO {} ({}) VALUES ({})")
    return form.format(Identifier(table), comma.join(names), comma.join(values)), row


def _update(table: str, change: dict[str, object]) -> Statement:
    pairs = [SQL("{} = {}").format(Identifier(name), Placeholder(name)) for name in change]
    return SQL("UPDATE {} SET {}").format(Identifier(table), SQL(", ").join(pairs)), change


def _delete(table: str) -> Statement:
    return SQL("DELETE FROM {}").format(Identifier(table)), {}


def _write(url: str, action: str, statements: list[Statement]) -> None:
    actor, moment = WRITERS[action]
    with psycopg.connect(url) as connection:
        facts = {"actor": actor.name, "role": actor.role.value, "now": str(moment)}
        for name, fact in facts.items():
            connection.execute("SELECT set_config(%s, %s, true)", (f"hq.{name}", fact))
        for statement, values in statements:
            connection.execute(statement, values)


def test_every_table_is_on_record() -> None:
    unrecorded = {"change_record", "damage_claim", "photograph_upload", "photograph_part"}
    # Their edition is, with the hash of all that they say; cells and stocks are sums of what is
    # on record itself.
    unrecorded |= {"hazard_zone", "hazard_zone_part", "damage_cell", *SUMS}
    assert set(ROWS) == set(Base.metadata.tables) - unrecorded


@pytest.mark.parametrize("table", ROWS)
def test_each_change_says_who_in_which_role_and_when(
    history: dict[str, list[Entry]], table: str
) -> None:
    assert [
        (entry.action, entry.actor, entry.role, entry.recorded_at) for entry in history[table]
    ] == [
        (action, actor.name, actor.role.value, moment)
        for action, (actor, moment) in WRITERS.items()
    ]


@pytest.mark.parametrize("table", ROWS)
def test_each_change_says_what_was_and_what_is(history: dict[str, list[Entry]], table: str) -> None:
    made, changed, deleted = history[table]
    assert made.before is None
    assert deleted.after is None
    assert made.after is not None
    assert changed.before == made.after
    assert changed.after == deleted.before
    _, change = ROWS[table]
    assert changed.after is not None
    assert {name for name in made.after if made.after[name] != changed.after[name]} == set(change)


@pytest.mark.parametrize("table", ROWS)
def test_each_entry_names_its_row(history: dict[str, list[Entry]], table: str) -> None:
    row, _ = ROWS[table]
    key = row.get("id") or row.get("code") or row["facility_key"]
    assert {entry.row_key for entry in history[table]} == {key}


@pytest.mark.parametrize("table", ["sign_in", "sign_in_link"])
def test_no_token_hash_is_on_record(history: dict[str, list[Entry]], table: str) -> None:
    assert TOKEN_HASH.lower() not in str(history[table]).lower()
    assert "token_hash" not in str(history[table])


def test_which_picture_it_was_is_on_record(history: dict[str, list[Entry]]) -> None:
    for entry in history["photograph"]:
        for row in filter(None, (entry.before, entry.after)):
            assert (row["sha256"], row["content_hash"]) == ("0" * 64, "1" * 64)


def test_a_token_is_nowhere_in_the_record(workspace: Workspace, ask: Ask) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        link = issue_sign_in_link(session, "情報班", Role.FIELD)
    with workspace.transaction(HEADQUARTERS) as session:
        admission = redeem_sign_in_link(session, link)
    entries = ask("SELECT change_record::text FROM change_record")
    assert len(entries) == 3
    assert not [entry for entry in entries if link in str(entry) or admission.token in str(entry)]


def test_an_update_that_changes_nothing_is_no_change(
    workspace: Workspace, make_shelter: MakeShelter, ask: Ask
) -> None:
    make_shelter()
    with workspace.transaction(HEADQUARTERS) as session:
        session.execute(text("UPDATE shelter SET capacity = capacity"))
    assert ask("SELECT count(*) FROM change_record WHERE action = 'update'") == [(0,)]


def test_of_many_rows_those_that_change_are_on_record(
    workspace: Workspace, make_shelter: MakeShelter, ask: Ask
) -> None:
    make_shelter(capacity=120)
    smaller = make_shelter(capacity=80)
    with workspace.transaction(HEADQUARTERS) as session:
        session.execute(text("UPDATE shelter SET capacity = 120"))
    assert ask("SELECT row_key FROM change_record WHERE action = 'update'") == [(str(smaller),)]


def test_the_record_keeps_the_workspaces_time_and_the_machines(
    make_shelter: MakeShelter, clock: FixedClock, ask: Ask
) -> None:
    make_shelter()
    ((recorded_at, written_at),) = ask("SELECT recorded_at, written_at FROM change_record")
    assert recorded_at == clock.moment
    assert abs(datetime.now(UTC) - written_at) < timedelta(minutes=1)
