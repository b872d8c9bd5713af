"""Photographs made on the spot: a real picture of any kind, with what a camera writes into it."""

import io
from typing import Any

from PIL import ExifTags, Image

RED, BLUE = (200, 30, 30), (30, 30, 200)
CAMERA = "HQ-CAMERA-7"
"""A word that a camera writes, to be looked for afterwards."""
TSURUMINE: dict[int, Any] = {
    ExifTags.GPS.GPSLatitudeRef: "N",
    ExifTags.GPS.GPSLatitude: (35.0, 20.0, 15.72),
    ExifTags.GPS.GPSLongitudeRef: "E",
    ExifTags.GPS.GPSLongitude: (139.0, 23.0, 22.92),
}
"""35.3377, 139.3897 as cameras write it."""


def picture(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), BLUE)
    image.paste(RED, (0, 0, width // 2, height))
    return image.quantize() if mode == "P" else image.convert(mode)


def photograph(  # noqa: PLR0913 - each names something that a camera writes
    image: Image.Image | None = None,
    form: str = "JPEG",
    *,
    taken: str | None = None,
    offset: str | None = None,
    gps: dict[int, Any] | None = None,
    orientation: int | None = None,
    **options: Any,  # noqa: ANN401 - whatever Pillow writes
) -> bytes:
    """Return a file as a camera writes it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = CAMERA
    if orientation:
        exif[ExifTags.Base.Orientation] = orientation
    if gps:
        exif[ExifTags.IFD.GPSInfo] = gps
    details = {
        ExifTags.Base.DateTimeOriginal: taken,
        ExifTags.Base.OffsetTimeOriginal: offset,
    }
    exif[ExifTags.IFD.Exif] = {tag: said for tag, said in details.items() if said is not None}
    written = io.BytesIO()
    (image or picture()).save(written, form, exif=exif, **options)
    return written.getvalue()


def opened(file: bytes) -> Image.Image:
    """Return the picture in a file, read to its end."""
    image = Image.open(io.BytesIO(file))
    image.load()
    return image
