"""What an import did, until the person puts it away."""

import streamlit as st

from dashboard import cached
from dashboard.components.figures import Figure, figure_row
from dashboard.components.import_history import undo
from dashboard.components.inventory_work import INVENTORIES, Imported
from dashboard.components.plain import plain
from dashboard.session import _


def import_result(done: Imported) -> None:
    """Draw the figures, the rows that were not taken to download, and the way back."""
    st.success(_("{file} is imported.").format(file=plain(done.file_name)), icon=":material/check:")
    counts = done.counts
    figure_row(
        [
            Figure(_("Added"), f"{counts.added:,}"),
            Figure(_("Changed"), f"{counts.changed:,}"),
            Figure(_("Unchanged"), f"{counts.unchanged:,}"),
            Figure(_("Rows not taken"), f"{done.refused_count:,}"),
        ]
    )
    with st.container(horizontal=True):
        if done.refused_count:
            download_refused(done.refused, done.file_name)
        last = next((one for one in cached.imports() if one.undone_at is None), None)
        if last and last.id == done.import_id:
            undo(last, "result")
        st.button(
            _("Import another file"), icon=":material/upload_file:", on_click=INVENTORIES.put_away
        )


def download_refused(content: bytes, file_name: str) -> None:
    """Offer the rows that were not taken, to correct and import again."""
    st.download_button(
        _("Download the rows that were not taken"),
        content,
        f"{file_name.rpartition('.')[0] or file_name}_refused.csv",
        "text/csv",
        key="download-refused",
        icon=":material/download:",
        on_click="ignore",
    )
