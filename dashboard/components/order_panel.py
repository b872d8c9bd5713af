"""One evacuation order, as it stands."""

from uuid import UUID

import streamlit as st

from dashboard import cached, session
from dashboard.components.markup import render
from dashboard.components.wording import age_text, clock_text
from dashboard.session import _
from gis.past import PastMoment
from gis.queries.evacuation_orders import Announcement
from gis.reports.order_wording import areas_text, order_text, people_text
from gis.text import Language

TSUNAMI_DRAWN_AS = 4
"""Of a tsunami, which has no level, an order has the colour of the evacuation instruction."""


def order_of(order_id: UUID, past: PastMoment | None = None) -> Announcement | None:
    """Return what stands of an order of the current incident; None where nothing does."""
    return next((one for one in cached.orders(past) if one.order_id == order_id), None)


def order_areas(order: Announcement, language: Language, most: int | None = None) -> str:
    """Return for whom an order is."""
    return areas_text(
        order.areas, language, is_whole=order.is_whole, is_drawn=order.is_drawn, most=most
    )


def order_panel(order_id: UUID, past: PastMoment | None = None) -> None:
    """Draw an order."""
    order = order_of(order_id, past)
    if order is None:
        st.info(_("This order is no longer there: it was told by mistake and taken back."))
        return
    language = session.language()
    st.html(
        render(
            "order.html",
            name=order_text(order.kind, order.hazard, language),
            level=order.level or TSUNAMI_DRAWN_AS,
            areas=order_areas(order, language),
            facts=[(name, value) for name, value in _facts(order, past) if value],
        )
    )


def _facts(order: Announcement, past: PastMoment | None) -> list[tuple[str, str | None]]:
    language = session.language()
    now = past.at if past else session.desk().workspace.clock.now()
    age = age_text(order.announced_at, now, language)
    is_estimated = not order.is_drawn and not order.is_whole
    return [
        (_(order.action.label), f"{clock_text(order.announced_at)} ({age})"),
        (_("Persons concerned"), people_text(order.persons, language)),
        (_("Households concerned"), people_text(order.households, language)),
        (_("Reason"), order.reason),
        (_("How to act"), order.guidance),
        (_("Supplementary information"), order.note),
        (
            _("Area on the map"),
            _("About where the towns lie: of each only a point is known") if is_estimated else None,
        ),
        (_("Recorded"), f"{clock_text(order.recorded_at)} · {order.recorded_by}"),
    ]
