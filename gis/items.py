"""The item list (品目): what shelters need, in which unit, how much of it and for whom.

A municipality changes ``data/items.toml``, or names its own (``HQ_ITEMS``), and no code; the source
of each figure stands beside it.
"""

import tomllib
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from gis.config import Frozen, settings
from gis.errors import UnitUnfit
from gis.text import Bilingual, Language
from gis.vocabulary import FIGURE_LABELS, ItemKind, Lifeline

UNITS_MOST = 99_999_999
"""Upper bound of a plausible quantity: a hundred units for each of a million people."""

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, Field(min_length=1)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Whole = Annotated[int, Field(gt=0, le=UNITS_MOST)]


class Named(Frozen):
    """Something with a name in both languages."""

    name_ja: Words
    name_en: Words

    def name(self, language: Language) -> str:
        """Return what it is called."""
        return self.name_ja if language is Language.JA else self.name_en


class Sourced(Frozen):
    """A figure with where it is from; one without an official source says so."""

    source_ja: Words
    source_en: Words

    def source(self, language: Language) -> str:
        """Return where the figure is from."""
        return self.source_ja if language is Language.JA else self.source_en


def _figure(name: str) -> str:
    if name not in FIGURE_LABELS:
        raise ValueError(f"counted_as must be a figure of a head count; received {name!r}")
    return name


class Group(Named, Sourced):
    """Some of the people in a shelter, such as its babies."""

    code: Code
    share: Annotated[float, Field(gt=0, le=1)]
    """Of all persons, for where nobody counted them."""
    counted_as: Annotated[str, AfterValidator(_figure)] | None = None
    """The figure of a head count (gis/occupancy.py) that they are a part of."""
    share_of_counted: Annotated[float, Field(gt=0, le=1)] = 1.0


class Norm(Sourced):
    """How much of an item people need: an amount for each, one for several, or a standard."""

    group: Code = "all"
    amount: Positive | None = None
    """Units for each person of the group: a day of what is used up, once of the rest."""
    one_per: Whole | None = None
    """For how many persons of the group there is to be one."""
    standard: Literal["toilets"] | None = None
    """A norm of the city profile that says how many."""
    while_out: tuple[Lifeline, ...] = ()
    """Nobody needs it where all of these can be used; without any it is always needed."""

    @model_validator(mode="after")
    def _of_one_kind(self) -> Self:
        if [self.amount, self.one_per, self.standard].count(None) != 2:  # noqa: PLR2004 - of three
            raise ValueError("a norm must say one of amount, one_per and standard")
        return self


class Pack(Named):
    """What several units come in."""

    size: Whole
    """How many units it holds."""


class Instruction(Frozen):
    """A sheet or film that shows how to use an item."""

    file: Annotated[str, Field(pattern=r"^[a-z0-9_-]+\.(pdf|png|jpg|svg|mp4|webm)$")]
    title_ja: Words
    title_en: Words

    def title(self, language: Language) -> str:
        """Return what it is called."""
        return self.title_ja if language is Language.JA else self.title_en

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return instructions_folder() / self.file


class Item(Named):
    """Something that shelters need."""

    code: Code
    unit_ja: Words
    unit_en: Words
    kind: ItemKind
    consumable: bool
    """Whether it is used up."""
    shelf_life_days: Whole | None = None
    """How long it keeps from new, where no date is printed on it."""
    norm: Norm | None = None
    """None where nobody can say how many people need one."""
    packs: tuple[Pack, ...] = ()
    instructions: tuple[Instruction, ...] = ()

    @model_validator(mode="after")
    def _used_up_by_amount(self) -> Self:
        if not self.consumable:
            return self
        if self.kind is ItemKind.STAFF or (self.norm and not self.norm.amount):
            raise ValueError(f"{self.code} is used up, so its norm must be an amount a day")
        return self

    @model_validator(mode="after")
    def _each_unit_once(self) -> Self:
        units = {comparable_unit(self.unit_ja), comparable_unit(self.unit_en)}
        for pack in self.packs:
            names = {comparable_unit(pack.name_ja), comparable_unit(pack.name_en)}
            if units & names:
                raise ValueError(f"{self.code} has two units called {', '.join(units & names)}")
            units |= names
        return self

    def unit(self, language: Language) -> str:
        """Return in what it is counted."""
        return self.unit_ja if language is Language.JA else self.unit_en

    def in_units(self, quantity: Decimal | int, unit: str) -> int | None:
        """Return a quantity in units of the item; None where that is no quantity of whole units.

        Parameters
        ----------
        quantity
            How many of ``unit``.
        unit
            The item's own or the name of a pack, in either language, in any width or case.

        Raises
        ------
        UnitUnfit
            The item has no such unit.
        """
        size = self._size(unit)
        # Compared before it is computed with: 1E+999999999 is short to write and long to multiply.
        if not Decimal(quantity).is_finite() or not 0 <= quantity <= UNITS_MOST:
            return None
        units = Decimal(quantity) * size
        return int(units) if units <= UNITS_MOST and units == int(units) else None

    def _size(self, unit: str) -> int:
        said = comparable_unit(unit)
        if said in {comparable_unit(self.unit_ja), comparable_unit(self.unit_en)}:
            return 1
        for pack in self.packs:
            if said in {comparable_unit(pack.name_ja), comparable_unit(pack.name_en)}:
                return pack.size
        raise UnitUnfit(
            field="unit",
            received=unit,
            item=Bilingual(self.name_ja, self.name_en),
            unit=Bilingual(self.unit_ja, self.unit_en),
        )


def comparable_unit(text: str) -> str:
    """Return the name of a unit in the one spelling in which units are compared."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _by_code(entries: object) -> object:
    """Put a list of tables under their codes, in its order; what is no such list stays as it is."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return entries
    codes = [entry.get("code") for entry in entries]
    if twice := {str(code) for code in codes if codes.count(code) > 1}:
        raise ValueError(f"each code may stand once; twice: {', '.join(sorted(twice))}")
    return dict(zip(codes, entries, strict=True))


class ItemList(Frozen):
    """All items and the groups of people they are for, by their codes, in the file's order."""

    items: Annotated[Mapping[str, Item], BeforeValidator(_by_code)]
    groups: Annotated[Mapping[str, Group], BeforeValidator(_by_code)]

    @model_validator(mode="after")
    def _every_group_known(self) -> Self:
        named = {item.norm.group for item in self.items.values() if item.norm}
        if unknown := named - set(self.groups):
            raise ValueError(f"norms name groups that are not there: {', '.join(sorted(unknown))}")
        return self


def read_item_list(file: Path) -> ItemList:
    """Return the item list of a file.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    pydantic.ValidationError
        The list is incomplete or contradicts itself.
    """
    with file.open("rb") as source:
        return ItemList.model_validate(tomllib.load(source))


@cache
def item_list() -> ItemList:
    """Return what :func:`read_item_list` finds in the list of the settings, read once."""
    return read_item_list(settings().items)


def instructions_folder() -> Path:
    """Return where the sheets and films of the item list lie."""
    return settings().items.parent / "instructions"
