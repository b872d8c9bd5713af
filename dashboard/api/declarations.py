"""What headquarters declare of 第4号様式: its figures, and what it asks in words."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.filed import MADE_BY_CLIENT, FiledOut, Version
from dashboard.api.roles import CurrentActor, allow
from dashboard.api.text import Storable
from dashboard.roles import DECIDES, SEES_ALL
from dashboard.workspaces import current_desk
from gis.errors import NotFound
from gis.form4 import CELLS
from gis.operations import Filed
from gis.operations.declarations import FigureTold, TextTold, declare_figures, state_texts
from gis.queries.declarations import DeclarationView, declarations_of
from gis.queries.incidents import open_incident_or_refuse
from gis.text import N_
from gis.vocabulary import FigureState, FormText

router = APIRouter(tags=["situation"])

AT_ONCE = 100
"""More declarations than the form has cells."""


class FigureIn(BaseModel):
    """What is declared of a figure."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description=MADE_BY_CLIENT)
    key: Storable = Field(description="The `key` of one of the `figures` of the situation.")
    state: FigureState
    value: float | None = Field(
        default=None, allow_inf_nan=True, description="Left out or null: not known, or none."
    )
    reason: Storable | None = Field(
        default=None, description="Needed where confirmed reports say something else."
    )
    definition: Storable | None = Field(
        default=None, description="How it was counted, if not as the form means."
    )
    version: Version = 0
    observed_at: datetime | None = Field(
        default=None, description="As of when it is so, with offset; left out: now."
    )
    confirmed: frozenset[str] = Field(
        default=frozenset(), description="Codes of the doubts that somebody said yes to."
    )

    def told(self) -> FigureTold:
        """Return it as the operations take it."""
        return FigureTold(
            self.id, self.key, self.state, self.value, self.reason, self.definition,
            self.version, self.observed_at, self.confirmed,
        )  # fmt: skip


class StatementIn(BaseModel):
    """What is said where the form asks words."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description=MADE_BY_CLIENT)
    key: FormText
    text: Storable | None = Field(description="Empty or null takes back what was said.")
    version: Version = 0

    def told(self) -> TextTold:
        """Return it as the operations take it."""
        return TextTold(self.id, self.key, self.text, self.version)


Figures = Annotated[list[FigureIn], Field(min_length=1, max_length=AT_ONCE)]
Statements = Annotated[list[StatementIn], Field(min_length=1, max_length=AT_ONCE)]


@router.get("/figures/{key}", openapi_extra=allow(SEES_ALL))
def history(key: str) -> list[DeclarationView]:
    """Return all that was declared of a figure in the current incident, the last first."""
    if key not in CELLS:
        raise NotFound(field="key", received=key, kind=N_("figure"))
    with current_desk().workspace.reading() as session:
        return declarations_of(session, open_incident_or_refuse(session).id, key)


@router.post("/figures", status_code=201, openapi_extra=allow(DECIDES))
def declare(figures: Figures, actor: CurrentActor, response: Response) -> list[FiledOut]:
    """Declare figures of the current incident, all of them or none. 200: all were retries.

    409: somebody else declared one since, or a reason or a yes is asked for.
    """
    desk = current_desk()
    with desk.transaction(actor) as session:
        told = [figure.told() for figure in figures]
        return _answer(declare_figures(session, desk.city.code, told), response)


@router.post("/statements", status_code=201, openapi_extra=allow(DECIDES))
def state(statements: Statements, actor: CurrentActor, response: Response) -> list[FiledOut]:
    """Say what the form asks in words, all of it or nothing. 200: all were retries."""
    with current_desk().transaction(actor) as session:
        return _answer(state_texts(session, [one.told() for one in statements]), response)


def _answer(filed: list[Filed], response: Response) -> list[FiledOut]:
    response.status_code = 201 if any(one.is_new for one in filed) else 200
    return [FiledOut(id=one.id, is_new=one.is_new) for one in filed]
