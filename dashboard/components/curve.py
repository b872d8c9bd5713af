"""How the number of people went: of the city, a district or a shelter, over a span of time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import streamlit as st

from dashboard import cached, session
from dashboard.components.curve_chart import persons_chart, unknown_chart
from dashboard.components.wording import clock_text, count_text, number_text
from dashboard.session import _
from gis.occupancy import Tally
from gis.past import PastMoment
from gis.text import N_

SPANS = {
    N_("24 hours"): timedelta(hours=24),
    N_("3 days"): timedelta(days=3),
    N_("Whole incident"): None,
}
SHORTEST = next(iter(SPANS))
CITY = "city"
WIDTH_PX = 320


def curve(past: PastMoment | None) -> None:
    """Offer the curve; it is read where somebody has opened it."""
    with st.expander(_("How the number of people went"), key="curve", on_change="rerun") as part:
        if part.open:
            _chosen(past)


def _chosen(past: PastMoment | None) -> None:
    shelters = {f"shelter:{one.id}": one for one in cached.shelters(past) if one.opening_id}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        span = SPANS[
            st.segmented_control(
                _("Span"), list(SPANS), default=SHORTEST, key="curve-span", format_func=_
            )
            or SHORTEST
        ]
        found = cached.curves(past, span)
        if found is None:
            st.info(_("The incident had not begun at that moment."))
            return
        districts = {f"district:{name}": name for name in found.by_district if name}
        names = {
            CITY: _("Whole city"),
            **{one: _("District {name}").format(name=districts[one]) for one in sorted(districts)},
            **{one: shelter.name for one, shelter in shelters.items()},
        }
        choice = st.selectbox(
            _("Of what"),
            list(names),
            key="curve-of",
            format_func=lambda one: names.get(one, ""),
            width=WIDTH_PX,
        )
    if choice in shelters:
        found = cached.curves(past, span, shelters[choice].id) or found
    tallies = found.by_district[districts[choice]] if choice in districts else found.city
    _draw(found.moments, tallies)


def _draw(moments: Sequence[datetime], tallies: Sequence[Tally]) -> None:
    st.vega_lite_chart(
        spec=persons_chart(moments, tallies),
        key="curve-persons",
        alt=_("How the number of people went"),
    )
    if any(tally.unknown_places for tally in tallies):
        lacking = _("Open shelters whose number was unknown; they are not in the curve above")
        st.caption(lacking)
        st.vega_lite_chart(spec=unknown_chart(moments, tallies), key="curve-unknown", alt=lacking)
    with st.container(key="curve-summary"):
        st.write(_summary(moments, tallies))


def _summary(moments: Sequence[datetime], tallies: Sequence[Tally]) -> str:
    """Return the last value and the highest one in words, with what is unknown about them."""
    language = session.language()
    last = tallies[-1]
    text = _("{moment}: {persons}").format(
        moment=clock_text(moments[-1]),
        persons=count_text(last.known, last.unknown_places, language),
    )
    known = [
        (tally.known, moment)
        for tally, moment in zip(tallies, moments, strict=True)
        if tally.known is not None
    ]
    if not known:
        return text
    most, when = max(known)
    highest = _("Highest known: {persons} ({moment})").format(
        persons=number_text(most, language), moment=clock_text(when)
    )
    return f"{text} · {highest}"
