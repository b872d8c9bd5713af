"""Formats written down without code: which of our columns stands under which heading.

.. code-block:: toml

    name = "○○市 避難所一覧"
    kind = "designated_shelter"     # or "emergency_site" (without this line) or "welfare_shelter"
    crs = "EPSG:6677"               # only where 緯度 (north) and 経度 (east) are not degrees
    unknown = ["不明"]               # cells that mean what an empty one means

    [columns]
    "名称" = "施設名"
    "所在地_連結表記" = "住所"
    "想定収容人数" = "収容人数（人）"
"""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from gis.geometry.projection import is_crs
from gis.importers.columns import COLUMNS, NAME
from gis.importers.errors import MappingInvalid
from gis.importers.format import Format
from gis.vocabulary import DesignationKind


def _crs(given: str) -> str:
    if not is_crs(given):
        raise ValueError(given)
    return given


def _columns(given: dict[str, str]) -> dict[str, str]:
    unknown = [column for column in given if column not in COLUMNS]
    if unknown or NAME not in given:
        raise ValueError(", ".join(unknown) or NAME)
    return given


class _Written(BaseModel):
    """What a mapping file says."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=200)

    name: Annotated[str, Field(min_length=1)]
    columns: Annotated[dict[str, str], AfterValidator(_columns)]
    kind: DesignationKind = DesignationKind.EMERGENCY_SITE
    crs: Annotated[str, AfterValidator(_crs)] | None = None
    unknown: frozenset[str] = frozenset()


def read_mapping(code: str, text: str) -> Format:
    """Return the format that a mapping describes; it recognises files with all of its headings.

    Parameters
    ----------
    code
        Its short name: that of the file, without ``.toml``.
    text
        TOML as above.

    Raises
    ------
    MappingInvalid
        It is no TOML, names no column 名称, or a column, a kind or a CRS that does not exist.
    """
    try:
        written = _Written.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise MappingInvalid(received=code, problem=fault) from None
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise MappingInvalid(received=code, problem=f"{where}: {first['input']!s:.80}") from None
    return Format(
        code=code,
        name=written.name,
        columns=written.columns,
        kind=written.kind,
        signs=tuple(written.columns.values()),
        unknown=written.unknown,
        crs=written.crs,
    )


def write_mapping(name: str, columns: Mapping[str, str], kind: DesignationKind) -> str:
    """Return a mapping as TOML, for a file or for the store."""
    # What JSON quotes, TOML reads as the same string.
    quoted = {_quoted(ours): _quoted(theirs) for ours, theirs in columns.items()}
    lines = (f"{ours} = {theirs}" for ours, theirs in quoted.items())
    head = f"name = {_quoted(name)}\nkind = {_quoted(kind.value)}\n\n[columns]\n"
    return head + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_mappings(folder: Path) -> tuple[Format, ...]:
    """Return the formats of all mapping files in a folder, by file name.

    Raises
    ------
    MappingInvalid
        One of them is not a mapping.
    """
    return tuple(
        read_mapping(file.stem, file.read_text(encoding="utf-8"))
        for file in sorted(folder.glob("*.toml"))
    )
