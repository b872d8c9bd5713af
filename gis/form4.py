"""The cells of 消防庁 第4号様式: which figures it asks, and which of them add up from others.

Source: the public form of the 火災・災害等即報要領 (before its revision of 2017), その1 and その2.
"""

from dataclasses import dataclass
from types import MappingProxyType

from gis.damage_cells import STRICKEN_ROWS, UNCLASSED, units_of
from gis.vocabulary import DamageUnit, DeclaredRow, FormRow

CASUALTIES = (
    DeclaredRow.DEAD,
    DeclaredRow.RELATED_DEAD,
    DeclaredRow.MISSING,
    DeclaredRow.SERIOUSLY_INJURED,
    DeclaredRow.SLIGHTLY_INJURED,
)
FACILITY_LOSSES = (
    DeclaredRow.SCHOOL_LOSS,
    DeclaredRow.FARM_FACILITY_LOSS,
    DeclaredRow.PUBLIC_WORKS_LOSS,
    DeclaredRow.OTHER_FACILITY_LOSS,
)
OTHER_LOSSES = (
    DeclaredRow.FARM_LOSS,
    DeclaredRow.FOREST_LOSS,
    DeclaredRow.LIVESTOCK_LOSS,
    DeclaredRow.FISHERY_LOSS,
    DeclaredRow.TRADE_LOSS,
    DeclaredRow.OTHER_LOSS,
)
FIRE_SERVICES = (DeclaredRow.FIRE_SERVICE, DeclaredRow.FIRE_CORPS)
PASSING = frozenset(
    {FormRow.RAILWAY, FormRow.WATER, FormRow.TELEPHONE, FormRow.ELECTRICITY, FormRow.GAS}
)
"""Rows of what is out of service now: they go down when it works again. All others only grow,
so that a smaller figure is a correction (訂正)."""


@dataclass(frozen=True)
class FormCell:
    """A figure that the form asks."""

    row: FormRow | DeclaredRow
    unit: DamageUnit
    parts: tuple[str, ...] = ()
    """Keys of the cells that it adds up from; nobody declares such a one."""

    @property
    def key(self) -> str:
        """Return its name in the store, in files and addresses."""
        return key_of(self.row, self.unit)

    @property
    def only_grows(self) -> bool:
        """Whether a smaller figure than before can only be a correction."""
        return self.row not in PASSING


def key_of(row: FormRow | DeclaredRow, unit: DamageUnit) -> str:
    """Return the key of a cell, such as ``dwelling_total.households``."""
    return f"{row.value}.{unit.value}"


def _declared(*rows: DeclaredRow, unit: DamageUnit) -> tuple[FormCell, ...]:
    return tuple(FormCell(row, unit) for row in rows)


def _sum(row: FormRow | DeclaredRow, unit: DamageUnit, *of: FormRow | DeclaredRow) -> FormCell:
    return FormCell(row, unit, tuple(key_of(part, unit) for part in of))


def _fed() -> tuple[FormCell, ...]:
    """Return the cells that damage reports feed, り災世帯数 and り災者数 among them."""
    return tuple(
        _sum(row, unit, *STRICKEN_ROWS) if row is FormRow.STRICKEN else FormCell(row, unit)
        for row in FormRow
        if row not in UNCLASSED
        for unit in units_of(row)
    )


_YEN = DamageUnit.THOUSAND_YEN
CELLS = MappingProxyType(
    {
        cell.key: cell
        for cell in (
            *_declared(*CASUALTIES, unit=DamageUnit.PERSONS),
            *_fed(),
            *_declared(*FACILITY_LOSSES, unit=_YEN),
            _sum(DeclaredRow.FACILITY_LOSS, _YEN, *FACILITY_LOSSES),
            *_declared(*OTHER_LOSSES, unit=_YEN),
            _sum(DeclaredRow.LOSS, _YEN, *FACILITY_LOSSES, *OTHER_LOSSES),
            *_declared(*FIRE_SERVICES, unit=DamageUnit.PERSONS),
        )
    }
)
"""Every figure of その2 by its key, in the order of the form; those of その1 are among them, or add
up from them (負傷者 is 重傷 and 軽傷)."""
