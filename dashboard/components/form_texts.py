"""What 第4号様式 asks in words, and when headquarters were set up."""

from datetime import datetime
from uuid import uuid5

import streamlit as st

from dashboard import actions, session
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.clock import jst, of_wall_clock
from gis.models.declaration import TEXT_LENGTH
from gis.operations.declarations import TextTold, state_texts
from gis.reports import SituationSummary
from gis.vocabulary import FormText

NAME = "form-texts"
LONG = frozenset({FormText.OVERVIEW, FormText.DAMAGE, FormText.RESPONSE, FormText.REMARKS})


def form_texts(summary: SituationSummary) -> None:
    """Draw the fields, or for whoever cannot write what stands in them."""
    if not session.may(DECIDES):
        for said in summary.statements:
            st.text(f"{_(said.key.label)}: {said.text}")
        return
    st.caption(
        _(
            "Counts only, no names of evacuees or casualties. Remarks that are left empty are made"
            " from the orders in force and the open shelters."
        )
    )
    _begin(summary)
    with st.form(NAME):
        for key in FormText:
            _field(key)
        st.form_submit_button(_("Save the texts"), type="primary", on_click=_save)


def _field(key: FormText) -> None:
    label, name = _(key.label), f"{NAME}-{key.value}"
    if key.is_moment:
        st.datetime_input(label, None, key=name, format="YYYY/MM/DD", step=60)
    elif key in LONG:
        st.text_area(label, key=name, max_chars=TEXT_LENGTH, height=96)
    else:
        st.text_input(label, key=name, max_chars=TEXT_LENGTH)


def _begin(summary: SituationSummary) -> None:
    """Fill in what stands, and remember which version of each text that was."""
    said = st.session_state
    if f"{NAME}-{FormText.OVERVIEW.value}" in said:
        return
    standing = {one.key: one for one in summary.statements}
    said[f"{NAME}-before"] = standing
    for key in FormText:
        text = standing[key].text if key in standing else None
        said[f"{NAME}-{key.value}"] = _shown(key, text)


def _shown(key: FormText, text: str | None) -> object:
    if not key.is_moment:
        return text or ""
    return jst(datetime.fromisoformat(text)).replace(tzinfo=None) if text else None


def _save() -> None:
    said = st.session_state
    before = said[f"{NAME}-before"]
    filing = actions.filing_id(NAME)
    told = []
    for key in FormText:
        value = said[f"{NAME}-{key.value}"]
        if key.is_moment:
            moment = of_wall_clock(value)
            value = moment.isoformat() if moment else ""
        standing = before.get(key)
        if _shown(key, value) != _shown(key, standing.text if standing else None):
            version = standing.number if standing else 0
            told.append(TextTold(uuid5(filing, key.value), key, value, version))

    def verb(store: actions.Store) -> None:
        state_texts(store, told)

    if actions.act(DECIDES, verb, _("The texts are saved.")):
        actions.filed(NAME)
        for key in FormText:
            said.pop(f"{NAME}-{key.value}", None)
