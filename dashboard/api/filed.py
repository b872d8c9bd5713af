"""What a sender is told of something that was filed under an id of the sender's making."""

from typing import Annotated
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, ConfigDict, Field

from gis.operations import Filed

MADE_BY_CLIENT = "Made by the client; sending the same again changes nothing."
VERSION = Field(description="The number of the statement that was seen last.")
Version = Annotated[
    int,
    Field(
        ge=0, le=1_000_000, description="The `version` that was seen last; 0 before the first word."
    ),
]


class FiledOut(BaseModel):
    """What became of something filed."""

    id: UUID
    is_new: bool = Field(description="False: it had been filed before, and nothing changed.")


def answer(filed: Filed, response: Response) -> FiledOut:
    """Return what became of it: 201 where it is new, 200 for a retry."""
    response.status_code = 201 if filed.is_new else 200
    return FiledOut(id=filed.id, is_new=filed.is_new)


class TakingBackIn(BaseModel):
    """That the last statement was made by mistake."""

    model_config = ConfigDict(extra="forbid")

    version: int = VERSION
