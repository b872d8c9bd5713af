"""Who may use a route: each names its roles, and a route that names none is closed."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from dashboard.roles import COUNTS_OWN
from gis.errors import NotAllowed, NotSignedIn
from gis.queries.shelters import standing_id
from gis.store import Actor
from gis.vocabulary import Role

EXTENSION = "x-roles"
"""Where a route's roles stand in the OpenAPI schema."""


def allow(roles: frozenset[Role]) -> dict[str, Any]:
    """Return the ``openapi_extra`` that opens a route to roles."""
    return {EXTENSION: sorted(role.value for role in roles)}


def current_actor(request: Request) -> Actor:
    """Return who sent a request, as the gate found out.

    Raises
    ------
    gis.errors.NotSignedIn
        The gate was passed without a sign-in: never, as long as there is a gate.
    """
    actor = getattr(request.state, "actor", None)
    if not isinstance(actor, Actor):
        raise NotSignedIn
    return actor


# What routes depend on only looks at what is there: a coroutine costs no change of threads.
async def _sender(request: Request) -> Actor:
    return current_actor(request)


CurrentActor = Annotated[Actor, Depends(_sender)]


async def authorise(request: Request, actor: CurrentActor) -> None:
    """Refuse who is not of a role that the route names.

    Raises
    ------
    gis.errors.NotAllowed
        The role is not among them, or the route names none.
    """
    extra = getattr(request.scope["route"], "openapi_extra", None) or {}
    if actor.role.value not in extra.get(EXTENSION, ()):
        raise NotAllowed


def require_own(actor: Actor, shelter_id: UUID) -> None:
    """Refuse whoever came in for one shelter and asks about another, or came in for none.

    Raises
    ------
    gis.errors.NotAllowed
        It is not theirs; whether it exists is not said.
    """
    if actor.role in COUNTS_OWN and actor.shelter_id != shelter_id:
        raise NotAllowed


def own_shelter(session: Session, actor: Actor, shelter_id: UUID) -> UUID:
    """Return as which shelter of the register one stands; refuse who may not ask about it.

    A telephone that was without a signal names what has been joined to another one since.

    Raises
    ------
    gis.errors.NotAllowed
        As :func:`require_own`.
    """
    standing = standing_id(session, shelter_id)
    # Who signed in is kept in mind for some seconds: what was joined just now may be meant.
    if actor.shelter_id != shelter_id:
        require_own(actor, standing)
    return standing
