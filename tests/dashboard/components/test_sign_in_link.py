from uuid import UUID

import pytest
import segno
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.components.sign_in_link import qr_code
from dashboard.workspaces import Desk
from gis.config import settings
from gis.operations.access import redeem_sign_in_link
from gis.queries.access import actor_of
from gis.store import SYSTEM, Actor
from gis.vocabulary import Role
from tests.conftest import MakeShelter
from tests.dashboard.conftest import SignIn

ADDRESS = "http://192.0.2.7:8501/sign-in?token=" + "A" * 43


def offer() -> None:
    """Draw the popover for the one shelter there is."""
    from dashboard.components.manager_link import manager_link  # noqa: PLC0415 - runs by itself
    from dashboard.session import desk  # noqa: PLC0415
    from gis.queries.shelters import shelter_statuses  # noqa: PLC0415
    from gis.store import now  # noqa: PLC0415

    with desk().workspace.reading() as session:
        (shelter,) = shelter_statuses(session, None, as_of=now(session))
    manager_link(shelter)


@pytest.fixture
def shelter_id(empty_desk: Desk, make_shelter: MakeShelter) -> UUID:
    assert empty_desk
    return make_shelter("鶴嶺小学校")


def test_the_link_that_is_shown_leads_to_the_one_shelter(
    shelter_id: UUID, empty_desk: Desk, sign_in: SignIn
) -> None:
    sign_in(Role.OPERATOR)
    page = AppTest.from_function(offer, default_timeout=60).run()
    assert not page.code
    page.button[0].click().run()
    assert not page.exception
    token = page.code[0].value.partition("/sign-in?token=")[2]
    with empty_desk.transaction(SYSTEM) as session:
        admission = redeem_sign_in_link(session, token)
        session.flush()
        assert actor_of(session, admission.token) == Actor("鶴嶺小学校", Role.SHELTER, shelter_id)


@pytest.mark.usefixtures("shelter_id")
def test_who_may_not_decide_makes_no_link(sign_in: SignIn) -> None:
    sign_in(Role.VIEWER)
    page = AppTest.from_function(offer, default_timeout=60).run()
    page.button[0].click().run()
    assert not page.code


def offer_team() -> None:
    """Draw the popover for a field team."""
    from dashboard import actions  # noqa: PLC0415 - runs by itself
    from dashboard.components.team_link import team_link  # noqa: PLC0415

    actions.show_notice()
    team_link()


def test_the_link_of_a_field_team_leads_in_under_its_name(
    empty_desk: Desk, sign_in: SignIn
) -> None:
    sign_in(Role.OPERATOR)
    page = AppTest.from_function(offer_team, default_timeout=60).run()
    page.text_input[0].input(" 第3班 ").run()
    page.button[0].click().run()
    assert not page.exception
    token = page.code[0].value.partition("/sign-in?token=")[2]
    with empty_desk.transaction(SYSTEM) as session:
        admission = redeem_sign_in_link(session, token)
        session.flush()
        assert actor_of(session, admission.token) == Actor("第3班", Role.FIELD)


@pytest.mark.usefixtures("empty_desk")
def test_a_team_without_a_name_gets_no_link(sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    page = AppTest.from_function(offer_team, default_timeout=60).run()
    page.button[0].click().run()
    assert page.error
    assert not page.code


@pytest.mark.usefixtures("shelter_id")
@pytest.mark.parametrize(
    ("reader", "told"),
    [
        ("http://127.0.0.1:8501/board", "https://192.0.2.7:8443"),
        ("https://198.51.100.7:8443/board", "https://198.51.100.7:8443"),
    ],
)
def test_at_the_server_itself_the_link_is_that_of_the_network(
    reader: str, told: str, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HQ_PUBLIC_URL", "https://192.0.2.7:8443")
    settings.cache_clear()
    monkeypatch.setattr(type(st.context), "url", property(lambda _: reader))
    sign_in(Role.OPERATOR)
    page = AppTest.from_function(offer, default_timeout=60).run()
    page.button[0].click().run()
    assert page.code[0].value.startswith(f"{told}/sign-in?token=")
    assert not page.warning


def test_the_code_holds_the_address_and_stands_on_white() -> None:
    drawn = qr_code(ADDRESS)
    assert drawn.startswith("<svg")
    side = segno.make(ADDRESS, error="m", micro=False).symbol_size(scale=6, border=4)[0]
    assert f'width="{side}"' in drawn
    assert "#fff" in drawn
