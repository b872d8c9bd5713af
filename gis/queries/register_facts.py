"""What the register says of some shelters, as forms of other bodies ask it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from gis.queries import SQL
from gis.sql import id_array, statement


@dataclass(frozen=True)
class RegisterFacts:
    """What stands of a shelter besides its place and name; None is unknown."""

    municipality_code: str
    """Of the designating municipality, six digits."""
    municipality: str | None
    """Its Japanese name; None of one that is not kept here."""
    name_kana: str | None
    phone: str | None
    common_id: str | None
    """全国共通避難所・避難場所ID: the shelter's before the emergency site's."""


def register_facts(session: Session, shelter_ids: Sequence[UUID]) -> dict[UUID, RegisterFacts]:
    """Return what the register says of some shelters, by shelter; one statement."""
    rows = session.execute(
        statement(SQL / "register_facts.sql"), {"shelter_ids": id_array(shelter_ids)}
    ).mappings()
    return {(told := dict(row)).pop("id"): RegisterFacts(**told) for row in rows}
