"""What an import would do, before it does it; and taking it back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg
import pytest

from gis import errors
from gis.importers.errors import MappingInvalid
from gis.importers.mapping import write_mapping
from gis.operations.inventories import (
    STEPS,
    Counts,
    SourceFile,
    import_inventory,
    keep_mapping,
    plan_import,
    undo_import,
)
from gis.operations.openings import open_shelters
from gis.operations.register import place_shelter, retire_shelter
from gis.queries.inventories import kept_mappings, recent_imports
from gis.store import SYSTEM, Workspace, migrate
from gis.vocabulary import DesignationKind
from scripts.cluster import OWNER, SERVER, PrivateCluster
from tests.conftest import HEADQUARTERS, NOON, FixedClock, fresh_database
from tests.gis.conftest import Ask
from tests.gis.operations.test_identification import ALIKE, OTHER, plan, take
from tests.gis.operations.test_inventories import (
    LIST,
    SCHOOL,
    SHELTERS,
    SITES,
    changes,
    everything,
    inventory,
    register,
)


def undo(workspace: Workspace, import_id: UUID | None) -> None:
    assert import_id is not None
    with workspace.transaction(HEADQUARTERS) as session:
        undo_import(session, import_id)


def test_a_plan_says_what_would_be_added_and_writes_nothing(workspace: Workspace, ask: Ask) -> None:
    planned = plan(workspace, SCHOOL, OTHER)
    assert planned.counts == Counts(added=2, changed=0, unchanged=0, retired=0)
    assert [(new.row, new.name, new.lon) for new in planned.added] == [
        (2, SCHOOL.name, SCHOOL.lon),
        (3, OTHER.name, OTHER.lon),
    ]
    assert (everything(ask), changes(ask)) == ([], 0)


def test_a_plan_says_field_by_field_what_would_change(workspace: Workspace) -> None:
    take(workspace, SCHOOL)
    site = (DesignationKind.EMERGENCY_SITE, "E1420700051201")
    changed = replace(
        SCHOOL,
        phone="0467-00-0000",
        lat=35.338,
        details={"標高": "5"},
        designations=(*SCHOOL.designations, site),
    )
    (change,) = plan(workspace, changed).changed
    assert change.fields == {
        "phone": (SCHOOL.phone, "0467-00-0000"),
        "location": ([SCHOOL.lon, SCHOOL.lat], [SCHOOL.lon, 35.338]),
        "標高": (None, "5"),
    }
    assert change.designations == (site,)
    assert change.shelter.row == 2


def test_a_plan_names_what_the_file_does_not_list(workspace: Workspace) -> None:
    elsewhere = replace(
        OTHER,
        municipality_code="142051",
        designations=((DesignationKind.DESIGNATED_SHELTER, "E1420500001111"),),
    )
    site = replace(
        OTHER, designations=((DesignationKind.EMERGENCY_SITE, "E1420700009201"),), local_id="9"
    )
    take(workspace, SCHOOL, OTHER)
    take(workspace, elsewhere)
    take(workspace, site)
    planned = plan(workspace, SCHOOL)
    assert [gone.name for gone in planned.missing] == [OTHER.name]
    assert planned.missing_count == 1


def test_a_plan_comes_true(workspace: Workspace) -> None:
    take(workspace, SCHOOL)
    rows = (replace(SCHOOL, phone=None, note="2階"), OTHER)
    planned = plan(workspace, *rows)
    assert take(workspace, *rows).counts == planned.counts == Counts(1, 1, 0, 0)
    assert plan(workspace, *rows).counts == Counts(0, 0, 2, 0)


def test_what_a_person_took_off_the_register_stays_off(workspace: Workspace, ask: Ask) -> None:
    take(workspace, SCHOOL)
    ((shelter_id,),) = ask("SELECT id FROM shelter")
    with workspace.transaction(HEADQUARTERS) as session:
        retire_shelter(session, shelter_id)
    assert take(workspace, SCHOOL).counts == Counts(added=0, changed=0, unchanged=1, retired=1)
    assert ask("SELECT retired_at FROM shelter") == [(NOON,)]


def test_an_import_is_on_record_with_its_file_and_counts(workspace: Workspace) -> None:
    done = take(workspace, SCHOOL, OTHER)
    with workspace.reading() as session:
        (found,) = recent_imports(session)
    assert (found.id, found.file_name, found.file_sha256) == (
        done.import_id,
        LIST.name,
        LIST.sha256,
    )
    assert (found.row_count, found.refused, found.added) == (2, 0, 2)
    assert (found.recorded_at, found.recorded_by, found.undone_at) == (NOON, SYSTEM.name, None)


def test_an_import_that_changes_nothing_leaves_no_trace(workspace: Workspace, ask: Ask) -> None:
    take(workspace, SCHOOL)
    entries = changes(ask)
    assert take(workspace, SCHOOL).import_id is None
    assert changes(ask) == entries


def test_undoing_the_last_import_leaves_the_register_as_it_was(
    workspace: Workspace, ask: Ask
) -> None:
    register(workspace, SITES)
    before = everything(ask)
    with workspace.transaction(SYSTEM) as session:
        done = import_inventory(session, SHELTERS, LIST)
    assert everything(ask) != before
    undo(workspace, done.import_id)
    assert everything(ask) == before
    with workspace.reading() as session:
        assert [each.undone_at for each in recent_imports(session)] == [NOON, None]


def test_imports_are_undone_one_after_the_other_from_the_last(
    workspace: Workspace, ask: Ask
) -> None:
    first, second = take(workspace, SCHOOL), take(workspace, OTHER)
    with pytest.raises(errors.NotTheLastImport):
        undo(workspace, first.import_id)
    undo(workspace, second.import_id)
    undo(workspace, first.import_id)
    assert everything(ask) == []
    with pytest.raises(errors.NotTheLastImport):
        undo(workspace, first.import_id)


def test_an_import_undone_can_be_done_again(workspace: Workspace, ask: Ask) -> None:
    undo(workspace, take(workspace, SCHOOL).import_id)
    assert take(workspace, SCHOOL).counts.added == 1
    assert ask("SELECT name FROM shelter") == [(SCHOOL.name,)]


def _placed(workspace: Workspace, shelter_id: UUID) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        place_shelter(session, shelter_id, 139.41, 35.33, version=1)


def test_an_import_is_not_undone_over_what_a_person_did_since(
    workspace: Workspace, ask: Ask
) -> None:
    done = take(workspace, SCHOOL)
    ((shelter_id,),) = ask("SELECT id FROM shelter")
    _placed(workspace, shelter_id)
    before = everything(ask)
    with pytest.raises(errors.ImportChangedSince):
        undo(workspace, done.import_id)
    assert everything(ask) == before


def test_an_import_is_not_undone_while_one_of_its_shelters_was_opened(
    workspace: Workspace, ask: Ask, incident_id: UUID
) -> None:
    done = take(workspace, SCHOOL)
    ((shelter_id,),) = ask("SELECT id FROM shelter")
    with workspace.transaction(HEADQUARTERS) as session:
        open_shelters(session, incident_id, [shelter_id])
    with pytest.raises(errors.ImportInUse):
        undo(workspace, done.import_id)


def test_the_application_can_delete_nothing_but_by_undoing(workspace: Workspace) -> None:
    take(workspace, SCHOOL)
    with pytest.raises(errors.StoreForbids), workspace.transaction(SYSTEM) as session:
        session.connection().exec_driver_sql("DELETE FROM shelter")


class Stopped(Exception):  # noqa: N818 - what somebody does, not an error
    pass


@pytest.mark.parametrize("at", STEPS)
def test_an_import_that_is_stopped_has_not_happened(
    workspace: Workspace, ask: Ask, at: str
) -> None:
    def stop(step: str) -> None:
        if step == at:
            raise Stopped

    with pytest.raises(Stopped), workspace.transaction(SYSTEM) as session:
        import_inventory(session, SITES, LIST, progress=stop)
    assert (everything(ask), changes(ask)) == ([], 0)


def test_an_import_whose_connection_is_cut_has_not_happened(
    workspace: Workspace, ask: Ask, cut_connections: Callable[[], None]
) -> None:
    def cut(step: str) -> None:
        if step == STEPS[2]:
            cut_connections()

    with pytest.raises(errors.StoreUnavailable), workspace.transaction(SYSTEM) as session:
        import_inventory(session, SITES, LIST, progress=cut)
    assert (everything(ask), changes(ask)) == ([], 0)
    assert register(workspace, SITES)[0].added == len(SITES.rows)


def test_a_mapping_is_kept_and_replaced_under_its_name(workspace: Workspace) -> None:
    def mapping(**columns: Any) -> str:  # noqa: ANN401
        return write_mapping("町の一覧", columns, DesignationKind.DESIGNATED_SHELTER)

    for content in (mapping(名称="施設"), mapping(名称="施設名")):
        with workspace.transaction(SYSTEM) as session:
            keep_mapping(session, "town", content)
    with workspace.reading() as session:
        assert kept_mappings(session) == {"town": mapping(名称="施設名")}


def test_what_is_no_mapping_is_not_kept(workspace: Workspace, ask: Ask) -> None:
    with pytest.raises(MappingInvalid), workspace.transaction(SYSTEM) as session:
        keep_mapping(session, "town", "[columns]\n")
    assert ask("SELECT count(*) FROM column_mapping") == [(0,)]


def test_what_is_rehearsed_does_not_last(workspace: Workspace, ask: Ask) -> None:
    with workspace.rehearsal(SYSTEM) as session:
        import_inventory(session, inventory(SCHOOL), LIST)
        assert plan_import(session, inventory(SCHOOL)).counts.unchanged == 1
    assert (everything(ask), changes(ask)) == ([], 0)


def test_an_import_needs_no_right_that_our_own_server_keeps_back(cluster: PrivateCluster) -> None:
    with fresh_database(cluster, template="template1") as name:
        with psycopg.connect(cluster.url(OWNER, "postgres"), autocommit=True) as owner:
            owner.execute(f"REVOKE CONNECT, TEMPORARY ON DATABASE {name} FROM PUBLIC".encode())
            owner.execute(f"GRANT CONNECT ON DATABASE {name} TO hq_app".encode())
        migrate(cluster.url(OWNER, name))
        workspace = Workspace("live", cluster.url(SERVER, name), FixedClock())
        assert take(workspace, SCHOOL).counts.added == 1
        workspace.engine.dispose()


def test_two_imports_at_once_are_not_possible(workspace: Workspace) -> None:
    with workspace.transaction(SYSTEM) as first:
        import_inventory(first, inventory(SCHOOL), LIST)
        with pytest.raises(errors.ImportUnderWay):
            take(workspace, OTHER)
    assert take(workspace, OTHER).counts.added == 1


def test_what_a_person_changes_during_an_import_is_not_lost(workspace: Workspace, ask: Ask) -> None:
    take(workspace, replace(SCHOOL, lon=None, lat=None))
    ((shelter_id,),) = ask("SELECT id FROM shelter")

    def place(step: str) -> None:
        if step == STEPS[2]:
            with pytest.raises(errors.StoreUnavailable):
                _placed(workspace, shelter_id)

    with workspace.transaction(SYSTEM) as session:
        changed = replace(SCHOOL, lon=None, lat=None, phone="1")
        import_inventory(session, inventory(changed), LIST, progress=place)
    with pytest.raises(errors.ChangedMeanwhile):
        _placed(workspace, shelter_id)


def test_two_imports_in_one_transaction_are_undone_apart(workspace: Workspace, ask: Ask) -> None:
    with workspace.transaction(SYSTEM) as session:
        import_inventory(session, inventory(SCHOOL), LIST)
        second = import_inventory(session, inventory(OTHER), LIST).import_id
    undo(workspace, second)
    assert ask("SELECT name FROM shelter") == [(SCHOOL.name,)]


def test_two_imports_of_one_shelter_are_undone_one_after_the_other(
    workspace: Workspace, ask: Ask
) -> None:
    first = take(workspace, SCHOOL).import_id
    second = take(workspace, replace(SCHOOL, phone="1")).import_id
    undo(workspace, second)
    undo(workspace, first)
    assert everything(ask) == []


def test_the_application_cannot_pass_something_else_off_as_the_last_import(
    workspace: Workspace,
) -> None:
    take(workspace, SCHOOL)
    with pytest.raises(errors.StoreForbids), workspace.transaction(SYSTEM) as session:
        session.connection().exec_driver_sql(
            "INSERT INTO inventory_import (number) OVERRIDING SYSTEM VALUE VALUES (99)"
        )


def test_a_file_name_that_is_no_text_is_kept_as_well_as_can_be(workspace: Workspace) -> None:
    with workspace.transaction(SYSTEM) as session:
        import_inventory(session, inventory(SCHOOL), SourceFile.of("\udc88\udceb.csv", b""))
    with workspace.reading() as session:
        assert recent_imports(session)[0].file_name == "??.csv"


def test_a_shelter_in_question_is_not_called_missing(workspace: Workspace) -> None:
    take(workspace, SCHOOL)
    planned = plan(workspace, ALIKE)
    assert (len(planned.questions), planned.missing) == (1, ())
