from dataclasses import dataclass

from gis.identity.spelling import comparable_address, comparable_name, ownerless_name


@dataclass(frozen=True)
class Facility:
    """A facility as one list writes it; place in EPSG:4326 degrees, None when not known.

    A known facility with several names or addresses stands once for each, under one key. One that
    may be meant only by a person's word needs a person: an emergency site, when the rows are
    shelters.
    """

    key: str
    name: str
    address: str | None = None
    lon: float | None = None
    lat: float | None = None
    needs_person: bool = False

    @property
    def place(self) -> tuple[float, float] | None:
        """Longitude and latitude, when both are known."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)

    @property
    def compared_name(self) -> str:
        """The name in the spelling of comparisons."""
        return comparable_name(self.name)

    @property
    def bare_name(self) -> str:
        """The same without the 市立 of its owner."""
        return ownerless_name(self.compared_name)

    @property
    def compared_address(self) -> str:
        """The address in the spelling of comparisons; empty when not known."""
        return comparable_address(self.address or "")
