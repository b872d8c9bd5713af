"""Links for shelter managers, as the person at the server makes them."""

import re

import pytest

from gis.operations.access import redeem_sign_in_link
from gis.queries.access import actor_of
from gis.store import SYSTEM, Actor, Workspace
from gis.vocabulary import Role
from tests.conftest import MakeShelter
from tests.scripts.conftest import Run


def holder(workspace: Workspace, printed: str) -> Actor | None:
    link = re.search(r"/sign-in\?token=(\S+)", printed)
    assert link
    with workspace.transaction(SYSTEM) as session:
        token = redeem_sign_in_link(session, link[1]).token
    with workspace.reading() as session:
        return actor_of(session, token)


def test_a_manager_s_link_is_for_the_shelter_that_was_named(
    run: Run, workspace: Workspace, make_shelter: MakeShelter
) -> None:
    shelter_id = make_shelter("鶴嶺小学校")
    make_shelter("鶴嶺小学校体育館")
    done = run("sign_in_link", "--role", "shelter", "--shelter", "鶴嶺小学校")
    assert done.returncode == 0, done.stderr
    assert holder(workspace, done.stdout) == Actor("鶴嶺小学校", Role.SHELTER, shelter_id)


def test_a_manager_s_link_may_bear_a_name_of_its_own(
    run: Run, workspace: Workspace, make_shelter: MakeShelter
) -> None:
    make_shelter("鶴嶺小学校")
    done = run("sign_in_link", "--role=shelter", "--shelter=鶴嶺小学校", "--name=夜間担当")
    who = holder(workspace, done.stdout)
    assert who is not None
    assert who.name == "夜間担当"


@pytest.mark.parametrize("words", ["鶴", "中央公園"])
def test_a_name_that_may_mean_several_lists_them_and_makes_no_link(
    words: str, run: Run, make_shelter: MakeShelter
) -> None:
    for name in ("鶴嶺小学校", "鶴が台小学校", "中央公園", "中央公園"):
        make_shelter(name)
    done = run("sign_in_link", "--role", "shelter", "--shelter", words)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "may mean several shelters" in done.stderr
    assert sum(words in line for line in done.stderr.splitlines()[1:]) == 2


def test_a_shelter_that_is_not_there_is_said_to_be_so(run: Run) -> None:
    done = run("sign_in_link", "--role", "shelter", "--shelter", "どこにもない")
    assert done.returncode == 1
    assert "There is no shelter “どこにもない” here." in done.stderr


@pytest.mark.parametrize("arguments", [["--role=shelter"], ["--shelter=鶴嶺小学校"]])
def test_a_manager_and_a_shelter_go_together(arguments: list[str], run: Run) -> None:
    done = run("sign_in_link", *arguments)
    assert done.returncode == 2
    assert "--shelter" in done.stderr
