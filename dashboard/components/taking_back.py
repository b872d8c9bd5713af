"""Taking the last statement back, whatever it is of."""

from typing import Protocol
from uuid import UUID

import streamlit as st

from dashboard import actions
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.vocabulary import Term


class TakeBack(Protocol):
    """The operation that does it."""

    def __call__(self, session: actions.Store, matter_id: UUID, /, *, version: int) -> None:
        """Take the last statement of a matter back."""


def taking_back(verb: TakeBack, matter_id: UUID, version: int, action: Term, *, key: str) -> None:
    """Draw what asks whether the last statement was a mistake.

    Parameters
    ----------
    version
        The number of the last statement that is shown.
    action
        What the statement that holds has done.
    """
    with st.popover(_("Take back"), key=f"{key}-asked"):
        st.write(
            _("“{action}” was a mistake: what was before holds again. It stays on record.").format(
                action=_(action.label)
            )
        )
        st.button(
            _("Yes, take it back"), key=key, on_click=_take_back, args=(verb, matter_id, version)
        )


def _take_back(verb: TakeBack, matter_id: UUID, version: int) -> None:
    actions.act(
        DECIDES,
        lambda store: verb(store, matter_id, version=version),
        _("It is taken back."),
    )
