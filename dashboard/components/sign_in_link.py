"""A one-time sign-in link, to be photographed from the screen."""

from urllib.parse import urlsplit
from uuid import UUID

import segno
import streamlit as st

from dashboard import actions
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.config import settings
from gis.operations.access import LINK_LIFETIME, NAME_LENGTH, issue_sign_in_link
from gis.vocabulary import Role

QR_WIDTH_PX = 260
QUIET_MODULES = 4
"""The white edge that ISO/IEC 18004 asks for around a QR code."""
THIS_COMPUTER = frozenset({"localhost", "127.0.0.1", "::1"})


def make_link(key: str, name: str, role: Role, shelter_id: UUID | None = None) -> None:
    """Make a link and keep its address under a key of the session."""
    tokens: list[str] = []

    def verb(store: actions.Store) -> None:
        tokens.append(issue_sign_in_link(store, name[:NAME_LENGTH], role, shelter_id))

    if actions.act(DECIDES, verb, _("The link is made.")):
        st.session_state[key] = f"{_origin()}/sign-in?token={tokens[0]}"


def show_link(key: str) -> None:
    """Show the link that was made under a key, if any, as a code to scan and as text."""
    address = st.session_state.get(key)
    if not address:
        return
    st.image(qr_code(address), width=QR_WIDTH_PX)
    st.code(address, language=None, wrap_lines=True)
    hours = int(LINK_LIFETIME.total_seconds() // 3600)
    st.caption(_("It works once, within {hours} hours.").format(hours=hours))
    if urlsplit(address).hostname in THIS_COMPUTER:
        st.warning(
            _(
                "This address leads in on this computer only. For telephones, start the server"
                " with “make serve”, then make the link again."
            )
        )


def qr_code(address: str) -> str:
    """Return an address as a QR code (SVG), dark on white whatever the page's colours."""
    return segno.make(address, error="m", micro=False).svg_inline(
        scale=6, border=QUIET_MODULES, dark="#000", light="#fff"
    )


def _origin() -> str:
    """Return under which address the reader has reached the server: telephones will, too.

    Not so on the server's own computer: there it is the address that the network knows, if any.
    """
    address = urlsplit(st.context.url or "")
    public_url = settings().public_url
    if public_url and address.hostname in THIS_COMPUTER:
        return public_url
    return f"{address.scheme}://{address.netloc}"
