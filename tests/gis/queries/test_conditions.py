"""When somebody was last there, and what a query of conditions costs."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from gis.operations.conditions import ConditionReportIn, ConditionSaid, report_condition
from gis.queries.conditions import Visit, conditions_of, last_visit
from gis.store import Actor, Workspace
from gis.vocabulary import Role, Source
from tests.conftest import NOON, FixedClock
from tests.gis.conftest import Ask, Count
from tests.gis.operations.test_conditions import MINUTE
from tests.gis.queries.conftest import PlanOf

OpenShelter = Callable[..., UUID]
VISITOR = Actor("巡回班", Role.OPERATOR)


@pytest.fixture
def opening_id(open_shelter: OpenShelter, clock: FixedClock, ask: Ask) -> UUID:
    """An opening that began at noon; it is half past twelve."""
    open_shelter()
    clock.moment += 30 * MINUTE
    ((opening,),) = ask("SELECT id FROM opening")
    return UUID(str(opening))


def seen(workspace: Workspace, ask: Ask, source: Source, observed_at: datetime) -> None:
    ((shelter,),) = ask("SELECT shelter_id FROM opening")
    report = ConditionReportIn(uuid4(), shelter, ConditionSaid(note="見た"), observed_at, source)
    with workspace.transaction(VISITOR) as session:
        report_condition(session, report)


def visit(workspace: Workspace, opening_id: UUID) -> Visit | None:
    with workspace.reading() as session:
        return last_visit(session, opening_id)


def test_of_what_nobody_reported_nothing_is_known(workspace: Workspace, opening_id: UUID) -> None:
    with workspace.reading() as session:
        assert conditions_of(session, opening_id, as_of=workspace.clock.now()) == {}
    assert visit(workspace, opening_id) is None


def test_who_telephones_was_not_there(
    workspace: Workspace, opening_id: UUID, count: Count, ask: Ask
) -> None:
    ((shelter,),) = ask("SELECT shelter_id FROM opening")
    count(shelter, 5, source=Source.PHONE)
    for source in set(Source) - {Source.VISIT}:
        seen(workspace, ask, source, NOON + MINUTE)
    assert visit(workspace, opening_id) is None


def test_whoever_counts_on_the_spot_was_there(
    workspace: Workspace, opening_id: UUID, count: Count, ask: Ask
) -> None:
    seen(workspace, ask, Source.VISIT, NOON + 10 * MINUTE)
    assert visit(workspace, opening_id) == Visit(NOON + 10 * MINUTE, "巡回班")
    ((shelter,),) = ask("SELECT shelter_id FROM opening")
    count(shelter, 5, source=Source.VISIT, observed_at=NOON + 20 * MINUTE)
    assert visit(workspace, opening_id) == Visit(NOON + 20 * MINUTE, "本部")


def test_the_last_visit_is_the_last_one_made_not_the_last_one_told(
    workspace: Workspace, opening_id: UUID, ask: Ask
) -> None:
    seen(workspace, ask, Source.VISIT, NOON + 10 * MINUTE)
    seen(workspace, ask, Source.VISIT, NOON + 5 * MINUTE)
    assert visit(workspace, opening_id) == Visit(NOON + 10 * MINUTE, "巡回班")


def test_conditions_are_found_by_their_opening(opening_id: UUID, plan_of: PlanOf) -> None:
    plan = plan_of(lambda session: conditions_of(session, opening_id, as_of=NOON))
    assert "condition_report_opening_id_idx" in plan
