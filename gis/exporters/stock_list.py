"""The stock as a list, lot by lot, that the import of stock lists reads back.

Taken in again as it is, it changes nothing: it says as of when it is (基準日時) apart from when
somebody counted last (数えた日時), and what nobody changed is no new count.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gis.clock import moment_text
from gis.exporters import Exported
from gis.exporters.encoding import Encoding, Row, readable
from gis.exporters.remark import Remark
from gis.items import Item
from gis.queries.stocks import LotLine, PlaceName, StockLine
from gis.text import N_, Language, translate

COLUMNS = (
    "場所",
    "共通ID",
    "種別",
    "品目コード",
    "品目",
    "数量",
    "単位",
    "うち確保済み",
    "ロット",
    "期限",
    "数えた日時",
    "基準日時",
    "備考",
)
FICTITIOUS = "架空"
"""In the remarks of what is invented, as in the demonstration."""

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class StockAtHand:
    """What lies where, as the queries told it of one moment."""

    places: Sequence[PlaceName]
    stocks: Sequence[StockLine]
    lots: Sequence[LotLine]
    at: datetime
    """The moment."""


def export_stock(
    told: StockAtHand, items: Mapping[str, Item], encoding: Encoding, *, is_drill: bool = False
) -> Exported:
    """Return the stock as a list.

    Parameters
    ----------
    items
        Of the item list, by their codes.
    encoding
        Of :data:`gis.exporters.ENCODINGS`.
    is_drill
        Whether the stock is a drill's; the file's name and a remark say so.
    """
    encoded = encoding.encode([COLUMNS, *map(readable, _rows(told, items))])
    drill = (Remark(N_("This is a drill.")),) if is_drill else ()
    day = moment_text(told.at)[:10].replace("-", "")
    return Exported(
        encoded.content,
        f"{'kunren_' if is_drill else ''}stock_{day}{encoding.suffix}",
        encoding.media_type,
        (*drill, *encoded.remarks),
    )


def _rows(told: StockAtHand, items: Mapping[str, Item]) -> Iterator[Row]:
    places = _by_id(told.places)
    lots: dict[tuple[UUID, str], list[LotLine]] = defaultdict(list)
    for lot in told.lots:
        lots[lot.place_id, lot.item_code].append(lot)
    order = {code: number for number, code in enumerate(items)}
    as_of = moment_text(_as_of(told))
    lines = [line for line in told.stocks if line.place_id in places]
    for line in sorted(lines, key=lambda line: _order(line, places, order)):
        head = (*_place_cells(places[line.place_id]), *_item_cells(line, items))
        for lot, reserved in _with_reserved(line, lots[line.place_id, line.item_code]):
            cells = _lot_cells(line, lot, reserved, items)
            yield (*head, *cells, as_of, FICTITIOUS if line.is_fictitious else "")


def _by_id(names: Iterable[PlaceName]) -> dict[UUID, PlaceName]:
    """Return each place once: a shelter that others were joined to by the name with its 共通ID."""
    places: dict[UUID, PlaceName] = {}
    for place in names:
        if place.id not in places or place.common_ids:
            places[place.id] = place
    return places


def _as_of(told: StockAtHand) -> datetime:
    """Return the first whole minute at which all that was told had happened."""
    last = max([told.at, *(line.moved_at for line in told.stocks)])
    minute = last.replace(second=0, microsecond=0)
    return minute if minute == last else minute + _MINUTE


def _order(
    line: StockLine, places: Mapping[UUID, PlaceName], items: Mapping[str, int]
) -> tuple[str, str, str, int, str]:
    place = places[line.place_id]
    number = items.get(line.item_code, len(items))
    return place.kind.value, place.name, str(place.id), number, line.item_code


def _place_cells(place: PlaceName) -> Row:
    kind = translate(place.kind.label, Language.JA)
    return place.name, place.common_ids[0] if place.common_ids else "", kind


def _item_cells(line: StockLine, items: Mapping[str, Item]) -> Row:
    item = items.get(line.item_code)
    return line.item_code, item.name_ja if item else line.item_code


def _with_reserved(line: StockLine, lots: Sequence[LotLine]) -> Iterator[tuple[LotLine, int]]:
    """Yield each lot with what of it waits to leave: what expires first goes first."""
    left = line.reserved or 0
    for lot in lots or [LotLine(line.place_id, line.item_code, "", None, 0)]:
        reserved = min(left, lot.quantity)
        left -= reserved
        yield lot, reserved


def _lot_cells(line: StockLine, lot: LotLine, reserved: int, items: Mapping[str, Item]) -> Row:
    item = items.get(line.item_code)
    return (
        str(lot.quantity),
        item.unit_ja if item else "",
        str(reserved),
        lot.lot,
        lot.expires_on.isoformat() if lot.expires_on else "",
        moment_text(line.counted_at) if line.counted_at else "",
    )
