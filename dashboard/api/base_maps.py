"""What can be drawn under the layers: maps of others, and the operator's own file in pieces."""

import re
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import FileResponse
from pydantic import BaseModel

from dashboard.api.roles import allow
from dashboard.language import language_of
from dashboard.roles import SEES_ALL
from dashboard.workspaces import current_desk
from gis.base_map_file import BaseMapFile, read_base_map
from gis.config import BASE_MAP_FILE, NO_BASE_MAP, BaseMap, Bounds, settings
from gis.errors import FieldInvalid, Refused
from gis.text import N_, Language

router = APIRouter(tags=["layers"])

MEDIA_TYPE = "application/vnd.pmtiles"
HEADERS = {
    # The reader compares the ETag of each piece with that of the first: a new file is noticed.
    "Cache-Control": "private, max-age=3600",
    "X-Content-Type-Options": "nosniff",
    # As it is: a middleware that packs would pack gigabytes, and its tiles are packed already.
    "Content-Encoding": "identity",
}
RANGES = re.compile(r"bytes\s*=\s*(\d+-\d*|-\d+)(\s*,\s*(\d+-\d*|-\d+))*\s*")


class OnlineOut(BaseModel):
    """A map that somebody else serves, for as long as the internet is there."""

    name: str
    title: str
    url: str
    credit: str
    credit_url: str
    min_zoom: int
    max_zoom: int


class FileOut(BaseModel):
    """The operator's file: where it is read from, and what its head says."""

    url: str
    is_vector: bool
    bounds: Bounds | None
    min_zoom: int
    max_zoom: int
    credit: str


class BaseMapsOut(BaseModel):
    """What can be chosen."""

    default: str
    """The name of one of ``online``, ``file``, or ``none``."""
    online: list[OnlineOut]
    file: FileOut | None
    problem: str | None
    """Why there is no ``file`` though one is configured."""


@router.get("/base-maps", openapi_extra=allow(SEES_ALL))
def base_maps(request: Request) -> BaseMapsOut:
    """Return the base maps that can be chosen, and which one is shown to whoever chose none."""
    language = language_of(request)
    profile = current_desk().city
    file, problem = _file(language)
    return BaseMapsOut(
        default=profile.base_map or (BASE_MAP_FILE if file else NO_BASE_MAP),
        online=[_online(one, language) for one in profile.base_maps],
        file=file and _file_out(file),
        problem=problem,
    )


@router.get("/base-map.pmtiles", response_class=FileResponse, openapi_extra=allow(SEES_ALL))
@router.head("/base-map.pmtiles", include_in_schema=False, openapi_extra=allow(SEES_ALL))
def base_map_file(
    ranges: Annotated[str | None, Header(alias="Range", description="Bytes of the file.")] = None,
) -> FileResponse:
    """Return the operator's base map, or the bytes of it that ``Range`` names (206, 416)."""
    if ranges is not None and not RANGES.fullmatch(ranges):
        problem = N_("it is not a range of bytes such as bytes=0-126")
        raise FieldInvalid(field="Range", received=ranges, name="Range", problem=problem)
    path = settings().base_map
    read_base_map(path)  # Whatever else lies there is none of the browser's business.
    return FileResponse(str(path), media_type=MEDIA_TYPE, headers=HEADERS)


def _file(language: Language) -> tuple[BaseMapFile | None, str | None]:
    if settings().base_map is None:
        return None, None
    try:
        return read_base_map(settings().base_map), None
    except Refused as refused:
        return None, refused.explain(language)


def _file_out(file: BaseMapFile) -> FileOut:
    return FileOut(
        url="/api/base-map.pmtiles",
        is_vector=file.is_vector,
        bounds=file.bounds,
        min_zoom=file.min_zoom,
        max_zoom=file.max_zoom,
        credit=file.credit,
    )


def _online(one: BaseMap, language: Language) -> OnlineOut:
    in_japanese = language is Language.JA
    return OnlineOut(
        name=one.name,
        title=one.title_ja if in_japanese else one.title_en,
        url=one.url,
        credit=one.credit_ja if in_japanese else one.credit_en,
        credit_url=one.credit_url,
        min_zoom=one.min_zoom,
        max_zoom=one.max_zoom,
    )
