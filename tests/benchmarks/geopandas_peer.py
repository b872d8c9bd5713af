"""A peer: pandas reads the lists, geopandas writes them to PostGIS."""

import json
import sys
from pathlib import Path

import geopandas
import pandas as pd
from sqlalchemy import create_engine

from gis.importers.columns import MUNICIPALITY_NAME
from gis.store import sqlalchemy_url
from tests.benchmarks import bare, national
from tests.benchmarks.apart import Laps, tell


def main(table: str, owner_url: str, *files: str) -> None:
    """Write each list to a table of geopandas's own making, or all to the bare table."""
    laps = Laps("")
    engine = create_engine(sqlalchemy_url(owner_url))
    for file in map(Path, files):
        if table == "bare":
            _mapped(file).to_postgis("bare", engine, if_exists="append")
        else:
            _plain(file).to_postgis(f"geopandas_{file.stem}".lower(), engine)
    tell(laps)


def _plain(file: Path) -> geopandas.GeoDataFrame:
    frame = pd.read_csv(file, encoding="utf-8-sig")
    points = geopandas.points_from_xy(frame[national.LON], frame[national.LAT])
    return geopandas.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")


def _mapped(file: Path) -> geopandas.GeoDataFrame:
    read = pd.read_csv(file, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    ids = read[national.ID]
    columns = {
        "municipality_code": _municipality_codes(ids),
        "facility_key": ids,
        "name": read[national.NAME],
        "address": read[national.ADDRESS],
        "hazards": _hazards(read) if national.has_marks(file) else None,
        "note": _notes(read, national.notes(file)),
        "details": [_details(name) for name in read[national.MUNICIPALITY]],
        "kind": ids.str[11:13].map(national.KINDS),
        "common_id": ids,
    }
    axes = (read[axis].astype(float) for axis in (national.LON, national.LAT))
    located = {"location": geopandas.points_from_xy(*axes)}
    frame = pd.DataFrame(columns | located)[[*bare.COLUMNS]]
    return geopandas.GeoDataFrame(frame, geometry="location", crs="EPSG:4326")


def _municipality_codes(ids: "pd.Series[str]") -> "pd.Series[str]":
    total = pd.Series(0, index=ids.index)
    for place, weight in enumerate(national.CHECK_WEIGHTS, start=1):
        total += weight * ids.str[place].astype(int)
    return ids.str[1:6] + ((11 - total % 11) % 10).astype(str)


def _hazards(read: pd.DataFrame) -> "pd.Series[str]":
    marked = pd.Series("", index=read.index)
    for column, hazard in national.MARKS.items():
        marked += read[column].map({"1": f",{hazard}"}).fillna("")
    return "{" + marked.str[1:] + "}"


def _notes(read: pd.DataFrame, prefixes: dict[str, str]) -> "pd.Series[str]":
    joined = pd.Series("", index=read.index)
    for heading, prefix in prefixes.items():
        joined += (" / " + prefix + read[heading]).where(read[heading] != "", "")
    return joined.str[3:].replace("", None)


def _details(municipality: str) -> str:
    return json.dumps({MUNICIPALITY_NAME: municipality}, ensure_ascii=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
