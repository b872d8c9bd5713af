"""The entry page: dresses every page, and offers those that the reader may see."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard import session
from dashboard.assets import own
from dashboard.components.page_style import apply_page_style
from dashboard.roles import DECIDES, SEES_ALL
from dashboard.session import _
from gis.errors import NotAllowed
from gis.text import N_
from gis.vocabulary import Role

PAGES_FOLDER = Path(__file__).parent / "app_pages"


@dataclass(frozen=True)
class Page:
    """A page: its file, its title, and who may see it."""

    name: str
    title: str
    icon: str
    roles: frozenset[Role]


PAGES = (
    Page("situation_map", N_("Situation map"), ":material/map:", SEES_ALL),
    Page("board", N_("Open shelters"), ":material/table_view:", SEES_ALL),
    Page("evacuation_orders", N_("Evacuation orders"), ":material/campaign:", SEES_ALL),
    Page("shelters", N_("Shelters"), ":material/night_shelter:", SEES_ALL),
    Page("triage", N_("Triage"), ":material/fact_check:", DECIDES),
    Page("damage_reports", N_("Damage reports"), ":material/report:", SEES_ALL),
    Page("road_closures", N_("Road closures"), ":material/remove_road:", SEES_ALL),
    Page("resources", N_("Supplies"), ":material/inventory_2:", SEES_ALL),
    Page("chronology", N_("Chronology"), ":material/history:", SEES_ALL),
    Page("situation_summary", N_("Situation summary"), ":material/summarize:", SEES_ALL),
    Page("inventories", N_("Inventories"), ":material/upload_file:", DECIDES),
    Page("report_intake", N_("Report intake"), ":material/drive_folder_upload:", DECIDES),
    Page("register", N_("Register upkeep"), ":material/checklist:", DECIDES),
)
"""In the order of the menu; the first one is where everybody arrives."""


def main() -> None:
    """Show the page that was asked for, or why not."""
    st.set_page_config(
        _("Disaster headquarters"),
        own("icon.svg"),
        layout="wide",
        # On a telephone the menu would cover the page.
        initial_sidebar_state="collapsed",
    )
    apply_page_style()
    show_pages()


@session.explained
def show_pages() -> None:
    """Offer the pages that the reader may see, and run the one asked for."""
    allowed = [page for page in PAGES if session.may(page.roles)]
    if not allowed:
        raise NotAllowed
    st.navigation(
        [
            st.Page(
                PAGES_FOLDER / f"{page.name}.py",
                title=_(page.title),
                icon=page.icon,
                url_path=page.name,
                default=page is allowed[0],
            )
            for page in allowed
        ],
        position="top",
    ).run()


if __name__ == "__main__":
    main()
