"""Declaring a figure of 第4号様式, and taking over what the confirmed reports say."""

from dataclasses import dataclass, replace
from uuid import uuid5

import streamlit as st

from dashboard import actions, session
from dashboard.components.plain import plain
from dashboard.components.wording import cell_text
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.clock import of_wall_clock
from gis.damage_cells import DamageCell
from gis.errors import CountDoubtful, FigureChangedMeanwhile
from gis.figures import Figure
from gis.models.declaration import FIGURE_MOST, TEXT_LENGTH
from gis.operations.declarations import FRACTIONAL, FigureTold, declare_figures
from gis.reports import SituationSummary
from gis.reports.damage_wording import amount_cell
from gis.vocabulary import FigureState

FIELDS = ("value", "state", "reason", "definition", "observed_at")


@dataclass(frozen=True)
class Asked:
    """What was asked back about a number, and what a person has said yes to about the same."""

    doubt: CountDoubtful
    value: float | None
    confirmed: frozenset[str]


def figure_form(figure: Figure, reported: DamageCell | None) -> None:
    """Draw the form; a number that looks like a slip is asked back in it."""
    form = _form_of(figure)
    _begin(form, figure)
    with st.form(form, enter_to_submit=True):
        if reported is not None:
            says = cell_text(amount_cell(reported, reported.confirmed, session.language()))
            st.caption(
                _("The confirmed reports say: {amount} ({reports} reports)").format(
                    amount=says or "0", reports=f"{reported.confirmed.reports:,}"
                )
            )
        value_side, state_side = st.columns([2, 3])
        with value_side:
            is_fractional = figure.cell.unit in FRACTIONAL
            st.number_input(
                _("Number") + f" ({_(figure.cell.unit.label)})",
                0.0 if is_fractional else 0,
                float(FIGURE_MOST) if is_fractional else FIGURE_MOST,
                step=0.01 if is_fractional else 1,
                key=f"{form}-value",
                placeholder=_("not known"),
            )
        with state_side:
            st.segmented_control(
                _("Certainty"),
                [*FigureState],
                required=True,
                key=f"{form}-state",
                format_func=lambda term: _(term.label),
            )
        st.text_input(
            _("Why it differs from the reports"), key=f"{form}-reason", max_chars=TEXT_LENGTH
        )
        st.text_input(
            _("How it was counted, if not as the form means"),
            key=f"{form}-definition",
            max_chars=TEXT_LENGTH,
        )
        st.datetime_input(
            _("As of (empty: now)"), None, key=f"{form}-observed_at", format="YYYY/MM/DD", step=60
        )
        st.form_submit_button(_("Declare"), type="primary", on_click=_declare, args=(figure,))
        with st.container():
            _doubt(figure, form)


def take_over(summary: SituationSummary) -> None:
    """Offer to declare at once what confirmed reports say of cells that nobody declared."""
    offered = summary.to_take_over()
    st.button(
        _("Declare what the confirmed reports say ({count})").format(count=len(offered)),
        key="figures-take-over",
        icon=":material/done_all:",
        disabled=not offered,
        help=_(
            "Only figures that nobody declared, and of which every confirmed report says how much"
        ),
        on_click=_take_over,
        args=(offered,),
    )


def _take_over(offered: dict[str, float]) -> None:
    filing = actions.filing_id("figures-take-over")
    told = [
        FigureTold(uuid5(filing, key), key, FigureState.CONFIRMED, value)
        for key, value in offered.items()
    ]
    city = session.desk().city

    def verb(store: actions.Store) -> None:
        declare_figures(store, city.code, told)

    if actions.act(DECIDES, verb, _("The figures are declared.")):
        actions.filed("figures-take-over")


def _form_of(figure: Figure) -> str:
    return f"figure-{figure.key}"


def _begin(form: str, figure: Figure) -> None:
    """Fill in what stands, and remember which declaration that was: a newer one is not overwritten.

    A form that was not on the screen has lost what was typed, and begins anew.
    """
    said, declared = st.session_state, figure.declared
    if f"{form}-state" in said:
        return
    value = declared.value if declared else None
    said[f"{form}-seen"] = declared.number if declared else 0
    said[f"{form}-value"] = value if figure.cell.unit in FRACTIONAL or value is None else int(value)
    said[f"{form}-state"] = declared.state if declared else FigureState.CONFIRMED
    said[f"{form}-reason"] = (declared.reason if declared else None) or ""
    said[f"{form}-definition"] = (declared.definition if declared else None) or ""
    said.pop(f"{form}-asked", None)


def _declare(figure: Figure) -> None:
    form, said = _form_of(figure), st.session_state
    asked: Asked | None = said.pop(f"{form}-asked", None)
    value = said[f"{form}-value"]
    confirmed = asked.confirmed if asked and asked.value == value else frozenset()
    told = FigureTold(
        actions.filing_id(form),
        figure.key,
        said[f"{form}-state"],
        value,
        said[f"{form}-reason"] or None,
        said[f"{form}-definition"] or None,
        said[f"{form}-seen"],
        of_wall_clock(said[f"{form}-observed_at"]),
        confirmed,
    )
    city = session.desk().city

    def verb(store: actions.Store) -> None:
        try:
            declare_figures(store, city.code, [told])
        except CountDoubtful as doubt:
            said[f"{form}-asked"] = Asked(doubt, value, confirmed)
            raise
        except FigureChangedMeanwhile as met:
            # Who has read what somebody else declared decides about that.
            said[f"{form}-seen"] = met.facts["number"]
            raise

    if actions.act(DECIDES, verb, _("The figure is declared.")):
        actions.filed(form)
        for field in FIELDS:
            said.pop(f"{form}-{field}", None)
    elif f"{form}-asked" in said:
        actions.withdraw_notice()


def _doubt(figure: Figure, form: str) -> None:
    """Offer to say yes to what was asked back; the number still stands in the form."""
    asked: Asked | None = st.session_state.get(f"{form}-asked")
    if asked is None:
        return
    st.warning(plain(asked.doubt.explain(session.language())), icon=":material/help:")
    st.form_submit_button(
        _("Yes, the figure is right: declare it"),
        type="primary",
        key=f"{form}-yes-{asked.doubt.code()}",
        on_click=_confirm,
        args=(figure, asked),
    )


def _confirm(figure: Figure, asked: Asked) -> None:
    asking = f"{_form_of(figure)}-asked"
    if st.session_state.get(asking) is asked:
        confirmed = asked.confirmed | {asked.doubt.code()}
        st.session_state[asking] = replace(asked, confirmed=confirmed)
        _declare(figure)
