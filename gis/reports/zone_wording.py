"""Hazard zones in words, as screens and tables say them."""

from gis.text import N_, Language, translate
from gis.vocabulary import ZoneWarning


def gravity_text(
    warning: ZoneWarning | None,
    min_depth_m: float | None,
    max_depth_m: float | None,
    language: Language,
) -> str:
    """Return the class of a slope's warning, else the depth in the boundaries of its file."""
    if warning:
        return translate(warning.label, language)
    if min_depth_m is None:
        return translate(N_("depth unknown"), language)
    if max_depth_m is None:
        return translate(N_("{least} m or more"), language).format(least=f"{min_depth_m:g}")
    if min_depth_m == 0:
        return translate(N_("less than {most} m"), language).format(most=f"{max_depth_m:g}")
    return translate(N_("{least} to {most} m"), language).format(
        least=f"{min_depth_m:g}", most=f"{max_depth_m:g}"
    )
