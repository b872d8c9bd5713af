"""A peer: ogr2ogr of GDAL, as Debian packages it; measured here, never used by the product."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from gis.importers.columns import MUNICIPALITY_NAME
from scripts.debian import APT_GET, as_root, refresh
from scripts.steps import TroubleError, carry_out
from tests.benchmarks import national

PACKAGE = "gdal-bin"
POINTS = (
    *("-oo", f"X_POSSIBLE_NAMES={national.LON}", "-oo", f"Y_POSSIBLE_NAMES={national.LAT}"),
    *("-a_srs", "EPSG:4326"),
    # Appending, it would use one INSERT a row; it can COPY, so it shall.
    *("--config", "PG_USE_COPY", "YES"),
)
ONLY_ROWS = (
    *("-lco", "CREATE_TABLE=OFF", "-lco", "DROP_TABLE=OFF", "-lco", "CREATE_SCHEMA=OFF"),
    *("-lco", "SPATIAL_INDEX=NONE", "-lco", "GEOMETRY_NAME=location", "-nln", "bare"),
)


def version() -> str:
    """Return which GDAL it is, after installing it where it is missing.

    Raises
    ------
    TroubleError
        It is missing and cannot be installed.
    """
    if not shutil.which("ogr2ogr"):
        _install()
    said = subprocess.run(["ogr2ogr", "--version"], capture_output=True, text=True, check=True)
    return said.stdout.partition(",")[0]


def _install() -> None:
    root = as_root()
    if root is None or not shutil.which("apt-get"):
        raise TroubleError(f"ogr2ogr is missing and {PACKAGE} cannot be installed by this user")
    refresh(root)
    install = [*APT_GET, "install", "--yes", "--no-install-recommends", PACKAGE]
    quiet = [*root, "env", "DEBIAN_FRONTEND=noninteractive"]
    carry_out(f"Installing {PACKAGE}", [*quiet, *install])


def write_plain(owner_url: str, files: Sequence[Path]) -> None:
    """Write each list to a table of ogr2ogr's own making."""
    for file in files:
        name = f"ogr2ogr_{file.stem}".lower()
        command = [
            "ogr2ogr",
            "-f",
            "PostgreSQL",
            f"PG:{owner_url}",
            str(file),
            *POINTS,
            "-nln",
            name,
        ]
        subprocess.run(command, check=True)


def write_typed(owner_url: str, files: Sequence[Path]) -> None:
    """Append the lists to the bare table, column by column.

    Its PostgreSQL driver cannot: it leaves COPY for INSERT where columns have defaults, and makes
    an array of the one text that holds an array. Its dump has neither trouble, and psql takes it.
    """
    psql = ["psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", owner_url]
    for file in files:
        select = ["-dialect", "SQLITE", "-sql", _select(file)]
        dump = ["ogr2ogr", "-f", "PGDump", "/vsistdout/", str(file), *POINTS, *ONLY_ROWS, *select]
        with subprocess.Popen(dump, stdout=subprocess.PIPE) as process:
            subprocess.run(psql, stdin=process.stdout, check=True, capture_output=True)
        assert process.returncode == 0


def _select(file: Path) -> str:
    columns = {
        "municipality_code": _municipality_code(),
        "facility_key": f'"{national.ID}"',
        "name": f'"{national.NAME}"',
        "address": f'"{national.ADDRESS}"',
        "hazards": _hazards() if national.has_marks(file) else None,
        "note": _notes(national.notes(file)),
        "details": _details(),
        "kind": _kind(),
        "common_id": f'"{national.ID}"',
    }
    listed = (f"{value} AS {name}" for name, value in columns.items() if value)
    return f'SELECT {", ".join(listed)}, geometry FROM "{file.stem}"'  # noqa: S608 - ours alone


def _municipality_code() -> str:
    digits = f'substr("{national.ID}", 2, 5)'
    weighed = " + ".join(
        f'{weight} * substr("{national.ID}", {place}, 1)'
        for place, weight in enumerate(national.CHECK_WEIGHTS, start=2)
    )
    return f"{digits} || ((11 - ({weighed}) % 11) % 10)"


def _hazards() -> str:
    marks = " || ".join(
        f"CASE \"{column}\" WHEN '1' THEN ',{hazard}' ELSE '' END"
        for column, hazard in national.MARKS.items()
    )
    return f"'{{' || substr({marks}, 2) || '}}'"


def _notes(prefixes: dict[str, str]) -> str:
    joined = " || ".join(
        f"CASE \"{heading}\" WHEN '' THEN '' ELSE ' / {prefix}' || \"{heading}\" END"
        for heading, prefix in prefixes.items()
    )
    return f"nullif(substr({joined}, 4), '')"


def _details() -> str:
    return f"json_object('{MUNICIPALITY_NAME}', \"{national.MUNICIPALITY}\")"


def _kind() -> str:
    cases = " ".join(f"WHEN '{sign}' THEN '{kind}'" for sign, kind in national.KINDS.items())
    return f'CASE substr("{national.ID}", 12, 2) {cases} END'
