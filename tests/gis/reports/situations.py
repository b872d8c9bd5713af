"""Situations and summaries as they may come: for tests of laws that hold for all of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from hypothesis import strategies as st
from sqlalchemy.orm import Session

from gis.config import Sender
from gis.damage_cells import Amount, DamageCell
from gis.figures import Declared, FigureBefore, IssueBefore, IssueMark, Statement
from gis.figures import figures as figures_of
from gis.form4 import CELLS
from gis.items import item_list
from gis.models import Shelter
from gis.models.occupancy import DOUBTS
from gis.occupancy import Tally
from gis.operations.damage_reports import NewDamageReport, file_damage_report
from gis.operations.incidents import open_incident
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.operations.openings import close_shelter, open_shelters
from gis.queries.chronology import ChronologyKind, ChronologyLine, StateFacts
from gis.reports.closure_lines import ClosureLine
from gis.reports.evacuee_curve import CurvePoint
from gis.reports.events import Event
from gis.reports.landslide_lines import LandslideLine
from gis.reports.shelter_facts import ShelterCounts, ShelterFacts
from gis.reports.shortages import Lack, Shortage, Shortages
from gis.reports.situation import DamageLine, OrderLine, ShelterLine, SituationSummary
from gis.store import Workspace
from gis.vocabulary import (
    Bound,
    ClosureGrade,
    Crowding,
    DamageCategory,
    DamageUnit,
    DesignationKind,
    FigureState,
    FormRow,
    FormText,
    Hazard,
    IncidentKind,
    IssueState,
    OrderKind,
    ReportState,
    Severity,
    ShelterState,
    Source,
)
from tests.conftest import HEADQUARTERS, NOON

MINUTE = timedelta(minutes=1)
OPENED_AT = NOON - 300 * MINUTE

FORMULA_SIGNS = "=+-@"
texts = st.builds(
    "{}{}".format,
    st.sampled_from(["", *FORMULA_SIGNS, "鶴嶺"]),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=12),
).filter(str.strip)
figures = st.none() | st.just(0) | st.integers(0, 3_000)
moments = st.integers(0, 299).map(lambda minutes: NOON - minutes * MINUTE)

places = st.none() | st.tuples(
    st.sampled_from([139.0, 139.4035, 140.25]), st.floats(34, 36, allow_nan=False)
)
shelter_facts = st.builds(
    lambda place, **facts: ShelterFacts(
        lon=place[0] if place else None, lat=place[1] if place else None, **facts
    ),
    place=places,
    municipality_code=st.none() | st.sampled_from(["142077", "143219", "131016"]),
    municipality=st.none() | st.sampled_from(["茅ヶ崎市", "寒川町"]),
    common_id=st.none() | st.just("E1420700051111"),
    name_kana=st.none() | texts,
    phone=st.none() | st.just("0467-82-7215"),
    designations=st.lists(st.sampled_from(DesignationKind), unique=True).map(tuple),
    reason=st.none() | texts,
)
shelter_counts = st.builds(
    ShelterCounts,
    voluntary_persons=figures,
    voluntary_households=figures,
    men=figures,
    women=figures,
    gender_unknown=figures,
    staff=figures,
    supporters=figures,
    outside_persons=figures,
    outside_households=figures,
)
pairs = st.tuples(st.floats(138, 141), st.floats(34, 36))
closure_lines = st.builds(
    ClosureLine,
    id=st.uuids(),
    grade=st.sampled_from(ClosureGrade),
    is_in_force=st.booleans(),
    is_lifted=st.just(False),  # noqa: FBT003 - what one in force never is
    road_name=st.none() | texts | st.sampled_from(["国道134号", "県道30号", "市道0121号線"]),
    section=st.none() | texts,
    from_at=st.none() | moments,
    until_at=st.none() | moments,
    observed_at=moments,
    path=st.lists(pairs, max_size=4).map(tuple),
)
landslide_lines = st.builds(
    lambda place, **told: LandslideLine(
        lon=place[0] if place else None, lat=place[1] if place else None, **told
    ),
    place=places,
    id=st.uuids(),
    state=st.sampled_from([state for state in ReportState if state.counts]),
    severity=st.none() | st.sampled_from(Severity),
    observed_at=moments,
    places=st.none() | st.sampled_from([1.0, 3.0]),
)
senders = st.builds(
    Sender,
    name_ja=st.none() | texts,
    email=st.just("bosai@example.jp"),
    lon=st.none() | st.just(139.403497),
    lat=st.none() | st.just(35.333827),
)

shelter_lines = st.builds(
    ShelterLine,
    id=st.uuids(),
    name=texts,
    address=st.none() | texts,
    state=st.sampled_from([ShelterState.OPEN, ShelterState.CLOSED]),
    opened_at=st.just(OPENED_AT),
    closed_at=st.none() | moments,
    persons=figures,
    households=figures,
    capacity=figures,
    capacity_is_fictitious=st.booleans(),
    share=st.none() | st.just(float("inf")) | st.floats(0, 3),
    crowding=st.sampled_from(Crowding),
    observed_at=st.none() | moments,
    is_stale=st.booleans(),
    source=st.none() | st.sampled_from(Source),
    recorded_by=st.none() | texts,
    facts=shelter_facts,
    counts=shelter_counts,
)
tallies = st.builds(Tally, known=figures, unknown_places=st.integers(0, 5))
order_lines = st.builds(
    OrderLine,
    id=st.uuids(),
    hazard=st.sampled_from(Hazard),
    kind=st.sampled_from(OrderKind),
    level=st.none() | st.integers(3, 5),
    is_in_force=st.booleans(),
    areas=st.lists(texts, max_size=3).map(tuple),
    is_whole=st.booleans(),
    is_drawn=st.booleans(),
    announced_at=moments,
    reason=st.none() | texts,
    guidance=st.none() | texts,
    note=st.none() | texts,
    persons=tallies,
    households=tallies,
)
counts = st.integers(0, 500)
damage_lines = st.builds(
    DamageLine,
    category=st.sampled_from(DamageCategory),
    severe=counts,
    moderate=counts,
    minor=counts,
    unknown=counts,
    confirmed=st.just(0),
)
amounts = st.builds(
    Amount,
    reports=counts,
    known=st.none() | st.just(0) | st.integers(1, 999) | st.sampled_from([0.25, 12.5]),
    unknown=st.integers(0, 3),
)
cells = st.builds(
    DamageCell,
    row=st.sampled_from(FormRow),
    unit=st.sampled_from(DamageUnit),
    confirmed=amounts,
    unconfirmed=amounts,
    conflicts=counts,
)
_states = st.sampled_from(FigureState)
_values = st.none() | st.just(0.0) | st.integers(1, 9_999).map(float)
declared = st.builds(
    lambda state, value, reason, definition: Declared(
        number=1,
        state=state,
        value=None if state is FigureState.NOT_APPLICABLE else value,
        reason=reason,
        definition=definition,
        observed_at=NOON,
        recorded_at=NOON,
        recorded_by="本部",
    ),
    _states,
    _values,
    st.none() | texts,
    st.none() | texts,
)
declared_figures = st.dictionaries(
    st.sampled_from([key for key, cell in CELLS.items() if not cell.parts]), declared, max_size=20
)
befores = st.none() | st.builds(
    IssueBefore,
    number=st.just(1),
    as_of=st.just(OPENED_AT),
    figures=st.dictionaries(
        st.sampled_from([*CELLS]), st.builds(FigureBefore, _values, _states), max_size=10
    ),
    persons=tallies,
    households=tallies,
    open_shelters=counts,
    orders_in_force=counts,
    damage_reports=counts,
)
statements = st.lists(
    st.builds(
        Statement,
        number=st.just(1),
        key=st.sampled_from([text for text in FormText if not text.is_moment]),
        text=texts,
        recorded_at=moments,
        recorded_by=texts,
    ),
    max_size=4,
    unique_by=lambda one: one.key,
).map(tuple)
curves = st.lists(tallies, min_size=2, max_size=73).map(
    lambda told: tuple(
        CurvePoint(NOON - number * 15 * MINUTE, persons) for number, persons in enumerate(told)
    )[::-1]
)
shortages = st.builds(
    Shortages,
    horizon_days=st.just(3.0),
    first=st.lists(
        st.builds(
            Shortage,
            shelter_id=st.uuids(),
            shelter=texts,
            item_code=st.sampled_from([*item_list().items]),
            hours=st.integers(0, 24).map(float),
            runs_out_at=moments,
            bound=st.sampled_from(Bound),
        ),
        max_size=3,
    ).map(tuple),
    in_all=st.integers(3, 99),
    lacks=st.lists(
        st.builds(
            Lack,
            item_code=st.sampled_from([*item_list().items]),
            units=st.integers(1, 99_999),
            shelters=st.integers(1, 63),
            unknown_shelters=st.integers(0, 9),
        ),
        max_size=3,
    ).map(tuple),
    unknown=st.integers(0, 99),
)
events = st.builds(
    lambda id_, happened_at, state, names: Event(
        ChronologyLine(
            kind=ChronologyKind.STATE,
            id=id_,
            happened_at=happened_at,
            recorded_at=happened_at,
            recorded_by=None,
            subject=names[0],
            shelter_id=None,
            report_id=None,
            facts=StateFacts(state, happened_at, None, None, is_taken_back=False),
        ),
        tuple(names),
    ),
    st.uuids(),
    moments,
    st.sampled_from(ShelterState),
    st.lists(texts, min_size=1, max_size=9),
)
SQUARE = ((139.36, 35.31), (139.43, 35.31), (139.43, 35.37), (139.36, 35.37), (139.36, 35.31))
summaries = st.builds(
    SituationSummary,
    city_code=st.just("142077"),
    city_name_ja=st.just("茅ヶ崎市"),
    city_name_en=st.just("Chigasaki"),
    prefecture_ja=st.just("神奈川県"),
    prefecture_en=st.just("Kanagawa"),
    is_drill=st.booleans(),
    incident_id=st.uuids(),
    incident_name=texts,
    incident_kind=st.sampled_from(IncidentKind),
    is_demonstration=st.booleans(),
    started_at=st.just(OPENED_AT),
    as_of=st.just(NOON),
    shelters_registered=counts,
    persons=tallies,
    households=tallies,
    free_places=tallies,
    persons_over_capacity=tallies,
    shelters=st.lists(shelter_lines, max_size=5).map(tuple),
    damage=st.lists(damage_lines, max_size=4).map(tuple),
    cells=st.lists(cells, max_size=4).map(tuple),
    orders=st.lists(order_lines, max_size=3).map(tuple),
    figures=declared_figures.map(figures_of),
    statements=statements,
    before=befores,
    issue=st.none()
    | st.builds(
        IssueMark,
        number=st.integers(1, 99),
        state=st.sampled_from(IssueState),
        compiled_by=texts,
        signed_off_at=st.none() | moments,
        signed_off_by=st.none() | texts,
    ),
    closures=st.lists(closure_lines, max_size=4).map(tuple),
    landslides=st.lists(landslide_lines, max_size=3).map(tuple),
    sender=senders,
    curve=st.none() | st.just(()) | curves,
    shortages=st.none() | shortages,
    events=st.none() | st.lists(events, max_size=3).map(tuple),
    outline=st.sampled_from([None, (), (SQUARE,)]),
)


@dataclass(frozen=True)
class Told:
    """What happened at one shelter; readings are (observed, persons, households)."""

    capacity: int | None
    is_opened: bool
    is_closed: bool
    readings: Sequence[tuple[int, int | None, int | None]]


shelters_told = st.builds(
    Told,
    capacity=figures,
    is_opened=st.integers(0, 4).map(bool),
    is_closed=st.integers(0, 4).map(lambda chance: chance == 0),
    readings=st.lists(
        st.tuples(st.integers(0, 299), figures, figures).filter(
            lambda told: told[1:] != (None,) * 2
        ),
        max_size=4,
        unique_by=lambda told: told[0],
    ),
)
reports_told = st.tuples(st.sampled_from(DamageCategory), st.none() | st.sampled_from(Severity))


@contextmanager
def played(
    workspace: Workspace,
    shelters: list[Told],
    reports: list[tuple[DamageCategory, Severity | None]],
) -> Iterator[tuple[Session, UUID]]:
    """Give the store in a situation that never was: it is rolled back afterwards."""
    with workspace.transaction(HEADQUARTERS) as session:
        incident_id = open_incident(session, "地震", IncidentKind.EARTHQUAKE, started_at=OPENED_AT)
        for number, told in enumerate(shelters):
            _play(session, incident_id, f"避難所{number}", told)
        for category, severity in reports:
            file_damage_report(session, NewDamageReport(uuid4(), category, severity))
        yield session, incident_id
        session.rollback()


def _play(session: Session, incident_id: UUID, name: str, told: Told) -> None:
    shelter = Shelter(
        municipality_code="142077", facility_key=name, name=name, capacity=told.capacity
    )
    session.add(shelter)
    session.flush()
    if not told.is_opened:
        return
    (opening,) = open_shelters(session, incident_id, [shelter.id], since_at=OPENED_AT)
    for minutes, persons, households in told.readings:
        observed_at = NOON - minutes * MINUTE
        counts = Counts(persons=persons, households=households)
        record_occupancy(
            session,
            Reading(
                uuid4(), shelter.id, counts, observed_at=observed_at, confirmed=frozenset(DOUBTS)
            ),
        )
    if told.is_closed:
        close_shelter(session, opening, version=1)
