"""Reporting how a shelter is off: what was not touched is not sent."""

from collections.abc import Iterable
from datetime import timedelta

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.condition_lines import FLOOR, SHORT, SIGNS, TEXTS
from dashboard.roles import COUNTS_PEOPLE
from dashboard.session import _
from gis.models.condition import ITEMS, LIFELINES, SUPPLIES, TEXT_LENGTH, TOILETS
from gis.operations.conditions import ConditionReportIn, ConditionSaid, report_condition
from gis.queries.shelters import ShelterStatus
from gis.store import now
from gis.text import translate
from gis.vocabulary import CONDITION_LABELS, LifelineState, Source, SupplyState, Term

MINUTES_MOST = 24 * 60
COLUMNS = 3


def condition_form(shelter: ShelterStatus) -> None:
    """Draw the form."""
    form = _form(shelter)
    with st.form(form, border=False):
        st.caption(_("Leave empty what you have not looked at: what was known stays."))
        for item in LIFELINES:
            _state(form, item, LifelineState)
        for item in SUPPLIES:
            _state(form, item, SupplyState)
        _amounts(form, (*TOILETS, FLOOR))
        for item in TEXTS:
            st.text_area(
                _(CONDITION_LABELS[item]), None, key=f"{form}-{item}",
                max_chars=TEXT_LENGTH, height=80,
            )  # fmt: skip
        st.number_input(
            _("Seen how many minutes ago?"),
            0,
            MINUTES_MOST,
            None,
            key=f"{form}-ago",
            placeholder=_("now"),
        )
        st.segmented_control(
            _("How do we know?"),
            [Source.PHONE, Source.RADIO, Source.VISIT],
            default=Source.PHONE,
            key=f"{form}-source",
            format_func=lambda term: _(term.label),
        )
        st.form_submit_button(_("Report"), type="primary", on_click=_report, args=(shelter,))


def _form(shelter: ShelterStatus) -> str:
    return f"condition-{shelter.id}"


def _state(form: str, item: str, terms: type[Term]) -> None:
    language = session.language()

    def shown(term: Term) -> str:
        return f"{SIGNS[term]} {translate(SHORT.get(term, term.label), language)}"

    st.segmented_control(
        _(CONDITION_LABELS[item]),
        list(terms),
        key=f"{form}-{item}",
        format_func=shown,
        help=_sentences(terms) if terms is SupplyState else None,
    )


def _sentences(terms: Iterable[Term]) -> str:
    return "\n".join(f"- {SIGNS[term]} {_(term.label)}" for term in terms)


def _amounts(form: str, items: Iterable[str]) -> None:
    for number, item in enumerate(items):
        if number % COLUMNS == 0:
            columns = st.columns(COLUMNS)
        with columns[number % COLUMNS]:
            st.number_input(
                _(CONDITION_LABELS[item]), None, None, None, 1,
                key=f"{form}-{item}", placeholder=_("not counted"),
            )  # fmt: skip


def _report(shelter: ShelterStatus) -> None:
    form, incident, told = _form(shelter), cached.incident(), st.session_state

    def verb(store: actions.Store) -> None:
        ago = told[f"{form}-ago"]
        report = ConditionReportIn(
            id=actions.filing_id(form),
            shelter_id=shelter.id,
            said=ConditionSaid(**{item: told[f"{form}-{item}"] for item in ITEMS}),
            observed_at=None if ago is None else now(store) - timedelta(minutes=ago),
            source=told[f"{form}-source"] or Source.OTHER,
            incident_id=incident.id if incident else None,
        )
        report_condition(store, report)

    if actions.act(COUNTS_PEOPLE, verb, _("The report is recorded.")):
        actions.filed(form, *(f"{form}-{item}" for item in ITEMS), f"{form}-ago")
