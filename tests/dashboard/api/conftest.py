"""What the API's tests share: a refused message must leave the store as it was."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from tests.dashboard.conftest import Ask

NothingStored = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def nothing_stored(ask: Ask) -> NothingStored:
    """Fail if the store has changed at the end of a block; its change record tells."""

    @contextmanager
    def unchanged() -> Iterator[None]:
        before = ask("SELECT count(*) FROM change_record")
        yield
        assert ask("SELECT count(*) FROM change_record") == before

    return unchanged
