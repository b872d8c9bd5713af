"""Map layers as tables: what marks and colours say, in words, for whoever reads without a map.

A table is made of the layer's features, so that both say the same: one row per feature.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gis.clock import moment_text
from gis.occupancy import Tally
from gis.reports.order_wording import areas_text, order_text, people_text
from gis.reports.rendering import UNKNOWN
from gis.reports.supply_wording import (
    RESERVED,
    RESERVED_UNKNOWN,
    SHORTAGE_STEPS,
    goods_text,
    late_text,
    shortage_text,
)
from gis.reports.zone_wording import gravity_text
from gis.text import N_, Language, translate
from gis.vocabulary import (
    AnnotationColour,
    Bound,
    ClosureGrade,
    Crowding,
    DamageCategory,
    DesignationKind,
    DispatchStep,
    Hazard,
    OrderKind,
    ReportState,
    Severity,
    ShelterState,
    Term,
    ZoneWarning,
)

Properties = Mapping[str, Any]
Say = Callable[[Properties, Language], str]

NOT_APPLICABLE: Final = "—"
"""Where there is nothing to know: the persons in a shelter that is closed."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, and what it says of a feature's properties."""

    heading: str
    """English, marked for translation."""
    say: Say


@dataclass(frozen=True)
class Table:
    """A layer in words."""

    headings: list[str]
    rows: list[list[str]]


def layer_table(name: str, features: Sequence[Mapping[str, Any]], language: Language) -> Table:
    """Return the table of some features of a layer.

    Parameters
    ----------
    name
        Of the layer, as in :data:`COLUMNS`.
    features
        GeoJSON features of it, EPSG:4326.
    """
    columns = COLUMNS[name]
    headings = [column.heading for column in columns] + [N_("Place (latitude, longitude)")]
    return Table(
        [translate(heading, language) for heading in headings],
        [
            [column.say(feature["properties"], language) for column in columns]
            + [_place(feature, language)]
            for feature in features
        ],
    )


def _place(feature: Mapping[str, Any], language: Language) -> str:
    """Return where it is: the point, or where its name stands; of the land there is none."""
    geometry = feature["geometry"]
    label = feature["properties"].get("label")
    if geometry and geometry["type"] == "Point":
        label = geometry["coordinates"]
    if isinstance(label, list):
        lon, lat = label
        return f"{lat:.5f}, {lon:.5f}"
    return NOT_APPLICABLE if geometry else translate(UNKNOWN, language)


def _text(name: str) -> Say:
    return lambda said, _language: said[name] or NOT_APPLICABLE


def _number(name: str) -> Say:
    def say(said: Properties, language: Language) -> str:
        return translate(UNKNOWN, language) if said[name] is None else f"{said[name]:,}"

    return say


def _moment(name: str) -> Say:
    return lambda said, _language: moment_text(said[name] and datetime.fromisoformat(said[name]))


def _term(name: str, terms: type[Term]) -> Say:
    def say(said: Properties, language: Language) -> str:
        return translate(terms(said[name]).label if said[name] else UNKNOWN, language)

    return say


def _terms(name: str, terms: type[Term]) -> Say:
    def say(said: Properties, language: Language) -> str:
        comma = "、" if language is Language.JA else ", "
        labels = (translate(terms(each).label, language) for each in said[name])
        return comma.join(labels) or NOT_APPLICABLE

    return say


def _while_open(say: Say) -> Say:
    """Say it of open shelters only: of the others there is nothing to know."""

    def or_nothing(said: Properties, language: Language) -> str:
        return say(said, language) if said["crowding"] else NOT_APPLICABLE

    return or_nothing


def _capacity(said: Properties, language: Language) -> str:
    shown = _number("capacity")(said, language)
    if said["capacity"] is not None and said["capacity_is_fictitious"]:
        return translate(N_("{capacity} (fict.)"), language).format(capacity=shown)
    return shown


def _order(said: Properties, language: Language) -> str:
    return order_text(OrderKind(said["kind"]), Hazard(said["hazard"]), language)


def _areas(said: Properties, language: Language) -> str:
    return areas_text(said["areas"], language, is_whole=said["is_whole"], is_drawn=said["is_drawn"])


def _people(said: Properties, language: Language) -> str:
    return people_text(Tally(said["persons"], said["persons_unknown_towns"]), language)


def _gravity(said: Properties, language: Language) -> str:
    warning = ZoneWarning(said["warning"]) if said["warning"] else None
    return gravity_text(warning, said["min_depth_m"], said["max_depth_m"], language)


def _municipality(said: Properties, language: Language) -> str:
    name: str = said["name_ja" if language is Language.JA else "name_en"]
    return name


def _is_invented(said: Properties, language: Language) -> str:
    return translate(N_("Yes") if said["is_fictitious"] else N_("No"), language)


def _in_use(said: Properties, language: Language) -> str:
    return translate(N_("Not in use") if said["closed_at"] else N_("In use"), language)


def _lying(said: Properties, language: Language) -> str:
    comma = "、" if language is Language.JA else ", "
    lines = [_lies(line, language) for line in said["stock"]]
    if lines and said["reserved_kinds"] is None:
        lines.append(translate(RESERVED_UNKNOWN, language))
    return comma.join(lines) or NOT_APPLICABLE


def _lies(line: Properties, language: Language) -> str:
    there = goods_text(line["item"], line["quantity"], language, is_counted=line["is_counted"])
    if not line["reserved"]:
        return there
    reserved = translate(RESERVED, language).format(quantity=f"{line['reserved']:,}")
    return f"{there} ({reserved})"


def _loaded(said: Properties, language: Language) -> str:
    comma = "、" if language is Language.JA else ", "
    return comma.join(goods_text(one["item"], one["quantity"], language) for one in said["loads"])


def _expected(said: Properties, language: Language) -> str:
    if said["expected_at"] is None:
        return translate(UNKNOWN, language)
    expected_at, as_of = (datetime.fromisoformat(said[name]) for name in ("expected_at", "as_of"))
    late = late_text(expected_at, as_of, language)
    return moment_text(expected_at) + (f" ({late})" if late else "")


def _urgency(said: Properties, language: Language) -> str:
    return translate(SHORTAGE_STEPS[said["step"]], language)


def _ending(said: Properties, language: Language) -> str:
    comma = "、" if language is Language.JA else ", "
    items = (said, *said["further"])
    return comma.join(_ends(item, language) for item in items)


def _ends(item: Properties, language: Language) -> str:
    moment = datetime.fromisoformat(item["runs_out_at"])
    return shortage_text(item["item"], item["hours"], moment, Bound(item["bound"]), language)


def _is_any_invented(said: Properties, language: Language) -> str:
    invented = said["is_fictitious"] or said["is_stock_fictitious"]
    return _is_invented({"is_fictitious": invented}, language)


COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "shelters": (
        Column(N_("Name"), _text("name")),
        Column(N_("State"), _term("state", ShelterState)),
        Column(N_("Crowding"), _while_open(_term("crowding", Crowding))),
        Column(N_("Persons"), _while_open(_number("persons"))),
        Column(N_("Capacity"), _capacity),
        Column(N_("Counted"), _while_open(_moment("observed_at"))),
        Column(N_("Designation"), _terms("designations", DesignationKind)),
    ),
    "damage-reports": (
        Column(N_("Category"), _term("category", DamageCategory)),
        Column(N_("Severity"), _term("severity", Severity)),
        Column(N_("State"), _term("state", ReportState)),
        Column(N_("Seen"), _moment("observed_at")),
        Column(N_("Place"), _text("place_text")),
        Column(N_("Note"), _text("note")),
        Column(N_("Reporter"), _text("reporter")),
    ),
    "road-closures": (
        Column(N_("Restriction"), _term("grade", ClosureGrade)),
        Column(N_("Road"), _text("road_name")),
        Column(N_("Section"), _text("section")),
        Column(N_("Reason"), _text("reason")),
        Column(N_("Until"), _moment("until_at")),
        Column(N_("Last confirmed"), _moment("observed_at")),
        Column(N_("Recorded by"), _text("recorded_by")),
    ),
    "depots": (
        Column(N_("Name"), _text("name")),
        Column(N_("State"), _in_use),
        Column(N_("Address"), _text("address")),
        Column(N_("Telephone"), _text("phone")),
        Column(N_("Kinds of items"), _number("kinds")),
        Column(N_("The largest stocks"), _lying),
        Column(N_("Last told"), _moment("told_at")),
        Column(N_("Invented"), _is_any_invented),
    ),
    "dispatches": (
        Column(N_("Goods"), _loaded),
        Column(N_("From where"), _text("origin")),
        Column(N_("To where"), _text("destination")),
        Column(N_("State"), _term("state", DispatchStep)),
        Column(N_("Vehicle"), _text("vehicle")),
        Column(N_("Team"), _text("team")),
        Column(N_("Left at"), _moment("left_at")),
        Column(N_("Arrival expected"), _expected),
    ),
    "shortages": (
        Column(N_("Shelter"), _text("name")),
        Column(N_("How soon"), _urgency),
        Column(N_("Lasts until"), _ending),
        Column(N_("Kinds of items that run out within 24 hours"), _number("kinds")),
    ),
    "evacuation-orders": (
        Column(N_("Order"), _order),
        Column(N_("Area"), _areas),
        Column(N_("People concerned"), _people),
        Column(N_("Announced"), _moment("announced_at")),
    ),
    "annotations": (
        Column(N_("Text"), _text("text")),
        Column(N_("Colour"), _term("colour", AnnotationColour)),
        Column(N_("Written"), _moment("recorded_at")),
        Column(N_("Recorded by"), _text("recorded_by")),
    ),
    "hazard-zones": (
        Column(N_("Hazard"), _term("hazard", Hazard)),
        Column(N_("Depth or class"), _gravity),
        Column(N_("Name"), _text("name")),
        Column(N_("Title"), _text("title")),
        Column(N_("Invented"), _is_invented),
    ),
    "towns": (
        Column(N_("Name"), _text("name")),
        Column(N_("Population"), _number("population")),
    ),
    "population": (
        Column(N_("Name"), _text("name")),
        Column(N_("Population"), _number("population")),
    ),
    "boundary": (Column(N_("Name"), _municipality),),
}
"""By the name of the layer (:data:`gis.layers.LAYERS`)."""
