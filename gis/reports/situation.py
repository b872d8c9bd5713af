"""The situation summary (状況報告): compiled once from the store, rendered many times.

Every rendering, the screen included, shows this one frozen value, so that they agree to the digit.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from gis.config import CityProfile, Sender
from gis.damage_cells import DamageCell
from gis.figures import Change, Figure, IssueBefore, IssueMark, Statement, change, figures
from gis.form4 import key_of
from gis.occupancy import (
    Tally,
    crowding,
    ranking_share,
    reporting_interval,
)
from gis.queries.damage_cells import Counted, damage_figures
from gis.queries.declarations import declarations
from gis.queries.evacuation_orders import Announcement, orders
from gis.queries.incidents import incident_named, open_incident_or_refuse
from gis.queries.places import Ring
from gis.queries.shelters import ShelterStatus, shelter_statuses
from gis.reports.closure_lines import ClosureLine, closure_lines
from gis.reports.evacuee_curve import CurvePoint
from gis.reports.events import Event
from gis.reports.landslide_lines import LandslideLine, landslide_lines
from gis.reports.shelter_facts import ShelterCounts, ShelterFacts, Told, shelter_facts
from gis.reports.shortages import Shortages
from gis.reports.totals import Totals, totals
from gis.store import now
from gis.vocabulary import (
    Crowding,
    DamageCategory,
    FormText,
    Hazard,
    IncidentKind,
    OrderKind,
    Severity,
    ShelterState,
    Source,
)


@dataclass(frozen=True)
class ShelterLine:
    """One shelter that was opened in the incident.

    Figures of an open one are None where unknown. A closed one holds nobody: its persons,
    households, share and crowding do not apply, and are None for that reason.
    """

    id: UUID
    name: str
    address: str | None
    state: ShelterState
    opened_at: datetime | None
    """None for one that is being prepared, or of which nobody knows whether it is open."""
    closed_at: datetime | None
    persons: int | None
    households: int | None
    capacity: int | None
    capacity_is_fictitious: bool
    share: float | None
    crowding: Crowding | None
    observed_at: datetime | None
    is_stale: bool
    """The figure is older than the reporting interval, or there is none, or nobody knows whether it
    is open."""
    source: Source | None
    recorded_by: str | None
    facts: ShelterFacts = field(default_factory=ShelterFacts)
    """What the register and the opening say besides."""
    counts: ShelterCounts = field(default_factory=ShelterCounts)
    """Who was counted besides; all of a closed one is None, as it does not apply."""

    @property
    def is_open(self) -> bool:
        """Whether people may be in it."""
        return self.state.holds_people


@dataclass(frozen=True)
class DamageLine:
    """How many reports speak of a category; per severity, and how many of them are confirmed.

    A rejected report is none, and one that was merged counts with the one that was kept.
    """

    category: DamageCategory
    severe: int
    moderate: int
    minor: int
    unknown: int
    confirmed: int

    @property
    def total(self) -> int:
        """Reports of the category, whatever their severity."""
        return self.severe + self.moderate + self.minor + self.unknown

    @property
    def unconfirmed(self) -> int:
        """Reports of the category that nobody has confirmed yet."""
        return self.total - self.confirmed

    @property
    def worst(self) -> Severity | None:
        """The gravest severity that is known; None where none is."""
        counted = zip(Severity, (self.minor, self.moderate, self.severe), strict=True)
        known = [severity for severity, reports in counted if reports]
        return known[-1] if known else None


@dataclass(frozen=True)
class OrderLine:
    """What stands of one evacuation order: in force, or lifted in this incident."""

    id: UUID
    hazard: Hazard
    kind: OrderKind
    level: int | None
    """The warning level (警戒レベル); None for a tsunami, which has none."""
    is_in_force: bool
    areas: tuple[str, ...]
    """Names of towns, or of districts of which every town is named."""
    is_whole: bool
    is_drawn: bool
    announced_at: datetime
    """When it was issued, changed or lifted last."""
    reason: str | None
    guidance: str | None
    note: str | None
    persons: Tally
    households: Tally
    """With the number of towns of which it is unknown."""


@dataclass(frozen=True, kw_only=True)
class Compiled(Totals):
    """What is told of a city at a moment, of all of it or of a part: shelters' sums, and damage."""

    city_code: str
    city_name_ja: str
    city_name_en: str
    is_drill: bool
    is_demonstration: bool
    as_of: datetime
    damage: tuple[DamageLine, ...]

    @property
    def damage_total(self) -> int:
        """Damage reports of all categories."""
        return sum(line.total for line in self.damage)

    @property
    def damage_confirmed(self) -> int:
        """Damage reports of all categories that somebody has confirmed."""
        return sum(line.confirmed for line in self.damage)

    @property
    def damage_unconfirmed(self) -> int:
        """Damage reports of all categories that nobody has confirmed yet."""
        return sum(line.unconfirmed for line in self.damage)


@dataclass(frozen=True, kw_only=True)
class SituationSummary(Compiled):
    """What is known of an incident at a moment."""

    prefecture_ja: str
    prefecture_en: str
    incident_id: UUID
    incident_name: str
    incident_kind: IncidentKind
    started_at: datetime
    shelters_registered: int
    shelters: tuple[ShelterLine, ...]
    cells: tuple[DamageCell, ...]
    """What the reports say of each cell of 第4号様式 その2, in the order of the form."""
    orders: tuple[OrderLine, ...]
    figures: tuple[Figure, ...]
    """What headquarters declare of every cell of the form, in its order."""
    statements: tuple[Statement, ...]
    """What headquarters say where the form asks words; only what they did say."""
    before: IssueBefore | None = None
    """The issue before; None for the first one, and outside of issues."""
    issue: IssueMark | None = None
    """Which issue this is; None is the situation as it stands, of no issue."""
    closures: tuple[ClosureLine, ...] = ()
    """Road closures: in force, then to come, then lifted."""
    landslides: tuple[LandslideLine, ...] = ()
    """Cliff failures that were found to be so, each for itself."""
    sender: Sender = field(default_factory=Sender)
    """As whom headquarters send it to other bodies."""
    curve: tuple[CurvePoint, ...] | None = None
    """Persons in shelters until now; None, here and below, was not compiled."""
    shortages: Shortages | None = None
    events: tuple[Event, ...] | None = None
    """What happened last, the latest first."""
    outline: tuple[Ring, ...] | None = None
    """The city's boundary, as coarse as a small map shows it: closed rings in degrees."""

    @property
    def orders_in_force(self) -> tuple[OrderLine, ...]:
        """The evacuation orders that people have to keep to, the most urgent first."""
        return tuple(line for line in self.orders if line.is_in_force)

    @property
    def closures_in_force(self) -> tuple[ClosureLine, ...]:
        """Where traffic is restricted now."""
        return tuple(line for line in self.closures if line.is_in_force)

    @property
    def open_shelters(self) -> tuple[ShelterLine, ...]:
        """The shelters that are open."""
        return tuple(line for line in self.shelters if line.is_open)

    @property
    def stale_shelters(self) -> tuple[ShelterLine, ...]:
        """The shelters to ask: their figure is old or missing, or nobody knows their state."""
        return tuple(line for line in self.shelters if line.is_stale)

    @property
    def rests_on_fiction(self) -> bool:
        """Whether an open shelter's capacity is invented, and with it crowding and free places."""
        return any(
            line.capacity_is_fictitious and line.capacity is not None for line in self.open_shelters
        )

    def figure(self, key: str) -> Figure:
        """Return what headquarters declare of a cell (:data:`gis.form4.CELLS`)."""
        return next(figure for figure in self.figures if figure.key == key)

    def reported(self, key: str) -> DamageCell | None:
        """Return what the reports say of a cell; None where none can feed it."""
        return next((cell for cell in self.cells if key_of(cell.row, cell.unit) == key), None)

    def said(self, text: FormText) -> str | None:
        """Return what headquarters say where the form asks words; None where they said nothing."""
        return next((each.text for each in self.statements if each.key is text), None)

    def change(self, key: str) -> Change | None:
        """Return how a cell changed since the issue before; None where it did not, or none was."""
        if self.before is None or key not in self.before.figures:
            return None
        figure = self.figure(key)
        return change(
            self.before.figures[key].value, figure.value, only_grows=figure.cell.only_grows
        )

    def to_take_over(self) -> dict[str, float]:
        """Return what confirmed reports say of cells of which nobody declared anything, by key.

        Only where every one of them says how much: a part is no figure.
        """
        return {
            figure.key: says.confirmed.known
            for figure in self.figures
            if figure.declared is None
            and not figure.cell.parts
            and (says := self.reported(figure.key)) is not None
            and says.confirmed.reports
            and not says.confirmed.unknown
            and says.confirmed.known is not None
        }

    def crowding_count(self, crowding: Crowding) -> int:
        """Return how many open shelters are as crowded as that."""
        return sum(line.crowding is crowding for line in self.open_shelters)


def compile_summary(  # noqa: PLR0913 - a moment, and by what was known when
    session: Session,
    incident_id: UUID,
    city: CityProfile,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    is_drill: bool,
    before: IssueBefore | None = None,
) -> SituationSummary:
    """Compile the summary of an incident at a moment; nine statements in all.

    Parameters
    ----------
    known_at
        By what was known when; None is as it was known at that moment itself.
    before
        The issue before, where it becomes one.

    Raises
    ------
    gis.errors.NotFound
        There is no such incident.
    """
    incident = incident_named(session, incident_id)
    statuses = shelter_statuses(session, incident_id, as_of=as_of, known_at=known_at)
    interval = reporting_interval(city.reporting, incident.started_at, as_of)
    damage = damage_figures(session, incident_id, as_of=as_of, known_at=known_at)
    declared = declarations(session, incident_id, as_of=as_of, known_at=known_at)
    told = shelter_facts(session, statuses, as_of=as_of, known_at=known_at)
    return SituationSummary(
        city_code=city.code,
        city_name_ja=city.name_ja,
        city_name_en=city.name_en,
        prefecture_ja=city.prefecture_ja,
        prefecture_en=city.prefecture_en,
        is_drill=is_drill,
        incident_id=incident.id,
        incident_name=incident.name,
        incident_kind=IncidentKind(incident.kind),
        is_demonstration=incident.is_demonstration,
        started_at=incident.started_at,
        as_of=as_of,
        shelters_registered=len(statuses),
        **vars(totals(statuses)),
        shelters=tuple(_shelter_lines(statuses, told, city, interval, as_of)),
        damage=tuple(damage_lines(damage.counts)),
        cells=damage.cells,
        orders=tuple(map(order_line, orders(session, incident_id, as_of=as_of, known_at=known_at))),
        figures=figures(declared.figures),
        statements=declared.statements,
        before=before,
        closures=closure_lines(session, incident_id, as_of=as_of, known_at=known_at),
        landslides=landslide_lines(session, incident_id, as_of=as_of, known_at=known_at),
        sender=city.as_sender(),
    )


def compile_current_summary(
    session: Session, city: CityProfile, *, is_drill: bool
) -> SituationSummary:
    """Compile the summary of the current incident as of now.

    Raises
    ------
    gis.errors.IncidentNotOpen
        None is open.
    """
    as_of = now(session)
    incident = open_incident_or_refuse(session)
    return compile_summary(session, incident.id, city, as_of=as_of, is_drill=is_drill)


def _shelter_lines(
    statuses: Iterable[ShelterStatus],
    told: Mapping[UUID, Told],
    city: CityProfile,
    interval: timedelta,
    as_of: datetime,
) -> Iterable[ShelterLine]:
    """Yield the shelters that were opened: those that need attention first."""
    lines = [
        _shelter_line(status, told[status.id], city, interval, as_of)
        for status in statuses
        if status.opening_id
    ]
    return sorted(lines, key=_urgency)


def _shelter_line(
    status: ShelterStatus, told: Told, city: CityProfile, interval: timedelta, as_of: datetime
) -> ShelterLine:
    facts, counts = told
    old_from = status.stale_at(interval)
    return ShelterLine(
        id=status.id,
        name=status.name,
        address=status.address,
        state=status.state,
        opened_at=status.opened_at,
        closed_at=status.closed_at,
        persons=status.persons if status.is_open else None,
        households=status.households if status.is_open else None,
        capacity=status.capacity,
        capacity_is_fictitious=status.capacity_is_fictitious,
        share=status.share,
        crowding=crowding(status.share, city.crowding) if status.is_open else None,
        observed_at=status.observed_at,
        is_stale=old_from is not None and old_from <= as_of,
        source=Source(status.source) if status.source else None,
        recorded_by=status.recorded_by,
        facts=facts,
        counts=counts,
    )


def _urgency(line: ShelterLine) -> tuple[bool, float, str]:
    """Sort open before closed, the fullest first, then by name."""
    return (not line.is_open, -ranking_share(line.share), line.name)


def order_line(told: Announcement) -> OrderLine:
    """Return what stands of an order."""
    return OrderLine(
        id=told.order_id,
        hazard=told.hazard,
        kind=told.kind,
        level=told.level,
        is_in_force=told.is_in_force,
        areas=told.areas,
        is_whole=told.is_whole,
        is_drawn=told.is_drawn,
        announced_at=told.announced_at,
        reason=told.reason,
        guidance=told.guidance,
        note=told.note,
        persons=told.persons,
        households=told.households,
    )


def damage_lines(counts: Iterable[Counted]) -> Iterable[DamageLine]:
    """Return a line for each category that is counted, in the order of the vocabulary."""
    found: dict[str, list[Counted]] = {}
    for counted in counts:
        found.setdefault(counted.category, []).append(counted)
    return (
        _damage_line(category, found[category]) for category in DamageCategory if category in found
    )


def _damage_line(category: DamageCategory, counts: Iterable[Counted]) -> DamageLine:
    by_severity: Counter[str | None] = Counter()
    confirmed = 0
    for counted in counts:
        by_severity[counted.severity] += counted.reports
        confirmed += counted.reports * counted.is_confirmed
    return DamageLine(
        category,
        severe=by_severity[Severity.SEVERE],
        moderate=by_severity[Severity.MODERATE],
        minor=by_severity[Severity.MINOR],
        unknown=by_severity[None],
        confirmed=confirmed,
    )
