"""The city's disaster headquarters as EEI (DS-455-1, 市区町村災害対策本部) has them."""

from datetime import datetime

from gis.reports.eei import moment, rendering
from gis.reports.rendering import Cell
from gis.reports.sip4d_terms import mark
from gis.reports.situation import SituationSummary
from gis.text import N_
from gis.vocabulary import FormText

COLUMNS = ("本部名称", "本部種別", "設置状況", "設置・解散日時")
KINDS = ("警戒本部", "対策本部")


def rows(summary: SituationSummary) -> list[list[Cell]]:
    """Return the one row of the headquarters; none where nobody has said anything of them."""
    name = summary.said(FormText.HEADQUARTERS_NAME)
    set_up = summary.said(FormText.HEADQUARTERS_SET_UP)
    dissolved = summary.said(FormText.HEADQUARTERS_DISSOLVED)
    if not (name or set_up or dissolved):
        return []
    since = dissolved or set_up
    return [
        [
            mark(summary) + (name or ""),
            next((kind for kind in KINDS if kind in (name or "")), None),
            ("解散" if dissolved else "設置") if since else None,
            moment(datetime.fromisoformat(since)) if since else None,
        ]
    ]


RENDERING = rendering("eei_headquarters", N_("EEI: headquarters"), COLUMNS, rows)
