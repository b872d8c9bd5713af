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


class DepthClass(Term):
    """How deep water is expected (浸水深), in the classes of 水害ハザードマップ作成の手引き.

    国土交通省: below 0.5 m (up to the floor), then up to 3, 5, 10 and 20 m, and more.
    """

    UNDER_0_5 = "under_0_5", N_("Less than 0.5 m")
    TO_3 = "to_3", N_("0.5 to 3 m")
    TO_5 = "to_5", N_("3 to 5 m")
    TO_10 = "to_10", N_("5 to 10 m")
    TO_20 = "to_20", N_("10 to 20 m")
    OVER_20 = "over_20", N_("20 m or more")


class ZoneWarning(Term):
    """As what a slope is designated (土砂災害防止法 7条, 9条); planned ones are surveyed only."""

    WARNING = "warning", N_("Warning zone")
    SPECIAL = "special", N_("Special warning zone")
    WARNING_PLANNED = "warning_planned", N_("Warning zone (planned)")
    SPECIAL_PLANNED = "special_planned", N_("Special warning zone (planned)")


class OrderKind(Term):
    """What people are told to do (避難情報), as in 内閣府 避難情報に関するガイドライン."""

    ELDERLY = "elderly", N_("Evacuation of the elderly and others")
    EVACUATE = "evacuate", N_("Evacuation instruction")
    EMERGENCY = "emergency", N_("Emergency safety measures")

    def is_possible(self, hazard: Hazard) -> bool:
        """Tell whether it is issued for a hazard: of a tsunami everybody flees at once."""
        return hazard is not Hazard.TSUNAMI or self is OrderKind.EVACUATE

    def level(self, hazard: Hazard) -> int | None:
        """Return its warning level (警戒レベル); None for a tsunami, which has none."""
        return None if hazard is Hazard.TSUNAMI else _WARNING_LEVELS[self]


_WARNING_LEVELS = {OrderKind.ELDERLY: 3, OrderKind.EVACUATE: 4, OrderKind.EMERGENCY: 5}


class OrderAction(Term):
    """What an announcement does with an evacuation order."""

    ISSUED = "issued", N_("Issued")
    CHANGED = "changed", N_("Changed")
    LIFTED = "lifted", N_("Lifted")
    TAKEN_BACK = "taken_back", N_("Told by mistake")


class ClosureGrade(Term):
    """How far traffic on a road is restricted (通行規制の種別), the gravest first.

    SIP4D (道路規制, passstts) says 通行止め・閉鎖, 大型通行止め, 片側交互通行 and その他の規制.
    """

    CLOSED = "closed", N_("Closed to traffic")
    NO_HEAVY = "no_heavy", N_("No heavy vehicles")
    ONE_LANE = "one_lane", N_("One lane, alternating")
    CAUTION = "caution", N_("Passable with caution")


class ClosureAction(Term):
    """What a statement does with a road closure."""

    STATED = "stated", N_("Stated")
    CHANGED = "changed", N_("Changed")
    CONFIRMED = "confirmed", N_("Confirmed again")
    LIFTED = "lifted", N_("Lifted")
    TAKEN_BACK = "taken_back", N_("Told by mistake")


class AnnotationColour(Term):
    """In which colour something is drawn on the map, named after what it means."""

    REMARK = "remark", N_("Memo")
    DANGER = "danger", N_("Danger")
    ACTIVITY = "activity", N_("Activity")
    SAFE = "safe", N_("Safe")


class AnnotationAction(Term):
    """What a statement does with an annotation of the map."""

    DRAWN = "drawn", N_("Drawn")
    CHANGED = "changed", N_("Changed")
    REMOVED = "removed", N_("Taken away")
    TAKEN_BACK = "taken_back", N_("Undone")


class ShapeKind(Term):
    """What somebody draws on a map."""

    POINT = "point", N_("A point")
    LINE = "line", N_("A line")
    AREA = "area", N_("An area")


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
        return self in _HOLDING_PEOPLE

    @property
    def is_over(self) -> bool:
        """Whether it takes no part in the incident, not yet or no longer."""
        return self in _OVER


# Asked of each shelter of a nation, several times: looking a member up by its name takes longer.
_HOLDING_PEOPLE = frozenset({ShelterState.OPEN, ShelterState.PERMANENT})
_OVER = frozenset({ShelterState.NOT_OPENED, ShelterState.CLOSED})


class Vacancy(Term):
    """How full a shelter is (空き状況), in the three words of Lアラート and SIP4D."""

    FREE = "free", N_("Room left")
    CONGESTION = "congestion", N_("Congested")
    FULL = "full", N_("At capacity")
    UNKNOWN = "unknown", N_("Unknown")


class Crowding(Term):
    """How full a shelter is; thresholds come from the city profile."""

    VACANT = "vacant", N_("Has room")
    SLIGHTLY_CROWDED = "slightly_crowded", N_("Somewhat crowded")
    CROWDED = "crowded", N_("Crowded")
    FULL = "full", N_("Full")
    UNKNOWN = "unknown", N_("Unknown")

    @property
    def vacancy(self) -> Vacancy:
        """The same in the words for other bodies, which have one for both kinds of crowded."""
        return _VACANCY[self]


_VACANCY = {
    Crowding.VACANT: Vacancy.FREE,
    Crowding.SLIGHTLY_CROWDED: Vacancy.CONGESTION,
    Crowding.CROWDED: Vacancy.CONGESTION,
    Crowding.FULL: Vacancy.FULL,
    Crowding.UNKNOWN: Vacancy.UNKNOWN,
}


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
    FILE = "file", N_("File")
    OTHER = "other", N_("Other")


class DamageUnit(Term):
    """In what a category of damage is counted (消防庁 第4号様式 その2)."""

    BUILDINGS = "buildings", N_("buildings")
    PLACES = "places", N_("places")
    CUSTOMERS = "customers", N_("customers")
    LINES = "lines", N_("lines")
    SHIPS = "ships", N_("ships")
    FIRES = "fires", N_("fires")
    HECTARES = "hectares", N_("hectares")
    HOUSEHOLDS = "households", N_("households")
    PERSONS = "persons", N_("persons")
    THOUSAND_YEN = "thousand_yen", N_("thousand yen")


class DamageGroup(Term):
    """Which categories of damage stand together where one is chosen."""

    BUILDING = "building", N_("Buildings")
    ROAD = "road", N_("Roads and railways")
    SLOPE_AND_WATER = "slope_and_water", N_("Slopes and water")
    FIRE = "fire", N_("Fires")
    LIFELINE = "lifeline", N_("Lifelines")
    OTHER = "other", N_("Other")


class DamageCategory(Term):
    """What is damaged: a cell of 消防庁 第4号様式 その2, or of what kind nobody knows yet."""

    DWELLING = "dwelling", N_("Dwelling")
    PUBLIC_BUILDING = "public_building", N_("Public building")
    OTHER_BUILDING = "other_building", N_("Other building")
    SCHOOL = "school", N_("School or cultural facility")
    HOSPITAL = "hospital", N_("Hospital")
    WASTE_FACILITY = "waste_facility", N_("Waste facility")
    BLOCK_WALL = "block_wall", N_("Block wall")
    ROAD = "road", N_("Road")
    BRIDGE = "bridge", N_("Bridge")
    RAILWAY = "railway", N_("Railway out of service")
    RIVER = "river", N_("River")
    CLIFF = "cliff", N_("Cliff failure")
    EROSION_CONTROL = "erosion_control", N_("Erosion control works")
    PORT = "port", N_("Port")
    SHIP = "ship", N_("Ship")
    PADDY = "paddy", N_("Paddy field")
    DRY_FIELD = "dry_field", N_("Dry field")
    FIRE = "fire", N_("Fire")
    FIRE_BUILDING = "fire_building", N_("Building fire")
    FIRE_HAZARDOUS = "fire_hazardous", N_("Fire of hazardous materials")
    FIRE_OTHER = "fire_other", N_("Other fire")
    LIFELINE = "lifeline", N_("Lifeline")
    WATER = "water", N_("Water supply")
    ELECTRICITY = "electricity", N_("Power supply")
    GAS = "gas", N_("Gas supply")
    TELEPHONE = "telephone", N_("Telephone")
    OTHER = "other", N_("Other")


class FormRow(Term):
    """A row of 消防庁 第4号様式 その2 that damage reports can feed, in the order of the form.

    Those that are coded as a category hold all reports of it. The last six are no rows of the form:
    a report is in one of them as long as nobody has said what the form asks.
    """

    DWELLING_TOTAL = "dwelling_total", N_("Dwellings: totally destroyed")
    DWELLING_HALF = "dwelling_half", N_("Dwellings: half destroyed")
    DWELLING_PARTIAL = "dwelling_partial", N_("Dwellings: partly damaged")
    DWELLING_OVER_FLOOR = "dwelling_over_floor", N_("Dwellings: flooded above the floor")
    DWELLING_UNDER_FLOOR = "dwelling_under_floor", N_("Dwellings: flooded under the floor")
    PUBLIC_BUILDING = "public_building", N_("Non-dwellings: public buildings")
    OTHER_BUILDING = "other_building", N_("Non-dwellings: others")
    PADDY_LOST = "paddy_lost", N_("Paddy fields: washed away or buried")
    PADDY_FLOODED = "paddy_flooded", N_("Paddy fields: flooded")
    DRY_FIELD_LOST = "dry_field_lost", N_("Dry fields: washed away or buried")
    DRY_FIELD_FLOODED = "dry_field_flooded", N_("Dry fields: flooded")
    SCHOOL = "school", N_("Schools and cultural facilities")
    HOSPITAL = "hospital", N_("Hospitals")
    ROAD = "road", N_("Roads")
    BRIDGE = "bridge", N_("Bridges")
    RIVER = "river", N_("Rivers")
    PORT = "port", N_("Ports")
    EROSION_CONTROL = "erosion_control", N_("Erosion control works")
    WASTE_FACILITY = "waste_facility", N_("Waste facilities")
    CLIFF = "cliff", N_("Cliff failures")
    RAILWAY = "railway", N_("Railways out of service")
    SHIP = "ship", N_("Ships")
    WATER = "water", N_("Water supply")
    TELEPHONE = "telephone", N_("Telephone")
    ELECTRICITY = "electricity", N_("Power supply")
    GAS = "gas", N_("Gas supply")
    BLOCK_WALL = "block_wall", N_("Block walls")
    STRICKEN = "stricken", N_("Stricken households and persons")
    FIRE_BUILDING = "fire_building", N_("Fires: buildings")
    FIRE_HAZARDOUS = "fire_hazardous", N_("Fires: hazardous materials")
    FIRE_OTHER = "fire_other", N_("Fires: others")
    DWELLING = "dwelling", N_("Cannot be classed: dwellings")
    PADDY = "paddy", N_("Cannot be classed: paddy fields")
    DRY_FIELD = "dry_field", N_("Cannot be classed: dry fields")
    FIRE = "fire", N_("Cannot be classed: fires")
    LIFELINE = "lifeline", N_("Cannot be classed: lifelines")
    OTHER = "other", N_("Cannot be classed: others")


class DeclaredRow(Term):
    """A row of 消防庁 第4号様式 その2 that no damage report feeds, in the order of the form."""

    DEAD = "dead", N_("Dead")
    RELATED_DEAD = "related_dead", N_("Of the dead: related to the disaster")
    MISSING = "missing", N_("Missing")
    SERIOUSLY_INJURED = "seriously_injured", N_("Seriously injured")
    SLIGHTLY_INJURED = "slightly_injured", N_("Slightly injured")
    SCHOOL_LOSS = "school_loss", N_("Losses: public schools and cultural facilities")
    FARM_FACILITY_LOSS = "farm_facility_loss", N_("Losses: farm, forest and fishery facilities")
    PUBLIC_WORKS_LOSS = "public_works_loss", N_("Losses: public works")
    OTHER_FACILITY_LOSS = "other_facility_loss", N_("Losses: other public facilities")
    FACILITY_LOSS = "facility_loss", N_("Losses: public facilities together")
    FARM_LOSS = "farm_loss", N_("Losses: farming")
    FOREST_LOSS = "forest_loss", N_("Losses: forestry")
    LIVESTOCK_LOSS = "livestock_loss", N_("Losses: livestock")
    FISHERY_LOSS = "fishery_loss", N_("Losses: fishery")
    TRADE_LOSS = "trade_loss", N_("Losses: trade and industry")
    OTHER_LOSS = "other_loss", N_("Losses: others")
    LOSS = "loss", N_("Losses in all")
    FIRE_SERVICE = "fire_service", N_("Fire officers sent out, man-days")
    FIRE_CORPS = "fire_corps", N_("Fire corps volunteers sent out, man-days")


class FormText(Term):
    """What 消防庁 第4号様式 asks in words or as a moment; その1 first, then その2."""

    REPORTER = "reporter", N_("Reported by")
    PLACE = "place", N_("Where it happened")
    OVERVIEW = "overview", N_("Outline of the disaster")
    DAMAGE = "damage", N_("Damage in words")
    EMERGENCY_CALLS = "emergency_calls", N_("Emergency calls (119)")
    PREFECTURE_HEADQUARTERS = "prefecture_headquarters", N_("Headquarters of the prefecture")
    HEADQUARTERS_NAME = "headquarters_name", N_("Name of the headquarters")
    HEADQUARTERS_SET_UP = "headquarters_set_up", N_("Headquarters set up at")
    HEADQUARTERS_DISSOLVED = "headquarters_dissolved", N_("Headquarters dissolved at")
    RESPONSE = "response", N_("What is being done")
    REMARKS = "remarks", N_("Remarks")

    @property
    def is_moment(self) -> bool:
        """Whether it is a moment, kept as ISO 8601 with its offset."""
        return self in {FormText.HEADQUARTERS_SET_UP, FormText.HEADQUARTERS_DISSOLVED}


class FigureState(Term):
    """How sure headquarters are of a figure; 未確認 is the word of 火災・災害等即報要領."""

    CONFIRMED = "confirmed", N_("Confirmed")
    UNCONFIRMED = "unconfirmed", N_("Unconfirmed")
    INVESTIGATING = "investigating", N_("Under investigation")
    NOT_APPLICABLE = "not_applicable", N_("Does not apply")


class IssueState(Term):
    """What became of an issue (報) of the situation summary."""

    COMPILED = "compiled", N_("Draft")
    REVIEWED = "reviewed", N_("Reviewed")
    SIGNED_OFF = "signed_off", N_("Signed off")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    DISCARDED = "discarded", N_("Discarded")

    @property
    def is_draft(self) -> bool:
        """Whether it may still be signed off or discarded."""
        return self in {IssueState.COMPILED, IssueState.REVIEWED}


class Phenomenon(Term):
    """What happened to it; unknown is the absence of one."""

    COLLAPSE = "collapse", N_("Collapsed")
    FIRE = "fire", N_("Burnt")
    FLOODING = "flooding", N_("Flooded")
    WASHED_AWAY = "washed_away", N_("Washed away")
    BURIED = "buried", N_("Buried")
    OTHER = "other", N_("Other")


class DwellingClass(Term):
    """How badly a dwelling is damaged, in the classes of 被害認定 by share of loss.

    内閣府: from 50, 40, 30, 20 and 10 %, and below. Not classified is the absence of a class.
    """

    TOTAL = "total", N_("Totally destroyed")
    LARGE_HALF = "large_half", N_("Large-scale half destroyed")
    MEDIUM_HALF = "medium_half", N_("Medium-scale half destroyed")
    HALF = "half", N_("Half destroyed")
    QUASI_HALF = "quasi_half", N_("Nearly half destroyed")
    PARTIAL = "partial", N_("Partly damaged")


class FloodLevel(Term):
    """Whether water stood above the floor of a building."""

    UNDER_FLOOR = "under_floor", N_("Under the floor")
    OVER_FLOOR = "over_floor", N_("Above the floor")


class QuickInspection(Term):
    """Whether a building may be entered after a quake (応急危険度判定); no class of damage."""

    UNSAFE = "unsafe", N_("Unsafe (red)")
    LIMITED_ENTRY = "limited_entry", N_("Limited entry (yellow)")
    INSPECTED = "inspected", N_("Inspected (green)")


class LocatedBy(Term):
    """How the place of a report was found; unknown is the absence of a way."""

    GPS = "gps", N_("Device")
    MAP = "map", N_("On the map")
    TOWN = "town", N_("Town")


class ReportState(Term):
    """How far headquarters are with a damage report."""

    UNCONFIRMED = "unconfirmed", N_("Unconfirmed")
    CONFIRMED = "confirmed", N_("Confirmed")
    IN_PROGRESS = "in_progress", N_("Being dealt with")
    DONE = "done", N_("Dealt with")
    REJECTED = "rejected", N_("Rejected")

    @property
    def counts(self) -> bool:
        """Whether summaries count it as damage that was found to be so."""
        return self not in {ReportState.UNCONFIRMED, ReportState.REJECTED}


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


DETAIL_LABELS = {
    "phenomenon": N_("What happened"),
    "dwelling_class": N_("Class of damage"),
    "flood_level": N_("Flooded up to"),
    "depth_cm": N_("Depth above the floor (cm)"),
    "quick_inspection": N_("Quick inspection"),
    "people_in_danger": N_("People in danger"),
    "affected": N_("How many"),
    "households": N_("Households"),
    "residents": N_("Residents"),
    "accuracy_m": N_("Accuracy of the place (m)"),
    "located_by": N_("Place found by"),
}
"""What the details of a damage report are called, by the names of gis/damage.py."""


class LifelineState(Term):
    """Whether a lifeline of a shelter can be used; unknown is the absence of a state."""

    USABLE = "usable", N_("Usable")
    PARTLY = "partly", N_("Partly usable")
    UNUSABLE = "unusable", N_("Not usable")


class Lifeline(Term):
    """A lifeline of a shelter, by the name under which condition reports tell of it."""

    ELECTRICITY = "electricity", N_("Electricity")
    GAS = "gas", N_("Gas")
    WATER = "water", N_("Tap water")
    SEWAGE = "sewage", N_("Sewage")
    COMMUNICATION = "communication", N_("Telephone and internet")


class SupplyState(Term):
    """How long a supply lasts, in the three sentences of EEI; unknown is the absence of a state."""

    ENOUGH = "enough", N_("Enough, or refilled regularly")
    TWO_DAYS = "two_days", N_("For 2 to 3 days only, and nothing in sight after that")
    NOT_TODAY = "not_today", N_("Not even enough for today")


class ShipmentReason(Term):
    """Why a shipment is to come from just this place."""

    NEAREST = "nearest", N_("Nearest place")
    NONE_NEARER = "none_nearer", N_("Nearer places have nothing free")
    USED_UP = "used_up", N_("The nearer place gives all it has, which is not enough")
    MORE_URGENT = "more_urgent", N_("The nearer place supplies more urgent shelters")
    OTHERS_FARTHER = (
        "others_farther",
        N_("The nearer place supplies others, farther from here"),
    )


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


class PlaceKind(Term):
    """What kind of place stock lies in."""

    DEPOT = "depot", N_("Depot")
    SHELTER = "shelter", N_("Shelter")
    VEHICLE = "vehicle", N_("Vehicle")


class MovementKind(Term):
    """What happened to stock."""

    RECEIVED = "received", N_("Received from outside")
    MOVED = "moved", N_("Moved")
    USED = "used", N_("Used")
    COUNTED = "counted", N_("Stock counted")
    EXPIRED = "expired", N_("Past its date, disposed of")
    CORRECTED = "corrected", N_("Corrected")


class Urgency(Term):
    """How soon a shelter needs what it asks for, the most urgent first."""

    NOW = "now", N_("At once")
    TODAY = "today", N_("Within today")
    LATER = "later", N_("From tomorrow on")


class RequestAction(Term):
    """What headquarters, or the shelter that asked, decide about a request."""

    APPROVED = "approved", N_("Approved")
    REFUSED = "refused", N_("Refused")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class RequestState(Term):
    """How far headquarters are with a request."""

    ASKED = "asked", N_("Not decided yet")
    APPROVED = "approved", N_("Approved")
    REFUSED = "refused", N_("Refused")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class DispatchStep(Term):
    """What happened to a dispatch last."""

    RESERVED = "reserved", N_("Reserved")
    LEFT = "left", N_("On the road")
    DELAYED = "delayed", N_("On the road, another arrival expected")
    ARRIVED = "arrived", N_("Received")
    CANCELLED = "cancelled", N_("Cancelled")

    @property
    def is_on_the_road(self) -> bool:
        """Whether its goods lie in the vehicle."""
        return self in _ON_THE_ROAD

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to come of it."""
        return self in _DISPATCH_OVER


_ON_THE_ROAD = frozenset({DispatchStep.LEFT, DispatchStep.DELAYED})
_DISPATCH_OVER = frozenset({DispatchStep.ARRIVED, DispatchStep.CANCELLED})


class ItemKind(Term):
    """What kind of resource (資源) an item of the item list is."""

    SUPPLY = "supply", N_("Supplies")
    EQUIPMENT = "equipment", N_("Equipment")
    STAFF = "staff", N_("Staff")


class Bound(Term):
    """How a figure that was computed stands to the true one."""

    EXACT = "exact", N_("Exactly")
    AT_MOST = "at_most", N_("At most")
    AT_LEAST = "at_least", N_("At least")

    @property
    def reversed(self) -> "Bound":
        """The same of what becomes smaller as the figure grows: more people, fewer hours."""
        return _REVERSED[self]

    def joined(self, other: "Bound") -> "Bound | None":
        """Return how a figure stands that grows with two others; None where nobody can know."""
        if Bound.EXACT in (self, other) or self is other:
            return other if self is Bound.EXACT else self
        return None


_REVERSED = {
    Bound.EXACT: Bound.EXACT,
    Bound.AT_MOST: Bound.AT_LEAST,
    Bound.AT_LEAST: Bound.AT_MOST,
}


class Ask(Term):
    """What a shelter is asked, because nobody can tell without it how long a supply lasts."""

    PERSONS = "persons", N_("How many people are there?")
    STOCK = "stock", N_("How much is left?")
    LIFELINES = "lifelines", N_("Which lifelines can be used?")
    ARRIVAL = "arrival", N_("Has what was sent arrived, and if not, when will it?")
