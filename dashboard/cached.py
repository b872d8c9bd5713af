"""What pages read: each query cached until the store says that its subject changed.

Workspace and revision among the arguments are what makes an answer another or an outdated one; the
lifetime only bounds how far the ages shown may lag behind the clock.
"""
# ruff: noqa: ARG001 - arguments that only tell answers apart

from uuid import UUID

import streamlit as st

from dashboard import session
from gis.queries.damage_reports import Cursor, DamageReportView, newest_damage_reports
from gis.queries.incidents import IncidentView, current_incident
from gis.queries.places import TownPoint, towns
from gis.queries.shelters import (
    ReadingView,
    ShelterStatus,
    StockLine,
    readings_of,
    shelter_statuses,
    stock_of,
)
from gis.reports import RENDERINGS, SituationSummary, compile_current_summary
from gis.text import Language

SECONDS = 10
PAGE_LENGTH = 50
"""Rows of a list that grows."""


def incident() -> IncidentView | None:
    """Return the incident that headquarters work on."""
    return _incident(*_answer())


def summary() -> SituationSummary | None:
    """Return the situation of the current incident as of now; None where none is open."""
    return _summary(*_answer("shelters", "damage_reports"))


def rendered(situation: SituationSummary, rendering: str, language: Language) -> bytes:
    """Return a summary in a form of the registry."""
    return RENDERINGS[rendering].render(situation, language)


def shelters() -> list[ShelterStatus]:
    """Return every shelter of the register with its state, by name."""
    return _shelters(*_answer("shelters"))


def readings(opening_id: UUID) -> list[ReadingView]:
    """Return the readings of an opening, the latest first."""
    return _readings(*_answer("shelters"), opening_id)


def stock(shelter_id: UUID) -> list[StockLine]:
    """Return what lies in a shelter."""
    return _stock(*_answer("shelters"), shelter_id)


def damage_reports(before: Cursor | None = None) -> list[DamageReportView]:
    """Return a page of the current incident's reports, the last recorded first."""
    return _damage_reports(*_answer("damage_reports"), before)


def town_points() -> list[TownPoint]:
    """Return the towns of the municipality, the most populous first."""
    return _town_points(*_answer("places"))


def _answer(*subjects: str) -> tuple[str, int]:
    """Return what tells answers apart: the workspace, and how often the subjects changed."""
    desk = session.desk()
    return desk.workspace.name, desk.revisions.of(("incidents", *subjects))


@st.cache_data(ttl=SECONDS, max_entries=16, show_spinner=False)
def _incident(workspace: str, revision: int) -> IncidentView | None:
    with session.desk().workspace.reading() as store:
        return current_incident(store)


@st.cache_data(ttl=SECONDS, max_entries=16, show_spinner=False)
def _summary(workspace: str, revision: int) -> SituationSummary | None:
    desk = session.desk()
    with desk.workspace.reading() as store:
        if current_incident(store) is None:
            return None
        return compile_current_summary(store, desk.city, is_drill=desk.workspace.is_drill)


@st.cache_data(ttl=SECONDS, max_entries=16, show_spinner=False)
def _shelters(workspace: str, revision: int) -> list[ShelterStatus]:
    desk = session.desk()
    with desk.workspace.reading() as store:
        current = current_incident(store)
        return shelter_statuses(
            store, current.id if current else None, as_of=desk.workspace.clock.now()
        )


@st.cache_data(ttl=SECONDS, max_entries=256, show_spinner=False)
def _readings(workspace: str, revision: int, opening_id: UUID) -> list[ReadingView]:
    with session.desk().workspace.reading() as store:
        return readings_of(store, opening_id)


@st.cache_data(ttl=SECONDS, max_entries=256, show_spinner=False)
def _stock(workspace: str, revision: int, shelter_id: UUID) -> list[StockLine]:
    with session.desk().workspace.reading() as store:
        return stock_of(store, shelter_id)


@st.cache_data(ttl=SECONDS, max_entries=64, show_spinner=False)
def _damage_reports(workspace: str, revision: int, before: Cursor | None) -> list[DamageReportView]:
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        if current is None:
            return []
        return newest_damage_reports(store, current.id, before=before, limit=PAGE_LENGTH)


@st.cache_data(max_entries=4, show_spinner=False)
def _town_points(workspace: str, revision: int) -> list[TownPoint]:
    desk = session.desk()
    with desk.workspace.reading() as store:
        return towns(store, desk.city.code)
