"""One row of any known format, made a shelter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from gis.geometry.place import JAPAN, Place
from gis.geometry.projection import to_degrees
from gis.importers import columns, values
from gis.importers.addresses import lies_within, municipality_key
from gis.importers.cells import (
    Cells,
    Layout,
    RowRefused,
    missing_columns,
    refused,
    whole_rows,
)
from gis.importers.format import Format
from gis.importers.inventory import Designations, Inventory, ShelterRow
from gis.importers.table import Table
from gis.text import N_
from gis.vocabulary import DesignationKind, Hazard

NAME_LENGTH_MOST = 200
ADDRESS_LENGTH_MOST = 500
ID_LENGTH_MOST = 100


@dataclass(frozen=True)
class Choices:
    """What the person who imports a file says about it."""

    municipality_code: str | None = None
    """全国地方公共団体コード (six digits) of rows that name no municipality."""
    municipalities: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Codes by name, for rows that name their municipality without its code."""
    swap_axes: bool = False
    """Turn latitude and longitude round wherever they are recognisably swapped."""


def read_inventory(table: Table, known: Format, choices: Choices) -> Inventory:
    """Return the inventory that a table of a format holds.

    Parameters
    ----------
    table
        A header and its rows.
    known
        The format that recognised the header.
    choices
        What the file does not say itself.
    """
    layout = Layout.of(table, known)
    reader = _Reader(known, choices)
    problems = missing_columns(known, layout)
    shelters: list[ShelterRow] = []
    for cells in whole_rows(table, layout):
        try:
            shelters.append(reader.shelter(cells))
        except RowRefused:
            problems.extend(refused(cells.problems))
        else:
            if cells.problems:
                problems.extend(cells.problems)
    return Inventory(
        tuple(shelters),
        tuple(problems),
        len(table.records),
        known.name,
        table.header,
        table.records,
    )


class _Reader:
    """Reads the rows of one file, and knows which designations it has seen."""

    def __init__(self, known: Format, choices: Choices) -> None:
        self.known = known
        self.choices = choices
        self._seen: set[tuple[str, str, str]] = set()
        self._codes: dict[str, frozenset[str]] = {}
        for name, codes in choices.municipalities.items():
            key = municipality_key(name)
            self._codes[key] = self._codes.get(key, frozenset()) | codes

    def shelter(self, cells: Cells) -> ShelterRow:
        """Return the shelter of a row.

        Raises
        ------
        RowRefused
            It has none; why stands among the problems of the cells.
        """
        if cells.problems:
            raise RowRefused
        local_id, common_id = _identifiers(cells)
        designations = self._designations(cells, common_id)
        location = self._location(cells)
        capacity, is_fictitious, capacity_note = _capacity(cells)
        municipality_code = self._municipality(cells, common_id)
        name, address = _name(cells), _address(cells)
        identifier = local_id or f"{name}|{address or ''}"
        self._check_once(cells, designations, municipality_code, identifier)
        return ShelterRow(
            row=cells.record.row,
            name=name,
            name_kana=cells.text(columns.NAME_KANA),
            address=address,
            lon=location.lon if location else None,
            lat=location.lat if location else None,
            phone=cells.text(columns.PHONE),
            municipality_code=municipality_code,
            hazards=self._hazards(cells, designations),
            designations=designations,
            capacity=capacity,
            capacity_is_fictitious=is_fictitious,
            local_id=local_id,
            note=_note(cells, capacity_note),
            details=_details(cells),
        )

    def _designations(self, cells: Cells, common_id: str | None) -> Designations:
        """Return the designations of a row: its ID says it first, then 避難所種別, then the list.

        A row of a list of emergency sites that is marked as a designated shelter, too, is one
        under an ID that only another list has.
        """
        stated = cells.read(columns.SHELTER_KIND, self.known.shelter_kind)
        kind = values.kind_of_id(common_id) if common_id else stated or self.known.kind
        if common_id and stated not in (None, kind):
            cells.note(columns.COMMON_ID, common_id, N_("an ID of the kind that 避難所種別 names"))
        is_site = kind is DesignationKind.EMERGENCY_SITE
        if is_site and cells.read(columns.ALSO_SHELTER, values.flag):
            return (kind, common_id), (DesignationKind.DESIGNATED_SHELTER, None)
        return ((kind, common_id),)

    def _location(self, cells: Cells) -> Place | None:
        lon, lat = cells.text(columns.LON) or "", cells.text(columns.LAT) or ""
        try:
            return self._place(lon, lat)
        except values.Unreadable as unreadable:
            if unreadable.expected == values.SWAPPED and self.choices.swap_axes:
                return values.place(lat, lon)
            headings = cells.layout.headings
            where = ", ".join(headings.get(axis, axis) for axis in (columns.LAT, columns.LON))
            cells.note(where, f"{lat}, {lon}".strip(", "), unreadable.expected)
            return None

    def _place(self, lon: str, lat: str) -> Place:
        if self.known.crs is None or not (lon and lat):
            return values.place(lon, lat)
        east, north = values.metres(lon), values.metres(lat)
        if JAPAN.contain(east, north):
            raise values.Unreadable(N_("coordinates in metres; these look like degrees"))
        # Degrees that are worked out are good to a centimetre, not to more.
        east, north = to_degrees(east, north, self.known.crs)
        return values.place(f"{east:.7f}", f"{north:.7f}")

    def _hazards(self, cells: Cells, designations: Designations) -> frozenset[Hazard] | None:
        """Return the hazards that are marked; unknown as soon as one mark cannot be read.

        A list of 指定避難所 has no marks or leaves them empty, which says nothing about hazards.
        """
        if not self.known.marks:
            return None
        marked = _marked(self.known.marks, tuple(map(cells.by_column.get, self.known.marks)))
        if marked is None:
            for column in self.known.marks:
                cells.read(column, values.flag)
            return None
        is_emergency_site = designations[0][0] is DesignationKind.EMERGENCY_SITE
        return marked if marked or is_emergency_site else None

    def _municipality(self, cells: Cells, common_id: str | None) -> str:
        """Return who designated the shelter, from wherever the row or the caller says it."""
        for column in columns.MUNICIPALITY_CODES:
            if code := cells.read(column, self.known.municipality_code):
                return code
        if common_id:
            return values.completed(common_id[1:6])
        if code := self._municipality_by_name(cells):
            return code
        # A row that names somebody else, if not readably, is nobody's by default.
        named = any(map(cells.text, (*columns.MUNICIPALITY_CODES, columns.MUNICIPALITY_NAME)))
        if self.choices.municipality_code and not named:
            return self.choices.municipality_code
        first = columns.MUNICIPALITY_NAME if named else columns.MUNICIPALITY_CODES[0]
        raise cells.refuse(
            first,
            cells.text(first) or "",
            N_("a municipality code of six digits with its check digit"),
        )

    def _municipality_by_name(self, cells: Cells) -> str | None:
        """Return the one municipality of a name; of several the one in the chosen prefecture."""
        names = map(cells.text, cells.layout.names)
        name = next(filter(None, names), None)
        if name is None or not self._codes:
            return None
        codes = self._codes.get(municipality_key(name), frozenset())
        if len(codes) > 1 and self.choices.municipality_code:
            prefecture = self.choices.municipality_code[:2]
            codes = frozenset(code for code in codes if code.startswith(prefecture))
        return next(iter(codes)) if len(codes) == 1 else None

    def _check_once(
        self,
        cells: Cells,
        designations: Designations,
        municipality_code: str,
        otherwise: str,
    ) -> None:
        """Refuse a second row with the same designation under the same ID, or name and address.

        Which of the two is right cannot be told, and the later one must not overwrite the earlier.
        """
        has_common_id = any(common_id for _, common_id in designations)
        found: list[tuple[str, str, str]] = []
        for kind, common_id in designations:
            # The second half of an emergency site that is a shelter, too, has no ID of its own.
            if has_common_id and not common_id:
                continue
            identifier = common_id or otherwise
            # A publisher's own ID is unique within its municipality only.
            known = (kind, "" if common_id else municipality_code, identifier)
            if known in self._seen:
                raise cells.refuse(None, identifier, N_("a shelter that is in the file once"))
            found.append(known)
        self._seen.update(found)


def _name(cells: Cells) -> str:
    name = cells.text(columns.NAME)
    if name is None or len(name) > NAME_LENGTH_MOST:
        raise cells.refuse(columns.NAME, name or "", N_("a name of at most 200 characters"))
    return name


def _address(cells: Cells) -> str | None:
    """Return the address; one outside the municipality is right now and then, so only noted."""
    whole = cells.text(columns.ADDRESS) or "".join(
        cells.text(part) or "" for part in columns.ADDRESS_PARTS
    )
    if len(whole) > ADDRESS_LENGTH_MOST:
        raise cells.refuse(columns.ADDRESS, whole, N_("an address of at most 500 characters"))
    names = filter(None, map(cells.text, cells.layout.names))
    if whole and not lies_within(whole, next(names, "")):
        expected = N_("an address in the municipality that designated the shelter")
        cells.note(columns.ADDRESS, whole, expected)
    return whole or None


def _identifiers(cells: Cells) -> tuple[str | None, str | None]:
    """Return the publisher's own ID and the 共通ID, which many publishers write in its place."""
    local_id = cells.text(columns.LOCAL_ID)
    if local_id and len(local_id) > ID_LENGTH_MOST:
        raise cells.refuse(columns.LOCAL_ID, local_id, N_("an ID of at most 100 characters"))
    common_id = cells.read(columns.COMMON_ID, values.common_id)
    if common_id is None and local_id and values.is_common_id(local_id):
        return None, values.common_id(local_id)
    return local_id, common_id


@lru_cache(maxsize=4096)
def _marked(marks: tuple[str, ...], cells: tuple[str | None, ...]) -> frozenset[Hazard] | None:
    """Return the hazards of a row's marks, or None when one of them cannot be read."""
    try:
        return frozenset(
            columns.MARKS[column]
            for column, cell in zip(marks, cells, strict=True)
            if cell and values.flag(cell)
        )
    except values.Unreadable:
        return None


def _capacity(cells: Cells) -> tuple[int | None, bool, str | None]:
    """Return the capacity, whether it is invented, and its prose where it came as prose."""
    published = cells.text(columns.CAPACITY)
    if published is None:
        invented = cells.read(columns.FICTITIOUS_CAPACITY, values.capacity)
        return invented, invented is not None, None
    try:
        return values.capacity(published), False, None
    except values.Unreadable as unreadable:
        number = values.capacity_in_prose(published)
        taken = N_("a number alone; the one in the words is taken, the words go into the note")
        cells.note(columns.CAPACITY, published, unreadable.expected if number is None else taken)
        return number, False, f"{columns.CAPACITY}: {published}"


def _note(cells: Cells, capacity_note: str | None) -> str | None:
    """Return the remarks, and under its heading what has no place of its own in the register."""
    further = ((column, cells.text(column)) for column in cells.layout.notes)
    headed = [f"{column}: {cell}" for column, cell in further if cell]
    return " / ".join(filter(None, (cells.text(columns.NOTE), *headed, capacity_note))) or None


def _details(cells: Cells) -> Mapping[str, str]:
    """Return what the register keeps without a field of its own."""
    found = ((column, cells.text(column)) for column in cells.layout.details)
    return {column: cell for column, cell in found if cell}
