"""What needs attention: orders in force, the fullest shelters, those to ask, the newest reports."""

from datetime import timedelta

import streamlit as st

from dashboard import cached, session
from dashboard.components.markup import render
from dashboard.components.order_panel import TSUNAMI_DRAWN_AS
from dashboard.components.report_panel import place_text
from dashboard.components.supply_words import item_name, outlook_text
from dashboard.components.wording import age_text, capacity_text, number_text
from dashboard.components.zone_words import odds_texts
from dashboard.session import _
from gis.occupancy import percent
from gis.past import PastMoment
from gis.reports import SituationSummary
from gis.reports.order_wording import areas_text, order_text
from gis.vocabulary import Crowding, DamageCategory, Severity

MOST_SHELTERS = 12
MOST_REPORTS = 8
MOST_AREAS = 4
MOST_ODDS = 6
MOST_SUPPLIES = 4
RUNS_OUT_WITHIN = timedelta(hours=24)


def attention(summary: SituationSummary, past: PastMoment | None = None) -> None:
    """Draw the list; a click on the map shows one shelter or report instead."""
    language = session.language()
    now = session.moment(past)
    shelters = [
        {
            "name": line.name,
            "persons": number_text(line.persons, language),
            "capacity": capacity_text(
                line.capacity, is_fictitious=line.capacity_is_fictitious, language=language
            ),
            "percent": number_text(percent(line.share), language),
            "is_known": percent(line.share) is not None,
            "crowding": level.value,
            "crowding_label": _(level.label),
            "age": age_text(line.observed_at, now, language),
            "is_stale": line.is_stale,
        }
        for line in summary.open_shelters[:MOST_SHELTERS]
        for level in (line.crowding or Crowding.UNKNOWN,)
    ]
    reports = [
        {
            "age": age_text(report.observed_at, now, language),
            "category": _(DamageCategory(report.category).label),
            "severity": report.severity or "unknown",
            "severity_label": _(Severity(report.severity).label)
            if report.severity
            else _("Severity unknown"),
            "place": place_text(report),
            "reporter": report.reporter or "",
            "note": report.note or "",
        }
        for report in cached.damage_reports(past=past)[:MOST_REPORTS]
    ]
    orders = [
        {
            "name": order_text(line.kind, line.hazard, language),
            "level": line.level or TSUNAMI_DRAWN_AS,
            "areas": areas_text(
                line.areas,
                language,
                is_whole=line.is_whole,
                is_drawn=line.is_drawn,
                most=MOST_AREAS,
            ),
            "age": age_text(line.announced_at, now, language),
        }
        for line in summary.orders_in_force
    ]
    odds = [
        {"name": one.status.name, "texts": [*odds_texts(one)]}
        for one in cached.shelters_at_odds(past)
    ]
    st.html(
        render(
            "attention.html",
            orders=orders,
            supplies=[] if past else running_out(),
            odds=odds[:MOST_ODDS],
            odds_more=max(len(odds) - MOST_ODDS, 0),
            shelters=shelters,
            reports=reports,
            more=max(len(summary.open_shelters) - MOST_SHELTERS, 0),
            words={
                "orders": _("Evacuation orders in force"),
                "supplies": _("Runs out next"),
                "odds": _("Open shelters to look at"),
                "odds_of_what": _("in a hazard zone, or not designated"),
                "odds_more": _("and {count} more").format(count=len(odds) - MOST_ODDS),
                "shelters": _("Open shelters"),
                "fullest": _("The fullest first"),
                "shelter": _("Shelter"),
                "persons": _("Persons"),
                "capacity": _("Capacity"),
                "share": _("Share"),
                "seen": _("Age"),
                "none_open": _("No shelter was open at that moment.")
                if past
                else _(
                    "No shelter is open. Click a shelter on the map,"
                    " or open several on the page “Shelters”."
                ),
                "more": _("and {count} more").format(
                    count=len(summary.open_shelters) - MOST_SHELTERS
                ),
                "reports": _("Newest damage reports"),
                "none_reported": _("No damage has been reported."),
            },
        )
    )


def running_out() -> list[dict[str, str]]:
    """Return what runs out next in the open shelters, as far as anybody can tell."""
    outlook = cached.supply_outlook()
    lines = outlook.running_out(RUNS_OUT_WITHIN) if outlook else []
    return [
        {
            "shelter": line.shelter,
            "item": item_name(line.item_code),
            "lasts": outlook_text(line.outlook),
        }
        for line in lines[:MOST_SUPPLIES]
        if line.outlook
    ]
