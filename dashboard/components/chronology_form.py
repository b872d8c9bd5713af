"""Writing into the chronology, and following up what was written."""

from contextlib import suppress
from uuid import UUID

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.markup import render
from dashboard.components.wording import bold, clock_text
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.clock import of_wall_clock
from gis.errors import Refused
from gis.models.chronology import CONTENT_LENGTH, NAME_LENGTH
from gis.operations.chronology import NewEntry, follow_up, write_entry
from gis.queries.chronology import WrittenEntry, chronology_entry

FORM = "chronology-entry"
FIELDS = ("content", "happened", "sender", "recipient", "action", "assignee")
FOLLOWING = "chronology-follow"
SEEN = "chronology-follow-seen"
"""Which entry is followed up, and the version of it that the person saw first."""


def entry_form() -> None:
    """Draw the form for a new entry; it stays in sight, so that nothing typed is lost."""
    if not session.may(DECIDES):
        return
    with st.form(FORM, clear_on_submit=False):
        first = st.columns([2, 2, 2, 2], vertical_alignment="bottom")
        with first[0]:
            st.datetime_input(
                _("When (empty: now)"), None, key=_key("happened"), format="YYYY/MM/DD", step=60
            )
        _short(first[1], _("From"), "sender")
        _short(first[2], _("To"), "recipient")
        _short(first[3], _("Assignee"), "assignee")
        second = st.columns([10, 6, 2], vertical_alignment="bottom")
        with second[0]:
            st.text_area(
                _("What happened"), key=_key("content"), max_chars=CONTENT_LENGTH, height=72
            )
        with second[1]:
            st.text_area(_("Action"), key=_key("action"), max_chars=CONTENT_LENGTH, height=72)
        with second[2]:
            st.form_submit_button(_("Write it down"), type="primary", on_click=_write)


def _key(field: str) -> str:
    return f"{FORM}-{field}"


def _short(column: "st.delta_generator.DeltaGenerator", label: str, field: str) -> None:
    with column:
        st.text_input(label, key=_key(field), max_chars=NAME_LENGTH)


def _write() -> None:
    said = {field: st.session_state[_key(field)] for field in FIELDS}
    incident = cached.incident()
    entry = NewEntry(
        id=actions.filing_id(FORM),
        content=said["content"] or "",
        happened_at=of_wall_clock(said["happened"]),
        sender=said["sender"],
        recipient=said["recipient"],
        action=said["action"],
        assignee=said["assignee"],
        incident_id=incident.id if incident else None,
    )
    if actions.act(DECIDES, lambda store: write_entry(store, entry), _("It is in the chronology.")):
        actions.filed(FORM, *map(_key, FIELDS))


def entry_panel(entry_id: UUID) -> None:
    """Draw an entry, and what is done about it."""
    try:
        entry = cached.chronology_entry(entry_id)
    except Refused as refused:
        st.error(refused.explain(session.language()))
        return
    st.html(
        render(
            "chronology_entry.html",
            title=_("Entry"),
            content=entry.content,
            facts=_facts(entry),
        )
    )
    if session.may(DECIDES):
        _follow_up_form(entry)


def _facts(entry: WrittenEntry) -> list[tuple[str, str]]:
    facts = [
        (_("When"), clock_text(entry.happened_at)),
        (_("From"), entry.sender),
        (_("To"), entry.recipient),
        (_("Action"), entry.action),
        (_("Assignee"), entry.assignee),
        (_("Done"), clock_text(entry.done_at) if entry.done_at else None),
        (_("Recorded"), f"{clock_text(entry.recorded_at)} · {entry.recorded_by}"),
    ]
    return [(name, value) for name, value in facts if value]


def _follow_up_form(entry: WrittenEntry) -> None:
    _begin(entry)
    with st.form(FOLLOWING):
        st.markdown(bold(_("Follow up")))
        st.text_area(_("Action"), key=f"{FOLLOWING}-action", max_chars=CONTENT_LENGTH, height=96)
        st.text_input(_("Assignee"), key=f"{FOLLOWING}-assignee", max_chars=NAME_LENGTH)
        st.checkbox(_("Done"), key=f"{FOLLOWING}-done")
        st.form_submit_button(_("Save"), type="primary", on_click=_follow_up, args=(entry.id,))


def _begin(entry: WrittenEntry) -> None:
    """Fill the form with what holds, once; what is typed then outlasts every live change."""
    said = st.session_state
    began: tuple[UUID, int] | None = said.get(SEEN)
    if began and began[0] == entry.id and f"{FOLLOWING}-action" in said:
        return
    said[SEEN] = (entry.id, entry.version)
    said[f"{FOLLOWING}-action"] = entry.action or ""
    said[f"{FOLLOWING}-assignee"] = entry.assignee or ""
    said[f"{FOLLOWING}-done"] = entry.done_at is not None


def _follow_up(entry_id: UUID) -> None:
    said = st.session_state
    _which, version = said[SEEN]
    if actions.act(
        DECIDES,
        lambda store: follow_up(
            store,
            entry_id,
            version=version,
            action=said[f"{FOLLOWING}-action"],
            assignee=said[f"{FOLLOWING}-assignee"],
            done=said[f"{FOLLOWING}-done"],
        ),
        _("It is noted what is done about it."),
    ):
        del said[SEEN]
        return
    # Both values are shown now: who saves again has seen them.
    with suppress(Refused), session.desk().workspace.reading() as store:
        said[SEEN] = (entry_id, chronology_entry(store, entry_id).version)
