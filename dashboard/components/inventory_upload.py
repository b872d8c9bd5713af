"""Choosing an inventory file, and what is said about it as a whole."""

import streamlit as st

from dashboard.components.inventory_draft import DRAFT, Draft, Preview, drop_draft
from dashboard.components.plain import plain
from dashboard.session import _
from gis.importers import FORMATS
from gis.importers.files import FILE_MB_MOST

UPLOADER = "inventory-upload"
KILOBYTE = 1000


def choose_file() -> None:
    """Offer to drop a file; it is read as soon as it is there."""
    st.markdown(
        _(
            "Drop a municipality's list of shelters here. You see what it would change before"
            " anything is written."
        )
    )
    with st.container(key="inventory-drop"):
        st.file_uploader(_("List of shelters"), key=UPLOADER, on_change=_take)
    known = "、".join(plain(known.name) for known in FORMATS)
    kinds = _(
        "CSV, TSV, Excel, ODS, GeoJSON, KML, GeoPackage, FlatGeobuf or a zipped shapefile,"
        " up to {most} MB; also zipped."
    )
    st.caption(kinds.format(most=FILE_MB_MOST))
    st.caption(
        _("Recognised: {formats}. Of any other list you choose the columns.").format(formats=known)
    )


def _take() -> None:
    upload = st.session_state[UPLOADER]
    if upload is not None:
        st.session_state[DRAFT] = Draft(upload.name, upload.getvalue())


def file_line(draft: Draft) -> None:
    """Draw which file this is and as what it was read."""
    size = f"{max(1, len(draft.content) // KILOBYTE):,}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(draft.name)}** ({size} kB)", width="content")
        if isinstance(draft.finding, Preview):
            known = plain(draft.finding.inventory.format)
            st.markdown(_("Read as: {format}").format(format=known), width="content")
        st.button(_("Another file"), icon=":material/upload_file:", on_click=drop_draft)


def choices(draft: Draft, preview: Preview) -> None:
    """Offer what a person may say about the whole file."""
    swapped = len(preview.inventory.swapped_rows)
    if swapped or draft.swap_axes:
        label = _("Latitude and longitude seem to be swapped in {count} rows: turn them")
        st.checkbox(
            _("Turn latitude and longitude where they are swapped")
            if draft.swap_axes
            else label.format(count=swapped),
            draft.swap_axes,
            key="inventory-swap",
            on_change=_turn_axes,
            args=(draft,),
        )
    if not preview.has_news:
        return
    st.checkbox(
        _("Import only if every row can be taken"),
        draft.is_strict,
        key="inventory-strict",
        on_change=_set_strict,
        args=(draft,),
    )


def _turn_axes(draft: Draft) -> None:
    draft.swap_axes = st.session_state["inventory-swap"]


def _set_strict(draft: Draft) -> None:
    draft.is_strict = st.session_state["inventory-strict"]
