"""Text as it arrives from outside."""

from typing import Annotated

from pydantic import AfterValidator


def _storable(text: str) -> str:
    """Refuse what PostgreSQL cannot keep: NUL, and halves of surrogate pairs."""
    if "\x00" in text or not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
        raise ValueError("it contains a character that is not text")
    return text


Storable = Annotated[str, AfterValidator(_storable)]
