"""The API under /api: for the map's layers, field devices and other systems."""

from fastapi import Depends, FastAPI

from dashboard.api import damage_reports, events, layers, readings, situation
from dashboard.api.problems import register_problems
from dashboard.api.roles import authorise

__all__ = ["api"]


def _make_api() -> FastAPI:
    made = FastAPI(
        title="Disaster headquarters",
        version="1",
        description="Shelters, head counts and damage reports of a municipality's headquarters.",
        # The interactive pages load their scripts from elsewhere; the schema itself is ours.
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(authorise)],
    )
    register_problems(made)
    for module in (layers, readings, damage_reports, situation, events):
        made.include_router(module.router)
    return made


api = _make_api()
