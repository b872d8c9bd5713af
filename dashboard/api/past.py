"""The past moment that an address asks for."""

from threading import Lock
from typing import Annotated

from fastapi import Depends, Query

from dashboard.workspaces import current_desk
from gis.past import PastMoment
from gis.vocabulary import Knowledge

ONE_AT_A_TIME = Lock()
"""A slider asks for many moments; what is live waits behind none of them."""


async def past_moment(
    at: Annotated[
        str | None,
        Query(description="A past moment with its offset; left out: now, and live."),
    ] = None,
    known: Annotated[
        str,
        Query(
            description="As it was known then, or as it is known now.",
            json_schema_extra={"enum": [term.value for term in Knowledge]},
        ),
    ] = Knowledge.THEN.value,
) -> PastMoment | None:
    """Return the moment to tell of; None is now."""
    if at is None:
        return None
    return PastMoment.read(at, known, current_desk().workspace.clock.now())


Past = Annotated[PastMoment | None, Depends(past_moment)]
