"""The field's own terms, as closed lists with their labels.

Codes are stored and exchanged; labels are English and translated where they are shown. The
Japanese terms are those of EEI (DS-455-1), 消防庁 第4号様式 and 災害対策基本法.
"""

from enum import StrEnum
from typing import Self

from gis.text import N_


class Term(StrEnum):
    """A code with a label; a member is written ``NAME = "code", N_("Label")``."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        """Make a member whose value is its code; looking one up takes the code alone."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class Role(Term):
    """Who somebody is to the system; ordered from least to most."""

    VIEWER = "viewer", N_("Viewer")
    FIELD = "field", N_("Field team")
    SHELTER = "shelter", N_("Shelter manager")
    OPERATOR = "operator", N_("Headquarters")
    ORGANISER = "organiser", N_("Drill organiser")
    ADMIN = "admin", N_("Administrator")


class IncidentKind(Term):
    """What kind of disaster an incident (災害事案) is."""

    EARTHQUAKE = "earthquake", N_("Earthquake")
    TSUNAMI = "tsunami", N_("Tsunami")
    FLOOD = "flood", N_("Flood")
    STORM = "storm", N_("Storm")
    LANDSLIDE = "landslide", N_("Landslide")
    LARGE_FIRE = "large_fire", N_("Large fire")
    VOLCANO = "volcano", N_("Volcano")
    OTHER = "other", N_("Other")


class Hazard(Term):
    """The eight hazards for which an emergency site is designated (災害対策基本法 49条の4).

    The ninth is no designation: older national data do not tell the three kinds of flood apart.
    """

    FLOOD = "flood", N_("Flood")
    LANDSLIDE = "landslide", N_("Landslide")
    STORM_SURGE = "storm_surge", N_("Storm surge")
    EARTHQUAKE = "earthquake", N_("Earthquake")
    TSUNAMI = "tsunami", N_("Tsunami")
    LARGE_FIRE = "large_fire", N_("Large fire")
    INLAND_FLOOD = "inland_flood", N_("Inland flooding")
    VOLCANO = "volcano", N_("Volcano")
    FLOOD_UNSPECIFIED = "flood_unspecified", N_("Flood, kind unspecified")


class DesignationKind(Term):
    """As what the municipality has designated a shelter."""

    DESIGNATED_SHELTER = "designated_shelter", N_("Designated shelter")
    EMERGENCY_SITE = "emergency_site", N_("Designated emergency site")
    WELFARE_SHELTER = "welfare_shelter", N_("Welfare shelter")


class ShelterState(Term):
    """In which state a shelter is in an incident, in the words of EEI (開設状況)."""

    NOT_OPENED = "not_opened", N_("Not opened")
    PREPARING = "preparing", N_("Preparing")
    OPEN = "open", N_("Open")
    PERMANENT = "permanent", N_("Always open")
    UNKNOWN = "unknown", N_("State unknown")
    CLOSED = "closed", N_("Closed")

    @property
    def holds_people(self) -> bool:
        """Whether its people count towards totals: only those of open and permanent ones do."""
        return self is ShelterState.OPEN or self is ShelterState.PERMANENT

    @property
    def is_over(self) -> bool:
        """Whether it takes no part in the incident, not yet or no longer."""
        return self is ShelterState.NOT_OPENED or self is ShelterState.CLOSED


class Crowding(Term):
    """How full a shelter is; thresholds come from the city profile."""

    VACANT = "vacant", N_("Has room")
    SLIGHTLY_CROWDED = "slightly_crowded", N_("Somewhat crowded")
    CROWDED = "crowded", N_("Crowded")
    FULL = "full", N_("Full")
    UNKNOWN = "unknown", N_("Unknown")


class Knowledge(Term):
    """By what was known when a past moment is told."""

    THEN = "then", N_("As it was known then")
    NOW = "now", N_("As it is known now")


class Source(Term):
    """By what way a figure or report reached headquarters."""

    VISIT = "visit", N_("Visit")
    PHONE = "phone", N_("Telephone")
    RADIO = "radio", N_("Radio")
    FIELD_APP = "field_app", N_("Field app")
    API = "api", N_("Other system")
    OTHER = "other", N_("Other")


class DamageCategory(Term):
    """What is damaged, in the categories that 消防庁 第4号様式 その2 counts."""

    DWELLING = "dwelling", N_("Dwelling")
    OTHER_BUILDING = "other_building", N_("Other building")
    ROAD = "road", N_("Road")
    BRIDGE = "bridge", N_("Bridge")
    RIVER = "river", N_("River")
    CLIFF = "cliff", N_("Cliff failure")
    FIRE = "fire", N_("Fire")
    LIFELINE = "lifeline", N_("Lifeline")
    OTHER = "other", N_("Other")


class Severity(Term):
    """How bad a report says it is; unknown is the absence of a severity."""

    MINOR = "minor", N_("Minor")
    MODERATE = "moderate", N_("Moderate")
    SEVERE = "severe", N_("Severe")


FIGURE_LABELS = {
    "persons": N_("Persons"),
    "households": N_("Households"),
    "voluntary_persons": N_("Of whom of their own accord"),
    "voluntary_households": N_("Households of their own accord"),
    "men": N_("Men"),
    "women": N_("Women"),
    "gender_unknown": N_("Gender unknown"),
    "men+women+gender_unknown": N_("Men, women and gender unknown together"),
    "infants": N_("Infants"),
    "special_care": N_("People who need care"),
    "staff": N_("Staff"),
    "supporters": N_("Supporters"),
    "outside_persons": N_("Persons outside the building"),
    "outside_households": N_("Households outside the building"),
}
"""What the figures of an occupancy reading are called, by the names of gis/occupancy.py."""


class LifelineState(Term):
    """Whether a lifeline of a shelter can be used; unknown is the absence of a state."""

    USABLE = "usable", N_("Usable")
    PARTLY = "partly", N_("Partly usable")
    UNUSABLE = "unusable", N_("Not usable")


class SupplyState(Term):
    """How long a supply lasts, in the three sentences of EEI; unknown is the absence of a state."""

    ENOUGH = "enough", N_("Enough, or refilled regularly")
    TWO_DAYS = "two_days", N_("For 2 to 3 days only, and nothing in sight after that")
    NOT_TODAY = "not_today", N_("Not even enough for today")


CONDITION_LABELS = {
    "electricity": N_("Electricity"),
    "gas": N_("Gas"),
    "water": N_("Tap water"),
    "sewage": N_("Sewage"),
    "communication": N_("Telephone and internet"),
    "drinking_water": N_("Drinking water"),
    "domestic_water": N_("Water for washing and toilets"),
    "food": N_("Food"),
    "fuel": N_("Fuel"),
    "floor_area_m2": N_("Floor area open to people (m²)"),
    "toilets_shared": N_("Toilets for all"),
    "toilets_women": N_("Women's toilets"),
    "toilets_men": N_("Men's toilets"),
    "toilets_multipurpose": N_("Multipurpose toilets"),
    "toilets_temporary": N_("Temporary toilets"),
    "toilets_simple": N_("Simple toilets"),
    "toilets_manhole": N_("Manhole toilets"),
    "toilets_portable": N_("Portable toilets (bags)"),
    "toilets_vehicle": N_("Toilet vehicles"),
    "needs": N_("Support and goods needed"),
    "note": N_("Remarks"),
}
"""What the items of a condition report are called, by the names of gis/models/condition.py."""
