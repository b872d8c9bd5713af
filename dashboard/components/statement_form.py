"""A form for something new, or for the change of what stands of it."""

from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import streamlit as st

from dashboard import actions


class Standing(Protocol):
    """What stands of a matter that is told one statement after another."""

    @property
    def version(self) -> int:
        """The number of its last statement."""


Before = TypeVar("Before", bound=Standing)


@dataclass(frozen=True)
class Form(Generic[Before]):
    """Which form it is, and what it begins from: ``before`` is what stands; None is a new one."""

    name: str
    before: Before | None = None

    def key(self, field: str) -> str:
        """Return the key of a field; once something is filed, the fields are new ones."""
        return f"{self.name}-{actions.filing_id(self.name)}-{field}"

    def value(self, field: str) -> Any:  # noqa: ANN401 - whatever the field holds
        """Return what is in a field."""
        return st.session_state.get(self.key(field))

    def begin(self) -> None:
        """Keep which version is seen: whoever began to type saw it, whatever comes in meanwhile."""
        if self.before:
            st.session_state.setdefault(self.key("version"), self.before.version)

    def see(self, version: int) -> None:
        """Take note that the person has been shown what somebody else told."""
        st.session_state[self.key("version")] = version
