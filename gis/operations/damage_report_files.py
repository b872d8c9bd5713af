"""Taking files of damage reports into the current incident."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from gis.errors import Refused
from gis.importers.damage_list import DamageRow, ReportList, SavedPhotograph
from gis.importers.inventory import Problem
from gis.operations import Filed
from gis.operations.damage_reports import DETAILS, NewDamageReport, file_damage_reports
from gis.operations.photographs import NewReportPhotograph, add_report_photograph
from gis.photographs import prepare
from gis.queries.incidents import held_open
from gis.text import N_, Language

STEPS = FILING, ADDING = N_("Filing the reports"), N_("Adding the photographs")
"""What an import does one after the other, messages of the catalogue."""

STEP_ROWS = 200
"""Rows that are filed between two words of progress."""

_SAID = (
    "category",
    "severity",
    "location",
    "place_text",
    "note",
    "reporter",
    "observed_at",
    "source",
    "accuracy_m",
    "located_by",
    *DETAILS,
)


@dataclass(frozen=True)
class Intake:
    """What became of the reports of a file, or of its photographs."""

    new_ids: tuple[UUID, ...]
    known: int
    """Those that had been filed before, and changed nothing."""
    problems: tuple[Problem, ...]
    """Those that the store refused, each with its reason."""


def take_in_reports(
    session: Session,
    file: ReportList,
    language: Language,
    *,
    progress: Callable[[int], object] = lambda _count: None,
) -> Intake:
    """File the reports of a file in the current incident; taking it in again changes nothing.

    A row without an id of its own goes by what it says: in another order, another encoding or
    another kind of file it is the same report.

    Parameters
    ----------
    session
        Of a transaction; of one that is rolled back for a preview.
    language
        Of the reasons.
    progress
        Is told how many rows are done. What it raises ends the transaction with nothing written.

    Raises
    ------
    gis.errors.IncidentNotOpen
        Nothing is going on that the reports could belong to.
    gis.errors.StoreUnavailable
        The database does not answer: nothing is filed at all.
    """
    incident_id = held_open(session).id
    became: list[Filed | Refused] = []
    for some in _steps(file.rows):
        progress(len(became))
        became += file_damage_reports(session, [_report(row, incident_id) for row in some])
    filed = [one for one in became if isinstance(one, Filed)]
    return Intake(
        tuple(one.id for one in filed if one.is_new),
        sum(not one.is_new for one in filed),
        tuple(
            _problem(row, one, language)
            for row, one in zip(file.rows, became, strict=True)
            if isinstance(one, Refused)
        ),
    )


def take_in_photographs(
    session: Session,
    photographs: Sequence[SavedPhotograph],
    language: Language,
    *,
    progress: Callable[[int], object] = lambda _count: None,
) -> Intake:
    """Add photographs that the field app saved, each of them once; adding them again is harmless.

    Parameters
    ----------
    session
        Of the transaction in which their reports were filed, or of a later one.
    language
        Of the reasons.
    progress
        Is told how many are done. What it raises ends the transaction with nothing written.
    """
    filed: list[Filed] = []
    problems: list[Problem] = []
    for number, photograph in enumerate(photographs):
        progress(number)
        try:
            with session.begin_nested():
                filed.append(add_report_photograph(session, _photograph(photograph)))
        except Refused as refused:
            why = refused.explain(language)
            problems.append(Problem(None, "photographs", str(photograph.id), why, taken=False))
    new_ids = tuple(one.id for one in filed if one.is_new)
    return Intake(new_ids, len(filed) - len(new_ids), tuple(problems))


def _photograph(saved: SavedPhotograph) -> NewReportPhotograph:
    return NewReportPhotograph(
        saved.id, saved.report_id, prepare(saved.content), taken_at=saved.taken_at
    )


def _steps(rows: Sequence[DamageRow]) -> Iterator[Sequence[DamageRow]]:
    return (rows[start : start + STEP_ROWS] for start in range(0, len(rows), STEP_ROWS))


def _report(row: DamageRow, incident_id: UUID) -> NewDamageReport:
    said = {name: getattr(row, name) for name in _SAID}
    # The same words in another incident are another report.
    report_id = row.id or uuid5(incident_id, row.content())
    return NewDamageReport(id=report_id, **said)


def _problem(row: DamageRow, refused: Refused, language: Language) -> Problem:
    """Return why the store did not take a row, beside the reasons of the file itself."""
    return Problem(row.row, None, refused.received or "", refused.explain(language), taken=False)
