"""What was imported: who, when, which file, what came of it; the last one can be taken back."""

import streamlit as st

from dashboard import cached
from dashboard.components.inventory_work import begin_undo
from dashboard.components.plain import plain
from dashboard.components.wording import clock_text
from dashboard.session import _
from gis.queries.inventories import ImportView
from gis.text import N_

HASH_LENGTH = 8
"""Characters of a file's mark; enough to tell two files of one name apart."""
FIGURES = ADDED, CHANGED, UNCHANGED, REFUSED = (
    N_("Added"),
    N_("Changed"),
    N_("Unchanged"),
    N_("Rows not taken"),
)


def import_history(*, offers_undo: bool) -> None:
    """Draw the imports, the last one first.

    Parameters
    ----------
    offers_undo
        Whether the last one can be taken back here; else the page offers that elsewhere.
    """
    st.subheader(_("Imports so far"))
    found = cached.imports()
    if not found:
        st.info(_("Nothing has been imported yet. What changes the register is listed here."))
        return
    st.dataframe(
        [_row(one) for one in found],
        hide_index=True,
        height="content" if len(found) <= 8 else 320,  # noqa: PLR2004 - rows without scrolling
        column_config={_(name): st.column_config.Column(alignment="right") for name in FIGURES},
    )
    standing = [one for one in found if one.undone_at is None]
    if standing and offers_undo:
        undo(standing[0])


def undo(last: ImportView, key: str = "history") -> None:
    """Offer to take the last import back, with a question before."""
    with st.popover(_("Take the last import back"), icon=":material/undo:", key=f"undo-{key}"):
        question = _(
            "{file}, imported {moment} by {name}: the {added} shelters that it added go, and the"
            " {changed} that it changed become what they were."
        )
        st.write(
            plain(
                question.format(
                    file=last.file_name,
                    moment=clock_text(last.recorded_at),
                    name=last.recorded_by,
                    added=last.added,
                    changed=last.changed,
                )
            )
        )
        st.button(
            _("Yes, take it back"), key=f"undo-yes-{key}", on_click=begin_undo, args=(last.id,)
        )


def _row(one: ImportView) -> dict[str, str]:
    return {
        _("When"): clock_text(one.recorded_at),
        _("Who"): one.recorded_by,
        _("File"): f"{one.file_name} ({one.file_sha256[:HASH_LENGTH]})",
        _("Read as"): one.format,
        _(ADDED): f"{one.added:,}",
        _(CHANGED): f"{one.changed:,}",
        _(UNCHANGED): f"{one.unchanged:,}",
        _(REFUSED): f"{one.refused:,}",
        _("Undone"): clock_text(one.undone_at) if one.undone_at else "",
    }
