"""What the form about stock does: what was told, what is asked back, what is recorded of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import streamlit as st

from dashboard import actions
from dashboard.components.statement_form import Form
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.errors import CountNeedsReason, ExpiredAlready
from gis.operations import Filed
from gis.operations.ledger import Filing, Goods
from gis.operations.stocks import count, expire, move, receive, use
from gis.queries.stocks import PlaceView
from gis.vocabulary import MovementKind, Source

StockForm = Form[PlaceView]


@dataclass(frozen=True)
class Told:
    """What stands in the form."""

    kind: MovementKind
    place_id: UUID
    goods: Goods
    to_place_id: UUID | None = None
    observed_at: datetime | None = None
    source: Source = Source.OTHER
    reason: str | None = None

    def is_about(self, other: "Told") -> bool:
        """Whether both tell the same but for moment, source and reason."""
        mine, theirs = (
            (one.kind, one.place_id, one.goods, one.to_place_id) for one in (self, other)
        )
        return mine == theirs


@dataclass(frozen=True)
class Asked:
    """What was asked back, and about what."""

    why: ExpiredAlready | CountNeedsReason
    told: Told
    confirmed: frozenset[str] = frozenset()


def asked_about(form: StockForm, told: Told) -> Asked | None:
    """Return what was asked back about what stands in a form; None where nothing was."""
    asked: Asked | None = st.session_state.get(_asked(form))
    return asked if asked and asked.told.is_about(told) else None


def record(form: StockForm, told: Told) -> None:
    """Record what stands in a form; one that is refused stays as it is."""
    asked = asked_about(form, told)
    st.session_state.pop(_asked(form), None)
    filing = Filing(
        actions.filing_id(form.name), told.observed_at, told.source, told.reason,
        confirmed=asked.confirmed if asked else frozenset(),
    )  # fmt: skip

    def verb(store: actions.Store) -> None:
        try:
            tell(store, filing, told)
        except (ExpiredAlready, CountNeedsReason) as why:
            st.session_state[_asked(form)] = Asked(why, told)
            raise

    if actions.act(DECIDES, verb, _("It is recorded.")):
        actions.filed(form.name)
    elif _asked(form) in st.session_state:
        actions.withdraw_notice()


def confirm(form: StockForm, told: Told, asked: Asked) -> None:
    """Say yes to what is being asked, and to nothing that is asked by then instead."""
    if st.session_state.get(_asked(form)) is asked:
        confirmed = asked.confirmed | {asked.why.code()}
        st.session_state[_asked(form)] = Asked(asked.why, asked.told, confirmed)
        record(form, told)


def tell(store: actions.Store, filing: Filing, told: Told) -> Filed:
    """Run the operation that is meant."""
    place_id, goods = told.place_id, told.goods
    match told.kind:
        case MovementKind.RECEIVED:
            return receive(store, filing, place_id, goods)
        case MovementKind.USED:
            return use(store, filing, place_id, goods)
        case MovementKind.EXPIRED:
            return expire(store, filing, place_id, goods)
        case MovementKind.COUNTED:
            return count(store, filing, place_id, goods.item_code, goods.quantity)
    return move(store, filing, place_id, told.to_place_id or place_id, goods)


def _asked(form: StockForm) -> str:
    return f"{form.name}-asked"
