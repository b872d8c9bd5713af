"""Shelters that may be one, that were joined, that were taken off: each step can be taken back."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

import streamlit as st

from dashboard import actions, cached
from dashboard.components.chooser import choose
from dashboard.components.markup import render
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.operations.register import (
    join_shelters,
    reinstate_shelter,
    separate_shelter,
)
from gis.queries.inventories import JoinablePair, ShelterName

PAIRS_AT_ONCE = 12


def joinable(found: cached.Tidying) -> None:
    """Draw the pairs that may be one shelter under two IDs."""
    if not found.joinable:
        st.info(_("No two shelters of the register look like one."))
        return
    st.caption(
        _(
            "Lists sometimes give one facility two IDs, as an emergency site and as a shelter."
            " Join the two that are one; that can be taken back."
        )
    )
    for pair in found.joinable[:PAIRS_AT_ONCE]:
        _pair(pair)
    _more(len(found.joinable))


def _pair(pair: JoinablePair) -> None:
    facts = [_("likeness {percent}%").format(percent=round(pair.likeness * 100))]
    if pair.distance_m is not None:
        facts.append(_("{distance} m away").format(distance=f"{pair.distance_m:,.0f}"))
    key = f"{pair.other.id}-{pair.shelter.id}"
    with st.container(border=True, key=f"card-{key}"):
        sides = [(_("Emergency site"), pair.other), (_("Shelter"), pair.shelter)]
        st.html(render("pair.html", sides=sides, facts=" · ".join(facts)))
        st.button(
            _("They are one: join them"),
            key=f"join-{key}",
            icon=":material/join_inner:",
            on_click=_join,
            args=(pair,),
        )


def _join(pair: JoinablePair) -> None:
    actions.act(
        DECIDES,
        lambda store: join_shelters(store, pair.other.id, pair.shelter.id),
        _("The two are one shelter now."),
    )


def joined(found: cached.Tidying) -> None:
    """Draw the shelters that were joined; those chosen become two again."""
    rows = {gone.id: _row(gone) | {_("Joined with"): into.name} for gone, into in found.joined}
    chosen = _chosen("joined", rows, _("No shelters have been joined."))
    if rows:
        _button(
            _("Separate {count} again"), chosen, separate_shelter, _("They are two shelters again.")
        )


def retired(found: cached.Tidying) -> None:
    """Draw the shelters that were taken off the register; those chosen come back."""
    rows = {one.id: _row(one) for one in found.retired}
    chosen = _chosen("retired", rows, _("No shelter has been taken off the register."))
    if rows:
        _button(
            _("Bring {count} back onto the register"),
            chosen,
            reinstate_shelter,
            _("They are on the register again."),
        )


def _row(shelter: ShelterName) -> dict[str, str]:
    return {_("Shelter"): shelter.name, _("Address"): shelter.address or ""}


def _chosen(key: str, rows: Mapping[UUID, Mapping[str, str]], empty: str) -> list[UUID]:
    if not rows:
        st.info(empty)
        return []
    return choose(f"register-{key}", rows, "multi-row")


def _button(
    label: str,
    chosen: Sequence[UUID],
    verb: Callable[[actions.Store, UUID], None],
    done: str,
) -> None:
    """Offer to do something with all that is chosen, in one transaction."""
    st.button(
        label.format(count=len(chosen)),
        icon=":material/undo:",
        disabled=not chosen,
        on_click=_do,
        args=(verb, list(chosen), done),
    )


def _do(verb: Callable[[actions.Store, UUID], None], chosen: list[UUID], done: str) -> None:
    def each(store: actions.Store) -> None:
        for shelter_id in chosen:
            verb(store, shelter_id)

    actions.act(DECIDES, each, done)


def _more(count: int) -> None:
    if count > PAIRS_AT_ONCE:
        words = _("The first {shown} of {count}.")
        st.caption(words.format(shown=PAIRS_AT_ONCE, count=f"{count:,}"))
