"""What shelters ask for, and what is sent to them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base, Moment, Recorded, UuidKey, one_of
from gis.models.supply import NAME_LENGTH, QUANTITY_MOST, TEXT_LENGTH
from gis.vocabulary import DispatchStep, RequestAction, RequestState, Source, Urgency


class SupplyRequest(Recorded, Base):
    """That a shelter asked for so much of an item. The id is made by whoever filed it.

    What was decided and sent (``state`` to ``version``) follows from decisions and dispatches and
    is written by the store alone.
    """

    __tablename__ = "supply_request"
    __table_args__ = (
        one_of("urgency", Urgency, "urgency_known"),
        one_of("state", RequestState, "state_known"),
        one_of("source", Source, "source_known"),
        CheckConstraint(f"quantity BETWEEN 1 AND {QUANTITY_MOST}", name="quantity_plausible"),
        CheckConstraint("allocated BETWEEN 0 AND approved", name="within_approved"),
        CheckConstraint("received >= 0", name="received_not_negative"),
        CheckConstraint(
            f"char_length(note) <= {TEXT_LENGTH} AND char_length(requester) <= {NAME_LENGTH}",
            name="text_length",
        ),
        CheckConstraint(
            "observed_at <= recorded_at + interval '5 minutes'", name="observed_not_in_future"
        ),
        Index("supply_request_incident_id_idx", "incident_id", "state"),
        Index("supply_request_shelter_id_idx", "shelter_id"),
    )

    id: Mapped[UuidKey]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"))
    shelter_id: Mapped[UUID] = mapped_column(ForeignKey("shelter.id"))
    item_code: Mapped[str] = mapped_column(ForeignKey("resource_item.code"))
    quantity: Mapped[int]
    urgency: Mapped[str]
    needed_by_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    requester: Mapped[str | None]
    note: Mapped[str | None]
    observed_at: Mapped[Moment]
    """When it was asked."""
    source: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=text("'asked'"))
    approved: Mapped[int] = mapped_column(server_default=text("0"))
    """How much headquarters are willing to send."""
    allocated: Mapped[int] = mapped_column(server_default=text("0"))
    """How much of that dispatches reserve, carry or have brought."""
    received: Mapped[int] = mapped_column(server_default=text("0"))
    version: Mapped[int] = mapped_column(server_default=text("0"))
    """The number of its last decision; 0 where nothing was decided."""


class RequestDecision(Recorded, Base):
    """What was decided about a request; append-only, numbered from 1, the last one holds."""

    __tablename__ = "request_decision"
    __table_args__ = (
        one_of("action", RequestAction, "action_known"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint(
            f"CASE WHEN action = 'approved' THEN quantity BETWEEN 1 AND {QUANTITY_MOST}"
            " ELSE quantity = 0 END",
            name="quantity_fits_action",
        ),
        CheckConstraint("action = 'approved' OR reason IS NOT NULL", name="reason_given"),
        CheckConstraint(f"char_length(reason) <= {TEXT_LENGTH}", name="text_length"),
        UniqueConstraint("request_id", "number"),
    )

    id: Mapped[UuidKey]
    request_id: Mapped[UUID] = mapped_column(ForeignKey("supply_request.id"))
    number: Mapped[int]
    action: Mapped[str]
    quantity: Mapped[int]
    reason: Mapped[str | None]


class Dispatch(Recorded, Base):
    """That goods go from one place to another. The id is made by whoever filed it.

    ``state`` and ``version`` are those of its last step, written by the store alone.
    """

    __tablename__ = "dispatch"
    __table_args__ = (
        one_of("state", DispatchStep, "state_known"),
        CheckConstraint("from_place_id <> to_place_id", name="to_another_place"),
        Index("dispatch_incident_id_idx", "incident_id", "state"),
        Index("dispatch_from_place_id_idx", "from_place_id"),
        Index("dispatch_to_place_id_idx", "to_place_id"),
    )

    id: Mapped[UuidKey]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"))
    from_place_id: Mapped[UUID] = mapped_column(ForeignKey("stock_place.id"))
    to_place_id: Mapped[UUID] = mapped_column(ForeignKey("stock_place.id"))
    state: Mapped[str] = mapped_column(server_default=text("'reserved'"))
    version: Mapped[int] = mapped_column(server_default=text("0"))


class DispatchLine(Recorded, Base):
    """How much of an item a dispatch takes, and for which request; NULL is push supply."""

    __tablename__ = "dispatch_line"
    __table_args__ = (
        CheckConstraint(f"quantity BETWEEN 1 AND {QUANTITY_MOST}", name="quantity_plausible"),
        UniqueConstraint("dispatch_id", "item_code"),
        Index("dispatch_line_request_id_idx", "request_id"),
    )

    id: Mapped[UuidKey]
    dispatch_id: Mapped[UUID] = mapped_column(ForeignKey("dispatch.id"))
    item_code: Mapped[str] = mapped_column(ForeignKey("resource_item.code"))
    quantity: Mapped[int]
    request_id: Mapped[UUID | None] = mapped_column(ForeignKey("supply_request.id"))


class DispatchEvent(Recorded, Base):
    """A step of a dispatch; append-only, numbered from 1. It says all that holds from then on."""

    __tablename__ = "dispatch_event"
    __table_args__ = (
        one_of("step", DispatchStep, "step_known"),
        one_of("source", Source, "source_known"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("(step = 'reserved') = (number = 1)", name="reserved_first"),
        CheckConstraint(
            "step NOT IN ('left', 'delayed', 'arrived') OR vehicle_id IS NOT NULL",
            name="vehicle_named",
        ),
        CheckConstraint(
            f"char_length(team) <= {NAME_LENGTH} AND char_length(reason) <= {TEXT_LENGTH}",
            name="text_length",
        ),
        CheckConstraint(
            "observed_at <= recorded_at + interval '5 minutes'", name="observed_not_in_future"
        ),
        UniqueConstraint("dispatch_id", "number"),
        Index("dispatch_event_vehicle_id_idx", "vehicle_id"),
    )

    id: Mapped[UuidKey]
    dispatch_id: Mapped[UUID] = mapped_column(ForeignKey("dispatch.id"))
    number: Mapped[int]
    step: Mapped[str]
    vehicle_id: Mapped[UUID | None] = mapped_column(ForeignKey("stock_place.id"))
    team: Mapped[str | None]
    """Who drives."""
    expected_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    reason: Mapped[str | None]
    observed_at: Mapped[Moment]
    """When it left, arrived, …"""
    source: Mapped[str]
