"""Signing in by one-time link, and out."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from gis.errors import SignInLinkSpent
from gis.models import SignIn, SignInLink
from gis.queries.access import token_hash
from gis.store import now
from gis.vocabulary import Role

LINK_LIFETIME = timedelta(hours=12)
"""Long enough for a shift that starts the server before it sits down at it."""
SIGN_IN_LIFETIME = timedelta(days=7)
"""Headquarters work for days; nobody should be thrown out in the middle."""
NAME_LENGTH = 100
"""Of whoever comes in by a link; a shelter, whose manager it may be, can have a longer one."""


@dataclass(frozen=True)
class Admission:
    """What a redeemed link gives: the browser's secret, and how long it is good for."""

    token: str
    lifetime: timedelta


def issue_sign_in_link(
    session: Session, name: str, role: Role, shelter_id: UUID | None = None
) -> str:
    """Make a one-time link and return its token; only its hash is kept.

    Parameters
    ----------
    name
        Whose link it is, such as 「情報班」: the name that stands beside everything they do.
    role
        As what they come in.
    shelter_id
        The one shelter that a shelter manager comes in for; nobody else is bound to one.

    Raises
    ------
    gis.errors.NameMissing
        The name is empty or longer than 100 characters.
    gis.errors.NotFound
        There is no such shelter.
    """
    token = secrets.token_urlsafe(32)
    moment = now(session)
    session.add(
        SignInLink(
            token_hash=token_hash(token),
            name=name,
            role=role.value,
            shelter_id=shelter_id,
            issued_at=moment,
            expires_at=moment + LINK_LIFETIME,
        )
    )
    return token


def redeem_sign_in_link(session: Session, token: str) -> Admission:
    """Use up a link and sign a browser in.

    Raises
    ------
    gis.errors.SignInLinkSpent
        It was used before, has expired or never existed; these answer alike, so that guessing
        teaches nothing.
    """
    moment = now(session)
    link = session.scalars(
        update(SignInLink)
        .where(
            SignInLink.token_hash == token_hash(token),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > moment,
        )
        .values(used_at=moment)
        .returning(SignInLink)
    ).one_or_none()
    if link is None:
        raise SignInLinkSpent
    admission = Admission(secrets.token_urlsafe(32), SIGN_IN_LIFETIME)
    session.add(
        SignIn(
            token_hash=token_hash(admission.token),
            actor=link.name,
            role=link.role,
            shelter_id=link.shelter_id,
            started_at=moment,
            expires_at=moment + admission.lifetime,
        )
    )
    return admission


def end_sign_in(session: Session, token: str) -> None:
    """Sign a browser out; ending it twice does no harm."""
    session.execute(
        update(SignIn)
        .where(SignIn.token_hash == token_hash(token), SignIn.ended_at.is_(None))
        .values(ended_at=now(session))
    )
