"""The rules of SIP4D-ZIP 1.1 as a checker that shares nothing with the product.

It knows the official field templates from the reference files alone and goes beyond the published
checker in two things: what a template calls necessary must have a value in every feature, and
nothing may stand in the archive that the meta file does not name.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from tests.conftest import shared_file

CODES = ("01-001-01", "01-005-01", "01-010-01", "01-011-01")
CATEGORIES = (
    "気象",
    "地震",
    "津波",
    "土砂災害",
    "洪水",
    "火山",
    "人的被害",
    "建物被害",
    "公共施設",
    "交通",
    "ライフライン",
    "通信",
    "燃料・エネルギー",
    "SNS情報",
    "画像・動画",
    "避難",
    "物資",
    "医療",
    "廃棄物",
    "派遣",
    "本部設置",
    "法律適用",
    "その他",
)
OPEN_TO = ("ＩＳＵＴ－ＳＩＴＥのみ公開可能", "災害対応機関のみ公開可能", "一般公開可能")
LICENCES = ("cc-zero", "cc-by", "cc-by-sa", "cc-nc", "other-nc", "other-closed")
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
META_MOMENT = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}"
MOMENT = META_MOMENT + r"(\.\d+)?Z?"
EMAIL = r"[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9.-]+"
ONE_OF: dict[str, tuple[str, ...]] = {
    "version": ("1.1",),
    "code": CODES,
    "category": CATEGORIES,
    "format": ("SIP4D-ZIP",),
    "payload_type": ("VECTOR",),
    "openflg": OPEN_TO,
    "testflg": ("通常", "訓練", "試験"),
    "character": ("UTF-8",),
    "license_id": LICENCES,
}
WRITTEN = {"ttid": UUID, "updated": META_MOMENT, "information_date": META_MOMENT}
KINDS = ("Point", "LineString")
REPORT_MOST = 9999


def faults(content: bytes) -> list[str]:
    """Return everything that is wrong with a file; nothing with one that passes."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    files = {name: archive.read(name) for name in archive.namelist()}
    return list(_archive(files))


def opened(content: bytes) -> dict[str, Any]:
    """Return what the files in an archive say."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def template(code: str) -> dict[str, Any]:
    """Return the official template of a data type, or skip the test where it is absent."""
    found: dict[str, Any] = json.loads(
        shared_file(f"domain/sip4d_fields/{code}.json").read_text("utf-8")
    )
    return found


def _archive(files: dict[str, bytes]) -> Iterator[str]:
    for name, content in files.items():
        if content.startswith(b"\xef\xbb\xbf"):
            yield f"{name} has a byte order mark"
        content.decode("utf-8")
    if "sip4d_zip_meta.json" not in files:
        yield "no meta file"
        return
    told = {name: json.loads(content) for name, content in files.items()}
    meta = told["sip4d_zip_meta.json"]
    yield from _meta(meta)
    official = template(meta["code"])
    stems = [entry["file"].removesuffix(".geojson") for entry in meta["entry"]]
    named = {f"{stem}{ending}" for stem in stems for ending in (".geojson", "_columns.json")}
    if set(files) != named | {"sip4d_zip_meta.json"}:
        yield f"the archive holds {sorted(files)}"
    for stem in stems:
        columns = told[f"{stem}_columns.json"]
        yield from _columns(columns, official)
        yield from _collection(told[f"{stem}.geojson"], columns, official)


def _meta(meta: dict[str, Any]) -> Iterator[str]:
    for key, values in ONE_OF.items():
        if meta.get(key) not in values:
            yield f"{key} is {meta.get(key)!r}"
    for key, pattern in WRITTEN.items():
        if not re.fullmatch(pattern, meta.get(key, "")):
            yield f"{key} is {meta.get(key)!r}"
    report = meta["disaster"]["report"]
    needed = meta["maintainer"]["e-mail"]
    emails = [needed, meta["author"].get("e-mail", needed)]
    is_fit = {
        "title": bool(meta["title"]),
        "note": isinstance(meta["note"], str),
        "tags": all(isinstance(tag, str) for tag in meta["tags"]),
        "names": all(meta[who]["name"] for who in ("author", "maintainer", "disaster")),
        "e-mail": all(re.fullmatch(EMAIL, email) for email in emails),
        "disaster.report": type(report) is int and 0 <= report <= REPORT_MOST,
        "lgcode": all(re.fullmatch("[0-9]{5}", code) for code in meta["lgcode"]),
        "entry_num": meta["entry_num"] == len(meta["entry"]) > 0,
        "entry": all(entry["type"] == "GeoJSON" and entry["title"] for entry in meta["entry"]),
        "updated": all(re.fullmatch(META_MOMENT, entry["updated"]) for entry in meta["entry"]),
    }
    yield from (key for key, fits in is_fit.items() if not fits)


def _columns(columns: dict[str, Any], official: dict[str, Any]) -> Iterator[str]:
    told = columns["columns"]
    if columns["version"] != "1.1" or columns["num_column"] != len(told) or not told:
        yield "the columns are not counted right"
    by_name = {column["name"]: column for column in told}
    if len(by_name) != len(told):
        yield "a column stands twice"
    (rules,) = (each for each in official["members"] if each["key"] == "columns")
    if columns["code"] not in next(m["values"] for m in official["members"] if m["key"] == "code"):
        yield f"columns are of {columns['code']}"
    known = {each["connid"]: each for each in official["properties_value"]}
    for column in told:
        yield from _column(column, known)
    for rule in rules["exist_members"]:
        if rule.get("necessary") and "value" in rule and rule["value"] not in by_name:
            yield f"column {rule['value']} is missing"
        if rule["keys"] == ["conn_attr_list"] and rule["ifvalue"] in by_name:
            used = by_name[rule["ifvalue"]].get("conn_attr_list", [])
            if not set(used) <= set(rule["values"]):
                yield f"conn_attr_list of {rule['ifvalue']} is {used}"


def _column(column: dict[str, Any], known: dict[str, Any]) -> Iterator[str]:
    name = column["name"]
    if name not in known or column["connid"] != name:
        yield f"the template has no {name}"
        return
    if not re.fullmatch("[a-z0-9_]+", name) or column["show"] is not True:
        yield f"{name} is not declared right"
    if column["type"] != known[name]["type"]:
        yield f"{name} is declared as {column['type']}"
    if "values" in known[name]:
        lists = [column.get(key) for key in ("key_list", "value_list", "conn_attr_list")]
        if lists[0] != known[name]["values"]:
            yield f"{name} has the values {lists[0]}"
        if any(each is None or len(each) != column["num_key"] for each in lists):
            yield f"the lists of {name} differ in length"


def _collection(
    collection: dict[str, Any], columns: dict[str, Any], official: dict[str, Any]
) -> Iterator[str]:
    if collection["type"] != "FeatureCollection":
        yield "no FeatureCollection"
    features = collection["features"]
    if len({each["geometry"]["type"] for each in features}) > 1:
        yield "geometries of several kinds"
    declared = {column["name"] for column in columns["columns"]}
    known = {each["connid"]: each for each in official["properties_value"]}
    for feature in features:
        if feature["type"] != "Feature":
            yield "no Feature"
        yield from _geometry(feature["geometry"])
        properties = feature["properties"]
        if not set(properties) <= declared:
            yield f"undeclared: {set(properties) - declared}"
        for name, rule in known.items():
            yield from _value(name, properties.get(name), rule)


def _geometry(geometry: dict[str, Any]) -> Iterator[str]:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind not in KINDS:
        yield f"unexpected {kind}"
        return
    points = [coordinates] if kind == "Point" else coordinates
    if kind == "LineString" and len(points) < 2:
        yield "a line of one point"
    for point in points:
        if len(point) != 2 or not all(type(degrees) is float for degrees in point):
            yield f"coordinates {point}"


def _value(name: str, value: Any, rule: dict[str, Any]) -> Iterator[str]:  # noqa: ANN401
    if value is None:
        if rule["necessary"]:
            yield f"{name} is necessary"
        return
    if rule["type"] == "Integer":
        is_fit = type(value) is int
    else:
        is_fit = type(value) is str and value != ""
        is_fit = is_fit and value in rule.get("values", [value])
        forms = [MOMENT] if rule["type"] == "Datetime" else rule.get("string_formats", [])
        is_fit = is_fit and all(re.fullmatch(form, value) for form in forms)
    if not is_fit:
        yield f"{name} is {value!r}"
