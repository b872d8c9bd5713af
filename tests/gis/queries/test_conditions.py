"""When somebody was last there, and what a query of conditions costs."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from gis.models.condition import LIFELINES, SUPPLIES
from gis.operations.conditions import ConditionReportIn, ConditionSaid, report_condition
from gis.queries.conditions import (
    Lack,
    Need,
    Visit,
    Wants,
    conditions_of,
    last_visit,
    wants_of,
)
from gis.store import Actor, Workspace
from gis.vocabulary import LifelineState, Role, Source, SupplyState
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


def say(
    workspace: Workspace,
    ask: Ask,
    observed_at: datetime,
    **said: Any,  # noqa: ANN401 - whatever a report may say
) -> None:
    ((shelter,),) = ask("SELECT shelter_id FROM opening")
    report = ConditionReportIn(uuid4(), shelter, ConditionSaid(**said), observed_at)
    with workspace.transaction(VISITOR) as session:
        report_condition(session, report)


def wants(workspace: Workspace, *opening_ids: UUID, as_of: datetime | None = None) -> list[Wants]:
    with workspace.reading() as session:
        found = wants_of(session, opening_ids, as_of=as_of or workspace.clock.now())
    return [found.get(opening_id, Wants()) for opening_id in opening_ids]


def test_what_is_wanting_comes_the_worst_first(
    workspace: Workspace, opening_id: UUID, ask: Ask
) -> None:
    said = {"electricity": LifelineState.PARTLY, "water": LifelineState.UNUSABLE}
    say(workspace, ask, NOON, **said, food=SupplyState.TWO_DAYS, fuel=SupplyState.NOT_TODAY)
    say(workspace, ask, NOON, needs="毛布 50枚", gas=LifelineState.USABLE)
    (found,) = wants(workspace, opening_id)
    assert found.need == Need("毛布 50枚", NOON)
    assert [lack.item for lack in found.lacks] == ["fuel", "water", "food", "electricity"]
    assert found.lacks[0] == Lack("fuel", SupplyState.NOT_TODAY, NOON)


def test_every_lifeline_and_supply_is_looked_at(
    workspace: Workspace, opening_id: UUID, ask: Ask
) -> None:
    said = dict.fromkeys(LIFELINES, LifelineState.UNUSABLE)
    say(workspace, ask, NOON, **said, **dict.fromkeys(SUPPLIES, SupplyState.NOT_TODAY))
    (found,) = wants(workspace, opening_id)
    assert {lack.item for lack in found.lacks} == {*LIFELINES, *SUPPLIES}


def test_what_is_in_order_again_is_not_wanting_whatever_order_reports_come_in(
    workspace: Workspace, opening_id: UUID, ask: Ask
) -> None:
    say(workspace, ask, NOON + 20 * MINUTE, water=LifelineState.USABLE)
    say(workspace, ask, NOON + 10 * MINUTE, water=LifelineState.UNUSABLE, needs="水")
    say(workspace, ask, NOON + 5 * MINUTE, needs="毛布")
    assert wants(workspace, opening_id) == [Wants(Need("水", NOON + 10 * MINUTE))]


def test_what_is_wanting_is_told_as_it_was_known(
    workspace: Workspace, opening_id: UUID, clock: FixedClock, ask: Ask
) -> None:
    say(workspace, ask, clock.moment, needs="水")
    before = clock.moment
    clock.moment += 10 * MINUTE
    say(workspace, ask, NOON, water=LifelineState.UNUSABLE)
    need, lack = Need("水", before), Lack("water", LifelineState.UNUSABLE, NOON)
    assert wants(workspace, opening_id, as_of=before) == [Wants(need)]
    assert wants(workspace, opening_id) == [Wants(need, (lack,))]


def test_a_shelter_of_which_nobody_reported_anything_wants_nothing_known(
    workspace: Workspace, opening_id: UUID
) -> None:
    assert wants(workspace, opening_id, uuid4()) == [Wants(), Wants()]
    assert wants(workspace) == []


def test_what_shelters_want_is_found_by_their_openings(opening_id: UUID, plan_of: PlanOf) -> None:
    plan = plan_of(lambda session: wants_of(session, [opening_id], as_of=NOON))
    assert "condition_report_opening_id_idx" in plan
