"""Which damage reports a list is asked for, as an address says it."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import Depends, Query
from pydantic import Field, model_validator

from dashboard.api.text import Storable
from gis.config import Bounds
from gis.errors import FieldInvalid, MomentWithoutZone
from gis.queries.damage_reports import ReportFilter
from gis.text import N_
from gis.vocabulary import DamageCategory, ReportState


class _Box(Bounds):
    """A box on the map that has an inside."""

    west: float = Field(ge=-180, lt=180)
    south: float = Field(ge=-85, lt=85)
    east: float = Field(le=180)
    north: float = Field(le=85)

    @model_validator(mode="after")
    def _has_inside(self) -> Self:
        if not (self.west < self.east and self.south < self.north):
            raise ValueError("west < east and south < north")
        return self


_SIDES = tuple(Bounds.model_fields)


def _which(  # noqa: PLR0913, PLR0917 - each is a parameter of the address
    bbox: Annotated[
        str | None,
        Query(description="west,south,east,north in degrees; leaves out what has no place."),
    ] = None,
    since: Annotated[datetime | None, Query(description="Observed then or later.")] = None,
    until: Annotated[datetime | None, Query(description="Observed before.")] = None,
    category: DamageCategory | None = None,
    state: ReportState | None = None,
    team: Annotated[Storable | None, Query(description="To whom it is assigned.")] = None,
) -> ReportFilter:
    """Return the filter that an address asks for."""
    for name, moment in {"since": since, "until": until}.items():
        if moment is not None and moment.tzinfo is None:
            raise MomentWithoutZone(field=name, received=moment.isoformat())
    bounds = None if bbox is None else read_box("bbox", bbox)
    return ReportFilter(bounds, since, until, category, state, team)


def read_box(name: str, text: str) -> Bounds:
    """Return a box that has an inside, from the field of an address.

    Raises
    ------
    gis.errors.FieldInvalid
        It is none.
    """
    try:
        box = _Box.model_validate(dict(zip(_SIDES, text.split(","), strict=True)))
    except ValueError as fault:
        problem = N_("it is not west,south,east,north in degrees")
        raise FieldInvalid(field=name, received=text, name=name, problem=problem) from fault
    return box


Which = Annotated[ReportFilter, Depends(_which)]
