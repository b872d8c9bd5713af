"""Damage reports (被害報告)."""

from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment, Recorded, UuidKey, one_of
from gis.vocabulary import DamageCategory, Severity, Source

NOTE_LENGTH = 4000
PLACE_TEXT_LENGTH = 200
REPORTER_LENGTH = 100


class DamageReport(Recorded, Base):
    """What somebody saw; append-only as filed. The id is made by whoever files it.

    ``severity`` NULL is unknown; ``location`` NULL is a place not known as coordinates.
    """

    __tablename__ = "damage_report"
    __table_args__ = (
        one_of("category", DamageCategory, "category_known"),
        one_of("severity", Severity, "severity_known"),
        one_of("source", Source, "source_known"),
        CheckConstraint(f"char_length(note) <= {NOTE_LENGTH}", name="note_length"),
        CheckConstraint(
            f"char_length(place_text) <= {PLACE_TEXT_LENGTH}", name="place_text_length"
        ),
        CheckConstraint(f"char_length(reporter) <= {REPORTER_LENGTH}", name="reporter_length"),
        CheckConstraint(
            "observed_at <= recorded_at + interval '5 minutes'", name="observed_not_in_future"
        ),
        CheckConstraint(
            "ST_X(location) BETWEEN 122 AND 154 AND ST_Y(location) BETWEEN 20 AND 46",
            name="location_in_japan",
        ),
        Index("damage_report_location_idx", "location", postgresql_using="gist"),
        Index("damage_report_location_3857_idx", "location_3857", postgresql_using="gist"),
        # Newest first within an incident: the list, its cursor and the counts of a summary.
        Index("damage_report_newest_idx", "incident_id", text("recorded_at DESC"), text("id DESC")),
    )

    id: Mapped[UuidKey]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"))
    category: Mapped[str]
    severity: Mapped[str | None]
    location: Mapped[WKBElement | None] = mapped_column(
        Geometry("POINT", 4326, spatial_index=False)
    )
    location_3857: Mapped[WKBElement | None] = mapped_column(
        Geometry("POINT", 3857, spatial_index=False),
        Computed("ST_Transform(location, 3857)", persisted=True),
    )
    place_text: Mapped[str | None]
    note: Mapped[str | None]
    reporter: Mapped[str | None]
    observed_at: Mapped[Moment]
    source: Mapped[str]
