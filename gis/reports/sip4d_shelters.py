"""Shelters as SIP4D-ZIP (避難所, 01-001-01)."""

from collections.abc import Iterator

from gis.reports.rendering import moment_text
from gis.reports.sip4d import Feature, rendering
from gis.reports.sip4d_fields import SHELTERS
from gis.reports.sip4d_terms import (
    ESTABLISHED,
    division,
    located_in,
    real_capacity,
    shelter_type,
    vacancy,
)
from gis.reports.situation import ShelterLine, SituationSummary
from gis.text import N_


def features(summary: SituationSummary) -> Iterator[Feature]:
    """Yield every shelter that was opened in the incident."""
    return (_feature(line, summary) for line in summary.shelters)


def _feature(line: ShelterLine, summary: SituationSummary) -> Feature:
    facts, counts = line.facts, line.counts
    code, city = located_in(line, summary)
    return Feature(
        () if facts.lon is None or facts.lat is None else ((facts.lon, facts.lat),),
        {
            "id": facts.common_id,
            "citycode": code[:5],
            "eststts": ESTABLISHED[line.state],
            "type": shelter_type(line),
            "division": division(line),
            "name": line.name,
            "namekana": facts.name_kana,
            "phoneno": facts.phone,
            "cityname": city,
            "address": line.address,
            "capacity": real_capacity(line),
            "reason": facts.reason if line.is_open else None,
            "crowdstts": vacancy(line),
            "evacueeno": line.persons,
            "sevacueeno": counts.voluntary_persons,
            "houseno": line.households,
            "shouseno": counts.voluntary_households,
            "starttime": line.opened_at,
            "endtime": line.closed_at,
            "note": f"確認日時: {moment_text(line.observed_at)}" if line.observed_at else None,
        },
    )


RENDERING = rendering(SHELTERS, N_("SIP4D: shelters"), features)
