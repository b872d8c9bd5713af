"""What pages read: each query cached until the store says that its subject changed.

Workspace and revision among the arguments are what makes an answer another or an outdated one; the
lifetime only bounds how far the ages shown may lag behind the clock. Answers are shared as they
are, for they are never changed: a copy for each reader would take longer than some queries.
"""
# ruff: noqa: ARG001 - arguments that only tell answers apart

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

import streamlit as st

from dashboard import session
from dashboard.api.inside import area_summary
from gis.clock import EARLIEST, jst
from gis.exporters import ENCODINGS, LISTS, Exported, export
from gis.exporters.stock_list import StockAtHand, export_stock
from gis.geometry.place import Place
from gis.importers import Choices, Format, Inventory, parse_inventory
from gis.items import item_list
from gis.occupancy import Trend
from gis.past import PastMoment
from gis.queries import chronology as chronologies
from gis.queries import damage_cells as cells_of_form
from gis.queries import evacuation_orders
from gis.queries.annotations import AnnotationView
from gis.queries.annotations import annotation_statements as statements_drawn
from gis.queries.chronology import ChronologyLine, Selection, WrittenEntry
from gis.queries.conditions import Conditions, Visit, conditions_of
from gis.queries.conditions import last_visit as last_visit_of
from gis.queries.curves import Curves, moments_of
from gis.queries.curves import curves as curves_of
from gis.queries.damage_cells import ReportBehind
from gis.queries.damage_reports import (
    Cursor,
    DamageReportView,
    newest_damage_reports,
    with_merged,
)
from gis.queries.declarations import DeclarationView, declarations_of
from gis.queries.dispatches import DispatchView, LeftOver, RequestView, StepView, steps_of
from gis.queries.dispatches import dispatches as dispatches_of
from gis.queries.dispatches import dispatches_left_over as left_over_of
from gis.queries.dispatches import requests as requests_of
from gis.queries.duplicates import ProbableDuplicate, nearby_reports, probable_duplicates
from gis.queries.equipment import CheckView, EquipmentState, checks_of
from gis.queries.equipment import equipment_states as states_of_equipment
from gis.queries.evacuation_orders import Announcement, Area
from gis.queries.hazard_zones import HazardLayerView, ShelterAtOdds, Zone
from gis.queries.hazard_zones import hazard_layers as layers_of_zones
from gis.queries.hazard_zones import shelters_at_odds as shelters_at_odds_of
from gis.queries.hazard_zones import zones_at as zones_of_points
from gis.queries.incidents import IncidentView, current_incident
from gis.queries.inventories import (
    ImportView,
    JoinablePair,
    ShelterName,
    joinable_pairs,
    joined_shelters,
    recent_imports,
    retired_shelters,
    unplaced_shelters,
)
from gis.queries.neighbourhood import Neighbourhood
from gis.queries.neighbourhood import neighbourhood as neighbourhood_of
from gis.queries.occupancy import (
    Figure,
    ReadingView,
    figures_of,
    readings_of,
    trends,
)
from gis.queries.photographs import PhotographView, photographs_of, photographs_of_report
from gis.queries.places import TownPoint, towns
from gis.queries.register import registered_shelters
from gis.queries.road_closures import ClosureStatement, closures
from gis.queries.road_closures import closure_statements as statements_told
from gis.queries.shelters import ShelterStatus, shelter_statuses
from gis.queries.stocks import LotLine, MovementView, PlaceView, StockLine, place_names
from gis.queries.stocks import lots as lots_of
from gis.queries.stocks import movements as movements_told
from gis.queries.stocks import places as places_of_stock
from gis.queries.stocks import stocks as stocks_of
from gis.queries.summary_issues import IssueView
from gis.queries.summary_issues import issues as issues_of
from gis.queries.triage import (
    AssessmentView,
    QueuedReport,
    TeamLoad,
    assessments_of,
    queue,
    state_counts,
    team_loads,
)
from gis.reports import SituationSummary, compile_summary, complete
from gis.reports.area import AreaSummary
from gis.reports.issue import issued as issue_compiled
from gis.reports.supply_plan import SupplyPlan, compile_supply_plan
from gis.supply_outlook import SupplyOutlook, compile_supply_outlook
from gis.vocabulary import DamageUnit, FormRow, ReportState

SECONDS = 10
PAGE_LENGTH = 50
"""Rows of a list that grows."""
MOST_BEHIND = 500
"""Reports that are listed behind one figure."""


NEARBY_M = 300


@dataclass(frozen=True)
class Waiting:
    """What waits for headquarters, most urgent first, and how much there is of all."""

    reports: list[QueuedReport]
    counts: dict[ReportState, int]
    teams: list[TeamLoad]


@dataclass(frozen=True)
class Dossier:
    """All that is known of the damage that a report tells of."""

    sources: list[DamageReportView]
    """The report, and those merged into it, in the order in which they came."""
    assessments: list[AssessmentView]
    """The last word first."""
    duplicates: list[ProbableDuplicate]
    nearby: list[DamageReportView]
    """What lies within :data:`NEARBY_M` besides, the nearest first."""


@dataclass(frozen=True)
class Tidying:
    """Shelters that a person can put in order, each list by name."""

    unplaced: list[ShelterName]
    joinable: list[JoinablePair]
    """The most alike first."""
    joined: list[tuple[ShelterName, ShelterName]]
    """Each with the one that it became."""
    retired: list[ShelterName]


def incident() -> IncidentView | None:
    """Return the incident that headquarters work on."""
    return _incident(*_answer())


def summary(past: PastMoment | None = None) -> SituationSummary | None:
    """Return the situation of the current incident; None where none is open."""
    subjects = (
        "shelters", "damage_reports", "evacuation_orders", "road_closures", "summaries",
    )  # fmt: skip
    return _summary(*_answer(*subjects), past)


def declarations(key: str) -> list[DeclarationView]:
    """Return all that was declared of a figure in the current incident, the last first."""
    return _declarations(*_answer("summaries"), key)


def issues() -> list[IssueView]:
    """Return the issues of the current incident, the latest first."""
    return _issues(*_answer("summaries"))


def issued(issue_id: UUID, version: int) -> SituationSummary:
    """Return an issue as it was compiled, marked with what became of it at a version."""
    return _issued(session.desk().workspace.name, issue_id, version)


def completed(situation: SituationSummary, past: PastMoment | None = None) -> SituationSummary:
    """Return that very summary with all that goes out with it: curve, shortages, chronology."""
    subjects = ("shelters", "evacuation_orders", "road_closures", "supplies", "chronology")
    return _completed(*_answer(*subjects), situation.incident_id, situation.as_of, past, situation)


def shelters(past: PastMoment | None = None) -> list[ShelterStatus]:
    """Return every shelter of the register with its state, by name."""
    return _shelters(*_answer("shelters"), past)


def neighbourhood(place: Place, past: PastMoment | None = None) -> Neighbourhood:
    """Return what lies around a place: its town, the people near it, open shelters."""
    return _neighbourhood(*_answer("shelters", "places"), place, past)


def area(corners: tuple[tuple[float, float], ...], past: PastMoment | None = None) -> AreaSummary:
    """Return what lies in an area that was drawn corner by corner.

    Raises
    ------
    gis.errors.Refused
        It is no area that can be asked about.
    """
    subjects = ("shelters", "damage_reports", "evacuation_orders", "road_closures")
    return _area(*_answer(*subjects, "hazard_zones", "places"), corners, past)


def shelters_at_odds(past: PastMoment | None = None) -> list[ShelterAtOdds]:
    """Return the open shelters about whose place or designation headquarters should think."""
    return _shelters_at_odds(*_answer("shelters", "hazard_zones"), past)


def hazard_layers() -> list[HazardLayerView]:
    """Return the layers of hazard zones, and whether they count in the current incident."""
    return _hazard_layers(*_answer("hazard_zones"))


def zones_at(lon: float | None, lat: float | None, past: PastMoment | None = None) -> list[Zone]:
    """Return in which hazard zones a place lies, whether they count or not."""
    if lon is None or lat is None:
        return []
    return _zones_at(*_answer("hazard_zones"), lon, lat, past)


def readings(opening_id: UUID, past: PastMoment | None = None) -> list[ReadingView]:
    """Return the readings of an opening, the latest first."""
    return _readings(*_answer("shelters"), opening_id, past)


def figures(opening_id: UUID, past: PastMoment | None = None) -> dict[str, Figure]:
    """Return the latest known figures of an opening, by name."""
    return _figures(*_answer("shelters"), opening_id, past)


def conditions(opening_id: UUID, past: PastMoment | None = None) -> Conditions:
    """Return what is known of the conditions of an opening, by item."""
    return _conditions(*_answer("shelters"), opening_id, past)


def last_visit(opening_id: UUID, past: PastMoment | None = None) -> Visit | None:
    """Return when and by whom a shelter was last seen on the spot."""
    return _last_visit(*_answer("shelters"), opening_id, past)


def photographs(opening_id: UUID) -> list[PhotographView]:
    """Return the photographs of an opening, the latest first."""
    return _photographs(*_answer("photographs"), opening_id)


def report_photographs(report_id: UUID) -> list[PhotographView]:
    """Return the photographs of a damage report and what was merged into it, the latest first."""
    return _report_photographs(*_answer("photographs", "damage_reports"), report_id)


def stock(place_id: UUID, past: PastMoment | None = None) -> list[StockLine]:
    """Return what lies in a place, such as a shelter."""
    return [line for line in stocks_everywhere(past) if line.place_id == place_id]


def stocks_everywhere(past: PastMoment | None = None) -> list[StockLine]:
    """Return how much of everything lies everywhere."""
    return _stocks(*_answer("supplies", "shelters"), past)


def stock_places() -> list[PlaceView]:
    """Return the places where stock has ever lain, by kind and name."""
    return _stock_places(*_answer("supplies", "shelters"))


def stock_lots(place_id: UUID) -> list[LotLine]:
    """Return what lies in a place lot by lot, what expires first first."""
    return _stock_lots(*_answer("supplies", "shelters"), place_id)


def movements(place_id: UUID | None, limit: int, offset: int = 0) -> list[MovementView]:
    """Return lines of the ledger, of all of it or of a place, what was recorded last first."""
    return _movements(*_answer("supplies"), place_id, limit, offset)


def filed_at_once(filing_id: UUID) -> list[MovementView]:
    """Return the lines of the ledger that were filed together."""
    return _filed_at_once(*_answer("supplies"), filing_id)


def equipment_states() -> list[EquipmentState]:
    """Return what stands of all equipment everywhere."""
    return _equipment_states(*_answer("supplies", "shelters"))


def equipment_checks(place_id: UUID, item_code: str) -> list[CheckView]:
    """Return all that was told of an item in a place, what was seen last first."""
    return _equipment_checks(*_answer("supplies", "shelters"), place_id, item_code)


def supply_requests() -> list[RequestView]:
    """Return what shelters asked for in the current incident, the most urgent first."""
    return _supply_requests(*_answer("supplies", "shelters"))


def dispatches(past: PastMoment | None = None) -> list[DispatchView]:
    """Return what was sent in the current incident, what happened last first."""
    return _dispatches(*_answer("supplies", "shelters"), past)


def dispatches_left_over() -> list[LeftOver]:
    """Return what is reserved or on the road in other incidents than the current one."""
    return _dispatches_left_over(*_answer("supplies", "shelters", "incidents"))


def dispatch_history(dispatch_id: UUID, past: PastMoment | None = None) -> list[StepView]:
    """Return what happened to a dispatch, the latest first."""
    return _dispatch_history(*_answer("supplies"), dispatch_id, past)


def supply_outlook(horizon_days: int = 3) -> SupplyOutlook | None:
    """Return how everything stands in the open shelters; None where no incident is open."""
    return _supply_outlook(*_answer("supplies", "shelters"), horizon_days)


def supply_plan(horizon_days: int, *, with_shelters: bool) -> SupplyPlan | None:
    """Return what to send from where to where; None where no incident is open."""
    return _supply_plan(*_answer("supplies", "shelters"), horizon_days, with_shelters)


def curves(
    past: PastMoment | None, span: timedelta | None, shelter_id: UUID | None = None
) -> Curves | None:
    """Return how the number of people went until now, or until a past moment.

    Parameters
    ----------
    span
        For how long; None is from the beginning of the incident, and nothing begins before it.
    shelter_id
        Of this shelter alone; None is of all of them.

    Returns
    -------
    Curves | None
        None where no incident is open, or it had not begun.
    """
    return _curves(*_answer("shelters", "places"), past, span, shelter_id)


def trend(shelter: ShelterStatus, past: PastMoment | None = None) -> Trend:
    """Return the counts of a shelter since it was opened, the first one first."""
    if shelter.opening_id is None:
        return Trend()
    return _trend(*_answer("shelters"), shelter.opening_id, past)


def damage_reports(
    before: Cursor | None = None, past: PastMoment | None = None
) -> list[DamageReportView]:
    """Return a page of the current incident's reports, the last recorded first."""
    return _damage_reports(*_answer("damage_reports"), before, past)


def road_closures(past: PastMoment | None = None) -> list[ClosureStatement]:
    """Return what stands of each closure of the current incident, those in force first."""
    return _road_closures(*_answer("road_closures"), past)


def closure_statements() -> list[ClosureStatement]:
    """Return all that was told of closures in the current incident, the latest first."""
    return _closure_statements(*_answer("road_closures"))


def annotation_statements(past: PastMoment | None = None) -> list[AnnotationView]:
    """Return all that was done with annotations in the current incident, the latest first."""
    return _annotation_statements(*_answer("annotations"), past)


def reports_behind(
    situation: SituationSummary, row: FormRow, unit: DamageUnit
) -> list[ReportBehind]:
    """Return the reports that a cell of a summary counts, the last recorded first."""
    return _reports_behind(
        *_answer("damage_reports"), situation.incident_id, (row, unit), situation.as_of
    )


def waiting(state: ReportState, team: str | None, most: int) -> Waiting:
    """Return the beginning of the current incident's queue."""
    return _waiting(*_answer("damage_reports", "damage_claims"), state, team, most)


def dossier(report_id: UUID) -> Dossier:
    """Return what belongs to a report.

    Raises
    ------
    gis.errors.NotFound
        There is no such report.
    """
    return _dossier(*_answer("damage_reports"), report_id)


def chronology(
    selection: Selection, before: chronologies.Cursor | None = None
) -> list[ChronologyLine]:
    """Return a page of the current incident's chronology, the latest first."""
    subjects = ("shelters", "damage_reports", "evacuation_orders", "chronology")
    return _chronology(*_answer(*subjects), selection, before)


def chronology_entry(entry_id: UUID) -> WrittenEntry:
    """Return what somebody wrote into the chronology.

    Raises
    ------
    gis.errors.NotFound
        There is no such entry.
    """
    return _chronology_entry(*_answer("chronology"), entry_id)


def announcements() -> list[Announcement]:
    """Return what was announced of the current incident's evacuation orders, the latest first."""
    return _announcements(*_answer("evacuation_orders", "places"))


def orders(past: PastMoment | None = None) -> list[Announcement]:
    """Return what stands of each order of the current incident: in force, then lifted."""
    return _orders(*_answer("evacuation_orders", "places"), past)


def order_area(announcement_id: UUID) -> Area | None:
    """Return where an announcement applies; None where no town is named."""
    with session.desk().workspace.reading() as store:
        return evacuation_orders.areas(store, [announcement_id]).get(announcement_id)


def town_points() -> list[TownPoint]:
    """Return the towns of the municipality, the most populous first."""
    return _town_points(*_answer("places"))


def imports() -> list[ImportView]:
    """Return the imports of inventories that changed something, the last one first."""
    return _imports(*_answer("inventories"))


def inventory(content: bytes, choices: Choices, formats: Sequence[Format]) -> Inventory:
    """Return what an inventory file says; read once for several looks at it.

    Raises
    ------
    gis.errors.Refused
        The file cannot be read.
    """
    said = (
        choices.municipality_code,
        choices.swap_axes,
        hash(frozenset(choices.municipalities.items())),
        tuple((each.code, each.kind.value, *each.columns.items()) for each in formats),
    )
    return _inventory(sha256(content).hexdigest(), said, content, choices, formats)


def tidying() -> Tidying:
    """Return what of the municipality's register waits for a person, or can be taken back."""
    return _tidying(*_answer("shelters"))


def exported(shelter_list: str, encoding: str) -> Exported | None:
    """Return the municipality's register as a list of the registry; None where it is empty."""
    return _exported(*_answer("shelters"), shelter_list, encoding)


def supplies_revision() -> tuple[str, int]:
    """Return what tells what lies where now from what lay there before."""
    return _answer("supplies", "shelters")


def stock_exported(encoding: str) -> Exported:
    """Return the stock of all places as a list, in an encoding of the registry."""
    return _stock_exported(*_answer("supplies", "shelters"), encoding)


def _answer(*subjects: str) -> tuple[str, int]:
    """Return what tells answers apart: the workspace, and how often the subjects changed."""
    desk = session.desk()
    return desk.workspace.name, desk.revisions.of(("incidents", *subjects))


def _moments(past: PastMoment | None) -> tuple[datetime, datetime]:
    """Return the moment to tell of, and until when something was recorded that counts."""
    now = session.desk().workspace.clock.now()
    return (past.at, past.known_at(now)) if past else (now, now)


def _looked_back_at(past: PastMoment | None) -> dict[str, datetime]:
    """Return a past moment as queries take it that now read what the store keeps."""
    as_of, known_at = _moments(past)
    return {"as_of": as_of, "known_at": known_at} if past else {}


@st.cache_resource(ttl=SECONDS, max_entries=16, show_spinner=False)
def _incident(workspace: str, revision: int) -> IncidentView | None:
    with session.desk().workspace.reading() as store:
        return current_incident(store)


@st.cache_resource(ttl=SECONDS, max_entries=32, show_spinner=False)
def _summary(workspace: str, revision: int, past: PastMoment | None) -> SituationSummary | None:
    desk = session.desk()
    as_of, known_at = _moments(past)
    with desk.workspace.reading() as store:
        current = current_incident(store)
        if current is None:
            return None
        return compile_summary(
            store,
            current.id,
            desk.city,
            as_of=as_of,
            known_at=known_at,
            is_drill=desk.workspace.is_drill,
        )


@st.cache_resource(ttl=SECONDS, max_entries=64, show_spinner=False)
def _declarations(workspace: str, revision: int, key: str) -> list[DeclarationView]:
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        return declarations_of(store, current.id, key) if current else []


@st.cache_resource(ttl=SECONDS, max_entries=16, show_spinner=False)
def _issues(workspace: str, revision: int) -> list[IssueView]:
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        return issues_of(store, current.id) if current else []


@st.cache_resource(max_entries=16, show_spinner=False)
def _issued(workspace: str, issue_id: UUID, version: int) -> SituationSummary:
    with session.desk().workspace.reading() as store:
        return issue_compiled(store, issue_id)


@st.cache_resource(ttl=SECONDS, max_entries=32, show_spinner=False)
def _completed(
    workspace: str,
    revision: int,
    incident_id: UUID,
    as_of: datetime,
    past: PastMoment | None,
    _situation: SituationSummary,
) -> SituationSummary:
    desk = session.desk()
    known_at = _moments(past)[1] if past else None
    with desk.workspace.reading() as store:
        return complete(store, _situation, desk.city, known_at=known_at, is_past=past is not None)


@st.cache_resource(ttl=SECONDS, max_entries=32, show_spinner=False)
def _shelters(workspace: str, revision: int, past: PastMoment | None) -> list[ShelterStatus]:
    as_of, known_at = _moments(past)
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        return shelter_statuses(
            store, current.id if current else None, as_of=as_of, known_at=known_at
        )


@st.cache_resource(ttl=SECONDS, max_entries=64, show_spinner=False)
def _neighbourhood(
    workspace: str, revision: int, place: Place, past: PastMoment | None
) -> Neighbourhood:
    desk = session.desk()
    as_of, known_at = _moments(past)
    with desk.workspace.reading() as store:
        current = current_incident(store)
        return neighbourhood_of(
            store,
            place,
            desk.city,
            current.id if current else None,
            as_of=as_of,
            known_at=known_at,
        )


@st.cache_resource(ttl=SECONDS, max_entries=64, show_spinner=False)
def _area(
    workspace: str,
    revision: int,
    corners: tuple[tuple[float, float], ...],
    past: PastMoment | None,
) -> AreaSummary:
    ring = [*corners, *corners[:1]]
    return area_summary({"type": "Polygon", "coordinates": [ring]}, past)


@st.cache_resource(ttl=SECONDS, max_entries=16, show_spinner=False)
def _shelters_at_odds(
    workspace: str, revision: int, past: PastMoment | None
) -> list[ShelterAtOdds]:
    as_of, known_at = _moments(past)
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        if current is None:
            return []
        statuses = shelter_statuses(
            store, current.id, as_of=as_of, known_at=known_at, opened_only=True
        )
        return shelters_at_odds_of(store, current, statuses, known_at=known_at)


@st.cache_resource(ttl=SECONDS, max_entries=16, show_spinner=False)
def _hazard_layers(workspace: str, revision: int) -> list[HazardLayerView]:
    with session.desk().workspace.reading() as store:
        return layers_of_zones(store, current_incident(store))


@st.cache_resource(ttl=SECONDS, max_entries=256, show_spinner=False)
def _zones_at(
    workspace: str, revision: int, lon: float, lat: float, past: PastMoment | None
) -> list[Zone]:
    _as_of, known_at = _moments(past)
    with session.desk().workspace.reading() as store:
        layers = layers_of_zones(store, current_incident(store), known_at=known_at)
        return zones_of_points(store, [(lon, lat)], layers)[0]


@st.cache_resource(ttl=SECONDS, max_entries=256, show_spinner=False)
def _readings(
    workspace: str, revision: int, opening_id: UUID, past: PastMoment | None
) -> list[ReadingView]:
    as_of, known_at = _moments(past)
    with session.desk().workspace.reading() as store:
        return readings_of(store, opening_id, as_of=as_of, known_at=known_at)


@st.cache_resource(ttl=SECONDS, max_entries=256, show_spinner=False)
def _figures(
    workspace: str, revision: int, opening_id: UUID, past: PastMoment | None
) -> dict[str, Figure]:
    as_of, known_at = _moments(past)
    with session.desk().workspace.reading() as store:
        return figures_of(store, opening_id, as_of=as_of, known_at=known_at)


@st.cache_resource(ttl=SECONDS, max_entries=256, show_spinner=False)
def _conditions(
    workspace: str, revision: int, opening_id: UUID, past: PastMoment | None
) -> Conditions:
    as_of, known_at = _moments(past)
    with session.desk().workspace.reading() as store:
        return conditions_of(store, opening_id, as_of=as_of, known_at=known_at)


@st.cache_resource(ttl=SECONDS, max_entries=256, show_spinner=False)
def _last_visit(
    workspace: str, revision: int, opening_id: UUID, past: PastMoment | None
) -> Visit | None:
    as_of, known_at = _moments(past)
    with session.desk().workspace.reading() as store:
        return last_visit_of(store, opening_id, as_of=as_of, known_at=known_at)


@st.cache_resource(ttl=SECONDS, max_entries=256, show_spinner=False)
def _photographs(workspace: str, revision: int, opening_id: UUID) -> list[PhotographView]:
    with session.desk().workspace.reading() as store:
        return photographs_of(store, opening_id)


@st.cache_resource(ttl=SECONDS, max_entries=256, show_spinner=False)
def _report_photographs(workspace: str, revision: int, report_id: UUID) -> list[PhotographView]:
    with session.desk().workspace.reading() as store:
        return photographs_of_report(store, report_id)


@st.cache_resource(ttl=SECONDS, max_entries=16, show_spinner=False)
def _stocks(workspace: str, revision: int, past: PastMoment | None) -> list[StockLine]:
    with session.desk().workspace.reading() as store:
        return stocks_of(store, place_ids=None, **_looked_back_at(past))


@st.cache_resource(ttl=SECONDS, max_entries=4, show_spinner=False)
def _supply_requests(workspace: str, revision: int) -> list[RequestView]:
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        return requests_of(store, current.id) if current else []


@st.cache_resource(ttl=SECONDS, max_entries=16, show_spinner=False)
def _dispatches(workspace: str, revision: int, past: PastMoment | None) -> list[DispatchView]:
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        if current is None:
            return []
        return dispatches_of(store, current.id, **_looked_back_at(past))


@st.cache_resource(ttl=SECONDS, max_entries=4, show_spinner=False)
def _dispatches_left_over(workspace: str, revision: int) -> list[LeftOver]:
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        return left_over_of(store, current.id if current else None)


@st.cache_resource(ttl=SECONDS, max_entries=64, show_spinner=False)
def _dispatch_history(
    workspace: str, revision: int, dispatch_id: UUID, past: PastMoment | None
) -> list[StepView]:
    with session.desk().workspace.reading() as store:
        return steps_of(store, dispatch_id, **_looked_back_at(past))


@st.cache_resource(ttl=SECONDS, max_entries=8, show_spinner=False)
def _supply_outlook(workspace: str, revision: int, horizon_days: int) -> SupplyOutlook | None:
    desk = session.desk()
    with desk.workspace.reading() as store:
        current = current_incident(store)
        if current is None:
            return None
        as_of = desk.workspace.clock.now()
        return compile_supply_outlook(
            store, desk.city, current, as_of=as_of, horizon_days=horizon_days
        )


@st.cache_resource(ttl=SECONDS, max_entries=8, show_spinner=False)
def _supply_plan(
    workspace: str,
    revision: int,
    horizon_days: int,
    with_shelters: bool,  # noqa: FBT001
) -> SupplyPlan | None:
    outlook = supply_outlook(horizon_days)
    if outlook is None:
        return None
    with session.desk().workspace.reading() as store:
        return compile_supply_plan(
            outlook,
            places_of_stock(store),
            stocks_of(store),
            lots_of(store),
            requests_of(store, outlook.incident.id),
            with_shelters=with_shelters,
            today=jst(outlook.as_of).date(),
        )


@st.cache_resource(ttl=SECONDS, max_entries=4, show_spinner=False)
def _stock_places(workspace: str, revision: int) -> list[PlaceView]:
    with session.desk().workspace.reading() as store:
        return places_of_stock(store)


@st.cache_resource(ttl=SECONDS, max_entries=64, show_spinner=False)
def _stock_lots(workspace: str, revision: int, place_id: UUID) -> list[LotLine]:
    with session.desk().workspace.reading() as store:
        return lots_of(store, place_ids=[place_id])


@st.cache_resource(ttl=SECONDS, max_entries=64, show_spinner=False)
def _movements(
    workspace: str, revision: int, place_id: UUID | None, limit: int, offset: int
) -> list[MovementView]:
    with session.desk().workspace.reading() as store:
        return movements_told(store, place_id=place_id, limit=limit, offset=offset)


@st.cache_resource(ttl=SECONDS, max_entries=64, show_spinner=False)
def _filed_at_once(workspace: str, revision: int, filing_id: UUID) -> list[MovementView]:
    with session.desk().workspace.reading() as store:
        return movements_told(store, filing_id=filing_id)


@st.cache_resource(ttl=SECONDS, max_entries=4, show_spinner=False)
def _equipment_states(workspace: str, revision: int) -> list[EquipmentState]:
    with session.desk().workspace.reading() as store:
        return states_of_equipment(store)


@st.cache_resource(ttl=SECONDS, max_entries=64, show_spinner=False)
def _equipment_checks(
    workspace: str, revision: int, place_id: UUID, item_code: str
) -> list[CheckView]:
    with session.desk().workspace.reading() as store:
        return checks_of(store, place_id, item_code)


@st.cache_resource(ttl=SECONDS, max_entries=64, show_spinner=False)
def _curves(
    workspace: str,
    revision: int,
    past: PastMoment | None,
    span: timedelta | None,
    shelter_id: UUID | None,
) -> Curves | None:
    until, known_at = _moments(past)
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        if current is None or current.started_at >= until:
            return None
        since = max(current.started_at, until - span) if span else current.started_at
        return curves_of(
            store,
            current.id,
            moments_of(since, until),
            known_at=known_at,
            shelter_id=shelter_id,
        )


@st.cache_resource(ttl=SECONDS, max_entries=256, show_spinner=False)
def _trend(workspace: str, revision: int, opening_id: UUID, past: PastMoment | None) -> Trend:
    until, known_at = _moments(past)
    with session.desk().workspace.reading() as store:
        return trends(store, [opening_id], since=EARLIEST, until=until, known_at=known_at).get(
            opening_id, Trend()
        )


@st.cache_resource(ttl=SECONDS, max_entries=64, show_spinner=False)
def _damage_reports(
    workspace: str, revision: int, before: Cursor | None, past: PastMoment | None
) -> list[DamageReportView]:
    as_of, known_at = _moments(past)
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        if current is None:
            return []
        return newest_damage_reports(
            store,
            current.id,
            as_of=as_of,
            known_at=known_at,
            before=before,
            limit=PAGE_LENGTH,
        )


@st.cache_resource(ttl=SECONDS, max_entries=64, show_spinner=False)
def _reports_behind(
    workspace: str,
    revision: int,
    incident_id: UUID,
    cell: tuple[FormRow, DamageUnit],
    as_of: datetime,
) -> list[ReportBehind]:
    with session.desk().workspace.reading() as store:
        return cells_of_form.reports_behind(
            store, incident_id, *cell, as_of=as_of, limit=MOST_BEHIND
        )


@st.cache_resource(ttl=SECONDS, max_entries=64, show_spinner=False)
def _waiting(
    workspace: str, revision: int, state: ReportState, team: str | None, most: int
) -> Waiting:
    desk = session.desk()
    with desk.workspace.reading() as store:
        current = current_incident(store)
        if current is None:
            return Waiting([], dict.fromkeys(ReportState, 0), [])
        reports = queue(
            store, current.id, now=desk.workspace.clock.now(),
            state=state, team=team, limit=most,
        )  # fmt: skip
        return Waiting(
            reports, state_counts(store, current.id, team=team), team_loads(store, current.id)
        )


@st.cache_resource(ttl=SECONDS, max_entries=64, show_spinner=False)
def _dossier(workspace: str, revision: int, report_id: UUID) -> Dossier:
    with session.desk().workspace.reading() as store:
        sources = with_merged(store, [report_id])
        likely = probable_duplicates(store, report_id)
        report = next(one for one in sources if one.id == report_id)
        shown = {report_id, *(one.report.id for one in likely)}
        around = (
            nearby_reports(
                store, report.incident_id, report.lon, report.lat,
                within_m=NEARBY_M, limit=len(shown) + 5,
            )
            if report.lon is not None and report.lat is not None
            else []
        )  # fmt: skip
        nearby = [one for one in around if one.id not in shown][:5]
        return Dossier(sources, assessments_of(store, report_id), likely, nearby)


@st.cache_resource(ttl=SECONDS, max_entries=64, show_spinner=False)
def _chronology(
    workspace: str, revision: int, selection: Selection, before: chronologies.Cursor | None
) -> list[ChronologyLine]:
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        if current is None:
            return []
        return chronologies.chronology(
            store, current.id, selection, before=before, limit=PAGE_LENGTH
        )


@st.cache_resource(ttl=SECONDS, max_entries=64, show_spinner=False)
def _chronology_entry(workspace: str, revision: int, entry_id: UUID) -> WrittenEntry:
    with session.desk().workspace.reading() as store:
        return chronologies.chronology_entry(store, entry_id)


@st.cache_resource(ttl=SECONDS, max_entries=16, show_spinner=False)
def _announcements(workspace: str, revision: int) -> list[Announcement]:
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        return evacuation_orders.announcements(store, current.id) if current else []


@st.cache_resource(ttl=SECONDS, max_entries=16, show_spinner=False)
def _orders(workspace: str, revision: int, past: PastMoment | None) -> list[Announcement]:
    as_of, known_at = _moments(past)
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        if current is None:
            return []
        return evacuation_orders.orders(store, current.id, as_of=as_of, known_at=known_at)


@st.cache_resource(ttl=SECONDS, max_entries=16, show_spinner=False)
def _road_closures(
    workspace: str, revision: int, past: PastMoment | None
) -> list[ClosureStatement]:
    as_of, known_at = _moments(past)
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        if current is None:
            return []
        return closures(store, current.id, as_of=as_of, known_at=known_at)


@st.cache_resource(ttl=SECONDS, max_entries=16, show_spinner=False)
def _closure_statements(workspace: str, revision: int) -> list[ClosureStatement]:
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        return statements_told(store, current.id) if current else []


@st.cache_resource(ttl=SECONDS, max_entries=16, show_spinner=False)
def _annotation_statements(
    workspace: str, revision: int, past: PastMoment | None
) -> list[AnnotationView]:
    as_of, known_at = _moments(past)
    with session.desk().workspace.reading() as store:
        current = current_incident(store)
        if current is None:
            return []
        return statements_drawn(store, current.id, as_of=as_of, known_at=known_at)


@st.cache_data(max_entries=4, show_spinner=False)
def _town_points(workspace: str, revision: int) -> list[TownPoint]:
    desk = session.desk()
    with desk.workspace.reading() as store:
        return towns(store, desk.city.code)


@st.cache_data(max_entries=4, show_spinner=False)
def _imports(workspace: str, revision: int) -> list[ImportView]:
    with session.desk().workspace.reading() as store:
        return recent_imports(store)


# A large list is some hundred megabytes of cells: shared, not copied, and not many of them.
@st.cache_resource(max_entries=2, ttl=600, show_spinner=False)
def _inventory(
    file_sha256: str,
    said: tuple[object, ...],
    _content: bytes,
    _choices: Choices,
    _formats: Sequence[Format],
) -> Inventory:
    return parse_inventory(_content, _choices, _formats)


@st.cache_data(max_entries=4, show_spinner=False)
def _tidying(workspace: str, revision: int) -> Tidying:
    desk = session.desk()
    with desk.workspace.reading() as store:
        return Tidying(
            unplaced_shelters(store, desk.city.code),
            joinable_pairs(store, desk.city.code),
            joined_shelters(store, desk.city.code),
            retired_shelters(store, desk.city.code),
        )


@st.cache_data(max_entries=8, show_spinner=False)
def _exported(workspace: str, revision: int, shelter_list: str, encoding: str) -> Exported | None:
    desk = session.desk()
    with desk.workspace.reading() as store:
        shelters = registered_shelters(store, desk.city.code)
    if not shelters:
        return None
    return export(
        LISTS[shelter_list],
        shelters,
        ENCODINGS[encoding],
        municipality_code=desk.city.code,
        is_drill=desk.workspace.is_drill,
    )


@st.cache_data(ttl=SECONDS, max_entries=4, show_spinner=False)
def _stock_exported(workspace: str, revision: int, encoding: str) -> Exported:
    desk = session.desk()
    with desk.workspace.reading() as store:
        told = StockAtHand(
            place_names(store), stocks_of(store), lots_of(store), desk.workspace.clock.now()
        )
    return export_stock(
        told, item_list().items, ENCODINGS[encoding], is_drill=desk.workspace.is_drill
    )
