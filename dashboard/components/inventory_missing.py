"""Shelters of the register that the file does not list: each can be taken off by a person."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from dashboard import actions
from dashboard.components.chooser import choose
from dashboard.components.inventory_draft import Draft, Preview
from dashboard.components.inventory_preview import ADDRESS, PLACE, SHELTER, place_text
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.operations.register import retire_shelter


def missing(draft: Draft, preview: Preview) -> None:
    """Draw the list; what is chosen in it can be taken off the register."""
    plan = preview.plan
    if not plan.missing:
        st.info(_("The file lists every shelter of the register of its kind."))
        return
    st.caption(
        _(
            "An import leaves these as they are. Choose those that are shelters no more; the page"
            " “Register upkeep” brings them back."
        )
    )
    rows = {
        one.shelter_id: {
            _(SHELTER): one.name,
            _(ADDRESS): one.address or "",
            _(PLACE): place_text(one),
        }
        for one in plan.missing
        if one.shelter_id
    }
    # Above the list, which is longer than a screen.
    place = st.container()
    chosen = choose(f"inventory-missing-{draft.key}", rows, "multi-row")
    if plan.missing_count > len(rows):
        words = _("The first {shown} of {count}.")
        st.caption(words.format(shown=len(rows), count=f"{plan.missing_count:,}"))
    place.button(
        _("Take {count} off the register").format(count=len(chosen)),
        icon=":material/playlist_remove:",
        disabled=not chosen,
        on_click=_retire,
        args=(draft, chosen),
    )


def _retire(draft: Draft, shelter_ids: Sequence[UUID]) -> None:
    def verb(store: actions.Store) -> None:
        for shelter_id in shelter_ids:
            retire_shelter(store, shelter_id)

    done = _("{count} shelters are off the register. The page “Register upkeep” brings them back.")
    if actions.act(DECIDES, verb, done.format(count=len(shelter_ids))):
        draft.rounds += 1
