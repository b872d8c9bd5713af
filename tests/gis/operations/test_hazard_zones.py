from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from gis.errors import IdUsedForAnother, IncidentNotOpen, NameMissing, NotFound, StoreRefuses
from gis.operations.hazard_zones import Choice, choose_hazard_layer
from gis.store import Workspace
from gis.vocabulary import Hazard
from tests.conftest import HEADQUARTERS, FixedClock
from tests.gis.conftest import Ask
from tests.gis.importers.hazards.making import square
from tests.gis.zoning import choose, layers, take_in

SHALLOW, DEEP = (square(), "0.5m未満"), (square(1), "3m以上5m未満")


def test_zones_are_kept_with_their_boundaries_and_class(workspace: Workspace, ask: Ask) -> None:
    take_in(workspace, SHALLOW, (square(1), "0.3m以上1m未満"), (square(2), "不明"))
    assert ask(
        "SELECT label, min_depth_m, max_depth_m, depth_class, ST_NumGeometries(area)"
        " FROM hazard_zone ORDER BY ST_XMin(area)"
    ) == [
        ("0.5m未満", 0, 0.5, "under_0_5", 1),
        ("0.3m以上1m未満", 0.3, 1, "to_3", 1),
        ("不明", None, None, None, 1),
    ]


def test_the_same_again_changes_nothing_in_whatever_order(workspace: Workspace, ask: Ask) -> None:
    first = take_in(workspace, SHALLOW, DEEP)
    again = take_in(workspace, DEEP, SHALLOW)
    assert (again.layer_id, again.number, again.is_new) == (first.layer_id, 1, False)
    assert ask("SELECT count(*) FROM hazard_zone") == [(2,)]


def test_a_newer_file_of_a_title_takes_the_place_of_the_one_before(workspace: Workspace) -> None:
    first = take_in(workspace, SHALLOW)
    second = take_in(workspace, DEEP, credit="令和8年度版")
    assert (second.layer_id, second.number, second.is_new) == (first.layer_id, 2, True)
    assert [(one.number, one.credit) for one in layers(workspace)] == [(2, "令和8年度版")]


def test_another_hazard_under_the_same_title_is_another_layer(workspace: Workspace) -> None:
    take_in(workspace, SHALLOW)
    take_in(workspace, SHALLOW, hazard=Hazard.STORM_SURGE)
    assert {one.hazard for one in layers(workspace)} == {Hazard.TSUNAMI, Hazard.STORM_SURGE}


@pytest.mark.parametrize("title", ["", " ", "長" * 201])
def test_zones_need_a_title(workspace: Workspace, title: str) -> None:
    with pytest.raises(NameMissing):
        take_in(workspace, SHALLOW, title=title)


def test_who_took_zones_in_and_when_is_on_record(workspace: Workspace, ask: Ask) -> None:
    take_in(workspace, SHALLOW)
    entries = ask("SELECT table_name, actor FROM change_record ORDER BY id")
    assert entries == [("hazard_layer", "本部"), ("hazard_edition", "本部")]


def test_nothing_is_added_to_an_edition_afterwards(workspace: Workspace, clock: FixedClock) -> None:
    take_in(workspace, SHALLOW)
    clock.moment += timedelta(minutes=1)
    more = "INSERT INTO hazard_zone (edition_id, area) SELECT edition_id, area FROM hazard_zone"
    with pytest.raises(StoreRefuses), workspace.transaction(HEADQUARTERS) as session:
        session.execute(text(more))


def test_a_zone_of_many_corners_is_divided_for_searching(workspace: Workspace, ask: Ask) -> None:
    disc = square().centroid.buffer(0.01, quad_segs=500)
    take_in(workspace, (disc, "0.5m未満"))
    ((parts, corners, area),) = ask(
        "SELECT count(*), max(ST_NPoints(area)), sum(ST_Area(area)) FROM hazard_zone_part"
    )
    assert parts > 1
    assert corners <= 257
    assert area == pytest.approx(disc.area)


def test_headquarters_say_which_layers_count(workspace: Workspace, incident_id: UUID) -> None:
    tsunami = take_in(workspace, SHALLOW).layer_id
    flood = take_in(workspace, DEEP, hazard=Hazard.FLOOD, title="洪水").layer_id

    def counting() -> set[UUID]:
        return {one.id for one in layers(workspace, incident_id) if one.is_active}

    assert counting() == {tsunami}
    choose(workspace, flood, is_active=True)
    choose(workspace, tsunami, is_active=False)
    assert counting() == {flood}
    choose(workspace, tsunami, is_active=True)
    assert counting() == {flood, tsunami}


@pytest.mark.usefixtures("incident_id")
def test_a_retry_of_a_choice_changes_nothing(workspace: Workspace, ask: Ask) -> None:
    choice = Choice(uuid4(), take_in(workspace, SHALLOW).layer_id, is_active=False)
    for is_new in (True, False):
        with workspace.transaction(HEADQUARTERS) as session:
            assert choose_hazard_layer(session, choice).is_new is is_new
    assert ask("SELECT count(*) FROM hazard_choice") == [(1,)]
    other = Choice(choice.id, choice.layer_id, is_active=True)
    with pytest.raises(IdUsedForAnother), workspace.transaction(HEADQUARTERS) as session:
        choose_hazard_layer(session, other)


def test_a_choice_needs_an_incident(workspace: Workspace) -> None:
    layer_id = take_in(workspace, SHALLOW).layer_id
    with pytest.raises(IncidentNotOpen):
        choose(workspace, layer_id, is_active=True)


@pytest.mark.usefixtures("incident_id")
def test_a_choice_names_a_layer_that_is_there(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        choose(workspace, uuid4(), is_active=True)
