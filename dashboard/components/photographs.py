"""Photographs beside the map or the list, of a shelter or of damage: looking, adding, hiding."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import actions, cached, session
from dashboard.components.folded import folded
from dashboard.components.markup import render
from dashboard.components.plain import plain
from dashboard.components.wording import clock_text
from dashboard.roles import COUNTS_PEOPLE, DECIDES
from dashboard.session import _
from gis.errors import Refused
from gis.models.photograph import CAPTION_LENGTH
from gis.operations.photographs import (
    NewPhotograph,
    NewReportPhotograph,
    add_photograph,
    add_report_photograph,
    hide_photograph,
)
from gis.photographs import FILE_MB_MOST, Prepared, prepare
from gis.queries.photographs import PhotographView
from gis.queries.shelters import ShelterStatus
from gis.vocabulary import Role

SHOWN = 6
"""Photographs that show without being asked for."""
CELL_PX = 144
"""Three stand beside each other in the panel, two on a telephone."""
KINDS = ("jpg", "jpeg", "png", "webp", "heic", "heif")
"""The last two are refused with a word on what to do, which Streamlit's own refusal lacks."""
DROP = "photographs-drop"


@dataclass(frozen=True)
class Album:
    """The photographs of something, for who may add to them."""

    of: UUID
    roles: frozenset[Role]
    """Who may add."""
    add: Callable[[actions.Store, UUID, Prepared, str], object]
    """Adds one under an id, with a caption."""

    @property
    def form(self) -> str:
        """The name of the form."""
        return f"photographs-{self.of}"

    def field(self, field: str) -> str:
        """Return the key of a field, which is empty whenever its key is a new one."""
        return f"{self.form}-{field}-{actions.filing_id(self.form)}"


def photographs(shelter: ShelterStatus) -> None:
    """Draw the photographs of a shelter, the latest first, and what can be done with them."""
    if shelter.opening_id is None:
        return
    incident = cached.incident()
    incident_id = incident.id if incident else None

    def add(store: actions.Store, identity: UUID, prepared: Prepared, caption: str) -> None:
        new = NewPhotograph(identity, shelter.id, prepared, caption, incident_id=incident_id)
        add_photograph(store, new)

    album = Album(shelter.id, COUNTS_PEOPLE if shelter.takes_part else frozenset(), add)
    _draw(album, cached.photographs(shelter.opening_id))


def report_photographs(report_id: UUID) -> None:
    """Draw the photographs of a damage report, the latest first; each opens large."""

    def add(store: actions.Store, identity: UUID, prepared: Prepared, caption: str) -> None:
        add_report_photograph(store, NewReportPhotograph(identity, report_id, prepared, caption))

    _draw(Album(report_id, DECIDES, add), cached.report_photographs(report_id))


def _draw(album: Album, views: Sequence[PhotographView]) -> None:
    may_add = session.may(album.roles)
    if not views and not may_add:
        return
    with st.container(key="photographs"):
        st.subheader(_("Photographs"), anchor=False)
        none = st.empty()
        if not views:
            none.caption(_("There is no photograph yet."))
        _all(views)
        if may_add:
            _adding(album)


def _all(views: Sequence[PhotographView]) -> None:
    _grid(views[:SHOWN])
    earlier = st.container()
    if len(views) > SHOWN:
        with earlier, st.expander(_("Earlier ones: {count}").format(count=len(views) - SHOWN)):
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


def _adding(album: Album) -> None:
    with st.container():
        for name, why in st.session_state.get(f"{album.form}-refused", ()):
            st.warning(f"{plain(name)}: {why}" if name else why)
    with folded(_("Add photographs"), f"{album.form}-part") as wanted:
        if wanted:
            _form(album)


def _form(album: Album) -> None:
    with st.form(album.form, border=False):
        st.html(
            render("drop_words.html", key=DROP, words=_("Choose photographs, or drop them here"))
        )
        with st.container(key=DROP):
            st.file_uploader(
                _("JPEG, PNG or WebP, up to {most} MB each").format(most=FILE_MB_MOST),
                list(KINDS),
                accept_multiple_files=True,
                key=album.field("files"),
            )
        st.text_input(_("Caption"), key=album.field("caption"), max_chars=CAPTION_LENGTH)
        st.form_submit_button(_("Add"), type="primary", on_click=_add, args=(album,))


def _add(album: Album) -> None:
    """Add what can be read; what cannot is named with its reason."""
    caption = st.session_state[album.field("caption")]
    added, refused = _read(st.session_state[album.field("files")])

    def verb(store: actions.Store) -> None:
        for prepared in added:
            # The same until it is filed, for each of several files.
            identity = uuid5(actions.filing_id(album.form), prepared.sha256)
            album.add(store, identity, prepared, caption)

    if added and actions.act(album.roles, verb, _("The photographs are added.")):
        actions.filed(album.form)
    st.session_state[f"{album.form}-refused"] = refused


def _read(files: Sequence[UploadedFile]) -> tuple[list[Prepared], list[tuple[str, str]]]:
    """Return the photographs that were chosen, and the names of files that are none, and why."""
    added: list[Prepared] = []
    refused = [] if files else [("", _("Choose a photograph first."))]
    for file in files:
        try:
            added.append(prepare(file.getvalue()))
        except Refused as why:
            refused.append((file.name, why.explain(session.language())))
    return added, refused
