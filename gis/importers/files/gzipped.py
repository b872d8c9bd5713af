"""One file packed by gzip."""

import io
import zlib
from gzip import GzipFile

from gis.importers.errors import BrokenFile
from gis.importers.files.bounds import UNPACKED_BYTES_MOST, unpacks_too_large


def is_gzip(content: bytes) -> bool:
    """Tell whether the bytes were packed by gzip (RFC 1952, section 2.3.1)."""
    return content.startswith(b"\x1f\x8b\x08")


def unwrapped(content: bytes) -> bytes | None:
    """Return what was packed, or None when nothing was.

    Raises
    ------
    BrokenFile, UnpacksTooLarge
        It cannot be unpacked, or is too large when it is.
    """
    if not is_gzip(content):
        return None
    try:
        with GzipFile(fileobj=io.BytesIO(content)) as packed:
            inner = packed.read(UNPACKED_BYTES_MOST + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise BrokenFile from error
    if len(inner) > UNPACKED_BYTES_MOST:
        raise unpacks_too_large()
    return inner
