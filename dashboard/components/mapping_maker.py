"""An unknown list: a person says under which heading it has which column."""

import streamlit as st

from dashboard import actions
from dashboard.components.heading_guess import guessed_headings
from dashboard.components.inventory_draft import Draft, Unrecognised
from dashboard.components.plain import plain
from dashboard.components.wording import bold
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.errors import Refused
from gis.importers import columns
from gis.importers.mapping import read_mapping, write_mapping
from gis.operations.inventories import keep_mapping
from gis.text import N_
from gis.vocabulary import DesignationKind

MAIN = (
    columns.NAME,
    columns.ADDRESS,
    columns.LAT,
    columns.LON,
    columns.CAPACITY,
    columns.PHONE,
    columns.NAME_KANA,
    columns.LOCAL_ID,
    columns.COMMON_ID,
    columns.SHELTER_KIND,
    columns.MUNICIPALITY_CODES[0],
    columns.MUNICIPALITY_NAME,
    columns.ALSO_SHELTER,
    columns.NOTE,
)
SHOWN = (*MAIN, *columns.HAZARDS)
PER_LINE = 4
NAME, KIND, KEEP = "mapping-name", "mapping-kind", "mapping-keep"


class NameColumnMissing(Refused):
    """Without names there are no shelters."""

    what = N_("No heading is chosen for 名称.")
    remedy = N_("Choose the heading under which the names of the shelters stand.")


def mapping_maker(draft: Draft, found: Unrecognised) -> None:
    """Offer to choose columns; the file is read anew with them."""
    st.info(
        _(
            "The columns of this file are not those of a known list. Choose below which heading"
            " means what; the file is then read with your choice."
        )
    )
    guessed = guessed_headings(found.headings, SHOWN)
    with st.form("mapping"):
        st.markdown(bold(_("Choose columns")))
        _selects(MAIN, found, guessed)
        with st.expander(_("Hazards that an emergency site is for")):
            _selects(tuple(columns.HAZARDS), found, guessed)
        st.segmented_control(
            _("What the list is of"),
            [*DesignationKind],
            default=DesignationKind.DESIGNATED_SHELTER,
            key=KIND,
            format_func=lambda kind: _(kind.label),
        )
        st.text_input(_("Name of this kind of list"), draft.name.rpartition(".")[0][:100], key=NAME)
        st.checkbox(_("Keep for next time"), value=True, key=KEEP)
        st.form_submit_button(
            _("Read the file with these columns"), type="primary", on_click=_use, args=(draft,)
        )


def _selects(wanted: tuple[str, ...], found: Unrecognised, guessed: dict[str, str]) -> None:
    options = ["", *found.headings]
    needed = _("{column} (needed)").format(column=columns.NAME)
    places = st.columns(PER_LINE)
    for number, column in enumerate(wanted):
        proposed = guessed.get(column, "")
        places[number % PER_LINE].selectbox(
            needed if column == columns.NAME else plain(column),
            options,
            index=options.index(proposed),
            key=f"mapping-{column}",
            format_func=lambda heading: heading or _("(not in the file)"),
        )


def _use(draft: Draft) -> None:
    """Read the file with what was chosen, and keep it if wished."""
    said = st.session_state
    chosen = {column: said[f"mapping-{column}"] for column in SHOWN if said[f"mapping-{column}"]}
    name = said[NAME].strip()
    kind = said[KIND] or DesignationKind.DESIGNATED_SHELTER
    content = write_mapping(name, chosen, kind)

    def verb(store: actions.Store) -> None:
        if columns.NAME not in chosen:
            raise NameColumnMissing
        read_mapping(name, content)
        if said[KEEP]:
            keep_mapping(store, name, content)

    if actions.act(DECIDES, verb, _("The file is read with these columns.")):
        draft.mapping = content
