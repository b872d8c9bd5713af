"""SIP4D-ZIP (JSA-S1016:2023, version 1.1): features of one data type, with what they mean.

The format is Japanese whatever language its sender reads. Its published checker lets missing
values pass, so that what is required is enforced here.
"""

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import groupby
from uuid import uuid5

from gis.clock import jst
from gis.errors import ExchangeFieldUnfit
from gis.reports.rendering import Rendering
from gis.reports.sip4d_fields import DataType, Field, Kind
from gis.reports.sip4d_terms import flag_of, mark
from gis.reports.situation import SituationSummary
from gis.text import Language

Value = str | int | datetime | None
Path = tuple[tuple[float, float], ...]
Json = str | int | float | None | Sequence["Json"] | Mapping[str, "Json"]

VERSION = "1.1"
META = "sip4d_zip_meta.json"
OPEN_TO = "災害対応機関のみ公開可能"
LICENCE = "other-closed"


@dataclass(frozen=True)
class Feature:
    """Something at a place; what is unknown is None, or missing, in its properties.

    ``path`` holds lon and lat (degrees, EPSG:4326): one pair is a point, more are a line, and none
    means that nobody knows where it is.
    """

    path: Path
    properties: Mapping[str, Value]


def rendering(
    data_type: DataType, title: str, features: Callable[[SituationSummary], Iterable[Feature]]
) -> Rendering[SituationSummary]:
    """Return how the features of a summary leave the house as a data type."""

    def render(summary: SituationSummary, _: Language) -> bytes:
        return packed(summary, data_type, features(summary))

    return Rendering(
        name=f"sip4d_{data_type.stem}",
        title=title,
        suffix=".zip",
        media_type="application/zip",
        render=render,
        stem=f"sip4d_{data_type.code}",
        for_systems=True,
    )


def packed(summary: SituationSummary, data_type: DataType, features: Iterable[Feature]) -> bytes:
    """Return features as SIP4D-ZIP; the same ones always as the same bytes.

    A feature without a place is left out, and the file says how many are.

    Raises
    ------
    gis.errors.ExchangeFieldUnfit
        Something that the format demands is missing, or not in its form.
    """
    every = list(features)
    layers = _layers(data_type.stem, [each for each in every if each.path])
    files: dict[str, Json] = {
        META: _meta(summary, data_type, [*layers], left_out=sum(not each.path for each in every))
    }
    for stem, placed in layers.items():
        files[f"{stem}.geojson"] = _collection(data_type, placed)
        files[f"{stem}_columns.json"] = _columns(data_type)
    return _zipped(files, summary.as_of)


def _layers(stem: str, features: Sequence[Feature]) -> dict[str, list[Feature]]:
    """Return what goes into which file: a file holds geometries of one kind only."""
    kinds = {
        kind: list(alike)
        for kind, alike in groupby(sorted(features, key=_geometry_type), key=_geometry_type)
    }
    if len(kinds) > 1:
        return {f"{stem}_{kind.lower()}": alike for kind, alike in kinds.items()}
    return {stem: next(iter(kinds.values()), [])}


def _geometry_type(feature: Feature) -> str:
    return "Point" if len(feature.path) == 1 else "LineString"


def _collection(data_type: DataType, features: Iterable[Feature]) -> Json:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": _geometry(feature),
                "properties": _properties(data_type, feature.properties),
            }
            for feature in features
        ],
    }


def _geometry(feature: Feature) -> Json:
    # A whole number would be read back as an integer, which the format takes for a mistake.
    points = [[float(lon), float(lat)] for lon, lat in feature.path]
    kind = _geometry_type(feature)
    return {"type": kind, "coordinates": points[0] if kind == "Point" else points}


def _properties(data_type: DataType, values: Mapping[str, Value]) -> Json:
    return {
        field.name: _checked(data_type, field, values.get(field.name)) for field in data_type.fields
    }


def _checked(data_type: DataType, field: Field, value: Value) -> str | int | None:
    """Return a value as the format writes it; refuse what it would not take."""
    said = local(value) if isinstance(value, datetime) else value
    if said is None or said == "":
        is_fit, said = not field.is_required, None
    elif field.kind is Kind.INTEGER:
        is_fit = isinstance(said, int)
    else:
        is_fit = isinstance(said, str) and (not field.values or said in field.values)
        is_fit = is_fit and (field.pattern is None or bool(re.fullmatch(field.pattern, str(said))))
    if not is_fit:
        raise ExchangeFieldUnfit(
            field=field.name,
            received=said,
            name=field.title,
            form=f"SIP4D {data_type.code} {data_type.title}",
        )
    return said


def local(moment: datetime) -> str:
    """Return a moment as the format has it: as a clock in Japan shows it, without an offset."""
    return jst(moment).strftime("%Y-%m-%dT%H:%M:%S")


def _columns(data_type: DataType) -> Json:
    return {
        "version": VERSION,
        "code": data_type.code,
        "num_column": len(data_type.fields),
        "columns": [_column(field) for field in data_type.fields],
    }


def _column(field: Field) -> Json:
    column: dict[str, Json] = {
        "name": field.name,
        "jname": field.title,
        "connid": field.name,
        "show": True,
        "description": field.description,
        "type": field.kind.value,
    }
    if field.values:
        column |= {
            "num_key": len(field.values),
            "key_list": field.values,
            "value_list": field.values,
            "conn_attr_list": field.codes,
        }
    return column


def _meta(
    summary: SituationSummary, data_type: DataType, stems: Sequence[str], *, left_out: int
) -> Json:
    now, sender = local(summary.as_of), summary.sender
    if sender.email is None:
        raise ExchangeFieldUnfit(
            field="sender.email", name="maintainer e-mail", form=f"SIP4D {data_type.code}"
        )
    name = sender.name_ja or summary.city_name_ja
    title = f"{mark(summary)}{summary.prefecture_ja}{summary.city_name_ja} {data_type.title}"
    return {
        "version": VERSION,
        "title": title,
        "ttid": str(uuid5(summary.incident_id, data_type.code)),
        "code": data_type.code,
        "category": data_type.category,
        "tags": data_type.tags,
        "format": "SIP4D-ZIP",
        "payload_type": "VECTOR",
        "updated": now,
        "information_date": now,
        "author": {"name": name, "e-mail": sender.email},
        "maintainer": {"name": name, "e-mail": sender.email},
        "disaster": {
            "name": f"{mark(summary)}{summary.incident_name}",
            "id": str(summary.incident_id),
            "report": summary.issue.number if summary.issue else 0,
        },
        "lgcode": [summary.city_code[:5]],
        "openflg": OPEN_TO,
        "testflg": flag_of(summary),
        "character": "UTF-8",
        "remark": f"位置が分からない{left_out}件は含みません。" if left_out else "",
        "license_id": LICENCE,
        "license_note": "",
        "credit": [name],
        "note": data_type.note,
        "entry_num": len(stems),
        "entry": [
            {"type": "GeoJSON", "title": title, "file": f"{stem}.geojson", "updated": now}
            for stem in stems
        ],
    }


def _zipped(files: Mapping[str, Json], as_of: datetime) -> bytes:
    """Return files as a ZIP that bears the moment they tell of, and nothing of this machine."""
    moment = jst(as_of)
    when = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, when)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, _json(content), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _json(content: Json) -> bytes:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1).encode()
