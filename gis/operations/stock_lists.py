"""Stock lists taken as counts: what each of them says of an item in a place, against the ledger."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from gis.errors import QuantityImpossible, ReasonMissing, Refused, StockBelowZero
from gis.importers.inventory import Problem
from gis.importers.stock_list import StockList
from gis.importers.stock_rows import StockKey, StockRow
from gis.models.supply import QUANTITY_MOST, TEXT_LENGTH
from gis.operations.ledger import Filing, Line, write_filings
from gis.operations.moments import checked_moment
from gis.operations.stock_list_places import Directory, Place, PlaceUnknown, add_depots
from gis.operations.stock_list_plan import Group, Ledger, PlannedCount, StockPlan
from gis.operations.stock_places import held_places
from gis.operations.texts import check_length
from gis.queries.stocks import place_names
from gis.store import now
from gis.text import N_, Language
from gis.vocabulary import Source

COMPARING, WRITING = N_("Comparing with the ledger"), N_("Writing the counts")
STEPS = (COMPARING, WRITING)
"""What an import does one after the other, messages of the catalogue."""

SAID_TWICE = N_("each lot of an item in a place once; another row says the same lot")
INCOMPLETE = N_("all lots of the item in this place; another row of them cannot be taken")
SEVERAL_MOMENTS = N_("one moment for all lots of an item in a place")


def import_reason(file_name: str) -> str:
    """Return the reason of the corrections that a file brings: what is on record is in Japanese."""
    return f"在庫一覧の取り込み：{file_name}"[:TEXT_LENGTH]


def preview(
    session: Session, found: StockList, language: Language, *, adds_depots: bool = False
) -> StockPlan:
    """Return what :func:`import_stock_list` would do; nothing is written.

    Parameters
    ----------
    language
        Of the reasons.
    adds_depots
        Whether names that no place bears become depots without a location.
    """
    work = _Work(session, language, adds_depots=adds_depots)
    return work.plan(work.groups(found))[0]


def import_stock_list(
    session: Session,
    found: StockList,
    language: Language,
    *,
    reason: str,
    adds_depots: bool = False,
) -> StockPlan:
    """Take a list in: what it says of an item in a place is a count of all its lots there.

    A count goes by what it says: taking in the same list again changes nothing. What differs from
    the ledger becomes a correction.

    Parameters
    ----------
    reason
        Of the corrections, such as the name of the file.
    language, adds_depots
        As :func:`preview` says.

    Raises
    ------
    gis.errors.ReasonMissing
        No reason is given.
    gis.errors.StoreUnavailable
        The database does not answer: nothing is taken in at all.
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    work = _Work(session, language, adds_depots=adds_depots, reason=reason)
    groups = work.groups(found)
    add_depots(session, _new_depots(groups))
    # Held before the ledger is asked: what is compared is what it says until all is written.
    held_places(session, *{group.place.id for group in groups})
    plan, filings = work.plan(groups)
    if filings:
        write_filings(session, filings)
    return plan


class _Work:
    """A list on its way into the ledger."""

    def __init__(
        self, session: Session, language: Language, *, adds_depots: bool, reason: str = ""
    ) -> None:
        self.session = session
        self.language = language
        self.reason = reason
        self.now = now(session)
        self.directory = Directory(place_names(session), adds_depots)
        self.problems: list[Problem] = []

    def groups(self, found: StockList) -> list[Group]:
        """Return the counts that can be compared; why the others cannot stands in the problems."""
        together: dict[tuple[Place, str], list[StockRow]] = defaultdict(list)
        for row in found.rows:
            try:
                together[self.directory.find(row.key), row.item_code].append(row)
            except PlaceUnknown as unknown:
                self._refuse([row], unknown.expected, unknown.found)
        incomplete = set(self._incomplete(found.left_out))
        return [
            group
            for (place, item_code), rows in together.items()
            if (group := self._group(place, rows, is_whole=(place, item_code) not in incomplete))
        ]

    def _incomplete(self, left_out: Sequence[StockKey]) -> Iterator[tuple[Place, str]]:
        for key in left_out:
            if key.item_code and (key.place or key.common_id):
                try:
                    yield self.directory.find(key), key.item_code
                except PlaceUnknown:
                    continue

    def _group(self, place: Place, rows: list[StockRow], *, is_whole: bool) -> Group | None:
        told = Counter((row.lot, row.expires_on) for row in rows)
        twice = [row for row in rows if told[row.lot, row.expires_on] > 1]
        if twice:
            self._refuse(twice, SAID_TWICE)
            self._refuse([row for row in rows if row not in twice], INCOMPLETE)
        elif not is_whole:
            self._refuse(rows, INCOMPLETE)
        elif len({row.observed_at for row in rows}) > 1:
            self._refuse(rows, SEVERAL_MOMENTS)
        else:
            return self._checked(place, rows)
        return None

    def _checked(self, place: Place, rows: list[StockRow]) -> Group | None:
        try:
            observed_at = checked_moment(rows[0].observed_at, self.now)
            filing = self._filing(place, rows)
            total = sum(row.quantity for row in rows)
            if total > QUANTITY_MOST:
                raise QuantityImpossible(
                    received=total, item=rows[0].item_code, least=0, most=QUANTITY_MOST
                )
        except Refused as refused:
            self._refuse(rows, refused.explain(self.language))
            return None
        return Group(place, rows[0].item_code, tuple(rows), filing, observed_at)

    def _filing(self, place: Place, rows: list[StockRow]) -> Filing:
        notes = dict.fromkeys(row.note for row in rows if row.note)
        reason = "\n".join(filter(None, (self.reason, *notes)))
        check_length("reason", reason, TEXT_LENGTH)
        return Filing(
            id=_filing_id(place.id, rows),
            observed_at=rows[0].observed_at,
            source=Source.FILE,
            reason=reason,
            is_fictitious=any(row.is_fictitious for row in rows),
        )

    def plan(
        self, groups: Sequence[Group]
    ) -> tuple[StockPlan, list[tuple[Filing, Sequence[Line]]]]:
        """Return what becomes of counts, and what is to be written."""
        ledger = Ledger.of(self.session, groups)
        counts: list[PlannedCount] = []
        filings: list[tuple[Filing, Sequence[Line]]] = []
        for group in groups:
            count, lines = ledger.plan(group)
            if ledger.falls_below_zero(lines):
                self._refuse(group.rows, StockBelowZero().explain(self.language))
                continue
            counts.append(count)
            if lines:
                filings.append((group.filing, lines))
        plan = StockPlan(
            tuple(counts),
            tuple(self.problems),
            tuple(place.name for place in _new_depots(groups)),
            tuple(self.directory.unknown.values()),
        )
        return plan, filings

    def _refuse(self, rows: Sequence[StockRow], expected: str, found: str | None = None) -> None:
        for row in rows:
            told = _told(row) if found is None else found
            self.problems.append(Problem(row.key.row, None, told, expected, taken=False))


def _new_depots(groups: Sequence[Group]) -> list[Place]:
    """Return the depots that are to be added, each once."""
    return list({group.place.id: group.place for group in groups if group.place.is_new}.values())


def _filing_id(place_id: UUID, rows: Sequence[StockRow]) -> UUID:
    """Return an id that is the same for a count that says the same, wherever it stands."""
    found = sorted((row.lot, str(row.expires_on or ""), row.quantity) for row in rows)
    observed_at = rows[0].observed_at
    moment = observed_at.timestamp() if observed_at else None
    return uuid5(place_id, repr((rows[0].item_code, found, moment)))


def _told(row: StockRow) -> str:
    """Return what a row says, for whoever looks for it."""
    expires_on = row.expires_on.isoformat() if row.expires_on else None
    place = row.key.place or row.key.common_id
    told = (place, row.item_code, f"{row.quantity:,}", row.lot, expires_on)
    return " ".join(filter(None, told))
