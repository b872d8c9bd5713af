"""Photographs before they are kept: whatever cameras send, and what only looks like a picture."""

import hashlib
import io
import struct
import threading
import tracemalloc
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from gis import errors
from gis.errors import Refused
from gis.geometry.place import Place
from gis.photographs import (
    FILE_MB_MOST,
    MEGABYTE,
    SIDE_PX_MOST,
    THUMBNAIL_PX_MOST,
    Prepared,
    prepare,
)
from tests.photographs import BLUE, CAMERA, RED, TSURUMINE, opened, photograph, picture

Colour = tuple[int, int, int]


def colour_at(file: bytes, x: float, y: float) -> Colour:
    """Return the colour at a share of width and height."""
    image = opened(file)
    found = image.getpixel((round(x * (image.width - 1)), round(y * (image.height - 1))))
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


def is_like(one: Colour, other: Colour) -> bool:
    """Tell whether two colours differ by no more than JPEG makes them."""
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


def is_red_and_blue(file: bytes) -> bool:
    return is_like(colour_at(file, 0.2, 0.5), RED) and is_like(colour_at(file, 0.8, 0.5), BLUE)


def test_a_photograph_is_kept_small_and_smaller() -> None:
    file = photograph(picture(4000, 3000))
    kept = prepare(file)
    assert (kept.width_px, kept.height_px) == (SIDE_PX_MOST, 1200)
    content, thumbnail = opened(kept.content), opened(kept.thumbnail)
    assert (content.format, content.size) == ("JPEG", (SIDE_PX_MOST, 1200))
    assert (thumbnail.format, thumbnail.size) == ("JPEG", (THUMBNAIL_PX_MOST, 240))
    assert is_red_and_blue(kept.content)
    assert is_red_and_blue(kept.thumbnail)
    assert kept.sha256 == hashlib.sha256(file).hexdigest()


def test_a_small_one_is_not_made_larger() -> None:
    kept = prepare(photograph(picture(40, 30)))
    assert (kept.width_px, kept.height_px) == (40, 30)
    assert opened(kept.thumbnail).size == (40, 30)


@pytest.mark.parametrize(("width", "height"), [(1, 20_000), (20_000, 1), (1, 1)])
def test_the_thinnest_one_keeps_a_pixel(width: int, height: int) -> None:
    kept = prepare(photograph(picture(width, height)))
    assert min(kept.width_px, kept.height_px) == 1
    assert max(kept.width_px, kept.height_px) <= SIDE_PX_MOST


@pytest.mark.parametrize(
    ("mode", "form"),
    [("CMYK", "JPEG"), ("RGBA", "PNG"), ("P", "PNG"), ("RGB", "WEBP"), ("RGBA", "WEBP")],
)
def test_colours_stay_whatever_a_file_calls_them(mode: str, form: str) -> None:
    assert is_red_and_blue(prepare(photograph(picture(mode=mode), form, quality=95)).content)


@pytest.mark.parametrize(("mode", "form"), [("L", "JPEG"), ("LA", "PNG"), ("1", "PNG")])
def test_grey_stays_grey(mode: str, form: str) -> None:
    image = Image.new("L", (40, 30), 255).convert(mode)
    assert is_like(colour_at(prepare(photograph(image, form)).content, 0.5, 0.5), (255,) * 3)


def test_16_bits_of_grey_become_8_and_not_white() -> None:
    deep = Image.new("I;16", (40, 30), 0x8000)
    assert is_like(colour_at(prepare(photograph(deep, "PNG")).content, 0.5, 0.5), (128,) * 3)


def test_what_is_transparent_stands_on_white() -> None:
    clear = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    assert is_like(colour_at(prepare(photograph(clear, "PNG")).content, 0.5, 0.5), (255,) * 3)


def test_of_an_animation_the_first_frame_is_kept() -> None:
    film = photograph(
        picture(), "WEBP", save_all=True, append_images=[Image.new("RGB", (400, 300), "white")]
    )
    assert getattr(opened(film), "n_frames", 1) == 2
    assert is_red_and_blue(prepare(film).content)


@pytest.mark.parametrize(
    ("orientation", "red_at"),
    [(1, (0.2, 0.5)), (3, (0.8, 0.5)), (6, (0.5, 0.2)), (8, (0.5, 0.8)), (99, (0.2, 0.5))],
)
def test_a_telephone_held_sideways_makes_an_upright_picture(
    orientation: int, red_at: tuple[float, float]
) -> None:
    kept = prepare(photograph(picture(4000, 3000), orientation=orientation))
    is_turned = orientation in {6, 8}
    assert (kept.width_px < kept.height_px) == is_turned
    assert is_like(colour_at(kept.content, *red_at), RED)
    assert is_like(colour_at(kept.content, 1 - red_at[0], 1 - red_at[1]), BLUE)


def test_nothing_that_a_camera_wrote_is_kept() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", CAMERA)
    said: dict[str, Any] = {
        "taken": "2026:09:01 12:00:00",
        "offset": "+09:00",
        "gps": TSURUMINE,
        "orientation": 6,
    }
    files = [
        photograph(
            **said, comment=CAMERA.encode(), icc_profile=CAMERA.encode() * 20, dpi=(300, 300)
        ),
        photograph(form="PNG", **said, pnginfo=words),
        photograph(form="WEBP", **said, xmp=CAMERA.encode()),
    ]
    for file in files:
        assert CAMERA.encode() in file
        kept = prepare(file)
        for jpeg in (kept.content, kept.thumbnail):
            assert not dict(opened(jpeg).getexif())
            assert set(opened(jpeg).info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
            for word in (CAMERA.encode(), b"Exif", b"GPS", b"2026:09:01", b"ICC_PROFILE", b"<x:"):
                assert word not in jpeg


def test_what_the_camera_says_of_when_and_where_is_read() -> None:
    kept = prepare(photograph(taken="2026:09:01 12:00:00", gps=TSURUMINE))
    assert kept.taken_at == datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
    assert kept.location is not None
    assert (kept.location.lon, kept.location.lat) == pytest.approx((139.3897, 35.3377))


@pytest.mark.parametrize(("offset", "hour"), [("+09:00", 3), ("+00:00", 12), ("-05:00", 17)])
def test_a_camera_that_names_its_offset_is_believed(offset: str, hour: int) -> None:
    kept = prepare(photograph(taken="2026:09:01 12:00:00", offset=offset))
    assert kept.taken_at == datetime(2026, 9, 1, hour, 0, tzinfo=UTC)


def test_a_picture_that_says_nothing_has_no_moment_and_no_place() -> None:
    assert said_by(prepare(photograph())) == (None, None)


def said_by(kept: Prepared) -> tuple[datetime | None, Place | None]:
    return kept.taken_at, kept.location


@pytest.mark.parametrize(
    "said",
    [
        {"taken": "    :  :     :  :  "},
        {"taken": "0000:00:00 00:00:00"},
        {"taken": "2026-09-01T12:00:00"},
        {"taken": "昨日"},
        {"taken": "2026:09:01 12:00:00", "offset": "JST"},
        {"gps": {**TSURUMINE, ExifTags.GPS.GPSLatitude: (0.0, 0.0, 0.0)}},
        {"gps": {**TSURUMINE, ExifTags.GPS.GPSLatitude: (35.0, 0.0)}},
        {"gps": {**TSURUMINE, ExifTags.GPS.GPSLatitudeRef: "S"}},
        {"gps": {**TSURUMINE, ExifTags.GPS.GPSLongitudeRef: "W"}},
        {"gps": {ExifTags.GPS.GPSLatitude: (35.0, 20.0, 0.0)}},
    ],
)
def test_a_moment_or_place_that_cannot_be_is_left_out(said: dict[str, Any]) -> None:
    assert said_by(prepare(photograph(**said))) == (None, None)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_a_picture_whose_notes_are_broken_is_kept_without_them() -> None:
    whole = photograph(taken="2026:09:01 12:00:00", gps=TSURUMINE)
    start = whole.index(b"Exif\0\0") + 6
    broken = whole[:start] + b"\xff" * 40 + whole[start + 40 :]
    assert is_red_and_blue(prepare(broken).content)
    assert said_by(prepare(broken)) == (None, None)


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)


@pytest.mark.parametrize(
    "file",
    [b"", b"\xff", "避難所の様子".encode() * 100, b"%PDF-1.7\n", b"PK\x03\x04" + bytes(99), HEIC],
    ids=["nothing", "a byte", "text", "pdf", "zip", "heic"],
)
def test_what_is_no_picture_is_refused(file: bytes) -> None:
    with pytest.raises(errors.NoPhotograph):
        prepare(file)


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "AVIF", "ICO"])
def test_other_pictures_are_refused(form: str) -> None:
    written = io.BytesIO()
    picture().save(written, form)
    with pytest.raises(errors.NoPhotograph):
        prepare(written.getvalue())


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.97])
def test_a_picture_that_ends_too_early_is_refused(form: str, share: float) -> None:
    noise = Image.effect_noise((600, 400), 80).convert("RGB")
    file = photograph(noise, form)
    with pytest.raises((errors.PhotographDamaged, errors.NoPhotograph)):
        prepare(file[: int(share * len(file))])


def test_a_picture_with_more_bytes_than_are_read_is_refused() -> None:
    fitting = photograph().ljust(FILE_MB_MOST * MEGABYTE, b"\0")
    assert is_red_and_blue(prepare(fitting).content)
    with pytest.raises(errors.PhotographTooLarge) as refused:
        prepare(fitting + b"\0")
    assert refused.value.facts["most"] == FILE_MB_MOST


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of some hundred bytes that claims to be as large as asked."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    black = chunk(b"IDAT", zlib.compress(bytes(100_000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + black + chunk(b"IEND", b"")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("sides", [(10_001, 10_000), (50_000, 50_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_before_it_goes_off(sides: tuple[int, int]) -> None:
    tracemalloc.start()
    with pytest.raises(errors.PhotographTooManyPixels):
        prepare(bomb(*sides))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * MEGABYTE


def test_words_that_unpack_to_more_than_a_page_are_refused() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "x" * (100 * MEGABYTE), zip=True)
    with pytest.raises(errors.PhotographDamaged):
        prepare(photograph(form="PNG", pnginfo=words))


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_whatever_is_broken_in_a_file_is_a_refusal_or_a_picture() -> None:
    whole = photograph(picture(60, 40), taken="2026:09:01 12:00:00", gps=TSURUMINE, orientation=6)
    for place in range(0, len(whole), 3):
        file = bytearray(whole)
        file[place] ^= 0xFF
        try:
            assert prepare(bytes(file)).content
        except Refused:
            continue


def test_several_at_once_are_prepared_one_after_the_other() -> None:
    file, kept = photograph(picture(2000, 1000)), []
    threads = [threading.Thread(target=lambda: kept.append(prepare(file))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept == [prepare(file)] * 4
