"""The way into a workspace's database: connections, transactions, migrations.

A transaction begins and ends at the edge (a page action, an API route, a script):

>>> with workspace.transaction(actor) as session:  # doctest: +SKIP
...     open_shelters(session, incident_id, shelter_ids, opened_at=None, reason=None)

Whatever the database refuses leaves as an error of the catalogue, nothing else.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from uuid import UUID

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from gis import errors
from gis.clock import Clock, SystemClock
from gis.occupancy import PERSONS_MOST
from gis.text import N_
from gis.vocabulary import Role

APPLICATION_ROLE = "hq_app"
"""The role every connection of the application works as: it owns nothing."""

_CONNECTION_OPTIONS = f"-c role={APPLICATION_ROLE} -c timezone=UTC -c lock_timeout=5s"

_CountImpossible = partial(errors.CountImpossible, most=PERSONS_MOST)

REFUSALS: dict[str, Callable[[], errors.Refused]] = {
    "incident_name_given": errors.NameMissing,
    "incident_closed_after_started": errors.ClosedBeforeOpened,
    "shelter_name_given": errors.NameMissing,
    "sign_in_link_name_given": errors.NameMissing,
    "evacuation_announcement_pkey": errors.IdUsedForAnother,
    "evacuation_order_municipality_code_fkey": partial(errors.NotFound, kind=N_("municipality")),
    "road_closure_statement_pkey": errors.IdUsedForAnother,
    "road_closure_statement_observed_not_in_future": errors.ObservedInFuture,
    "annotation_statement_pkey": errors.IdUsedForAnother,
    "declaration_pkey": errors.IdUsedForAnother,
    "declaration_observed_not_in_future": errors.ObservedInFuture,
    "summary_issue_pkey": errors.IdUsedForAnother,
    "summary_issue_step_pkey": errors.IdUsedForAnother,
    "hazard_layer_title": errors.NameMissing,
    "hazard_edition_layer_id_number_key": errors.ImportUnderWay,
    "hazard_choice_layer_id_fkey": partial(errors.NotFound, kind=N_("hazard zones")),
    "opening_shelter_id_fkey": partial(errors.NotFound, kind=N_("shelter")),
    "opening_shelter_once": errors.ShelterAlreadyOpen,
    "opening_ended_after_began": errors.ClosedBeforeOpened,
    "opening_state_opening_id_fkey": partial(errors.NotFound, kind=N_("opening")),
    "assignment_shelter_id_fkey": partial(errors.NotFound, kind=N_("shelter")),
    "assignment_assignee_given": errors.NameMissing,
    "chronology_entry_content_given": errors.ContentMissing,
    "condition_report_observed_not_in_future": errors.ObservedInFuture,
    "sign_in_link_shelter_id_fkey": partial(errors.NotFound, kind=N_("shelter")),
    "designation_shelter_id_kind_key": errors.DesignatedTwice,
    "inventory_import_last": errors.NotTheLastImport,
    "inventory_import_untouched": errors.ImportChangedSince,
    "inventory_import_unused": errors.ImportInUse,
    "column_mapping_code_length": errors.NameMissing,
    "occupancy_reading_persons_plausible": _CountImpossible,
    "occupancy_reading_households_plausible": _CountImpossible,
    "occupancy_reading_counts_plausible": _CountImpossible,
    "occupancy_reading_supersedes_id_key": errors.CorrectedAlready,
    "occupancy_reading_something_counted": errors.NothingCounted,
    "occupancy_reading_observed_not_in_future": errors.ObservedInFuture,
    "photograph_taken_not_in_future": errors.ObservedInFuture,
    "photograph_report_id_fkey": partial(errors.NotFound, kind=N_("damage report")),
    "stock_place_kind_name_key": errors.PlaceNameTaken,
    "stock_place_name_given": errors.NameMissing,
    "movement_observed_not_in_future": errors.ObservedInFuture,
    "movement_supersedes_id_key": errors.MovementTakenBack,
    "movement_item_code_fkey": partial(errors.NotFound, kind=N_("item")),
    "stock_quantity_not_negative": errors.StockBelowZero,
    "stock_lot_quantity_not_negative": errors.StockBelowZero,
    "stock_free_enough": errors.StockReserved,
    "supply_request_within_approved": errors.MoreThanApproved,
    "supply_request_item_code_fkey": partial(errors.NotFound, kind=N_("item")),
    "supply_request_observed_not_in_future": errors.ObservedInFuture,
    "request_decision_reason_given": errors.ReasonMissing,
    "dispatch_to_another_place": errors.SamePlace,
    "dispatch_line_item_code_fkey": partial(errors.NotFound, kind=N_("item")),
    "dispatch_event_observed_not_in_future": errors.ObservedInFuture,
    "equipment_check_item_code_fkey": partial(errors.NotFound, kind=N_("item")),
    "equipment_check_observed_not_in_future": errors.ObservedInFuture,
    "damage_report_observed_not_in_future": errors.ObservedInFuture,
    "damage_report_location_in_japan": errors.PlaceOutsideJapan,
}
"""Which error of the catalogue a violated constraint means."""


@dataclass(frozen=True)
class Actor:
    """Who acts, and in which role; both go into the change record."""

    name: str
    role: Role
    shelter_id: UUID | None = None
    """The one shelter that a shelter manager comes in for."""


SYSTEM = Actor("system", Role.ADMIN)
"""What the product does by itself: loading the demonstration, making a sign-in link."""


def refusal(fault: DBAPIError) -> errors.Refused:
    """Return the error of the catalogue that a database fault means."""
    cause = fault.orig
    # OperationalError is what another moment may mend: no connection, a server that stops or
    # starts, no memory or disk, a lock that somebody else holds.
    if (
        fault.connection_invalidated
        or not isinstance(cause, psycopg.Error)
        or isinstance(cause, psycopg.OperationalError)
    ):
        return errors.StoreUnavailable()
    if isinstance(cause, psycopg.errors.UndefinedTable | psycopg.errors.UndefinedColumn):
        return errors.StoreOutdated()
    if isinstance(cause, psycopg.errors.InsufficientPrivilege):
        return errors.StoreForbids()
    known = REFUSALS.get(cause.diag.constraint_name or "")
    return known() if known else errors.StoreRefuses()


@dataclass(frozen=True)
class Workspace:
    """The live database, or a drill's: its name, its address and its clock.

    Nothing above asks for a connection or for the time in any other way.
    """

    name: str
    database_url: str
    clock: Clock
    is_drill: bool = False

    @cached_property
    def engine(self) -> Engine:
        """The connections to this workspace, as the application's role."""
        return create_engine(
            sqlalchemy_url(self.database_url),
            connect_args={"options": _CONNECTION_OPTIONS, "connect_timeout": 5},
            pool_size=10,
            max_overflow=10,
            pool_timeout=10,
            # The connection used last need not plan anew what it has planned.
            pool_use_lifo=True,
            # A restarted database costs one reconnect, not one failed request per connection.
            pool_pre_ping=True,
        )

    @contextmanager
    def transaction(self, actor: Actor) -> Iterator[Session]:
        """Give a session whose work is one transaction: all of it is kept, or nothing.

        Raises
        ------
        gis.errors.Refused
            The database refused something, or does not answer.
        """
        with self._acting(actor) as session:
            yield session
            session.commit()

    @contextmanager
    def rehearsal(self, actor: Actor) -> Iterator[Session]:
        """Give a session whose work is undone at the end, whatever it was.

        Raises
        ------
        gis.errors.Refused
            The database refused something, or does not answer.
        """
        with self._acting(actor) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one unchanging moment of the store and cannot write.

        Raises
        ------
        gis.errors.Refused
            The database does not answer.
        """
        with self._session() as session:
            session.connection().exec_driver_sql(_READ_ONE_MOMENT)
            yield session

    @contextmanager
    def _acting(self, actor: Actor) -> Iterator[Session]:
        """Give a session that knows who acts and when; what is not committed is undone."""
        with self._session() as session:
            act_as(session, actor)
            yield session

    @contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            with Session(self.engine, info={"clock": self.clock}) as session:
                yield session
        except DBAPIError as fault:
            raise refusal(fault) from fault
        except psycopg.Error as fault:  # COPY speaks to the driver itself
            raise refusal(DBAPIError(None, None, fault)) from fault
        except NoConnectionLeft as fault:
            raise errors.StoreUnavailable from fault


# In the driver's own words: every transaction begins with one of them.
_SET_FACTS = (
    "SELECT set_config('hq.actor', %(actor)s, true), set_config('hq.role', %(role)s, true),"
    " set_config('hq.now', cast(cast(%(now)s AS timestamptz) AS text), true)"
)
_READ_ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


def act_as(session: Session, actor: Actor) -> None:
    """Have what a transaction does from now on be somebody's: one commit may keep what many did."""
    if session.info.get("actor") != actor:
        facts = {"actor": actor.name, "role": actor.role.value, "now": now(session)}
        session.connection().exec_driver_sql(_SET_FACTS, facts)
        session.info["actor"] = actor


def now(session: Session) -> datetime:
    """Return what time it is in the workspace of a session; aware, UTC."""
    clock: Clock = session.info["clock"]
    return clock.now()


def live(database_url: str) -> Workspace:
    """Return the live workspace in a database."""
    return Workspace("live", database_url, SystemClock())


def sqlalchemy_url(database_url: str) -> str:
    """Return a ``postgresql://`` address with the driver that we use."""
    return (
        make_url(database_url)
        .set(drivername="postgresql+psycopg")
        .render_as_string(hide_password=False)
    )


def migration_config() -> Config:
    """Return Alembic's configuration; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def migrate(owner_url: str, revision: str = "head") -> None:
    """Bring a database to the present form, as its owner, in one transaction.

    Waits at most five seconds for a lock, so that a forgotten session cannot block headquarters.

    Parameters
    ----------
    revision
        An earlier form to stop at.

    Raises
    ------
    sqlalchemy.exc.DBAPIError
        The login may not change the schema, or the database does not answer.
    """
    engine = create_engine(
        sqlalchemy_url(owner_url),
        poolclass=NullPool,
        connect_args={"options": "-c lock_timeout=5s -c timezone=UTC", "connect_timeout": 5},
    )
    config = migration_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
