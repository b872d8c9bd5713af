import pytest

from gis.importers.errors import FileTooLarge
from gis.importers.files import FILE_MB_MOST, checked_size, sheets


def test_a_file_larger_than_any_list_is_refused() -> None:
    checked_size(FILE_MB_MOST * 1_000_000)
    with pytest.raises(FileTooLarge):
        checked_size(FILE_MB_MOST * 1_000_000 + 1)


def test_nothing_is_read_of_it() -> None:
    with pytest.raises(FileTooLarge):
        sheets(bytes(FILE_MB_MOST * 1_000_000 + 1))
