"""Hazard zones in words: which ones a place lies in, and what that means for a shelter."""

from collections.abc import Iterable, Iterator

from dashboard import session
from dashboard.session import _
from gis.queries.hazard_zones import ShelterAtOdds, Zone
from gis.reports.zone_wording import gravity_text


def zones_text(zones: Iterable[Zone]) -> str:
    """Return in which zones a place lies; that it lies in none is said as well."""
    return " / ".join(map(zone_text, zones)) or _("None of those registered")


def zone_text(zone: Zone) -> str:
    """Return a zone's hazard, how deep or how grave it is, and under which title it is kept."""
    depth = (zone.min_depth_m, zone.max_depth_m)
    said = [_(zone.layer.hazard.label), gravity_text(zone.warning, *depth, session.language())]
    if zone.warning and zone.label:
        said.append(zone.label)
    if zone.name:
        said.append(zone.name)
    return f"{' '.join(said)} ({zone.layer.title})"


def odds_texts(shelter: ShelterAtOdds) -> Iterator[str]:
    """Yield what headquarters should think about: where a shelter lies, for what it is meant."""
    if shelter.not_designated_for:
        hazard = _(shelter.not_designated_for.label)
        yield _("Not designated for: {hazard}").format(hazard=hazard)
    for zone in shelter.zones:
        yield _("Inside: {zone}. {designation}").format(
            zone=zone_text(zone), designation=_designation(shelter, zone)
        )


def _designation(shelter: ShelterAtOdds, zone: Zone) -> str:
    match shelter.designation(zone):
        case True:
            return _("It is designated for this hazard: upper floors may be meant.")
        case False:
            return _("It is not designated for this hazard.")
    return _("Whether it is designated for this hazard is unknown.")
