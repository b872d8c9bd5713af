"""Text as it arrives from outside."""

from typing import Annotated

from pydantic import AfterValidator


def _storable(text: str) -> str:
    """Refuse what PostgreSQL cannot keep: NUL, and halves of surrogate pairs."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("it contains a character that is not text")
    return text


Storable = Annotated[str, AfterValidator(_storable)]
