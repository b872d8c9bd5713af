"""Taking in hazard zones (想定区域), and saying which of them count in an incident."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid4

import shapely
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gis.errors import IdUsedForAnother
from gis.hazard_zones import depth_class
from gis.importers.hazards.zones import ZoneFile, ZoneRow
from gis.models import HazardChoice, HazardEdition, HazardLayer
from gis.operations import Filed
from gis.operations.copying import copy_rows
from gis.queries.incidents import held_open

ZONES = (
    "hazard_zone (edition_id, label, name, min_depth_m, max_depth_m, depth_class, warning, area)"
)
TEXT_LENGTH = 200
FILE_NAME_LENGTH = 255


@dataclass(frozen=True)
class ZoneSource:
    """What a person says of a file of zones; under its title an earlier one is replaced."""

    title: str
    file_name: str
    source: str | None = None
    """Who published it; None is who publishes files of that format."""
    credit: str | None = None
    """On what terms, and what was changed."""
    is_fictitious: bool = False


@dataclass(frozen=True)
class Edition:
    """As what a file of zones is kept."""

    layer_id: UUID
    number: int
    is_new: bool
    """False where the same had been taken in last: nothing was written."""


@dataclass(frozen=True)
class Choice:
    """Whether a layer is to count in an incident. ``id`` is made by the client."""

    id: UUID
    layer_id: UUID
    is_active: bool


def import_hazard_zones(session: Session, told: ZoneSource, found: ZoneFile) -> Edition:
    """Take in the zones of a file as the last edition of its layer. The same again is nothing new.

    Earlier editions stay for whoever looks back, and count no more.

    Raises
    ------
    gis.errors.NameMissing
        The title is empty or longer than 200 characters.
    gis.errors.ImportUnderWay
        Somebody else takes in zones under that title.
    """
    layer_id = _layer(session, told.title.strip(), found)
    last = session.scalars(
        select(HazardEdition)
        .where(HazardEdition.layer_id == layer_id)
        .order_by(HazardEdition.number.desc())
        .limit(1)
    ).one_or_none()
    mark = _mark(told, found)
    if last is not None and last.content_sha256 == mark:
        return Edition(layer_id, last.number, is_new=False)
    edition = HazardEdition(
        id=uuid4(),
        layer_id=layer_id,
        number=last.number + 1 if last else 1,
        source=told.source or found.format.source,
        credit=told.credit,
        file_name=told.file_name[:FILE_NAME_LENGTH],
        format=found.format.name,
        content_sha256=mark,
        is_fictitious=told.is_fictitious,
        row_count=found.row_count,
        refused=found.refused_count,
    )
    session.add(edition)
    session.flush()
    copy_rows(session, ZONES, (_zone(edition.id, row) for row in found.rows))
    return Edition(layer_id, edition.number, is_new=True)


def choose_hazard_layer(
    session: Session, choice: Choice, *, incident_id: UUID | None = None
) -> Filed:
    """Say whether a layer counts in an incident; the last word holds. A retry changes nothing.

    Parameters
    ----------
    incident_id
        None is the incident that headquarters work on.

    Raises
    ------
    gis.errors.IncidentNotOpen, gis.errors.NotFound
        The incident is closed, none is open, or there is no such incident or layer.
    gis.errors.IdUsedForAnother
        The id stands for another choice.
    """
    said = session.get(HazardChoice, choice.id)
    if said is not None:
        if (said.layer_id, said.is_active) != (choice.layer_id, choice.is_active):
            raise IdUsedForAnother(field="id", received=choice.id)
        return Filed(said.id, is_new=False)
    incident = held_open(session, incident_id)
    session.add(
        HazardChoice(
            id=choice.id,
            incident_id=incident.id,
            layer_id=choice.layer_id,
            is_active=choice.is_active,
        )
    )
    session.flush()
    return Filed(choice.id, is_new=True)


def _layer(session: Session, title: str, found: ZoneFile) -> UUID:
    """Return the layer of a title, made where there is none."""
    facts = {"hazard": found.hazard.value, "title": title}
    session.execute(insert(HazardLayer).values(**facts).on_conflict_do_nothing())
    return session.execute(select(HazardLayer.id).filter_by(**facts)).scalar_one()


def _mark(told: ZoneSource, found: ZoneFile) -> str:
    """Return the hash of all that an edition says, in whatever order and container it came."""
    mark = sha256(repr((told.source, told.credit, told.is_fictitious)).encode())
    for each in sorted(map(_mark_of_zone, found.rows)):
        mark.update(each)
    return mark.hexdigest()


def _mark_of_zone(row: ZoneRow) -> bytes:
    said = repr((row.says.label, row.says.name, row.says.depth, row.says.warning))
    return sha256(said.encode() + shapely.to_wkb(row.area, byte_order=1)).digest()


def _zone(edition_id: UUID, row: ZoneRow) -> tuple[object, ...]:
    says = row.says
    min_m, max_m = says.depth or (None, None)
    return (
        edition_id,
        _short(says.label),
        _short(says.name),
        min_m,
        max_m,
        depth_class(min_m, max_m),
        says.warning,
        shapely.to_wkb(shapely.set_srid(row.area, 4326), hex=True, include_srid=True),
    )


def _short(text: str | None) -> str | None:
    return text[:TEXT_LENGTH] if text else None
