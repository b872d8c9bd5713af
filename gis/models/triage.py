"""What headquarters make of damage reports: assessments, and who is looking."""

from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment, Recorded, UuidKey, one_of
from gis.models.damage_report import IN_JAPAN
from gis.vocabulary import ReportState

TEAM_LENGTH = 100
REASON_LENGTH = 4000


class DamageAssessment(Recorded, Base):
    """What headquarters made of a damage report from then on; append-only, numbered from 1.

    Each says all of it, so that the last one holds; the store itself keeps that beside the report.
    ``location`` is where it really was, None as filed; ``merged_into_id`` the report that tells of
    the same damage. A correction names the number of what it supersedes.
    """

    __tablename__ = "damage_assessment"
    __table_args__ = (
        one_of("state", ReportState, "state_known"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("supersedes < number", name="supersedes_earlier"),
        CheckConstraint("merged_into_id <> report_id", name="merged_into_another"),
        CheckConstraint(
            f"char_length(team) <= {TEAM_LENGTH} AND char_length(reason) <= {REASON_LENGTH}",
            name="text_length",
        ),
        CheckConstraint(IN_JAPAN, name="location_in_japan"),
        UniqueConstraint("report_id", "number"),
        UniqueConstraint("report_id", "supersedes"),
        ForeignKeyConstraint(
            ["report_id", "supersedes"],
            ["damage_assessment.report_id", "damage_assessment.number"],
        ),
    )

    id: Mapped[UuidKey]
    report_id: Mapped[UUID] = mapped_column(ForeignKey("damage_report.id"))
    number: Mapped[int]
    state: Mapped[str]
    team: Mapped[str | None]
    location: Mapped[WKBElement | None] = mapped_column(
        Geometry("POINT", 4326, spatial_index=False)
    )
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("damage_report.id"))
    reason: Mapped[str | None]
    supersedes: Mapped[int | None]


class DamageClaim(Base):
    """Who is looking at a damage report, until when; it lapses by itself and is not on record."""

    __tablename__ = "damage_claim"

    report_id: Mapped[UUID] = mapped_column(ForeignKey("damage_report.id"), primary_key=True)
    claimed_by: Mapped[str] = mapped_column(server_default=text("hq_actor()"))
    claimed_until: Mapped[Moment]
