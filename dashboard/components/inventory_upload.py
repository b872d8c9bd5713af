"""Choosing an inventory file, and which file it is."""

import streamlit as st

from dashboard.components.inventory_draft import Draft, Preview
from dashboard.components.inventory_work import INVENTORIES
from dashboard.components.plain import plain
from dashboard.session import _
from gis.importers import FORMATS
from gis.importers.files import FILE_MB_MOST

KILOBYTE = 1000


def choose_file() -> None:
    """Offer to drop a file; it is read as soon as it is there."""
    st.markdown(
        _(
            "Drop a municipality's list of shelters here. You see what it would change before"
            " anything is written."
        )
    )
    INVENTORIES.choose(_("List of shelters"))
    known = "、".join(plain(known.name) for known in FORMATS)
    kinds = _(
        "CSV, TSV, Excel, ODS, GeoJSON, KML, GeoPackage, FlatGeobuf or a zipped shapefile,"
        " up to {most} MB; also zipped."
    )
    st.caption(kinds.format(most=FILE_MB_MOST))
    st.caption(
        _("Recognised: {formats}. Of any other list you choose the columns.").format(formats=known)
    )


def file_line(draft: Draft) -> None:
    """Draw which file this is and as what it was read."""
    size = f"{max(1, len(draft.content) // KILOBYTE):,}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(draft.name)}** ({size} kB)", width="content")
        if isinstance(draft.finding, Preview):
            known = plain(draft.finding.inventory.format)
            st.markdown(_("Read as: {format}").format(format=known), width="content")
        st.button(_("Another file"), icon=":material/upload_file:", on_click=INVENTORIES.drop_draft)
