"""The page that tells how a telephone comes to trust this server's certificate."""

import hashlib
import shutil
import ssl
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from gis.text import Language, translate
from scripts.caddy import CERTIFICATE_FILE, Caddy

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(),
)
FILES = {Language.JA: "index.html", Language.EN: "en.html"}
PAIRS_IN_A_PART = 4
LETTERS_IN_A_PICTURE = 8


def fingerprint(certificate: Path) -> list[str]:
    """Return the SHA-256 of a certificate (PEM) in parts that can be read out."""
    der = ssl.PEM_cert_to_DER_cert(certificate.read_text())
    digest = hashlib.sha256(der).digest()
    starts = range(0, len(digest), PAIRS_IN_A_PART)
    return [digest[start : start + PAIRS_IN_A_PART].hex(":").upper() for start in starts]


def write_pages(caddy: Caddy, page_url: str, addresses: list[str]) -> None:
    """Put the certificate and its page, in each language, where Caddy shows them.

    Parameters
    ----------
    page_url
        Where the page is; it shows that as a code for the next telephone.
    addresses
        Where the pages of the product are, by HTTPS; the first one is the one to use.
    """
    shutil.copyfile(caddy.root_certificate, caddy.page / CERTIFICATE_FILE)
    for language, file in FILES.items():
        page = _page(language, caddy, page_url, addresses)
        (caddy.page / file).write_text(page, encoding="utf-8")


def _page(language: Language, caddy: Caddy, page_url: str, addresses: list[str]) -> str:
    other = Language.EN if language is Language.JA else Language.JA
    code = segno.make(page_url, error="m", micro=False)
    return TEMPLATES.get_template("trust.html").render(
        language=language.value,
        other_language=other.value,
        other_page="/" if other is Language.JA else f"/{FILES[other]}",
        authority=caddy.authority,
        authority_short=caddy.authority[:LETTERS_IN_A_PICTURE],
        file=CERTIFICATE_FILE,
        fingerprint=fingerprint(caddy.root_certificate),
        addresses=addresses,
        # segno draws squares; nothing in them comes from outside.
        code=Markup(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True)),  # noqa: S704
        _=lambda message: translate(message, language),
    )
