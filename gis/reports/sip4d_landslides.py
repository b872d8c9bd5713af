"""Cliff failures as SIP4D-ZIP (土砂災害, 01-010-01)."""

from collections.abc import Iterator

from gis.clock import jst
from gis.reports.landslide_lines import LandslideLine
from gis.reports.sip4d import Feature, rendering
from gis.reports.sip4d_fields import LANDSLIDES
from gis.reports.sip4d_terms import CLIFF, DEALT_WITH, SEVERE
from gis.reports.situation import SituationSummary
from gis.text import N_


def features(summary: SituationSummary) -> Iterator[Feature]:
    """Yield every cliff failure that headquarters have found to be so."""
    return (_feature(line, summary) for line in summary.landslides)


def _feature(line: LandslideLine, summary: SituationSummary) -> Feature:
    seen = jst(line.observed_at)
    return Feature(
        () if line.lon is None or line.lat is None else ((line.lon, line.lat),),
        {
            "citycode": summary.city_code[:5],
            "cityname": summary.city_name_ja,
            "type": CLIFF,
            "detail": _detail(line),
            "measures": DEALT_WITH[line.state],
            "occurday": seen.strftime("%Y-%m-%d"),
            "occurtime": seen.strftime("%H:%M"),
        },
    )


def _detail(line: LandslideLine) -> str | None:
    places = None if line.places is None else f"{line.places:g}箇所"
    severity = line.severity and f"被害の程度: {SEVERE[line.severity]}"
    return "、".join(said for said in (places, severity) if said) or None


RENDERING = rendering(LANDSLIDES, N_("SIP4D: landslides"), features)
