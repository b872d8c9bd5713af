"""Load the demonstration: the city, its inventories, and an invented incident.

    python -m scripts.demo

A store that holds shelters already is left alone.
"""

import csv
import random
import tomllib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import click
from shapely.geometry import LineString, Point, mapping
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gis.config import DATA_FOLDER, city_profile, settings
from gis.importers import Choices, parse_inventory
from gis.importers.hazards import Choices as ZoneChoices
from gis.importers.hazards import parse_zones
from gis.models.occupancy import DOUBTS
from gis.operations.annotations import Drawing, draw_annotation
from gis.operations.city import load_city
from gis.operations.damage_reports import NewDamageReport, file_damage_report
from gis.operations.evacuation_orders import Told, issue_order
from gis.operations.evacuation_targets import Target
from gis.operations.hazard_zones import ZoneSource, import_hazard_zones
from gis.operations.incidents import open_incident
from gis.operations.inventories import SourceFile, import_inventory
from gis.operations.ledger import Filing
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.operations.openings import open_shelters
from gis.operations.road_closures import Closure, state_closure
from gis.operations.stocks import count
from gis.queries.places import TownPoint, towns
from gis.queries.shelters import shelter_ids, shelter_of_designation
from gis.store import Actor, Workspace, now
from gis.text import N_
from gis.vocabulary import (
    AnnotationColour,
    ClosureGrade,
    DamageCategory,
    Hazard,
    IncidentKind,
    OrderKind,
    Role,
    Severity,
    Source,
)
from scripts.demo_supplies import play_supplies
from scripts.terminal import Command, live_workspace, say

DEMONSTRATOR = Actor("デモ", Role.ADMIN)


def load_if_empty(workspace: Workspace) -> bool:
    """Load the city, and where the store holds no shelter the demonstration, all of it or nothing.

    Returns whether the demonstration was loaded.
    """
    city = settings().city
    with workspace.transaction(DEMONSTRATOR) as session:
        load_city(session, city_profile(city))
        if shelter_ids(session, limit=1):
            return False
        for file in sorted((DATA_FOLDER / "shelters").glob(f"{city}_*.csv")):
            content = file.read_bytes()
            inventory = parse_inventory(content, Choices(city))
            import_inventory(session, inventory, SourceFile.of(file.name, content))
        _count_stocks(session, city)
        play_out(session, city)
    return True


def _count_stocks(session: Session, city: str) -> None:
    """Count what the demonstration has lie in its shelters; an empty quantity is not counted."""
    file = DATA_FOLDER / "stocks" / f"{city}_stock.csv"
    if not file.exists():
        return
    with file.open(encoding="utf-8-sig", newline="") as source:
        rows = [row for row in csv.DictReader(source) if row["数量（架空）"]]
    for row in rows:
        shelter_id = shelter_of_designation(session, row["共通ID"])
        filing = Filing(uuid5(shelter_id, row["item_code"]), source=Source.FILE, is_fictitious=True)
        count(session, filing, shelter_id, row["item_code"], int(row["数量（架空）"]))


def play_out(session: Session, city: str) -> None:
    """Open the invented incident of ``data/demonstrations`` as if it had begun some hours ago.

    Each event is recorded at its own moment, so that there is a past to look back at.
    """
    file = DATA_FOLDER / "demonstrations" / f"{city}.toml"
    if not file.exists():
        return
    story = tomllib.loads(file.read_text(encoding="utf-8"))
    started_at = _record_from(session, story["began_minutes_ago"])
    for zones in story.get("hazard_zones", []):
        _take_in_zones(session, zones)
    incident_id = open_incident(
        session,
        story["name"],
        IncidentKind(story["kind"]),
        started_at=started_at,
        is_demonstration=True,
    )
    where = {town.name: town for town in towns(session, city)}
    for number, order in enumerate(story.get("orders", [])):
        order_id = uuid5(incident_id, f"order {number}")
        _issue(session, city, order_id, order, [where[name].code for name in order["towns"]])
    for opening in story["openings"]:
        _open_and_count(session, incident_id, opening)
    for number, closure in enumerate(story.get("closures", [])):
        _close_road(session, uuid5(incident_id, f"closure {number}"), closure, where)
    for number, annotation in enumerate(story.get("annotations", [])):
        _annotate(session, uuid5(incident_id, f"annotation {number}"), annotation, where)
    play_supplies(session, incident_id, story, where, _record_from)
    chance = random.Random(city)  # noqa: S311 - the same places each time, not a secret
    # Ids that grow keep reports of one moment in the order of the file.
    first = uuid5(incident_id, "reports").int
    for number, report in enumerate(story["reports"]):
        _report(session, UUID(int=first + number), report, where[report["town"]], chance)


def _take_in_zones(session: Session, zones: dict[str, Any]) -> None:
    file = DATA_FOLDER / "demonstrations" / zones["file"]
    choices = ZoneChoices(Hazard(zones["hazard"]), zones["class_column"])
    told = ZoneSource(zones["title"], file.name, credit=zones["credit"], is_fictitious=True)
    import_hazard_zones(session, told, parse_zones(file.read_bytes(), choices))


def _record_from(session: Session, minutes_ago: int) -> datetime:
    """Have what is told next be recorded some minutes ago, and return that moment."""
    moment = now(session) - timedelta(minutes=minutes_ago)
    session.execute(select(func.set_config("hq.now", moment.isoformat(), True)))  # noqa: FBT003
    return moment


def _issue(
    session: Session, city: str, order_id: UUID, order: dict[str, Any], codes: list[str]
) -> None:
    announced_at = _record_from(session, order["minutes_ago"])
    told = Told(
        order_id,
        OrderKind(order["kind"]),
        Target(frozenset(codes)),
        announced_at=announced_at,
        reason=order["reason"],
        guidance=order["guidance"],
    )
    issue_order(session, city, Hazard(order["hazard"]), told)


def _open_and_count(session: Session, incident_id: UUID, opening: dict[str, Any]) -> None:
    shelter_id = shelter_of_designation(session, opening["common_id"])
    opened_at = _record_from(session, opening["opened_minutes_ago"])
    open_shelters(session, incident_id, [shelter_id], since_at=opened_at)
    for number, (minutes, persons, households) in enumerate(opening.get("readings", [])):
        observed_at = _record_from(session, minutes)
        record_occupancy(
            session,
            Reading(
                id=uuid5(incident_id, f"{shelter_id} {number}"),
                shelter_id=shelter_id,
                counts=Counts(persons=persons, households=households),
                observed_at=observed_at,
                source=Source.PHONE,
                # Over-full shelters belong to the story.
                confirmed=frozenset(DOUBTS),
            ),
        )


def _close_road(
    session: Session, closure_id: UUID, closure: dict[str, Any], where: dict[str, TownPoint]
) -> None:
    observed_at = _record_from(session, closure["minutes_ago"])
    told = Closure(
        closure_id,
        ClosureGrade(closure["grade"]),
        _path(closure["towns"], where),
        road_name=closure["road_name"],
        section=closure["section"],
        reason=closure["reason"],
        observed_at=observed_at,
        source=Source.RADIO,
    )
    state_closure(session, told)


def _annotate(
    session: Session, annotation_id: UUID, annotation: dict[str, Any], where: dict[str, TownPoint]
) -> None:
    _record_from(session, annotation["minutes_ago"])
    drawn = Drawing(
        annotation_id,
        annotation["text"],
        _path(annotation["towns"], where),
        AnnotationColour(annotation["colour"]),
    )
    draw_annotation(session, drawn)


def _path(names: list[str], where: dict[str, TownPoint]) -> dict[str, Any]:
    """Return the point of a town, or the line through those of several."""
    points = [(where[name].lon, where[name].lat) for name in names]
    path: dict[str, Any] = mapping(LineString(points) if len(points) > 1 else Point(*points))
    return path


def _report(
    session: Session,
    report_id: UUID,
    report: dict[str, Any],
    town: TownPoint,
    chance: random.Random,
) -> None:
    observed_at = _record_from(session, report["minutes_ago"])
    file_damage_report(
        session,
        NewDamageReport(
            id=report_id,
            category=DamageCategory(report["category"]),
            severity=Severity(report["severity"]) if "severity" in report else None,
            # Some hundred metres around the town's point.
            location=(town.lon + chance.gauss(0, 0.0012), town.lat + chance.gauss(0, 0.001)),
            place_text=town.name,
            note=report["note"],
            reporter=report.get("reporter"),
            observed_at=observed_at,
            source=Source.RADIO,
        ),
    )


@click.command(cls=Command, help=__doc__)
def main() -> None:
    """Load the demonstration where there is nothing yet."""
    with live_workspace() as workspace:
        loaded = load_if_empty(workspace)
    say(
        N_("The demonstration is loaded.")
        if loaded
        else N_("The store holds shelters already; nothing was changed.")
    )


if __name__ == "__main__":
    main()
