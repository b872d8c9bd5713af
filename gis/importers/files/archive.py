"""Zip archives from outside: looked over before anything is unpacked, and unpacked within bounds.

Workbooks and zipped shapefiles are such archives, too.
"""

import io
import re
import stat
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from gis.importers.errors import BrokenFile, PasswordNeeded, UnsafeName
from gis.importers.files.bounds import MEMBERS_MOST, UNPACKED_BYTES_MOST, unpacks_too_large

_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_END = struct.Struct("<4s8xL4x2x")
"""End of central directory (APPNOTE.TXT 4.3.16): of its fields, the size of the directory."""
_END_REACH = _END.size + 0xFFFF
_DIRECTORY_BYTES_MOST = MEMBERS_MOST * 1_000
_BLOCK_BYTES = 1 << 20
_ENCRYPTED = 0x1
_NAME_IS_UTF8 = 0x800
_LEADS_OUT = re.compile(r"^/|^[A-Za-z]:|\\|(^|/)\.\.(/|$)|[\x00-\x1f]")
_LEFT_BY_SYSTEMS = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")
_BROKEN = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""All that zipfile was seen to raise over archives that are none."""


@dataclass(frozen=True)
class Archive:
    """An archive in whose directory nothing is wrong."""

    packed: ZipFile
    members: Mapping[str, ZipInfo]
    """The files by name, without what operating systems leave behind."""

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield a file in pieces of at most 1 MB, refusing what is not as large as declared."""
        info = copy(self.members[name])
        declared = info.file_size
        # Reading ends at the declared size; a lie would be cut there, and stay unnoticed.
        info.file_size = UNPACKED_BYTES_MOST
        unpacked = 0
        with _no_traceback(), self.packed.open(info) as member:
            while block := member.read(_BLOCK_BYTES):
                unpacked += len(block)
                if unpacked > declared:
                    raise unpacks_too_large()
                yield block
        if unpacked < declared:
            raise BrokenFile

    def content(self, name: str) -> bytes:
        """Return a file whole."""
        return b"".join(self.blocks(name))


def opened(content: bytes) -> Archive | None:
    """Return the archive that the bytes are, or None when they are none.

    Raises
    ------
    BrokenFile, PasswordNeeded, UnpacksTooLarge, UnsafeName
        It is one that must not or cannot be unpacked.
    """
    if not content.startswith(_SIGNATURES):
        return None
    _check_directory(content)
    with _no_traceback():
        packed = ZipFile(io.BytesIO(content))
    infos = packed.infolist()
    if len(infos) > MEMBERS_MOST or sum(info.file_size for info in infos) > UNPACKED_BYTES_MOST:
        raise unpacks_too_large()
    named = {_checked_name(info): info for info in infos}
    members = {
        name: info
        for name, info in named.items()
        if not info.is_dir() and not _LEFT_BY_SYSTEMS.search(name)
    }
    return Archive(packed, members)


def _check_directory(content: bytes) -> None:
    """Refuse a directory so large that listing it would fill the memory."""
    start = content.rfind(b"PK\x05\x06", max(0, len(content) - _END_REACH))
    if start < 0 or len(content) - start < _END.size:
        raise BrokenFile
    _, directory_bytes = _END.unpack_from(content, start)
    # A locator of zip64 would put another, longer directory in its place.
    is_zip64 = content[max(0, start - 20) : start].startswith(b"PK\x06\x07")
    if is_zip64 or directory_bytes > _DIRECTORY_BYTES_MOST:
        raise unpacks_too_large()


def _checked_name(info: ZipInfo) -> str:
    name = _name(info)
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    if is_link or _LEADS_OUT.search(name):
        raise UnsafeName(received=name)
    if info.flag_bits & _ENCRYPTED:
        raise PasswordNeeded(received=name)
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise BrokenFile(received=name)
    return name


def _name(info: ZipInfo) -> str:
    """Return a name as it was meant; Windows writes CP932 and macOS UTF-8 without saying so."""
    if info.flag_bits & _NAME_IS_UTF8:
        return info.orig_filename
    written = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp932"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


@contextmanager
def _no_traceback() -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise BrokenFile from error
