"""Municipality and its towns."""

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from gis.models.base import Base


class Municipality(Base):
    """A city, town or village, named by its 全国地方公共団体コード (six digits)."""

    __tablename__ = "municipality"
    __table_args__ = (
        CheckConstraint(r"code ~ '^\d{6}$'", name="code_six_digits"),
        Index("municipality_area_idx", "area", postgresql_using="gist"),
        Index("municipality_area_3857_idx", "area_3857", postgresql_using="gist"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    name_ja: Mapped[str]
    name_en: Mapped[str]
    area: Mapped[WKBElement] = mapped_column(Geometry("MULTIPOLYGON", 4326, spatial_index=False))
    area_3857: Mapped[WKBElement] = mapped_column(
        Geometry("MULTIPOLYGON", 3857, spatial_index=False),
        Computed("ST_Transform(area, 3857)", persisted=True),
    )


class Town(Base):
    """A 町丁目 with its representative point.

    Population and households are planning estimates; NULL is unknown.
    """

    __tablename__ = "town"
    __table_args__ = (
        CheckConstraint("population >= 0", name="population_not_negative"),
        CheckConstraint("households >= 0", name="households_not_negative"),
        Index("town_location_idx", "location", postgresql_using="gist"),
        Index("town_location_3857_idx", "location_3857", postgresql_using="gist"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"), index=True)
    name: Mapped[str]
    population: Mapped[int | None]
    households: Mapped[int | None]
    location: Mapped[WKBElement] = mapped_column(Geometry("POINT", 4326, spatial_index=False))
    location_3857: Mapped[WKBElement] = mapped_column(
        Geometry("POINT", 3857, spatial_index=False),
        Computed("ST_Transform(location, 3857)", persisted=True),
    )
