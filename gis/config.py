"""Settings and the city profile: the only reader of the environment.

A municipality is served by its profile (``data/cities/NNNNNN.toml``) alone; no code knows a city.
"""

import tomllib
from functools import cache
from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Protocol, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
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
    """The municipality served: the name of a profile in ``data/cities``."""
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
    """GeoJSON of the municipal boundary, relative to ``data/cities``."""
    towns: str
    """CSV of 町丁目 (town_code, town_name, lat, lon, population), relative to ``data/cities``;
    a column households where they are known."""

    _whole = field_validator("reporting")(_from_the_beginning)


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
        There is no such profile in ``data/cities``.
    pydantic.ValidationError
        The profile is incomplete or contradicts itself.
    """
    with (DATA_FOLDER / "cities" / f"{code}.toml").open("rb") as source:
        return CityProfile.model_validate(tomllib.load(source))
