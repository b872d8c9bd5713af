from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from gis.errors import NameMissing, NotFound, SignInLinkSpent, StoreRefuses
from gis.operations.access import (
    LINK_LIFETIME,
    SIGN_IN_LIFETIME,
    end_sign_in,
    issue_sign_in_link,
    redeem_sign_in_link,
)
from gis.queries.access import actor_of, token_hash
from gis.store import SYSTEM, Actor, Workspace
from gis.vocabulary import Role
from tests.conftest import FixedClock, MakeShelter
from tests.gis.conftest import Ask, as_owner

TEAM = Actor("第3班", Role.FIELD)


def issue(workspace: Workspace) -> str:
    with workspace.transaction(SYSTEM) as session:
        return issue_sign_in_link(session, TEAM.name, TEAM.role)


def redeem(workspace: Workspace, link: str) -> str:
    with workspace.transaction(SYSTEM) as session:
        return redeem_sign_in_link(session, link).token


def holder(workspace: Workspace, token: str) -> Actor | None:
    with workspace.reading() as session:
        return actor_of(session, token)


def test_a_link_signs_in_whoever_it_was_made_for(workspace: Workspace) -> None:
    assert holder(workspace, redeem(workspace, issue(workspace))) == TEAM


def test_a_link_works_once(workspace: Workspace, ask: Ask) -> None:
    link = issue(workspace)
    redeem(workspace, link)
    with pytest.raises(SignInLinkSpent):
        redeem(workspace, link)
    assert ask("SELECT count(*) FROM sign_in") == [(1,)]


def test_of_two_browsers_at_once_one_comes_in(workspace: Workspace, ask: Ask) -> None:
    link, together = issue(workspace), Barrier(2)

    def try_it(_: int) -> bool:
        together.wait()
        try:
            return bool(redeem(workspace, link))
        except SignInLinkSpent:
            return False

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(try_it, range(2))) == [False, True]
    assert ask("SELECT count(*) FROM sign_in") == [(1,)]


def test_a_link_expires(workspace: Workspace, clock: FixedClock) -> None:
    link = issue(workspace)
    clock.moment += LINK_LIFETIME
    with pytest.raises(SignInLinkSpent):
        redeem(workspace, link)


def test_a_link_that_never_was_is_refused_like_a_spent_one(workspace: Workspace) -> None:
    with pytest.raises(SignInLinkSpent):
        redeem(workspace, "guessed")


def test_the_token_of_a_link_is_no_sign_in(workspace: Workspace) -> None:
    assert holder(workspace, issue(workspace)) is None


def test_a_sign_in_lasts_for_days_and_then_ends(workspace: Workspace, clock: FixedClock) -> None:
    token = redeem(workspace, issue(workspace))
    clock.moment += SIGN_IN_LIFETIME - timedelta(seconds=1)
    assert holder(workspace, token) == TEAM
    clock.moment += timedelta(seconds=1)
    assert holder(workspace, token) is None


def test_who_signed_out_is_out_and_the_first_time_counts(
    workspace: Workspace, clock: FixedClock, ask: Ask
) -> None:
    token = redeem(workspace, issue(workspace))
    signed_out_at = clock.moment
    for _ in range(2):
        with workspace.transaction(TEAM) as session:
            end_sign_in(session, token)
        clock.moment += timedelta(hours=1)
    assert holder(workspace, token) is None
    assert ask("SELECT ended_at FROM sign_in") == [(signed_out_at,)]


def test_the_store_knows_hashes_and_no_token(workspace: Workspace, ask: Ask) -> None:
    link = issue(workspace)
    token = redeem(workspace, link)
    assert ask("SELECT token_hash FROM sign_in_link") == [(token_hash(link),)]
    assert ask("SELECT token_hash FROM sign_in") == [(token_hash(token),)]
    rows = ask("SELECT l::text, s::text FROM sign_in_link l, sign_in s")
    assert link not in str(rows)
    assert token not in str(rows)


@pytest.mark.parametrize("name", ["", " ", "あ" * 101])
def test_a_link_is_for_somebody(workspace: Workspace, name: str) -> None:
    with pytest.raises(NameMissing), workspace.transaction(SYSTEM) as session:
        issue_sign_in_link(session, name, Role.VIEWER)


def manager_link(workspace: Workspace, shelter_id: UUID, role: Role = Role.SHELTER) -> str:
    with workspace.transaction(SYSTEM) as session:
        return issue_sign_in_link(session, "鶴嶺小学校", role, shelter_id)


def test_a_shelter_manager_comes_in_for_one_shelter(
    workspace: Workspace, make_shelter: MakeShelter
) -> None:
    shelter_id = make_shelter()
    token = redeem(workspace, manager_link(workspace, shelter_id))
    assert holder(workspace, token) == Actor("鶴嶺小学校", Role.SHELTER, shelter_id)


def test_whose_shelter_turns_out_to_be_another_one_is_in_for_that_one(
    workspace: Workspace, make_shelter: MakeShelter, owner_url: str
) -> None:
    shelter_id, same_id = make_shelter("鶴嶺小"), make_shelter("鶴嶺小学校")
    token = redeem(workspace, manager_link(workspace, shelter_id))
    with as_owner(owner_url) as connection:
        connection.execute(
            "UPDATE shelter SET joined_to_id = %s WHERE id = %s", (same_id, shelter_id)
        )
    assert holder(workspace, token) == Actor("鶴嶺小学校", Role.SHELTER, same_id)


def test_a_link_for_a_shelter_that_is_not_there_is_refused(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        manager_link(workspace, uuid4())


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SHELTER}))
def test_nobody_but_a_shelter_manager_is_bound_to_a_shelter(
    role: Role, workspace: Workspace, make_shelter: MakeShelter
) -> None:
    shelter_id = make_shelter()
    with pytest.raises(StoreRefuses):
        manager_link(workspace, shelter_id, role)
