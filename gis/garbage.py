"""Python's search for garbage, out of the way of work that makes much and drops nothing."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """Do not look for cycles meanwhile.

    An inventory of 115,402 rows is read and compared a quarter faster without: each of its rows is
    needed until the end, and the search goes through all of them again and again. What is not part
    of a cycle is freed as ever.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
