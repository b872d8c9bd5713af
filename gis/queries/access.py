"""Who holds a secret, and which shelter a sign-in is to be for."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from gis.identity.spelling import comparable_name
from gis.models import Designation, Shelter, SignIn
from gis.store import Actor, now
from gis.vocabulary import Role


def actor_of(session: Session, token: str) -> Actor | None:
    """Return who holds a browser's secret, or None where the sign-in has ended or never was.

    Whoever came in for a shelter that has been joined to another one is in for that one.
    """
    shelter_id = func.coalesce(Shelter.joined_to_id, SignIn.shelter_id)
    row = session.execute(
        select(SignIn.actor, SignIn.role, shelter_id.label("shelter_id"))
        .outerjoin(Shelter, Shelter.id == SignIn.shelter_id)
        .where(
            SignIn.token_hash == token_hash(token),
            SignIn.ended_at.is_(None),
            SignIn.expires_at > now(session),
        )
    ).one_or_none()
    return Actor(row.actor, Role(row.role), row.shelter_id) if row else None


def token_hash(token: str) -> bytes:
    """Return the SHA-256 of a token; see gis.models.access for why that is enough."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True)
class NamedShelter:
    """A shelter that somebody may mean; ``common_ids`` are its 共通ID, as far as it has any."""

    id: UUID
    name: str
    address: str | None
    common_ids: tuple[str, ...]


def shelters_meant(session: Session, municipality_code: str, words: str) -> list[NamedShelter]:
    """Return the shelters of a municipality that a 共通ID or a whole name means.

    Width, blanks and ヶ/ケ make no difference in a name. Namesakes come all: whoever asked has to
    choose.
    """
    name = comparable_name(words)
    return [
        shelter
        for shelter in _named(session, municipality_code)
        if words in shelter.common_ids or (name and comparable_name(shelter.name) == name)
    ]


def shelters_like(session: Session, municipality_code: str, words: str) -> list[NamedShelter]:
    """Return the shelters of a municipality whose names contain some words, by name."""
    part = comparable_name(words)
    return [
        shelter
        for shelter in _named(session, municipality_code)
        if part and part in comparable_name(shelter.name)
    ]


def _named(session: Session, municipality_code: str) -> list[NamedShelter]:
    common_ids = func.array_agg(aggregate_order_by(Designation.common_id, Designation.common_id))
    rows = session.execute(
        select(
            Shelter.id,
            Shelter.name,
            Shelter.address,
            common_ids.filter(Designation.common_id.is_not(None)).label("common_ids"),
        )
        .outerjoin(Designation, Designation.shelter_id == Shelter.id)
        .where(
            Shelter.municipality_code == municipality_code,
            Shelter.retired_at.is_(None),
            Shelter.joined_to_id.is_(None),
        )
        .group_by(Shelter.id)
        .order_by(Shelter.name, Shelter.id)
    )
    return [
        NamedShelter(row.id, row.name, row.address, tuple(row.common_ids or ())) for row in rows
    ]
