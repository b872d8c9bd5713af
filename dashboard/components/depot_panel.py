"""One depot: what it is, and what lies there."""

from uuid import UUID

import streamlit as st

from dashboard import cached
from dashboard.components.markup import render
from dashboard.components.stock_table import stock_table
from dashboard.components.wording import clock_text
from dashboard.session import _
from gis.past import PastMoment
from gis.queries.stocks import PlaceView


def depot_panel(place_id: UUID, past: PastMoment | None = None) -> None:
    """Draw a depot; nothing of it can be changed here."""
    depot = next((one for one in cached.stock_places() if one.id == place_id), None)
    if depot is None:
        st.info(_("This depot is no longer there."))
        return
    state = _("Not in use") if depot.closed_at else _("In use")
    facts = [(name, value) for name, value in _facts(depot) if value]
    st.html(render("depot.html", name=depot.name, state=state, facts=facts))
    lines = [line for line in cached.stock(place_id, past) if line.quantity or line.reserved]
    if not lines:
        st.caption(_("Nothing is known to lie here."))
        return
    fictitious = any(line.is_fictitious for line in lines)
    st.markdown(_("Stock (fictitious)") if fictitious else _("Stock"))
    stock_table(lines)
    if any(line.counted_at is None for line in lines):
        st.caption(_("Of what nobody has counted there may be more."))


def _facts(depot: PlaceView) -> list[tuple[str, str | None]]:
    is_placed = depot.lon is not None and depot.lat is not None
    return [
        (_("Address"), depot.address),
        (_("Telephone"), depot.phone),
        (_("Remark"), depot.note),
        (_("Not in use since"), clock_text(depot.closed_at) if depot.closed_at else None),
        (_("Fictitious"), _("Yes") if depot.is_fictitious else None),
        (_("Place"), None if is_placed else _("Not on the map")),
    ]
