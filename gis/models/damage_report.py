"""Damage reports (被害報告)."""

from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from gis.damage import COUNT_MOST, DEPTH_MOST_CM, STANDING
from gis.models.base import Base, Moment, Recorded, UuidKey, one_of
from gis.vocabulary import (
    DamageCategory,
    DwellingClass,
    FloodLevel,
    LocatedBy,
    Phenomenon,
    QuickInspection,
    ReportState,
    Severity,
    Source,
)

NOTE_LENGTH = 4000
PLACE_TEXT_LENGTH = 200
REPORTER_LENGTH = 100
ACCURACY_MOST_M = 100_000
DANGER = "- coalesce(2 * people_in_danger, 1)"
"""Smallest for most people in danger; unknown stands between nobody and one."""
# Spelt as the store spells it, so that models and migrations can be compared.
GRAVITY = """
CASE severity
    WHEN 'severe' THEN 1
    WHEN 'moderate' THEN 3
    WHEN 'minor' THEN 4
    ELSE 2
END"""
"""Smallest for severe; unknown stands between severe and moderate."""
IN_JAPAN = "ST_X(location) BETWEEN 122 AND 154 AND ST_Y(location) BETWEEN 20 AND 46"


class DamageReport(Recorded, Base):
    """What somebody saw; append-only as filed. The id is made by whoever files it.

    NULL is unknown throughout: ``location`` is a place not known as coordinates, ``accuracy_m`` the
    radius in which the device that found it was sure to be. ``gis.damage.DamageDetails`` says what
    the details mean. ``clock_ahead_s`` is by how much the sender's clock was ahead of ours; where
    that was more than clocks differ, ``observed_at`` has been corrected by it. ``state`` and what
    follows it is what the last assessment says (gis/models/triage.py); the store keeps it so.
    """

    __tablename__ = "damage_report"
    __table_args__ = (
        one_of("category", DamageCategory, "category_known"),
        one_of("severity", Severity, "severity_known"),
        one_of("phenomenon", Phenomenon, "phenomenon_known"),
        one_of("dwelling_class", DwellingClass, "dwelling_class_known"),
        one_of("flood_level", FloodLevel, "flood_level_known"),
        one_of("quick_inspection", QuickInspection, "quick_inspection_known"),
        one_of("located_by", LocatedBy, "located_by_known"),
        CheckConstraint(
            "category = 'dwelling' OR num_nonnulls(dwelling_class, households, residents) = 0",
            name="dwelling_details",
        ),
        CheckConstraint(
            f"category IN ({', '.join(map(repr, sorted(each.value for each in STANDING)))})"
            " OR num_nonnulls(flood_level, depth_cm, quick_inspection) = 0",
            name="building_details",
        ),
        CheckConstraint(
            "depth_cm IS NULL OR flood_level IS NOT DISTINCT FROM 'over_floor'",
            name="depth_above_floor",
        ),
        CheckConstraint(
            f"0 <= least(people_in_danger, affected, households, residents)"
            f" AND greatest(people_in_danger, affected, households, residents) <= {COUNT_MOST}"
            f" AND depth_cm BETWEEN 0 AND {DEPTH_MOST_CM}",
            name="counts_plausible",
        ),
        CheckConstraint(
            f"accuracy_m IS NULL OR accuracy_m BETWEEN 0 AND {ACCURACY_MOST_M}"
            " AND location IS NOT NULL",
            name="accuracy_plausible",
        ),
        CheckConstraint("located_by IS NULL OR location IS NOT NULL", name="located_by_of_a_place"),
        one_of("source", Source, "source_known"),
        CheckConstraint(f"char_length(note) <= {NOTE_LENGTH}", name="note_length"),
        CheckConstraint(
            f"char_length(place_text) <= {PLACE_TEXT_LENGTH}", name="place_text_length"
        ),
        CheckConstraint(f"char_length(reporter) <= {REPORTER_LENGTH}", name="reporter_length"),
        CheckConstraint(
            "observed_at <= recorded_at + interval '5 minutes'", name="observed_not_in_future"
        ),
        CheckConstraint(IN_JAPAN, name="location_in_japan"),
        one_of("state", ReportState, "state_known"),
        Index("damage_report_location_idx", "location", postgresql_using="gist"),
        Index("damage_report_location_3857_idx", "location_3857", postgresql_using="gist"),
        # Newest first within an incident: the list, its cursor and the counts of a summary.
        Index("damage_report_newest_idx", "incident_id", text("recorded_at DESC"), text("id DESC")),
        Index(
            "damage_report_merged_into_id_idx",
            "merged_into_id",
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
        # What may be told twice, where the place does not say so.
        Index("damage_report_observed_idx", "incident_id", "observed_at"),
        Index(
            "damage_report_in_words_idx",
            "incident_id",
            "observed_at",
            postgresql_where=text(
                "corrected_location IS NULL"
                " AND (location IS NULL OR located_by IS NOT DISTINCT FROM 'town')"
            ),
        ),
        # The queue of each state, the most urgent first.
        Index(
            "damage_report_queue_idx",
            "incident_id",
            "state",
            text(f"({DANGER})"),
            text(f"({GRAVITY})"),
            "recorded_at",
            "id",
            postgresql_where=text("merged_into_id IS NULL"),
        ),
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
        Computed("ST_Transform(coalesce(corrected_location, location), 3857)", persisted=True),
    )
    place_text: Mapped[str | None]
    note: Mapped[str | None]
    reporter: Mapped[str | None]
    observed_at: Mapped[Moment]
    source: Mapped[str]
    phenomenon: Mapped[str | None]
    dwelling_class: Mapped[str | None]
    flood_level: Mapped[str | None]
    depth_cm: Mapped[int | None]
    quick_inspection: Mapped[str | None]
    people_in_danger: Mapped[int | None]
    affected: Mapped[float | None] = mapped_column(Numeric(8, 2, asdecimal=False))
    households: Mapped[int | None]
    residents: Mapped[int | None]
    accuracy_m: Mapped[float | None]
    located_by: Mapped[str | None]
    is_outside: Mapped[bool | None]
    """Whether the place lies outside the municipality; None where it is unknown."""
    clock_ahead_s: Mapped[int | None]
    state: Mapped[str] = mapped_column(server_default=text("'unconfirmed'"))
    version: Mapped[int] = mapped_column(server_default=text("0"))
    """The number of its last assessment: who wants to tell the next one names it."""
    team: Mapped[str | None]
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("damage_report.id"))
    corrected_location: Mapped[WKBElement | None] = mapped_column(
        Geometry("POINT", 4326, spatial_index=False)
    )
