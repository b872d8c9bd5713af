"""One list packed by zip, with or without pictures and papers beside it."""

from gis.importers.errors import NotATextFile, SeveralLists
from gis.importers.files import shapefile, spreadsheet
from gis.importers.files.archive import Archive, opened

_NAMES_SHOWN = 5

_NO_LISTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF")
"""How pictures and papers begin; KML brings its symbols, and publishers bring terms of use."""


def is_archive(content: bytes) -> bool:
    """Tell whether the bytes are an archive and nothing more, neither workbook nor shapefile."""
    return _plain(content) is not None


def unwrapped(content: bytes) -> bytes | None:
    """Return the one list of an archive, or None when the bytes are something else.

    Raises
    ------
    SeveralLists
        There are several files, or none; their names are given.
    """
    archive = _plain(content)
    if archive is None:
        return None
    lists = [name for name in archive.members if _may_be_list(archive, name)]
    if len(lists) != 1:
        more = ["…"] if len(lists) > _NAMES_SHOWN else []
        raise SeveralLists(received=", ".join((lists or ["—"])[:_NAMES_SHOWN] + more))
    return archive.content(lists[0])


def _plain(content: bytes) -> Archive | None:
    archive = opened(content)
    if archive is None or spreadsheet.is_workbook(archive) or shapefile.layer_names(archive):
        return None
    if "[Content_Types].xml" in archive.members:
        # A letter or a presentation: its parts are none that anybody has packed.
        raise NotATextFile
    return archive


def _may_be_list(archive: Archive, name: str) -> bool:
    return not next(archive.blocks(name), b"").startswith(_NO_LISTS)
