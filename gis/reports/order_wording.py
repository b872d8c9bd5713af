"""Evacuation orders in words, as screens and files say them."""

from collections.abc import Sequence

from gis.occupancy import Tally
from gis.text import N_, Language, translate
from gis.vocabulary import Hazard, OrderKind

ORDER_WITH_LEVEL = N_("Level {level}: {kind} ({hazard})")
ORDER_WITHOUT_LEVEL = N_("{kind} ({hazard})")
WHOLE_MUNICIPALITY = N_("The whole municipality")
DRAWN_AREA = N_("Area as drawn")
AND_MORE_AREAS = N_("and {count} more areas")
UNKNOWN_IN_TOWNS = N_("{known} + unknown in {towns} towns")


def order_text(kind: OrderKind, hazard: Hazard, language: Language) -> str:
    """Return what people are told: level, where there is one, kind and hazard."""
    level = kind.level(hazard)
    message = ORDER_WITHOUT_LEVEL if level is None else ORDER_WITH_LEVEL
    return translate(message, language).format(
        level=level,
        kind=translate(kind.label, language),
        hazard=translate(hazard.label, language),
    )


def areas_text(
    areas: Sequence[str],
    language: Language,
    *,
    is_whole: bool,
    is_drawn: bool,
    most: int | None = None,
) -> str:
    """Return to whom it is told: all, or towns by their names; and whether the area was drawn.

    Parameters
    ----------
    most
        How many names at most; None is all of them.
    """
    if is_whole:
        return translate(WHOLE_MUNICIPALITY, language)
    names = ("、" if language is Language.JA else ", ").join(areas[:most])
    if most is not None and len(areas) > most:
        names += " " + translate(AND_MORE_AREAS, language).format(count=len(areas) - most)
    drawn = translate(DRAWN_AREA, language) if is_drawn else ""
    colon = "：" if language is Language.JA else ": "
    return colon.join(part for part in (drawn, names) if part)


def people_text(people: Tally, language: Language) -> str:
    """Return how many people are concerned, with of how many towns that is unknown."""
    if people.known is None:
        return translate(N_("Unknown"), language)
    known = f"{people.known:,}"
    if not people.unknown_places:
        return known
    return translate(UNKNOWN_IN_TOWNS, language).format(known=known, towns=people.unknown_places)


def total_text(households: Tally, persons: Tally, language: Language) -> str:
    """Return households and persons as one text; what is unknown is written out."""
    return " ".join(
        (
            _counted(households, N_("{count} households"), N_("households unknown"), language),
            _counted(persons, N_("{count} persons"), N_("persons unknown"), language),
        )
    )


def _counted(people: Tally, message: str, unknown: str, language: Language) -> str:
    if people.known is None:
        return translate(unknown, language)
    known = translate(message, language).format(count=f"{people.known:,}")
    if not people.unknown_places:
        return known
    return translate(UNKNOWN_IN_TOWNS, language).format(known=known, towns=people.unknown_places)
