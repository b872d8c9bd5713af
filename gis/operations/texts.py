"""Texts that people send: blanks at either end are not kept, and nothing is cut off unsaid."""

from collections.abc import Mapping

from gis.errors import TextTooLong


def check_length(field: str, text: str | None, most: int) -> None:
    """Refuse a text of more than ``most`` characters.

    Raises
    ------
    gis.errors.TextTooLong
        It is longer than is kept.
    """
    if text is not None and len(text) > most:
        raise TextTooLong(field=field, received=text, length=len(text), most=most)


def kept_text(field: str, told: str | None, most: int) -> str | None:
    """Return a text as it is kept: an empty one is none.

    Raises
    ------
    gis.errors.TextTooLong
        It is longer than is kept.
    """
    text = (told or "").strip()
    check_length(field, text, most)
    return text or None


def kept_texts(told: object, lengths: Mapping[str, int]) -> dict[str, str | None]:
    """Return the texts of what somebody told as they are kept: of each the field and its most.

    Raises
    ------
    gis.errors.TextTooLong
        One is longer than is kept.
    """
    return {field: kept_text(field, getattr(told, field), most) for field, most in lengths.items()}
