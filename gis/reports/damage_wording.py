"""Amounts of damage in words, as screens and files say them."""

from gis.damage_cells import Amount, DamageCell
from gis.reports.rendering import UNKNOWN, Cell
from gis.text import N_, Language, translate

AT_LEAST = N_("≥ {least} ({unknown} without a number)")
AND_UNKNOWN = N_("{known} + unknown in {unknown} reports")
NOTHING_KNOWN = N_("{word} ({unknown} reports)")


def amount_cell(cell: DamageCell, amount: Amount, language: Language) -> Cell:
    """Return an amount as a number where all of it is known; else a text that says what is not."""
    if not amount.unknown:
        return whole(amount.known)
    least = cell.least(amount)
    message = AT_LEAST if least is not None else AND_UNKNOWN
    if least is None and amount.known is None:
        message = NOTHING_KNOWN
    return translate(message, language).format(
        least=f"{whole(least):,}" if least is not None else "",
        known=f"{whole(amount.known):,}" if amount.known is not None else "",
        word=translate(UNKNOWN, language),
        unknown=f"{amount.unknown:,}",
    )


def whole(figure: float | None) -> float | None:
    """Return a figure without a fraction where it has none: hectares alone have one."""
    return int(figure) if figure is not None and figure == int(figure) else figure
