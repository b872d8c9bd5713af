"""The field app: a page that a phone keeps, opens without a signal and can install.

The page is the same for everybody and in both languages, so that a phone can keep it: who is signed
in, and what is reported, comes by the API.
"""

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from dashboard.api.problems import STATUS
from dashboard.api.roles import current_actor
from dashboard.assets import MOUNTS, OWN, own
from dashboard.components.field_words import field_setup
from dashboard.language import language_of
from dashboard.roles import REPORTS_DAMAGE
from dashboard.sign_in import TEMPLATES, refusal_page
from dashboard.workspaces import current_desk
from gis.errors import NotAllowed, Refused
from gis.text import N_, Language, translate

HOME: Final = "/field"
CITY_MAP: Final = "/api/field/map"
MODULES: Final = (
    "clock",
    "count-sending",
    "delivery",
    "exif-place",
    "field",
    "field-delivery",
    "field-details",
    "field-draft",
    "field-export",
    "field-form",
    "field-map",
    "field-nearby",
    "field-photographs",
    "field-place",
    "field-question",
    "field-queue",
    "field-start",
    "field-store",
    "field-texts",
    "land",
    "moment",
    "photograph-shrink",
    "sha256",
    "svg",
    "wording",
)
FILES: Final = (
    *(own(f"{name}.js") for name in MODULES),
    own("palette.css"),
    own("field.css"),
    own("icon.svg"),
    "/assets/idb/index.js",
    "/assets/leaflet/leaflet.js",
    "/assets/leaflet/leaflet.css",
)
"""What the page is made of; a phone keeps all of it."""
ICONS: Final = ("icon-192.png", "icon-512.png")


def field(request: Request) -> Response:
    """Show the page, or why not."""
    if refusal := _refusal(request):
        return refusal
    return HTMLResponse(_page(language_of(request)), headers={"Cache-Control": "private, no-cache"})


def service_worker(request: Request) -> Response:
    """Return the script that keeps the page on the phone; it changes whenever the page does."""
    if refusal := _refusal(request):
        return refusal
    page = _page(language_of(request))
    facts = {"VERSION": page_version(page), "HOME": HOME, "CITY_MAP": CITY_MAP, "FILES": FILES}
    given = "".join(f"const {name} = {json.dumps(said)};\n" for name, said in facts.items())
    return Response(
        given + (OWN / "field-worker.js").read_text(encoding="utf-8"),
        media_type="text/javascript",
        # The page's own address lies above the script's folder.
        headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": HOME},
    )


def manifest(request: Request) -> Response:
    """Return what a phone needs to put the page among its apps."""
    if refusal := _refusal(request):
        return refusal
    language, city = language_of(request), current_desk().city
    name = city.name_ja if language is Language.JA else city.name_en
    title = translate(N_("Report damage"), language)
    said = {
        "id": HOME,
        "name": f"{title} {name}",
        "short_name": title,
        "lang": language.value,
        "start_url": HOME,
        "scope": HOME,
        "display": "standalone",
        "background_color": "#f2f2f2",
        "theme_color": "#1a1a1a",
        "icons": [_icon(icon) for icon in ICONS],
    }
    return JSONResponse(said, media_type="application/manifest+json")


def _icon(name: str) -> dict[str, str]:
    side = name.removesuffix(".png").rpartition("-")[2]
    return {"src": f"{HOME}/{name}", "sizes": f"{side}x{side}", "type": "image/png"}


def _icon_of(name: str) -> Callable[[Request], Response]:
    return lambda _request: FileResponse(
        OWN / f"field-{name}", headers={"Cache-Control": "no-cache"}
    )


def _refusal(request: Request) -> Response | None:
    try:
        if current_actor(request).role not in REPORTS_DAMAGE:
            raise NotAllowed
    except Refused as refused:
        return refusal_page(request, refused, STATUS.get(type(refused), 422))
    return None


@lru_cache
def _page(language: Language) -> str:
    return TEMPLATES.get_template("field.html").render(
        setup=field_setup(language), language=language.value
    )


def page_version(page: str) -> str:
    """Return a word that is another one as soon as anything of the page is."""
    said = hashlib.blake2b(page.encode(), digest_size=8)
    for path in map(_path_of, FILES):
        said.update(path.read_bytes())
    return said.hexdigest()


def _path_of(address: str) -> Path:
    folder, _, name = address.removeprefix("/assets/").partition("/")
    return MOUNTS[folder] / name


PACKED: Final = [Middleware(GZipMiddleware, compresslevel=6)]
ROUTES = [
    Route(HOME, field, methods=["GET"], middleware=PACKED),
    Route(f"{HOME}/sw.js", service_worker, methods=["GET"], middleware=PACKED),
    Route(f"{HOME}/manifest.webmanifest", manifest, methods=["GET"]),
    *(Route(f"{HOME}/{name}", _icon_of(name), methods=["GET"]) for name in ICONS),
]
