"""Verbs that change state.

They take a session, raise errors of the catalogue, and never commit: the edge does.
"""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Filed:
    """What became of something filed under a client's id."""

    id: UUID
    is_new: bool
    """False where the same thing had been filed before: a retry, which changed nothing."""
