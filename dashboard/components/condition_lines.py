"""How a shelter is off, as text: the same words beside the map and on paper.

A sign stands before each word, so that nobody needs colours; what is unknown says so.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.components.wording import age_text, clock_text, number_text
from gis.config import Standards
from gis.models.condition import LIFELINES, SUPPLIES, TOILETS
from gis.queries.conditions import Conditions, Known, Visit
from gis.queries.shelters import ShelterStatus
from gis.standards import ToiletSupply, floor_area_per_person, is_floor_enough
from gis.text import N_, Language, translate
from gis.vocabulary import (
    CONDITION_LABELS,
    Crowding,
    LifelineState,
    ShelterState,
    SupplyState,
    Term,
)

UNKNOWN = Crowding.UNKNOWN.label
SIGNS: dict[Term, str] = {
    LifelineState.USABLE: "○",
    LifelineState.PARTLY: "△",
    LifelineState.UNUSABLE: "×",
    SupplyState.ENOUGH: "○",
    SupplyState.TWO_DAYS: "△",
    SupplyState.NOT_TODAY: "×",
}
SHORT: dict[Term, str] = {
    SupplyState.ENOUGH: N_("Enough"),
    SupplyState.TWO_DAYS: N_("2 to 3 days"),
    SupplyState.NOT_TODAY: N_("Short today"),
}
"""The sentences of EEI where room is short; the whole ones stand beside them."""
FLOOR, TEXTS = "floor_area_m2", ("needs", "note")
EXACTLY, AT_LEAST, AT_MOST = "{count}", N_("{count} or more"), N_("{count} at most")


@dataclass(frozen=True)
class Line:
    """One fact: what it is, a sign, what is so, how old that is and who said so."""

    label: str
    value: str
    sign: str = ""
    age: str = ""
    by: str = ""


@dataclass(frozen=True)
class Situation:
    """What is known of a shelter's condition, and what it is to be measured by."""

    conditions: Conditions
    visit: Visit | None
    shelter: ShelterStatus
    standards: Standards
    began_at: datetime
    """When the incident began."""
    at: datetime

    @property
    def may_hold_people(self) -> bool:
        """Whether to measure anything by persons; where nobody can be, that says nothing."""
        return self.shelter.is_open or self.shelter.state is ShelterState.UNKNOWN

    @property
    def persons(self) -> int | None:
        """How many people are there; what was counted before it was closed is over."""
        return self.shelter.persons if self.shelter.is_open else None


@dataclass(frozen=True)
class ConditionLines:
    """Everything that is said of a shelter's condition, in the order it is read."""

    lifelines: list[Line]
    supplies: list[Line]
    toilets: list[Line]
    """The kinds that were reported."""
    toilets_unknown: str
    """The names of the others."""
    toilet_sums: list[Line]
    floor: list[Line]
    texts: list[Line]
    visit: Line


def condition_lines(situation: Situation, language: Language) -> ConditionLines:
    """Return what is known of a shelter's condition in a language."""
    return _Writer(situation, language).everything()


@dataclass(frozen=True)
class _Writer:
    situation: Situation
    language: Language

    def everything(self) -> ConditionLines:
        known = self.situation.conditions
        return ConditionLines(
            lifelines=[self._state(item, LifelineState) for item in LIFELINES],
            supplies=[self._state(item, SupplyState) for item in SUPPLIES],
            toilets=[self._item(item) for item in TOILETS if item in known],
            toilets_unknown="・".join(self._label(item) for item in TOILETS if item not in known),
            toilet_sums=self._toilet_sums(),
            floor=self._floor(),
            texts=[self._item(item) for item in TEXTS],
            visit=self._visit(),
        )

    def _(self, message: str) -> str:
        return translate(message, self.language)

    def _label(self, item: str) -> str:
        return self._(CONDITION_LABELS[item])

    def _state(self, item: str, terms: type[Term]) -> Line:
        known = self.situation.conditions.get(item)
        if known is None:
            return self._unknown(item)
        term = terms(str(known.value))
        return self._line(item, known, self._(term.label), SIGNS[term])

    def _item(self, item: str) -> Line:
        known = self.situation.conditions.get(item)
        if known is None:
            return self._unknown(item)
        value = known.value
        text = number_text(value, self.language) if isinstance(value, int) else value
        return self._line(item, known, text)

    def _line(self, item: str, known: Known, value: str, sign: str = "") -> Line:
        age = age_text(known.observed_at, self.situation.at, self.language)
        return Line(self._label(item), value, sign, age, known.recorded_by)

    def _unknown(self, item: str) -> Line:
        return Line(self._label(item), self._(UNKNOWN), "？")

    def _toilet_sums(self) -> list[Line]:
        """Return the toilets against the persons; where kinds are unknown there may be more."""
        told = self.situation
        counted = {
            item: int(told.conditions[item].value) for item in TOILETS if item in told.conditions
        }
        hours = (told.at - told.began_at) / timedelta(hours=1)
        supply = ToiletSupply.of(counted, told.persons, told.standards, hours)
        least, most = (EXACTLY, EXACTLY) if supply.is_complete else (AT_LEAST, AT_MOST)
        total = self._amount(supply.total, least)
        lines = [Line(self._(N_("Toilets without bags")), total)]
        if told.may_hold_people:
            each, needed = self._each(supply.persons_each, most), supply.needed
            lines += [
                Line(self._(N_("Persons per toilet")), each),
                Line(self._(N_("Toilets needed")), number_text(needed, self.language)),
                self._lacking(supply, most),
            ]
        return lines

    def _lacking(self, supply: ToiletSupply, most: str) -> Line:
        label, lacking = self._(N_("Toilets lacking")), supply.lacking
        if not lacking:
            return Line(
                label, number_text(lacking, self.language), "？" if lacking is None else "○"
            )
        message = self._(N_("{lacking} (of which for women: {women})"))
        value = message.format(
            lacking=self._amount(lacking, most),
            women=number_text(supply.lacking_for_women, self.language),
        )
        return Line(label, value, "×")

    def _amount(self, amount: int | None, message: str) -> str:
        shown = number_text(amount, self.language)
        return shown if amount is None else self._(message).format(count=shown)

    def _each(self, each: float | None, message: str) -> str:
        if each is None:
            return self._(UNKNOWN)
        if math.isinf(each):
            return self._(N_("no toilet"))
        return self._(message).format(count=f"{each:,.1f}") if each else "0"

    def _floor(self) -> list[Line]:
        known = self.situation.conditions.get(FLOOR)
        area = int(known.value) if known else None
        each = [self._floor_each(area)] if self.situation.may_hold_people else []
        return [self._item(FLOOR), *each]

    def _floor_each(self, area_m2: int | None) -> Line:
        norm = self.situation.standards.floor_area_m2_per_person
        each = floor_area_per_person(area_m2, self.situation.persons)
        label = self._(N_("Floor area per person"))
        if each is None:
            return Line(label, self._(UNKNOWN), "？")
        if math.isinf(each):
            return Line(label, self._(N_("Nobody is there")), "○")
        message = self._(N_("{area} m² (at least {norm} m²)"))
        # Rounded down, so that the norm is never shown where it is not reached.
        area = f"{math.floor(each * 100 + 1e-9) / 100:,.2f}"
        value = message.format(area=area, norm=f"{norm:g}")
        return Line(label, value, "○" if is_floor_enough(each, norm) else "×")

    def _visit(self) -> Line:
        label, visit = self._(N_("Last visit")), self.situation.visit
        if visit is None:
            return Line(label, self._(N_("No visit on record")))
        age = age_text(visit.observed_at, self.situation.at, self.language)
        return Line(label, clock_text(visit.observed_at), "", age, visit.recorded_by)
