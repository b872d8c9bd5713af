"""Who may come in: one-time sign-in links and the sign-ins they made.

Only SHA-256 hashes of the tokens are kept; a token has 256 bits of chance, so that a fast hash
gives nothing away.
"""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment, UuidKey, one_of
from gis.vocabulary import Role

_SHELTER_GIVEN = "shelter_id IS NULL OR role = 'shelter'"
"""Only a shelter manager comes in for one shelter."""


class SignInLink(Base):
    """A link that signs one browser in, once."""

    __tablename__ = "sign_in_link"
    __table_args__ = (
        one_of("role", Role, "role_known"),
        CheckConstraint("char_length(btrim(name)) BETWEEN 1 AND 100", name="name_given"),
        CheckConstraint(_SHELTER_GIVEN, name="shelter_given"),
    )

    id: Mapped[UuidKey]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    name: Mapped[str]
    role: Mapped[str]
    shelter_id: Mapped[UUID | None] = mapped_column(ForeignKey("shelter.id"))
    """The one shelter that a shelter manager comes in for."""
    issued_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]


class SignIn(Base):
    """A browser or program that is signed in until a moment, or until it is ended."""

    __tablename__ = "sign_in"
    __table_args__ = (
        one_of("role", Role, "role_known"),
        CheckConstraint(_SHELTER_GIVEN, name="shelter_given"),
    )

    id: Mapped[UuidKey]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    actor: Mapped[str]
    role: Mapped[str]
    shelter_id: Mapped[UUID | None] = mapped_column(ForeignKey("shelter.id"))
    started_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
