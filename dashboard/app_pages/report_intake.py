"""Report intake: drop a file of damage reports, see what it would file, import it."""

import streamlit as st

from dashboard import cached, session
from dashboard.components.file_import_view import Parts, draw_import
from dashboard.components.intake_draft import Draft, Preview
from dashboard.components.intake_preview import import_result, look_at_part, summary
from dashboard.components.intake_work import REPORTS, begin_import
from dashboard.components.register_style import apply_register_style
from dashboard.components.shell import follow_incident, nothing_open, shell
from dashboard.session import _
from gis.importers.damage_reports import ROWS_MOST


@st.fragment
@session.explained
def intake() -> None:
    """Draw what is on its way, or what became of it."""
    follow_incident()
    parts = Parts(
        choose_file=choose_file,
        summary=summary,
        look_at_part=look_at_part,
        choices=choices,
        begin=begin_import,
        result=import_result,
        nothing=_("There is nothing new in the file to file."),
        stands_in=no_incident,
    )
    draw_import(REPORTS, parts)


def no_incident() -> bool:
    """Say that no incident is open, where none is."""
    if cached.incident() is not None:
        return False
    nothing_open()
    return True


def choose_file() -> None:
    """Offer to drop a file, and say what may be in it."""
    st.markdown(
        _(
            "Drop a list of damage reports here, or a file that the field app saved. You see what"
            " would be filed before anything is written."
        )
    )
    REPORTS.choose(_("List of damage reports"))
    kinds = _("CSV, TSV, Excel, ODS, GeoJSON or a file of the field app, up to {most} rows.")
    st.caption(kinds.format(most=f"{ROWS_MOST:,}"))
    st.caption(
        _(
            "One column must say what is damaged, such as 区分. A file can be imported again:"
            " what is filed already stays as it is."
        )
    )


def choices(draft: Draft, seen: Preview) -> None:
    """Offer what a person may say about the whole file."""
    REPORTS.choices(draft, seen, swapped=len(seen.found.swapped_rows))


shell()
apply_register_style()
intake()
