"""Photographs beside the map or the list, of a shelter or of damage: looking, adding, hiding."""

from collections.abc import Sequence
from uuid import UUID, uuid5

import streamlit as st

from dashboard import actions, cached, session
from dashboard.components.folded import folded
from dashboard.components.markup import render
from dashboard.components.plain import plain
from dashboard.components.wording import clock_text
from dashboard.roles import COUNTS_PEOPLE, DECIDES
from dashboard.session import _
from gis.errors import Refused
from gis.models.photograph import CAPTION_LENGTH
from gis.operations.photographs import NewPhotograph, add_photograph, hide_photograph
from gis.photographs import FILE_MB_MOST, prepare
from gis.queries.photographs import PhotographView
from gis.queries.shelters import ShelterStatus

SHOWN = 6
"""Photographs that show without being asked for."""
CELL_PX = 144
"""Three stand beside each other in the panel, two on a telephone."""
KINDS = ("jpg", "jpeg", "png", "webp", "heic", "heif")
"""The last two are refused with a word on what to do, which Streamlit's own refusal lacks."""
DROP = "photographs-drop"


def photographs(shelter: ShelterStatus) -> None:
    """Draw the photographs of a shelter, the latest first, and what can be done with them."""
    if shelter.opening_id is None:
        return
    views = cached.photographs(shelter.opening_id)
    may_add = shelter.takes_part and session.may(COUNTS_PEOPLE)
    if not views and not may_add:
        return
    with st.container(key="photographs"):
        st.subheader(_("Photographs"), anchor=False)
        if not views:
            st.caption(_("There is no photograph yet."))
        _all(views)
        if may_add:
            _adding(shelter)


def report_photographs(report_id: UUID) -> None:
    """Draw the photographs of a damage report, the latest first; each opens large."""
    views = cached.report_photographs(report_id)
    if not views:
        return
    with st.container(key="photographs"):
        st.subheader(_("Photographs"), anchor=False)
        _all(views)


def _all(views: Sequence[PhotographView]) -> None:
    _grid(views[:SHOWN])
    if len(views) > SHOWN:
        with st.expander(_("Earlier ones: {count}").format(count=len(views) - SHOWN)):
            _grid(views[SHOWN:])


def _grid(views: Sequence[PhotographView]) -> None:
    with st.container(horizontal=True, gap="small"):
        for view in views:
            with st.container(width=CELL_PX, gap=None):
                _figure(view)
                if session.may(DECIDES):
                    _hiding(view)


def _figure(view: PhotographView) -> None:
    words = _("taken {moment}") if view.taken_at else _("received {moment}")
    st.html(
        render(
            "photograph.html",
            id=view.id,
            alt=view.caption or _("Photograph"),
            caption=view.caption,
            moment=words.format(moment=clock_text(view.since_at)),
            by=view.recorded_by,
        )
    )


def _hiding(view: PhotographView) -> None:
    with st.popover(_("Hide"), icon=":material/visibility_off:", key=f"hiding-{view.id}"):
        st.write(_("Nobody can see it afterwards. It stays in the store."))
        st.button(
            _("Yes, hide it"),
            key=f"hide-{view.id}",
            on_click=_hide,
            args=(view.id,),
        )


def _hide(photograph_id: UUID) -> None:
    actions.act(
        DECIDES,
        lambda store: hide_photograph(store, photograph_id),
        _("The photograph is hidden."),
    )


def _adding(shelter: ShelterStatus) -> None:
    form = _form(shelter)
    for name, why in st.session_state.get(f"{form}-refused", ()):
        st.warning(f"{plain(name)}: {why}" if name else why)
    with folded(_("Add photographs"), f"{form}-part") as wanted:
        if wanted:
            _form_to_add(shelter, form)


def _form_to_add(shelter: ShelterStatus, form: str) -> None:
    with st.form(form, border=False):
        st.html(
            render("drop_words.html", key=DROP, words=_("Choose photographs, or drop them here"))
        )
        with st.container(key=DROP):
            st.file_uploader(
                _("JPEG, PNG or WebP, up to {most} MB each").format(most=FILE_MB_MOST),
                list(KINDS),
                accept_multiple_files=True,
                key=_field(form, "files"),
            )
        st.text_input(_("Caption"), key=_field(form, "caption"), max_chars=CAPTION_LENGTH)
        st.form_submit_button(_("Add"), type="primary", on_click=_add, args=(shelter,))


def _form(shelter: ShelterStatus) -> str:
    return f"photographs-{shelter.id}"


def _field(form: str, field: str) -> str:
    """Return the key of a field, which is empty whenever its key is a new one."""
    return f"{form}-{field}-{actions.filing_id(form)}"


def _add(shelter: ShelterStatus) -> None:
    """Add what can be read; what cannot is named with its reason."""
    form = _form(shelter)
    added, refused = _read(shelter, form)

    def verb(store: actions.Store) -> None:
        for photograph in added:
            add_photograph(store, photograph)

    if added and actions.act(COUNTS_PEOPLE, verb, _("The photographs are added.")):
        actions.filed(form)
    st.session_state[f"{form}-refused"] = refused


def _read(shelter: ShelterStatus, form: str) -> tuple[list[NewPhotograph], list[tuple[str, str]]]:
    """Return the photographs that were chosen, and the names of files that are none, and why."""
    incident, caption = cached.incident(), st.session_state[_field(form, "caption")]
    files = st.session_state[_field(form, "files")]
    added: list[NewPhotograph] = []
    refused = [] if files else [("", _("Choose a photograph first."))]
    for file in files:
        try:
            prepared = prepare(file.getvalue())
        except Refused as why:
            refused.append((file.name, why.explain(session.language())))
            continue
        identity = _identity(form, prepared.sha256)
        added.append(
            NewPhotograph(
                identity,
                shelter.id,
                prepared,
                caption,
                incident_id=incident.id if incident else None,
            )
        )
    return added, refused


def _identity(form: str, sha256: str) -> UUID:
    """Return the id of one of several files: the same until they are filed."""
    return uuid5(actions.filing_id(form), sha256)
