"""Photographs as they are kept: small, upright, JPEG, and without anything that a camera adds.

Pure: bytes in, bytes out. What a camera says of when and where is read before it is left out.
"""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from threading import Lock
from typing import Final, TypeVar

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from gis.errors import (
    NoPhotograph,
    PhotographDamaged,
    PhotographTooLarge,
    PhotographTooManyPixels,
)
from gis.geometry.place import Place, checked_place

MEGABYTE: Final = 1024 * 1024
FILE_MB_MOST = 20
PIXELS_MOST = 100_000_000
"""Width × height. The largest cameras of telephones make 200 million and offer 12 or 50."""
SIDE_PX_MOST = 1600
"""The longer side of what is kept: enough to read a notice on a wall."""
THUMBNAIL_PX_MOST = 320
QUALITY, THUMBNAIL_QUALITY = 85, 75
FORMATS: Final = ("JPEG", "PNG", "WEBP")

JAPAN_TIME = timezone(timedelta(hours=9))

_one_at_a_time = Lock()
"""A picture of the largest kind takes up to half a gigabyte while it is read."""

_Said = TypeVar("_Said")


@dataclass(frozen=True)
class Prepared:
    """A photograph as it is kept.

    ``content`` and ``thumbnail`` are JPEG of at most :data:`SIDE_PX_MOST` and
    :data:`THUMBNAIL_PX_MOST` pixels a side; ``width_px`` and ``height_px`` are those of the
    content. ``sha256`` and ``size_bytes`` are of the file as it came. ``taken_at`` is aware; it and
    ``location`` (lon, lat in EPSG:4326) are None where the camera said nothing that can be.
    """

    content: bytes
    thumbnail: bytes
    width_px: int
    height_px: int
    sha256: str
    size_bytes: int
    taken_at: datetime | None = None
    location: Place | None = None


def prepare(file: bytes) -> Prepared:
    """Return a photograph as it is kept; of several frames the first one.

    Raises
    ------
    gis.errors.PhotographTooLarge
        It has more than :data:`FILE_MB_MOST` MB.
    gis.errors.NoPhotograph
        It is no JPEG, PNG or WebP.
    gis.errors.PhotographTooManyPixels
        It has more than :data:`PIXELS_MOST` pixels, which is looked up before they are read.
    gis.errors.PhotographDamaged
        It is broken, or ends too early.
    """
    if len(file) > FILE_MB_MOST * MEGABYTE:
        megabytes = f"{len(file) / MEGABYTE:.1f}"
        raise PhotographTooLarge(field="photograph", megabytes=megabytes, most=FILE_MB_MOST)
    with _one_at_a_time, _opened(file) as image:
        taken_at, location = _tolerant(_taken_at, image), _tolerant(_location, image)
        kept = _kept(image)
    thumbnail = kept.copy()
    thumbnail.thumbnail((THUMBNAIL_PX_MOST, THUMBNAIL_PX_MOST))
    return Prepared(
        content=_jpeg(kept, QUALITY),
        thumbnail=_jpeg(thumbnail, THUMBNAIL_QUALITY),
        width_px=kept.width,
        height_px=kept.height,
        sha256=hashlib.sha256(file).hexdigest(),
        size_bytes=len(file),
        taken_at=taken_at,
        location=location,
    )


def _opened(file: bytes) -> Image.Image:
    """Return a picture of which only the head has been read."""
    try:
        image = Image.open(io.BytesIO(file), formats=FORMATS)
    except Image.DecompressionBombError as fault:
        raise _too_many_pixels() from fault
    except UnidentifiedImageError as fault:
        raise NoPhotograph(field="photograph") from fault
    except Exception as fault:  # a broken head makes the decoders raise whatever they stumble over
        raise PhotographDamaged(field="photograph") from fault
    if image.width * image.height > PIXELS_MOST:
        raise _too_many_pixels()
    return image


def _too_many_pixels() -> PhotographTooManyPixels:
    return PhotographTooManyPixels(field="photograph", most=PIXELS_MOST // 1_000_000)


def _kept(image: Image.Image) -> Image.Image:
    """Return a picture read, turned upright, in plain colours and no larger than is kept."""
    try:
        # A JPEG can be read at a half, a quarter or an eighth of its size.
        image.draft(image.mode, (SIDE_PX_MOST, SIDE_PX_MOST))
        image.load()
        image.thumbnail((SIDE_PX_MOST, SIDE_PX_MOST), reducing_gap=2.0)
        upright = _tolerant(ImageOps.exif_transpose, image) or image
        return _plain(upright)
    except Exception as fault:  # as above
        raise PhotographDamaged(field="photograph") from fault


def _plain(image: Image.Image) -> Image.Image:
    """Return a picture as RGB, what is transparent on white, and with no word beside it."""
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.convert("I").point(lambda level: level / 256).convert("L")
    plain = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        plain.paste(image, mask=image)
    else:
        plain.paste(image.convert("RGB"))
    return plain


def _jpeg(image: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()


def _tolerant(read: Callable[[Image.Image], _Said], image: Image.Image) -> _Said | None:
    """Return what a camera wrote beside a picture, or None where it makes no sense."""
    try:
        return read(image)
    except Exception:  # noqa: BLE001 - what cameras write is broken in every way there is
        return None


def _taken_at(image: Image.Image) -> datetime:
    """Return when a picture was taken; a camera that names no offset is taken to be in Japan."""
    said = image.getexif().get_ifd(ExifTags.IFD.Exif)
    local = datetime.strptime(  # noqa: DTZ007 - the offset stands apart
        _word(said[ExifTags.Base.DateTimeOriginal]), "%Y:%m:%d %H:%M:%S"
    )
    offset = said.get(ExifTags.Base.OffsetTimeOriginal)
    zone = datetime.strptime(_word(offset), "%z").tzinfo if offset else JAPAN_TIME
    return local.replace(tzinfo=zone)


def _word(said: object) -> str:
    return str(said).strip("\0 ")


def _location(image: Image.Image) -> Place:
    said = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    lon = _degrees(said[ExifTags.GPS.GPSLongitude], said[ExifTags.GPS.GPSLongitudeRef], "W")
    lat = _degrees(said[ExifTags.GPS.GPSLatitude], said[ExifTags.GPS.GPSLatitudeRef], "S")
    return checked_place(lon, lat)


def _degrees(parts: tuple[float, float, float], reference: object, negative: str) -> float:
    """Return degrees, minutes and seconds as one number."""
    degrees, minutes, seconds = map(float, parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if _word(reference) == negative else value
