import io
import stat
import struct
import zipfile

import pytest

from gis.importers.errors import (
    BrokenFile,
    NestedArchive,
    NotATextFile,
    PasswordNeeded,
    SeveralLists,
    UnpacksTooLarge,
    UnsafeName,
)
from gis.importers.files import sheets
from gis.importers.files.archive import opened
from gis.importers.files.bounds import MEMBERS_MOST, UNPACKED_MB_MOST
from tests.gis.importers.files.making import CSV, cells, packed, xlsx


def central(content: bytes) -> int:
    return content.rindex(b"PK\x01\x02")


def altered(content: bytes, start: int, field: bytes) -> bytes:
    return content[:start] + field + content[start + len(field) :]


def test_one_list_in_an_archive_is_read() -> None:
    assert cells(packed({"避難所/list.csv": CSV})) == cells(CSV)
    left_behind = {"__MACOSX/._list.csv": b"\x00", ".DS_Store": b"\x00", "terms.pdf": b"%PDF-1.7"}
    assert cells(packed({"list.csv": CSV} | left_behind)) == cells(CSV)
    assert sheets(packed({"list.xlsx": xlsx()})) == sheets(xlsx())


def test_of_several_lists_none_is_guessed_and_their_names_are_given() -> None:
    with pytest.raises(SeveralLists) as caught:
        sheets(packed({"a.csv": CSV, "b.csv": CSV}))
    assert caught.value.received == "a.csv, b.csv"
    with pytest.raises(SeveralLists):
        sheets(packed({}))


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../list.csv", "a/../../list.csv", "C:/list.csv", "a\\list.csv"]
)
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    with pytest.raises(UnsafeName):
        sheets(packed({name: CSV}))


def test_a_link_is_refused() -> None:
    link = zipfile.ZipInfo("list.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(UnsafeName):
        sheets(stream.getvalue())


def test_names_of_windows_are_read_as_they_were_meant() -> None:
    # A backslash is half of 表 in CP932, and no separator there.
    plain = packed({"xx.csv": CSV})
    archive = opened(plain.replace(b"xx.csv", "表".encode("cp932") + b".csv"))
    assert archive is not None
    assert list(archive.members) == ["表.csv"]


def test_an_archive_in_an_archive_is_refused() -> None:
    with pytest.raises(NestedArchive):
        sheets(packed({"a.zip": packed({"list.csv": CSV})}))


def test_an_encrypted_archive_is_refused() -> None:
    content = packed({"list.csv": CSV})
    with pytest.raises(PasswordNeeded):
        sheets(altered(content, central(content) + 8, b"\x01\x00"))


def test_an_archive_of_too_many_parts_is_refused() -> None:
    with pytest.raises(UnpacksTooLarge):
        sheets(packed({f"{number}.csv": "" for number in range(MEMBERS_MOST + 1)}))


def test_an_archive_that_declares_too_much_is_refused_before_it_is_unpacked() -> None:
    content = packed({"list.csv": CSV})
    size = struct.pack("<L", UNPACKED_MB_MOST * 1_000_000 + 1)
    with pytest.raises(UnpacksTooLarge):
        sheets(altered(content, central(content) + 24, size))


def test_an_archive_that_declares_too_little_is_refused_when_it_is_unpacked() -> None:
    content = packed({"list.csv": b"," * 10_000_000})
    with pytest.raises(UnpacksTooLarge):
        sheets(altered(content, central(content) + 24, struct.pack("<L", 10)))


def test_a_directory_that_would_fill_the_memory_is_refused() -> None:
    content = packed({"list.csv": CSV})
    end = content.rindex(b"PK\x05\x06")
    with pytest.raises(UnpacksTooLarge):
        sheets(altered(content, end + 12, struct.pack("<L", 1 << 30)))


def test_a_method_of_packing_that_needs_memory_of_its_own_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("list.csv", CSV)
    with pytest.raises(BrokenFile):
        sheets(stream.getvalue())


@pytest.mark.parametrize("length", [10, -30, -5])
def test_a_damaged_archive_is_refused(length: int) -> None:
    with pytest.raises(BrokenFile):
        sheets(packed({"list.csv": CSV})[:length])


def test_a_changed_byte_is_noticed() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("list.csv", CSV)
    with pytest.raises(BrokenFile):
        sheets(stream.getvalue().replace(b"810", b"811"))


def test_a_letter_of_a_word_processor_is_no_list() -> None:
    with pytest.raises(NotATextFile):
        sheets(packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}))
