"""Settings and the city profile: the only reader of the environment.

A municipality is served by its profile (``data/cities/NNNNNN.toml``) alone; no code knows a city.
"""

import re
import tomllib
from functools import cache
from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Protocol, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from gis.text import Language

DATA_FOLDER = Path(__file__).parents[1] / "data"

MunicipalityCode = Annotated[str, Field(pattern=r"^\d{6}$")]
Port = Annotated[int, Field(ge=1, le=65535)]
Share = Annotated[float, Field(gt=0, le=10)]


class Frozen(BaseModel):
    """A value that is checked when it is made and never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Settings(BaseSettings):
    """What an operator may set, as environment variables with the prefix ``HQ_``."""

    model_config = SettingsConfigDict(env_prefix="HQ_", frozen=True)

    database_url: SecretStr | None = None
    """A PostGIS to use instead of the private cluster, as ``postgresql://user:password@host/name``."""
    migration_database_url: SecretStr | None = None
    """The same database as its owner, where the server's own login may not change the schema."""
    city: MunicipalityCode = "142077"
    """The municipality served: the name of a profile in :attr:`cities`."""
    cities: Path = DATA_FOLDER / "cities"
    """The folder of city profiles: one's own is left alone by an upgrade."""
    items: Path = DATA_FOLDER / "items.toml"
    """The item list; sheets and films on the use of its items lie in ``instructions`` beside it."""
    base_map: Path | None = None
    """A PMTiles file to draw under the layers; None is the city's land alone."""
    language: Language = Language.JA
    """The language of the terminal; pages and API follow their reader."""
    host: str = "127.0.0.1"
    port: Port = 8501
    public_url: str | None = None
    """How other machines reach the pages, as ``https://192.0.2.7:8443``; `make serve` sets it."""
    lan_address: IPv4Address | None = None
    """The one address of this machine that `make serve` listens on; None for all of them."""
    https_port: Port = 8443
    trust_port: Port = 8480
    """Where telephones fetch the certificate to trust, as HTTPS works for them only afterwards."""
    photographs: str | None = None
    """Where pictures are kept: a folder, or ``s3://bucket/prefix``; None is a folder of our own."""
    photographs_endpoint: str | None = None
    """The address of a store that speaks S3 and is not Amazon's, as ``https://host:port``."""
    photographs_key: str | None = None
    photographs_secret: SecretStr | None = None


@cache
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()


class Bounds(Frozen):
    """A box in EPSG:4326 degrees."""

    west: float
    south: float
    east: float
    north: float

    def degrees(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north, as GeoJSON and PostGIS say it."""
        return self.west, self.south, self.east, self.north

    def middle(self) -> tuple[float, float]:
        """Return lon and lat of its middle."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    def contain(self, lon: float, lat: float) -> bool:
        """Tell whether a place (degrees, EPSG:4326) lies in the box or on its edge."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


class CrowdingThresholds(Frozen):
    """From which share of capacity on a shelter counts as what; shares, not per cent."""

    slightly_crowded: Share
    crowded: Share
    full: Share

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if not self.slightly_crowded < self.crowded < self.full:
            raise ValueError("thresholds must ascend: slightly_crowded < crowded < full")
        return self


class ReportingPhase(Frozen):
    """How often shelters are to report from some hour of an incident on."""

    from_hours: Annotated[float, Field(ge=0)]
    interval_minutes: Annotated[int, Field(gt=0)]


class ToiletNorm(Frozen):
    """For how many persons one toilet is to be there, from some hour of an incident on."""

    from_hours: Annotated[float, Field(ge=0)]
    persons: Annotated[int, Field(gt=0)]


class _Phase(Protocol):
    @property
    def from_hours(self) -> float: ...


_Phases = TypeVar("_Phases", bound=tuple[_Phase, ...])


def _from_the_beginning(phases: _Phases) -> _Phases:
    """Refuse phases that leave out some hour of an incident, or say two things of one."""
    hours = [phase.from_hours for phase in phases]
    if hours[0] != 0 or hours != sorted(set(hours)):
        raise ValueError("phases must begin at from_hours = 0 and ascend")
    return phases


class Standards(Frozen):
    """What people in a shelter are to have at least."""

    floor_area_m2_per_person: Annotated[float, Field(gt=0)]
    women_toilets_per_mens: Annotated[float, Field(gt=0)]
    """How many toilets for women to each one for men."""
    toilets: Annotated[tuple[ToiletNorm, ...], Field(min_length=1)]

    _whole = field_validator("toilets")(_from_the_beginning)


LOCAL_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})
PLACEHOLDERS = ("{z}", "{x}", "{y}")


def _tile_address(url: str) -> str:
    """Refuse an address from which no browser would get a tile, or not unseen by others."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL_HOSTS):
        raise ValueError(f"a base map's url must begin with https://; received {url!r}")
    if [url.count(one) for one in PLACEHOLDERS] != [1, 1, 1] or "{" in parts.netloc:
        raise ValueError(f"a base map's url must have {{z}}, {{x}}, {{y}} once; received {url!r}")
    if re.search(r"[{}\s\"'<>\\]", re.sub(r"\{[zxy]\}", "", url)) or not parts.hostname:
        raise ValueError(f"a base map's url has what is no part of one; received {url!r}")
    return url


def _link(url: str) -> str:
    if urlsplit(url).scheme != "https":
        raise ValueError(f"credit_url must begin with https://; received {url!r}")
    return url


Zoom = Annotated[int, Field(ge=0, le=24)]


class BaseMap(Frozen):
    """A map of images that somebody else serves, drawn under our layers."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    """By which a choice and the page's address name it."""
    title_ja: str
    title_en: str
    url: Annotated[str, AfterValidator(_tile_address)]
    """Where its tiles are, with {z}, {x} and {y}; over HTTPS, or on this machine."""
    credit_ja: str
    credit_en: str
    credit_url: Annotated[str, AfterValidator(_link)]
    min_zoom: Zoom = 0
    max_zoom: Zoom
    """The nearest zoom that is served; nearer still its tiles are enlarged."""

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if self.min_zoom > self.max_zoom:
            raise ValueError("a base map's min_zoom must not be above its max_zoom")
        return self


class Sender(Frozen):
    """As whom headquarters hand data to other bodies; what is None is left out, or asked for."""

    name_ja: str | None = None
    """The office that answers for it; None is the municipality as such."""
    email: (
        Annotated[str, Field(pattern=r"^[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9.-]+$")] | None
    ) = None
    lon: Annotated[float, Field(ge=122, le=154)] | None = None
    lat: Annotated[float, Field(ge=20, le=46)] | None = None
    """Where its city hall stands (degrees, EPSG:4326): the place of figures of the whole city."""


NO_BASE_MAP = "none"
BASE_MAP_FILE = "file"
"""What the choice calls our own layers alone, and the file of ``HQ_BASE_MAP``."""


class CityProfile(Frozen):
    """Everything that makes the product one city's."""

    code: MunicipalityCode
    name_ja: str
    name_en: str
    prefecture_ja: str
    prefecture_en: str
    bounds: Bounds
    """The box the map opens on; places outside of it are taken, and seen as outside."""
    plane_epsg: Annotated[int, Field(ge=6669, le=6687)]
    """The JGD2011 plane rectangular zone in which metres are computed."""
    crowding: CrowdingThresholds
    reporting: Annotated[tuple[ReportingPhase, ...], Field(min_length=1)]
    """After how long without a new reading a shelter's figure counts as old, by phase."""
    standards: Standards
    boundary: str
    """GeoJSON of the municipal boundary, relative to the profile."""
    towns: str
    """CSV of 町丁目 (town_code, town_name, lat, lon, population), relative to the profile;
    a column households where they are known."""

    sender: Sender = Sender()
    """As whom headquarters hand data to other bodies."""

    base_maps: tuple[BaseMap, ...] = ()
    """What may be drawn under the layers while the internet is there; none is online unasked."""
    base_map: str | None = None
    """The one of them that is shown to whoever has not chosen; None is none of them."""

    _whole = field_validator("reporting")(_from_the_beginning)

    def as_sender(self) -> Sender:
        """Return the sender with a name and a place: those of the municipality, where none are."""
        middle = self.bounds.middle()
        said = self.sender.model_dump(exclude_none=True)
        if not {"lon", "lat"} <= said.keys():
            said |= {"lon": middle[0], "lat": middle[1]}
        return Sender(**{"name_ja": self.name_ja} | said)

    @model_validator(mode="after")
    def _each_base_map_once(self) -> Self:
        names = [one.name for one in self.base_maps]
        taken = [NO_BASE_MAP, BASE_MAP_FILE, *names]
        if twice := {name for name in names if taken.count(name) > 1}:
            raise ValueError(f"base maps need names of their own; taken: {', '.join(twice)}")
        if self.base_map is not None and self.base_map not in names:
            raise ValueError(f"base_map must be one of {names}; received {self.base_map!r}")
        return self


@cache
def city_profile(code: str) -> CityProfile:
    """Return the profile of a municipality.

    Parameters
    ----------
    code
        全国地方公共団体コード with its check digit, six digits.

    Raises
    ------
    FileNotFoundError
        There is no such profile in the folder of them.
    pydantic.ValidationError
        The profile is incomplete or contradicts itself.
    """
    with (settings().cities / f"{code}.toml").open("rb") as source:
        return CityProfile.model_validate(tomllib.load(source))
