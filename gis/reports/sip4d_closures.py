"""Road closures in force as SIP4D-ZIP (道路規制, 01-005-01)."""

from collections.abc import Iterator

from gis.reports.closure_lines import ClosureLine
from gis.reports.rendering import moment_text
from gis.reports.sip4d import Feature, rendering
from gis.reports.sip4d_fields import CLOSURES
from gis.reports.sip4d_terms import PASSABLE, road_type
from gis.reports.situation import SituationSummary
from gis.text import N_


def features(summary: SituationSummary) -> Iterator[Feature]:
    """Yield every closure in force: the format has no word for one that was lifted."""
    return (_feature(line, summary) for line in summary.closures_in_force)


def _feature(line: ClosureLine, summary: SituationSummary) -> Feature:
    return Feature(
        line.path,
        {
            "id": str(line.id),
            "citycode": summary.city_code[:5],
            "roadtype": road_type(line.road_name),
            "roadname": line.road_name,
            "passstts": PASSABLE[line.grade],
            "cityname": summary.city_name_ja,
            "detail": line.section,
            "starttime": line.from_at,
            "endtime": line.until_at,
            "note": f"確認日時: {moment_text(line.observed_at)}",
        },
    )


RENDERING = rendering(CLOSURES, N_("SIP4D: road closures"), features)
