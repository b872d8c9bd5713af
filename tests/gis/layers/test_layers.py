import json
import pkgutil
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from shapely.geometry import Point, shape

import gis.layers
from gis.config import city_profile
from gis.layers import LAYERS, Layer, View
from gis.live import ALL_SUBJECTS
from gis.operations.openings import change_state, open_shelters
from gis.queries.incidents import incident_named
from gis.store import Workspace
from gis.text import Language, translate
from gis.vocabulary import DamageCategory, Hazard, OrderKind, ShelterState
from tests.conftest import HEADQUARTERS, NOON, PROJECT, MakeShelter
from tests.gis import annotating
from tests.gis.announcing import NANKO, SHIOMIDAI, SHORE, issue, lift
from tests.gis.closing import SPOT, STRETCH, state
from tests.gis.conftest import Count, Report
from tests.gis.importers.hazards.making import square
from tests.gis.supplying import Supplying, run_short, send_out
from tests.gis.zoning import choose, take_in

CITY = city_profile("142077")
INTERVAL = timedelta(minutes=CITY.reporting[0].interval_minutes)
OpenShelter = Callable[..., UUID]


def drawn(workspace: Workspace, name: str, incident_id: UUID | None) -> list[dict[str, Any]]:
    """The features of a layer as a browser reads them."""
    with workspace.reading() as session:
        incident = incident_named(session, incident_id) if incident_id else None
        collection = LAYERS[name].geojson(session, View(CITY, incident, NOON))
    sent = json.loads(json.dumps(collection, allow_nan=False))
    assert sent["type"] == "FeatureCollection"
    features: list[dict[str, Any]] = sent["features"]
    return features


def due(feature: dict[str, Any]) -> tuple[datetime | None, ...]:
    """From when a shelter's figure is old, and from when that is a matter for others."""
    told = (feature["properties"][name] for name in ("stale_at", "escalates_at"))
    return tuple(moment and datetime.fromisoformat(moment) for moment in told)


def test_every_file_is_registered() -> None:
    modules = (
        import_module(f"gis.layers.{module.name}")
        for module in pkgutil.iter_modules(gis.layers.__path__)
    )
    written = {module.LAYER.name for module in modules if hasattr(module, "LAYER")}
    assert written == set(LAYERS)


@pytest.mark.parametrize("layer", LAYERS.values(), ids=lambda layer: layer.name)
def test_every_layer_has_a_title_in_both_languages(layer: Layer) -> None:
    assert layer.title
    assert translate(layer.title, Language.JA) != layer.title


def test_the_browser_hides_by_itself_what_is_not_shown_by_itself() -> None:
    script = (PROJECT / "dashboard/assets/hq/map-choices.js").read_text(encoding="utf-8")
    (said,) = re.findall(r"OPTIONAL = (\[.*\]);", script)
    assert json.loads(said) == [name for name, layer in LAYERS.items() if not layer.is_shown]


@pytest.mark.parametrize("layer", LAYERS.values(), ids=lambda layer: layer.name)
def test_a_layer_waits_for_changes_that_are_announced(layer: Layer) -> None:
    assert layer.subjects <= ALL_SUBJECTS


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("name", LAYERS)
def test_every_feature_is_valid_geojson(
    workspace: Workspace,
    incident_id: UUID,
    open_shelter: OpenShelter,
    report: Report,
    name: str,
) -> None:
    send_out(Supplying(workspace), open_shelter())
    run_short(workspace, open_shelter("梅田小学校"))
    report(location=(139.4, 35.33))
    issue(workspace, *NANKO)
    issue(workspace, area=SHORE, hazard=Hazard.TSUNAMI)
    for path in (STRETCH, SPOT):
        state(workspace, path=path)
    for drawn_shape in (annotating.POINT, annotating.LINE, annotating.AREA):
        annotating.draw(workspace, shape=drawn_shape)
    take_in(workspace, (square(), "0.5m未満"), (square(1), "3m以上5m未満"))
    features = drawn(workspace, name, incident_id)
    assert features
    assert len({feature["id"] for feature in features}) == len(features)
    for feature in features:
        assert feature["type"] == "Feature"
        geometry = shape(feature["geometry"])
        assert geometry.is_valid
        west, south, east, north = geometry.bounds
        assert CITY.bounds.contain(west, south)
        assert CITY.bounds.contain(east, north)


@pytest.mark.parametrize("name", LAYERS)
def test_an_empty_store_is_an_empty_map(workspace: Workspace, name: str) -> None:
    assert drawn(workspace, name, None) == []


def test_a_shelter_without_a_place_has_no_geometry(
    workspace: Workspace, make_shelter: MakeShelter
) -> None:
    make_shelter("自主避難所", lon=None)
    (feature,) = drawn(workspace, "shelters", None)
    assert feature["geometry"] is None
    assert feature["properties"]["name"] == "自主避難所"


def test_a_report_without_a_place_has_no_geometry(
    workspace: Workspace, incident_id: UUID, report: Report
) -> None:
    report(place_text="柳島のどこか")
    (feature,) = drawn(workspace, "damage-reports", incident_id)
    assert feature["geometry"] is None


def test_unknown_figures_are_null_on_the_map_and_0_is_0(
    workspace: Workspace, incident_id: UUID, open_shelter: OpenShelter, count: Count
) -> None:
    open_shelter("数えていない", capacity=None)
    count(open_shelter("誰もいない", capacity=100), 0)
    shown = {
        feature["properties"]["name"]: feature["properties"]
        for feature in drawn(workspace, "shelters", incident_id)
    }
    uncounted, empty = shown["数えていない"], shown["誰もいない"]
    assert (uncounted["persons"], uncounted["capacity"], uncounted["share"]) == (None, None, None)
    assert uncounted["crowding"] == "unknown"
    assert (empty["persons"], empty["share"], empty["crowding"]) == (0, 0, "vacant")


def test_an_open_shelter_is_asked_after_one_interval_and_escalates_after_two(
    workspace: Workspace, incident_id: UUID, open_shelter: OpenShelter, count: Count
) -> None:
    observed_at = NOON - timedelta(minutes=3)
    count(open_shelter(), 5, observed_at=observed_at)
    (feature,) = drawn(workspace, "shelters", incident_id)
    assert due(feature) == (observed_at + INTERVAL, observed_at + 2 * INTERVAL)


def test_an_open_shelter_that_nobody_counted_is_asked_at_once(
    workspace: Workspace, incident_id: UUID, open_shelter: OpenShelter
) -> None:
    open_shelter()
    (feature,) = drawn(workspace, "shelters", incident_id)
    assert due(feature) == (NOON, NOON + 2 * INTERVAL)


@pytest.mark.parametrize(
    "state", [state for state in ShelterState if state is not ShelterState.NOT_OPENED]
)
def test_people_are_shown_and_asked_for_where_a_state_holds_them(
    workspace: Workspace,
    incident_id: UUID,
    make_shelter: MakeShelter,
    count: Count,
    state: ShelterState,
) -> None:
    shelter_id = make_shelter(capacity=100)
    with workspace.transaction(HEADQUARTERS) as session:
        (opening_id,) = open_shelters(session, incident_id, [shelter_id])
    count(shelter_id, 70)
    with workspace.transaction(HEADQUARTERS) as session:
        change_state(session, opening_id, state, version=1)
    (feature,) = drawn(workspace, "shelters", incident_id)
    shown = feature["properties"]
    assert shown["state"] == state.value
    if state.holds_people:
        assert (shown["persons"], shown["crowding"], shown["share"]) == (70, "crowded", 0.7)
        assert None not in due(feature)
    else:
        assert (shown["persons"], shown["crowding"], shown["share"]) == (None, None, None)
        is_asked = state is ShelterState.UNKNOWN
        assert due(feature) == ((NOON, NOON + 2 * INTERVAL) if is_asked else (None, None))


def test_people_in_a_place_for_nobody_are_full_and_still_json(
    workspace: Workspace, incident_id: UUID, open_shelter: OpenShelter, count: Count
) -> None:
    count(open_shelter(capacity=0), 3)
    (feature,) = drawn(workspace, "shelters", incident_id)
    assert feature["properties"]["crowding"] == "full"


def test_a_layer_shows_no_report_of_the_future(
    workspace: Workspace, incident_id: UUID, report: Report
) -> None:
    report(category=DamageCategory.FIRE)
    with workspace.reading() as session:
        incident = incident_named(session, incident_id)
        earlier = View(CITY, incident, NOON.replace(year=2025))
        assert LAYERS["damage-reports"].features(session, earlier) == []


@pytest.mark.usefixtures("city")
def test_the_map_shows_the_orders_in_force_the_most_urgent_on_top(
    workspace: Workspace, incident_id: UUID
) -> None:
    lift(workspace, issue(workspace, *NANKO).id, 1)
    order_id = issue(workspace, SHIOMIDAI, kind=OrderKind.EMERGENCY).id
    issue(workspace, area=SHORE, hazard=Hazard.TSUNAMI)
    below, above = drawn(workspace, "evacuation-orders", incident_id)
    assert (below["properties"]["level"], below["properties"]["is_drawn"]) == (None, True)
    assert above["id"] == str(order_id)
    assert (above["properties"]["level"], above["properties"]["areas"]) == (5, ["汐見台"])
    assert shape(above["geometry"]).contains(Point(above["properties"]["label"]))


@pytest.mark.usefixtures("city")
def test_of_an_order_people_are_unknown_unless_somebody_knows(
    workspace: Workspace, incident_id: UUID
) -> None:
    ring = [[139.385, 35.319], [139.386, 35.319], [139.386, 35.32], [139.385, 35.319]]
    issue(workspace, area={"type": "Polygon", "coordinates": [ring]})
    (feature,) = drawn(workspace, "evacuation-orders", incident_id)
    assert feature["properties"]["persons"] is None


def test_an_annotation_says_its_text_who_wrote_it_and_when(
    workspace: Workspace, incident_id: UUID
) -> None:
    gone = annotating.draw(workspace).id
    annotating.remove(workspace, gone, 1)
    kept = annotating.draw(workspace, "<b>橋</b>", shape=annotating.LINE).id
    (feature,) = drawn(workspace, "annotations", incident_id)
    told = feature["properties"]
    assert (feature["id"], feature["geometry"]) == (str(kept), annotating.LINE)
    assert (told["text"], told["colour"], told["recorded_by"]) == ("<b>橋</b>", "remark", "本部")
    assert datetime.fromisoformat(told["recorded_at"]) == NOON
    assert Point(told["label"]).distance(shape(annotating.LINE)) < 1e-9


def test_zones_are_drawn_where_they_count_the_deepest_over_the_others(
    workspace: Workspace, incident_id: UUID
) -> None:
    deep, shallow = (square(), "3m以上5m未満"), (square(1), "0.5m未満")
    layer_id = take_in(workspace, deep, shallow, is_fictitious=True).layer_id
    drawn_zones = [one["properties"] for one in drawn(workspace, "hazard-zones", incident_id)]
    assert [zone["depth_class"] for zone in drawn_zones] == ["under_0_5", "to_5"]
    assert all(zone["is_fictitious"] for zone in drawn_zones)
    choose(workspace, layer_id, is_active=False)
    assert drawn(workspace, "hazard-zones", incident_id) == []
