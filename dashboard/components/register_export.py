"""The register as a list that others read: which list, as what kind of file, with its remarks."""

import streamlit as st

from dashboard import cached, session
from dashboard.session import _
from gis.exporters import ENCODINGS, LISTS


def register_export() -> None:
    """Offer the register as a download, and say what the list cannot."""
    shelter_list = st.selectbox(
        _("List"),
        [*LISTS],
        key="export-list",
        format_func=lambda code: _(LISTS[code].title),
        width=560,
    )
    encoding = st.segmented_control(
        _("Kind of file"),
        [*ENCODINGS],
        default=next(iter(ENCODINGS)),
        key="export-encoding",
        format_func=lambda name: _(ENCODINGS[name].title),
        required=True,
    )
    exported = cached.exported(shelter_list, encoding)
    if exported is None:
        st.info(_("The register is empty. Import a list on the page “Inventories” first."))
        return
    st.download_button(
        _("Download {file}").format(file=exported.file_name),
        exported.content,
        exported.file_name,
        exported.media_type,
        type="primary",
        icon=":material/download:",
        on_click="ignore",
    )
    for remark in exported.remarks:
        st.warning(remark.sentence(session.language()), icon=":material/info:")
    if not exported.remarks:
        st.caption(_("The list says all that the register knows of these shelters."))
