"""How much is read at most, whoever sent it."""

from gis.importers.errors import FileTooLarge, UnpacksTooLarge

MEGABYTE = 1_000_000

FILE_MB_MOST = 200
"""The file itself. All sites of Japan by 国土地理院 have 17 MB as CSV, some 60 MB as GeoJSON."""

UNPACKED_MB_MOST = 500
"""All that is packed into a file, taken together."""

MEMBERS_MOST = 1_000
"""Parts of an archive."""

UNPACKED_BYTES_MOST = UNPACKED_MB_MOST * MEGABYTE


def checked_size(size_bytes: int) -> None:
    """Refuse a file by its size, before or after it was read.

    Raises
    ------
    FileTooLarge
        It is larger than :data:`FILE_MB_MOST`.
    """
    if size_bytes > FILE_MB_MOST * MEGABYTE:
        raise FileTooLarge(received=size_bytes, most_mb=FILE_MB_MOST)


def unpacks_too_large() -> UnpacksTooLarge:
    """Return the refusal of a file that unpacks to more than is read."""
    return UnpacksTooLarge(most_mb=UNPACKED_MB_MOST, most_parts=MEMBERS_MOST)
