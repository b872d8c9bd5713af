"""One row of any known format, made a shelter."""

from gis.geometry.place import Place
from gis.importers import values
from gis.importers.addresses import lies_within
from gis.importers.cells import Cells, read_rows
from gis.importers.format import Format
from gis.importers.inventory import Designations, Inventory, ShelterRow
from gis.importers.table import Table
from gis.text import N_
from gis.vocabulary import DesignationKind, Hazard

ADDRESS_PARTS = (
    "所在地_都道府県",
    "所在地_市区町村",
    "所在地_町字",
    "所在地_番地以下",
    "建物名等(方書)",
)
LAT = "緯度"
LON = "経度"
MUNICIPALITY_CODES = ("市区町村コード", "市町村コード", "全国地方公共団体コード")
MUNICIPALITY_NAMES = ("都道府県名及び市町村名", "地方公共団体名", "市区町村名", "市町村名")
CAPACITY = "想定収容人数"
LOCAL_ID = "ID"
COMMON_ID = "共通ID"
SHELTER_KIND = "避難所種別"
FICTITIOUS_CAPACITY = "想定収容人数(架空)"
NOTE = "備考"
FURTHER_NOTES = ("受入対象者", "その他市町村長が必要と認める事項")

NAME_LENGTH_MOST = 200


def read_inventory(table: Table, known: Format, municipality_code: str | None) -> Inventory:
    """Return the inventory that a table of a format holds.

    Parameters
    ----------
    table
        A header and its rows.
    known
        The format that recognised the header.
    municipality_code
        全国地方公共団体コード (six digits) of rows that name no municipality.
    """
    return read_rows(table, known.required, lambda cells: _shelter(cells, known, municipality_code))


def _shelter(cells: Cells, known: Format, municipality_code: str | None) -> ShelterRow:
    local_id, common_id = _identifiers(cells)
    designations = _designations(cells, known, common_id)
    location = _location(cells)
    capacity, is_fictitious, unread_capacity = _capacity(cells)
    return ShelterRow(
        row=cells.record.row,
        name=_name(cells, known.facility),
        name_kana=cells.text("名称_カナ"),
        address=_address(cells, known.address),
        lon=location.lon if location else None,
        lat=location.lat if location else None,
        phone=cells.text("電話番号"),
        municipality_code=_municipality(cells, known, common_id, municipality_code),
        hazards=_hazards(cells, known, designations),
        designations=designations,
        capacity=capacity,
        capacity_is_fictitious=is_fictitious,
        local_id=local_id,
        note=_note(cells, unread_capacity),
    )


def _name(cells: Cells, column: str) -> str:
    name = cells.text(column)
    if name is None or len(name) > NAME_LENGTH_MOST:
        raise cells.refuse(column, name or "", N_("a name of at most 200 characters"))
    return name


def _address(cells: Cells, column: str) -> str | None:
    """Return the address; one outside the municipality is right now and then, so only noted."""
    whole = cells.text(column) or "".join(cells.text(part) or "" for part in ADDRESS_PARTS)
    names = filter(None, map(cells.text, MUNICIPALITY_NAMES))
    if whole and not lies_within(whole, next(names, "")):
        cells.note(column, whole, N_("an address in the municipality that designated the shelter"))
    return whole or None


def _location(cells: Cells) -> Place | None:
    lon, lat = cells.text(LON) or "", cells.text(LAT) or ""
    try:
        return values.place(lon, lat)
    except values.Unreadable as unreadable:
        cells.note(f"{LAT}, {LON}", f"{lat}, {lon}".strip(", "), unreadable.expected)
        return None


def _identifiers(cells: Cells) -> tuple[str | None, str | None]:
    """Return the publisher's own ID and the 共通ID, which many publishers write in its place."""
    local_id = cells.text(LOCAL_ID)
    common_id = cells.read(COMMON_ID, values.common_id)
    if common_id is None and local_id and values.is_common_id(local_id):
        return None, values.common_id(local_id)
    return local_id, common_id


def _designations(cells: Cells, known: Format, common_id: str | None) -> Designations:
    """Return what the row is designated as: its ID says it first, then 避難所種別, then the list.

    A row of a list of emergency sites that is marked as a designated shelter, too, is one under an
    ID that only another list has.
    """
    stated = cells.read(SHELTER_KIND, values.shelter_kind)
    kind = values.kind_of_id(common_id) if common_id else stated or known.kind
    if common_id and stated not in (None, kind):
        cells.note(COMMON_ID, common_id, N_("an ID of the kind that 避難所種別 names"))
    is_site = kind is DesignationKind.EMERGENCY_SITE
    if is_site and known.also_shelter and cells.read(known.also_shelter, values.flag):
        return (kind, common_id), (DesignationKind.DESIGNATED_SHELTER, None)
    return ((kind, common_id),)


def _hazards(cells: Cells, known: Format, designations: Designations) -> frozenset[Hazard] | None:
    """Return the hazards that are marked; unknown as soon as one mark cannot be read.

    A list of 指定避難所 has no marks or leaves them empty, which says nothing about hazards.
    """
    if not known.hazards:
        return None
    noted = len(cells.problems)
    marked = frozenset(
        hazard for column, hazard in known.hazards.items() if cells.read(column, values.flag)
    )
    if len(cells.problems) > noted:
        return None
    is_emergency_site = designations[0][0] is DesignationKind.EMERGENCY_SITE
    return marked if marked or is_emergency_site else None


def _capacity(cells: Cells) -> tuple[int | None, bool, str | None]:
    """Return the capacity, whether it is invented, and what of it no number could be made of."""
    published = cells.text(CAPACITY)
    if published is None:
        invented = cells.read(FICTITIOUS_CAPACITY, values.capacity)
        return invented, invented is not None, None
    capacity = cells.read(CAPACITY, values.capacity)
    return capacity, False, None if capacity else f"{CAPACITY}: {published}"


def _note(cells: Cells, unread_capacity: str | None) -> str | None:
    """Return the remarks, and under its heading what has no place of its own in the register."""
    further = ((column, cells.text(column)) for column in FURTHER_NOTES)
    headed = (f"{column}: {cell}" for column, cell in further if cell)
    return " / ".join(filter(None, (cells.text(NOTE), *headed, unread_capacity))) or None


def _municipality(cells: Cells, known: Format, common_id: str | None, otherwise: str | None) -> str:
    """Return who designated the shelter, from wherever the row or the caller says it."""
    for column in MUNICIPALITY_CODES:
        if code := cells.read(column, known.municipality_code):
            return code
    if common_id:
        return values.completed(common_id[1:6])
    if otherwise:
        return otherwise
    first = MUNICIPALITY_CODES[0]
    raise cells.refuse(
        first,
        cells.text(first) or "",
        N_("a municipality code of six digits with its check digit"),
    )
