"""A sign-in link for whoever manages one shelter, to be photographed from the screen."""

from urllib.parse import urlsplit

import segno
import streamlit as st

from dashboard import actions
from dashboard.roles import DECIDES
from dashboard.session import _
from gis.config import settings
from gis.operations.access import LINK_LIFETIME, NAME_LENGTH, issue_sign_in_link
from gis.queries.shelters import ShelterStatus
from gis.vocabulary import Role

QR_WIDTH_PX = 260
QUIET_MODULES = 4
"""The white edge that ISO/IEC 18004 asks for around a QR code."""
THIS_COMPUTER = frozenset({"localhost", "127.0.0.1", "::1"})


def manager_link(shelter: ShelterStatus) -> None:
    """Offer a one-time link that leads to the count of one shelter and to nothing else."""
    key = f"manager-link-{shelter.id}"
    with st.popover(_("Link for the shelter manager"), icon=":material/qr_code_2:"):
        st.write(
            _("Whoever opens the link on a telephone reports the count of {shelter}.").format(
                shelter=shelter.name
            )
        )
        st.button(_("Make a one-time link"), key=f"{key}-make", on_click=_make, args=(shelter, key))
        if address := st.session_state.get(key):
            _show(address)


def qr_code(address: str) -> str:
    """Return an address as a QR code (SVG), dark on white whatever the page's colours."""
    return segno.make(address, error="m", micro=False).svg_inline(
        scale=6, border=QUIET_MODULES, dark="#000", light="#fff"
    )


def _make(shelter: ShelterStatus, key: str) -> None:
    tokens: list[str] = []

    def verb(store: actions.Store) -> None:
        name = shelter.name[:NAME_LENGTH]
        tokens.append(issue_sign_in_link(store, name, Role.SHELTER, shelter.id))

    if actions.act(DECIDES, verb, _("The link is made.")):
        st.session_state[key] = f"{_origin()}/sign-in?token={tokens[0]}"


def _show(address: str) -> None:
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


def _origin() -> str:
    """Return under which address the reader has reached the server: telephones will, too.

    Not so on the server's own computer: there it is the address that the network knows, if any.
    """
    address = urlsplit(st.context.url or "")
    public_url = settings().public_url
    if public_url and address.hostname in THIS_COMPUTER:
        return public_url
    return f"{address.scheme}://{address.netloc}"
