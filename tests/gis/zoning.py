"""Short ways to take in hazard zones."""

from typing import Any
from uuid import UUID, uuid4

from gis.operations.hazard_zones import (
    Choice,
    Edition,
    ZoneSource,
    choose_hazard_layer,
    import_hazard_zones,
)
from gis.queries.hazard_zones import HazardLayerView, hazard_layers
from gis.queries.incidents import incident_named
from gis.store import Workspace
from gis.vocabulary import Hazard
from tests.conftest import HEADQUARTERS
from tests.gis.importers.hazards.making import zone_file

TITLE = "津波浸水想定"


def take_in(
    workspace: Workspace,
    *rows: tuple[Any, str | None],
    hazard: Hazard = Hazard.TSUNAMI,
    **told: Any,  # noqa: ANN401
) -> Edition:
    """Take in areas, each with its depth in words, in a transaction of its own."""
    source = ZoneSource(told.pop("title", TITLE), "zones.geojson", **told)
    with workspace.transaction(HEADQUARTERS) as session:
        return import_hazard_zones(session, source, zone_file(*rows, hazard=hazard))


def choose(workspace: Workspace, layer_id: UUID, *, is_active: bool) -> None:
    """Say whether a layer counts in the current incident."""
    with workspace.transaction(HEADQUARTERS) as session:
        choose_hazard_layer(session, Choice(uuid4(), layer_id, is_active))


def layers(workspace: Workspace, incident_id: UUID | None = None) -> list[HazardLayerView]:
    """Return the layers as they count in an incident."""
    with workspace.reading() as session:
        incident = incident_named(session, incident_id) if incident_id else None
        return hazard_layers(session, incident)
