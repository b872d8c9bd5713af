"""Who holds a secret."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.models import SignIn
from gis.store import Actor, now
from gis.vocabulary import Role


def actor_of(session: Session, token: str) -> Actor | None:
    """Return who holds a browser's secret, or None where the sign-in has ended or never was."""
    row = session.execute(
        select(SignIn.actor, SignIn.role).where(
            SignIn.token_hash == token_hash(token),
            SignIn.ended_at.is_(None),
            SignIn.expires_at > now(session),
        )
    ).one_or_none()
    return Actor(row.actor, Role(row.role)) if row else None


def token_hash(token: str) -> bytes:
    """Return the SHA-256 of a token; see gis.models.access for why that is enough."""
    return hashlib.sha256(token.encode()).digest()
