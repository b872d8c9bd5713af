"""A prefecture's list of open shelters, names and addresses only, linked to the register."""

import csv
import gzip
import io
from dataclasses import dataclass

import psycopg
import pytest

from gis.config import city_profile
from gis.importers import Choices, Inventory, parse_inventory
from gis.importers.mapping import read_mapping
from gis.operations.inventories import SourceFile, import_inventory
from gis.queries.inventories import municipality_codes
from gis.store import SYSTEM, Workspace
from scripts.cluster import OWNER, SERVER, PrivateCluster
from tests.conftest import FixedClock, fresh_database, shared_file

MAPPING = read_mapping(
    "kumamoto",
    """
name = "熊本県 開設避難所一覧"
kind = "designated_shelter"
[columns]
"名称" = "shelter_name"
"所在地_連結表記" = "address"
"地方公共団体名" = "municipality"
""",
)
PREFECTURE = "430005"


@dataclass(frozen=True)
class Linked:
    """What became of each row of the list: which 共通ID it got, or that a person is asked."""

    rows: list[dict[str, str]]
    common_ids: dict[str, set[str]]
    """By name in the list."""
    asked: set[str]


@pytest.fixture(scope="module", params=[("1",), ("2", "1")], ids=["shelters", "both"])
def linked(request: pytest.FixtureRequest, cluster: PrivateCluster) -> Linked:
    content = shared_file("data/kumamoto2026/2026-07-30.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    with fresh_database(cluster) as name:
        workspace = Workspace("live", cluster.url(SERVER, name), FixedClock())
        for number in request.param:
            take(workspace, parse_inventory(prefecture(number)))
        with workspace.reading() as session:
            choices = Choices(PREFECTURE, municipality_codes(session, city_profile("142077")))
        inventory = parse_inventory(content, choices, [MAPPING])
        assert (len(inventory.rows), inventory.refused_rows) == (len(rows), frozenset())
        with workspace.transaction(SYSTEM) as session:
            done = import_inventory(session, inventory, SourceFile.of("list.csv", content))
        with psycopg.connect(cluster.url(OWNER, name)) as connection:
            found = connection.execute(
                "SELECT split_part(l.facility_key, '|', 2), array_agg(d.common_id)"
                " FROM facility_link l JOIN designation d USING (shelter_id)"
                " WHERE d.kind <> 'emergency_site' GROUP BY 1"
            ).fetchall()
        workspace.engine.dispose()
    return Linked(
        rows,
        {shelter: set(ids) for shelter, ids in found},
        {question.name for question in done.questions},
    )


def prefecture(number: str) -> bytes:
    """Return the part of a national list that lies in Kumamoto."""
    lines = gzip.decompress(shared_file(f"data/gsi/mergeFromCity_{number}.csv.gz").read_bytes())
    header, *rows = lines.decode("utf-8-sig").splitlines(keepends=True)
    return "".join([header, *(row for row in rows if ",E43" in row)]).encode()


def take(workspace: Workspace, inventory: Inventory) -> None:
    with workspace.transaction(SYSTEM) as session:
        import_inventory(session, inventory, SourceFile.of("list.csv", b""))


def of_status(linked: Linked, status: str) -> list[dict[str, str]]:
    return [row for row in linked.rows if row["reference_match_status"] == status]


def test_nearly_all_matched_rows_get_their_own_id(linked: Linked) -> None:
    matched = of_status(linked, "matched")
    right = [
        row
        for row in matched
        if row["reference_common_id"] in linked.common_ids.get(row["shelter_name"], set())
    ]
    assert len(right) / len(matched) >= 0.98


def test_none_gets_a_wrong_id_without_a_person(linked: Linked) -> None:
    wrong = [
        row["shelter_name"]
        for row in of_status(linked, "matched")
        if row["shelter_name"] in linked.common_ids
        and row["reference_common_id"] not in linked.common_ids[row["shelter_name"]]
    ]
    assert wrong == []


def test_no_unmatched_row_is_linked_without_a_person(linked: Linked) -> None:
    unmatched = {row["shelter_name"] for row in of_status(linked, "unmatched")}
    assert unmatched.isdisjoint(linked.common_ids)


def test_every_row_that_is_not_linked_is_new_or_in_question(linked: Linked) -> None:
    missed = {
        row["shelter_name"]
        for row in of_status(linked, "matched")
        if row["shelter_name"] not in linked.common_ids
    }
    assert missed <= linked.asked
