"""The figures of damage that headquarters declare as SIP4D-ZIP (被害集計, 01-011-01)."""

from collections.abc import Iterator

from gis.reports.declared_counts import FIRES, declared_count, unsure
from gis.reports.sip4d import Feature, rendering
from gis.reports.sip4d_fields import DAMAGE
from gis.reports.situation import SituationSummary
from gis.text import N_

CELLS = {
    "deadno": ("dead.persons",),
    "missingno": ("missing.persons",),
    "seriousno": ("seriously_injured.persons",),
    "slightno": ("slightly_injured.persons",),
    "alldstno": ("dwelling_total.buildings",),
    "halfdstno": ("dwelling_half.buildings",),
    "partdstno": ("dwelling_partial.buildings",),
    "floorfno": ("dwelling_over_floor.buildings",),
    "ufloorfno": ("dwelling_under_floor.buildings",),
    "fireno": FIRES,
    "pubfacno": ("public_building.buildings",),
}
"""Which cells of 第4号様式 a field adds up."""

_TITLES = {field.title: CELLS[field.name] for field in DAMAGE.fields if field.name in CELLS}


def features(summary: SituationSummary) -> Iterator[Feature]:
    """Yield the city as such, with its figures; one that nobody declared is unknown, never 0."""
    sender = summary.sender
    yield Feature(
        () if sender.lon is None or sender.lat is None else ((sender.lon, sender.lat),),
        {
            "citycode": summary.city_code[:5],
            "cityname": summary.city_name_ja,
            **{name: declared_count(summary, *keys) for name, keys in CELLS.items()},
            "note": unsure(summary, _TITLES),
        },
    )


RENDERING = rendering(DAMAGE, N_("SIP4D: damage figures"), features)
