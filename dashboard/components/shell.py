"""What stands on every page: whose headquarters, which incident, language, who is signed in."""

from contextlib import suppress
from datetime import datetime, timedelta

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.markup import render
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.clock import jst
from gis.errors import KindMissing, Refused
from gis.operations.access import end_sign_in
from gis.operations.incidents import close_incident, open_incident
from gis.queries.incidents import IncidentView
from gis.store import now
from gis.text import Language
from gis.vocabulary import IncidentKind, Role

FORM_WIDTH_PX = 480
DRAWN = "shell-incident"


def shell() -> None:
    """Draw the line at the top of a page."""
    language = session.language()
    city = session.desk().city
    incident = cached.incident()
    st.session_state[DRAWN] = incident
    left, right = st.columns([5, 2], vertical_alignment="center")
    with left:
        st.html(
            render(
                "shell.html",
                city=city.name_ja if language is Language.JA else city.name_en,
                title=_("Disaster headquarters"),
                incident=incident.name if incident else _("No incident is open."),
                since=_since(incident.started_at) if incident else "",
                demonstration=_("All figures are invented.")
                if incident and incident.is_demonstration
                else "",
            )
        )
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        _incident_menu(incident)
        _person_menu(language)


def follow_incident() -> None:
    """Draw the whole page anew where another incident is open than the one it was drawn for.

    A fragment that runs by itself leaves the line at the top as it was.
    """
    if cached.incident() != st.session_state.get(DRAWN):
        st.rerun()


def _since(started_at: datetime) -> str:
    return _("since {moment}").format(moment=jst(started_at).strftime("%Y-%m-%d %H:%M"))


def _incident_menu(incident: IncidentView | None) -> None:
    if not session.may(DECIDES):
        return
    with (
        st.container(key="incident-menu", width="content"),
        st.popover(_("Incident"), icon=":material/flag:"),
    ):
        if incident is None:
            incident_form("menu")
            return
        st.write(_("Closing the incident closes every shelter that is open in it."))
        sure = st.checkbox(_("Yes, the incident is over"), key="incident-over")
        st.button(
            _("Close the incident"),
            disabled=not sure,
            on_click=_close_incident,
            args=(incident,),
        )


def _close_incident(incident: IncidentView) -> None:
    actions.act(
        DECIDES,
        lambda store: close_incident(store, incident.id, version=incident.version),
        _("The incident is closed."),
    )


def incident_form(key: str) -> None:
    """Offer to open an incident; what a page without one shows first."""
    with st.form(f"open-incident-{key}", width=FORM_WIDTH_PX):
        name = f"incident-name-{key}"
        kind = f"incident-kind-{key}"
        ago = f"incident-ago-{key}"
        st.text_input(_("Name of the incident"), key=name, max_chars=100)
        st.selectbox(
            _("Kind"),
            [*IncidentKind],
            index=None,
            key=kind,
            format_func=lambda term: _(term.label),
            placeholder=_("Choose"),
        )
        st.number_input(
            _("Started how many minutes ago?"), 0, None, None, key=ago, placeholder=_("now")
        )
        st.form_submit_button(
            _("Open the incident"), type="primary", on_click=_open_incident, args=(name, kind, ago)
        )


def _open_incident(*fields: str) -> None:
    name, kind, minutes_ago = (st.session_state[field] for field in fields)

    def verb(store: actions.Store) -> None:
        if kind is None:
            raise KindMissing(field="kind")
        started_at = now(store) - timedelta(minutes=minutes_ago or 0)
        open_incident(
            store, name, kind, started_at=started_at, incident_id=actions.filing_id("incident")
        )

    if actions.act(DECIDES, verb, _("The incident is open.")):
        actions.filed("incident")


def nothing_open() -> None:
    """Say that no incident is open, and offer what to do first."""
    st.info(_("No incident is open. Open one to see shelters and reports of it here."))
    if session.may(DECIDES):
        incident_form("page")


def _person_menu(language: Language) -> None:
    who = session.actor()
    with st.popover(who.name, icon=":material/person:"):
        st.write(_(Role(who.role).label))
        other = Language.EN if language is Language.JA else Language.JA
        st.html(
            render(
                "language.html",
                href=f"/language/{other.value}?back={session.path()}",
                language=other.value,
                label="English" if other is Language.EN else "日本語",
            )
        )
        st.button(_("Sign out"), on_click=_sign_out)


def _sign_out() -> None:
    token = session.session_token()
    # Whoever is signed out already, or cannot reach the store, is told so by the page itself.
    with suppress(Refused), session.desk().transaction(session.actor()) as store:
        end_sign_in(store, token or "")
