"""Text that people read: English in the code, Japanese from the gettext catalogue.

The catalogue is read from its ``.po`` source, so there is no compiled file to go stale.
"""

import gettext
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_FOLDER = Path(__file__).parents[1] / "data" / "locale"


class Language(StrEnum):
    """A language of the interface."""

    JA = "ja"
    EN = "en"


_SPOKEN = frozenset(language.value for language in Language)


@dataclass(frozen=True)
class Bilingual:
    """Words that come with a file in both languages, and stand in no catalogue."""

    ja: str
    en: str

    def said(self, language: Language) -> str:
        """Return the words of a language."""
        return self.ja if language is Language.JA else self.en


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message


def catalogue_file(language: Language) -> Path:
    """Return where the catalogue of a language lives."""
    return LOCALE_FOLDER / language / "LC_MESSAGES" / "hq.po"


@cache
def translations(language: Language) -> gettext.NullTranslations:
    """Return the catalogue of a language; English is the text in the code itself."""
    if language is Language.EN:
        return gettext.NullTranslations()
    compiled = BytesIO()
    with catalogue_file(language).open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translate(message: str, language: Language) -> str:
    """Return a message in a language.

    Parameters
    ----------
    message
        The English text, marked with :func:`N_` or ``_`` where it stands.
    language
        The reader's language.
    """
    return translations(language).gettext(message) if message else ""


def preferred(tags: Iterable[str]) -> Language:
    """Return the first language of a reader's list that we speak; Japanese when there is none.

    Parameters
    ----------
    tags
        BCP 47 tags in order of preference, such as ``["en-GB", "ja"]``.
    """
    for tag in tags:
        primary = tag.strip().lower().partition("-")[0]
        if primary in _SPOKEN:
            return Language(primary)
    return Language.JA


def preferred_of_header(accept_language: str) -> Language:
    """Return the language that an Accept-Language header asks for first.

    Weights are honoured (RFC 9110, section 12.5.4): a weight of 0 means not wanted,
    and so does a malformed one.
    """
    weighted: list[tuple[float, str]] = []
    for part in accept_language.split(","):
        tag, _, weight = part.replace(" ", "").partition(";q=")
        with suppress(ValueError):
            weighted.append((float(weight or 1), tag))
    wanted = [(weight, tag) for weight, tag in weighted if weight > 0]
    return preferred(tag for _, tag in sorted(wanted, key=lambda pair: -pair[0]))
