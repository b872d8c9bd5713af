"""The API under /api: for the map's layers, field devices and other systems."""

from typing import Any

from fastapi import Depends, FastAPI

from dashboard.api import (
    annotations,
    base_maps,
    board,
    chronology,
    count,
    curve,
    damage_reports,
    declarations,
    dispatches,
    evacuation_orders,
    events,
    field,
    hazard_zones,
    inside,
    layers,
    map_sheet,
    movements,
    photograph_uploads,
    photographs,
    readings,
    report_batch,
    road_closures,
    situation,
    stock,
    summary_issues,
    supply_requests,
    tiles,
    triage,
)
from dashboard.api.problems import register_problems
from dashboard.api.roles import allow, authorise
from dashboard.roles import SEES_ALL

__all__ = ["api"]

MODULES = (
    board,
    chronology,
    count,
    curve,
    layers,
    base_maps,
    tiles,
    map_sheet,
    readings,
    photographs,
    # Before the reports themselves: "queue" is no report's id.
    triage,
    damage_reports,
    report_batch,
    photograph_uploads,
    field,
    evacuation_orders,
    road_closures,
    annotations,
    hazard_zones,
    stock,
    movements,
    supply_requests,
    dispatches,
    situation,
    declarations,
    summary_issues,
    inside,
    events,
)


def _make_api() -> FastAPI:
    made = FastAPI(
        title="Disaster headquarters",
        version="1",
        description="Shelters, head counts and damage reports of a municipality's headquarters.",
        # The interactive pages load their scripts from elsewhere; the schema is a route with roles.
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(authorise)],
    )
    register_problems(made)
    made.add_middleware(tiles.KeptTiles)
    for module in MODULES:
        made.include_router(module.router)

    @made.get("/openapi.json", include_in_schema=False, openapi_extra=allow(SEES_ALL))
    def schema() -> dict[str, Any]:
        """Return what the API offers, in OpenAPI."""
        return made.openapi()

    return made


api = _make_api()
