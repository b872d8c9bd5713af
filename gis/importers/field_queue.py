"""What the field app saved to a file on a telephone that found no signal (docs/api.md)."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from gis.importers.cells import FOUND_LENGTH
from gis.importers.damage_list import DamageRow, ReportList, SavedPhotograph
from gis.importers.errors import BrokenFile, EmptyReportFile, NewerFieldQueue
from gis.importers.files import Record, checked_size
from gis.importers.files.sheet import shown
from gis.importers.inventory import Problem
from gis.text import N_

FORMAT = "disaster-hq-field-queue"
VERSION = 1
_BEGINS_WITHIN = 128
"""Bytes in which the name of the format stands."""
_OF_ANOTHER_TIME = ("row", "sent_at")
"""What says nothing in a file, whatever it says."""

_REPORT = TypeAdapter(DamageRow)
_IDENTIFIER = TypeAdapter(UUID)
_MOMENT = TypeAdapter(AwareDatetime | None)


def read(content: bytes) -> ReportList | None:
    """Return the reports and photographs of a saved queue, or None when the bytes are none.

    Raises
    ------
    gis.importers.errors.BrokenFile
        It begins as one and does not go on so.
    gis.importers.errors.NewerFieldQueue
        It is of a version that is not known here.
    gis.importers.errors.EmptyReportFile
        Nothing is in it.
    gis.importers.errors.FileTooLarge
        It is larger than any file that is read.
    """
    if FORMAT.encode() not in content[:_BEGINS_WITHIN]:
        return None
    checked_size(len(content))
    match _json(content):
        case {"format": format_, "version": version} if format_ == FORMAT and version != VERSION:
            raise NewerFieldQueue(received=version)
        case {"format": format_, "reports": [*reports], "photographs": [*photographs]} if (
            format_ == FORMAT
        ):
            if not (reports or photographs):
                raise EmptyReportFile
            return _list(reports, photographs)
    raise BrokenFile


def _json(content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise BrokenFile from None


def _list(reports: Sequence[object], photographs: Sequence[object]) -> ReportList:
    problems: list[Problem] = []
    rows = tuple(_reports(reports, problems))
    pictures = tuple(_photographs(photographs, problems))
    records = (Record(number, (shown(one),)) for number, one in enumerate(reports, start=1))
    return ReportList(
        rows,
        problems=tuple(problems),
        photographs=pictures,
        row_count=len(reports),
        header=("report",),
        records=tuple(records),
    )


def _reports(bodies: Sequence[object], problems: list[Problem]) -> Iterator[DamageRow]:
    expected = N_("a field as the field app writes it")
    for number, body in enumerate(bodies, start=1):
        try:
            yield _REPORT.validate_python(_said(body) | {"row": number})
        except ValidationError as fault:
            for each in fault.errors():
                where, found = ".".join(map(str, each["loc"])), shown(each["input"])[:FOUND_LENGTH]
                problems.append(Problem(number, where, found, expected, taken=False))


def _said(body: object) -> dict[str, Any]:
    """Return the fields of a report by the names that a row has."""
    if not isinstance(body, Mapping):
        return {}
    said = {name: shown(value) if isinstance(value, str) else value for name, value in body.items()}
    match said.get("location"):
        case {"lon": lon, "lat": lat}:
            said["location"] = (lon, lat)
    return {name: value for name, value in said.items() if name not in _OF_ANOTHER_TIME}


def _photographs(saved: Sequence[object], problems: list[Problem]) -> Iterator[SavedPhotograph]:
    expected = N_("a photograph as the field app writes it")
    for one in saved:
        try:
            yield _photograph(one)
        except (KeyError, TypeError, ValueError):
            found = shown(one)[:FOUND_LENGTH]
            problems.append(Problem(None, "photographs", found, expected, taken=False))


def _photograph(one: Any) -> SavedPhotograph:  # noqa: ANN401 - JSON of any kind
    return SavedPhotograph(
        _IDENTIFIER.validate_python(one["id"]),
        _IDENTIFIER.validate_python(one["report_id"]),
        base64.b64decode(one["jpeg_base64"], validate=True),
        _MOMENT.validate_python(one.get("taken_at")),
    )
