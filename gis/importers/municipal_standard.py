"""自治体標準オープンデータセット v2 指定緊急避難場所一覧: 39 columns, and what we add to them.

The definition is the Digital Agency's (デジタル庁, sheet 03). It has no list of 指定避難所, so that
the same columns carry one here, told apart by our column 避難所種別 or by the 共通ID.
"""

from gis.geometry.place import Place
from gis.importers import values
from gis.importers.cells import Cells, read_rows
from gis.importers.format import Format
from gis.importers.inventory import Inventory, ShelterRow
from gis.importers.table import Table, heading
from gis.text import N_
from gis.vocabulary import DesignationKind, Hazard

NAME = "名称"
ADDRESS = "所在地_連結表記"
ADDRESS_PARTS = (
    "所在地_都道府県",
    "所在地_市区町村",
    "所在地_町字",
    "所在地_番地以下",
    "建物名等(方書)",
)
LAT = "緯度"
LON = "経度"
MUNICIPALITY = "市区町村コード"
PUBLISHER = "全国地方公共団体コード"
HAZARDS = {
    "災害種別_洪水": Hazard.FLOOD,
    "災害種別_崖崩れ、土石流及び地滑り": Hazard.LANDSLIDE,
    "災害種別_高潮": Hazard.STORM_SURGE,
    "災害種別_地震": Hazard.EARTHQUAKE,
    "災害種別_津波": Hazard.TSUNAMI,
    "災害種別_大規模な火事": Hazard.LARGE_FIRE,
    "災害種別_内水氾濫": Hazard.INLAND_FLOOD,
    "災害種別_火山現象": Hazard.VOLCANO,
}
ALSO_SHELTER = "指定避難所との重複"
CAPACITY = "想定収容人数"
LOCAL_ID = "ID"
COMMON_ID = "共通ID"
SHELTER_KIND = "避難所種別"
FICTITIOUS_CAPACITY = "想定収容人数(架空)"

NAME_LENGTH_MOST = 200


def recognises(headings: frozenset[str]) -> bool:
    """Tell whether a header is this one: a name, an address in one cell, and hazards."""
    return {heading(NAME), heading(ADDRESS)} <= headings and any(
        heading(column) in headings for column in HAZARDS
    )


def parse(table: Table, municipality_code: str | None) -> Inventory:
    """Return the inventory that a table of this format holds."""
    required = (NAME, ADDRESS, *HAZARDS, ALSO_SHELTER)
    return read_rows(table, required, lambda cells: _shelter(cells, municipality_code))


def _shelter(cells: Cells, municipality_code: str | None) -> ShelterRow:
    local_id, common_id = _identifiers(cells)
    designations = _designations(cells, common_id)
    location = _location(cells)
    capacity, is_fictitious, unread_capacity = _capacity(cells)
    return ShelterRow(
        row=cells.record.row,
        name=_name(cells),
        name_kana=cells.text("名称_カナ"),
        address=_address(cells),
        lon=location.lon if location else None,
        lat=location.lat if location else None,
        phone=cells.text("電話番号"),
        municipality_code=_municipality(cells, common_id, municipality_code),
        hazards=_hazards(cells, designations),
        designations=designations,
        capacity=capacity,
        capacity_is_fictitious=is_fictitious,
        local_id=local_id,
        note=" / ".join(filter(None, (cells.text("備考"), unread_capacity))) or None,
    )


def _name(cells: Cells) -> str:
    name = cells.text(NAME)
    if name is None or len(name) > NAME_LENGTH_MOST:
        raise cells.refuse(NAME, name or "", N_("a name of at most 200 characters"))
    return name


def _address(cells: Cells) -> str | None:
    parts = [cells.text(part) or "" for part in ADDRESS_PARTS]
    return cells.text(ADDRESS) or "".join(parts) or None


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


def _designations(
    cells: Cells, common_id: str | None
) -> tuple[tuple[DesignationKind, str | None], ...]:
    """Return what the row is designated as: its ID says it first, then 避難所種別, then the list.

    The list is one of emergency sites, so that a row of it with 指定避難所との重複 is also a
    designated shelter, under an ID that only another list has.
    """
    stated = cells.read(SHELTER_KIND, values.shelter_kind)
    kind = values.kind_of_id(common_id) if common_id else stated or DesignationKind.EMERGENCY_SITE
    if common_id and stated not in (None, kind):
        cells.note(COMMON_ID, common_id, N_("an ID of the kind that 避難所種別 names"))
    if kind is DesignationKind.EMERGENCY_SITE and cells.read(ALSO_SHELTER, values.flag):
        return (kind, common_id), (DesignationKind.DESIGNATED_SHELTER, None)
    return ((kind, common_id),)


def _hazards(
    cells: Cells, designations: tuple[tuple[DesignationKind, str | None], ...]
) -> frozenset[Hazard] | None:
    """Return the hazards that are marked; unknown as soon as one mark cannot be read.

    A list of 指定避難所 leaves all marks empty, which says nothing about hazards.
    """
    noted = len(cells.problems)
    marked = frozenset(
        hazard for column, hazard in HAZARDS.items() if cells.read(column, values.flag)
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


def _municipality(cells: Cells, common_id: str | None, otherwise: str | None) -> str:
    """Return who designated the shelter, from wherever the row or the caller says it."""
    for column in (MUNICIPALITY, PUBLISHER):
        if code := cells.read(column, values.municipality_code):
            return code
    if common_id:
        return values.completed(common_id[1:6])
    if otherwise:
        return otherwise
    raise cells.refuse(
        MUNICIPALITY,
        cells.text(MUNICIPALITY) or "",
        N_("a municipality code of six digits with its check digit"),
    )


FORMAT = Format("自治体標準オープンデータセット v2 指定緊急避難場所一覧", recognises, parse)
