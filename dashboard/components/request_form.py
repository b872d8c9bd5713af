"""Filing what a shelter asks for, told to headquarters by telephone or radio."""

import streamlit as st

from dashboard import actions, cached
from dashboard.components.statement_form import Form
from dashboard.components.supply_words import item_name, unit_name
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.clock import of_wall_clock
from gis.items import item_list
from gis.models.supply import NAME_LENGTH, QUANTITY_MOST, TEXT_LENGTH
from gis.operations.ledger import Goods
from gis.operations.supply_requests import Asking, ask_for
from gis.queries.dispatches import RequestView
from gis.queries.shelters import ShelterStatus
from gis.vocabulary import Source, Urgency

SOURCES = (Source.PHONE, Source.RADIO, Source.VISIT, Source.OTHER)

RequestForm = Form[RequestView]


def request_form() -> None:
    """Draw the form."""
    form: RequestForm = Form("request")
    shelters = [shelter for shelter in cached.shelters(None) if shelter.takes_part]
    if not shelters:
        st.info(_("No shelter is open. Open one first."))
        return
    left, right = st.columns(2)
    with left:
        _what(form, shelters)
    with right:
        _how(form)
    st.button(
        _("File the request"),
        key=form.key("file"),
        type="primary",
        disabled=not (form.value("shelter") and form.value("item") and form.value("quantity")),
        on_click=_file,
        args=(form,),
    )


def _what(form: RequestForm, shelters: list[ShelterStatus]) -> None:
    st.selectbox(
        _("Shelter"), shelters, None, key=form.key("shelter"),
        format_func=lambda shelter: shelter.name, placeholder=_("Choose"),
    )  # fmt: skip
    item = st.selectbox(
        _("Item"), list(item_list().items), None, key=form.key("item"), format_func=item_name,
        placeholder=_("Choose"),
    )  # fmt: skip
    unit = unit_name(item) if item else ""
    label = _("Quantity ({unit})").format(unit=unit) if unit else _("Quantity")
    st.number_input(label, 1, QUANTITY_MOST, None, key=form.key("quantity"))


def _how(form: RequestForm) -> None:
    st.radio(
        _("Urgency"), list(Urgency), 1, key=form.key("urgency"), horizontal=True,
        format_func=lambda urgency: _(urgency.label),
    )  # fmt: skip
    st.datetime_input(
        _("Needed by (empty: nobody said)"), None, key=form.key("needed_by_at"),
        format="YYYY/MM/DD", step=60,
    )  # fmt: skip
    st.text_input(_("Who asked"), key=form.key("requester"), max_chars=NAME_LENGTH)
    st.text_area(_("Remarks"), key=form.key("note"), max_chars=TEXT_LENGTH, height=72)
    st.selectbox(
        _("Source"), SOURCES, key=form.key("source"), format_func=lambda term: _(term.label)
    )


def _file(form: RequestForm) -> None:
    incident = cached.incident()
    asking = Asking(
        actions.filing_id(form.name),
        form.value("shelter").id,
        Goods(form.value("item"), form.value("quantity")),
        form.value("urgency"),
        of_wall_clock(form.value("needed_by_at")),
        form.value("requester"),
        form.value("note"),
        source=form.value("source"),
        incident_id=incident.id if incident else None,
    )
    done = actions.act(DECIDES, lambda store: ask_for(store, asking), _("The request is filed."))
    if done:
        actions.filed(form.name)
