"""Headquarters declare figures: what can be, with a reason, nothing overwritten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from gis import errors
from gis.form4 import CELLS
from gis.operations.declarations import declare_figures
from gis.operations.incidents import close_incident
from gis.operations.triage import Assessment, assess
from gis.queries.declarations import declarations, declarations_of
from gis.store import Workspace
from gis.vocabulary import FigureState, FormText, ReportState
from tests.conftest import HEADQUARTERS, NOON
from tests.gis.conftest import Ask, Report
from tests.gis.declaring import CITY, DEAD, ROADS, declare, figure_told, say, standing

pytestmark = pytest.mark.usefixtures("incident_id")

RELATED = "related_dead.persons"


def confirm(workspace: Workspace, report_id: UUID) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        assess(session, report_id, Assessment(ReportState.CONFIRMED), version=0)


def test_the_last_declaration_stands_and_those_before_are_kept(
    workspace: Workspace, incident_id: UUID
) -> None:
    declare(workspace, figure_told(value=None, state=FigureState.INVESTIGATING))
    declare(workspace, figure_told(value=2, version=1, definition="県警の集計による"))
    assert standing(workspace) == (FigureState.CONFIRMED, 2)
    with workspace.reading() as session:
        told = declarations_of(session, incident_id, DEAD)
    assert [(one.number, one.state, one.value, one.definition) for one in told] == [
        (2, FigureState.CONFIRMED, 2, "県警の集計による"),
        (1, FigureState.INVESTIGATING, None, None),
    ]
    assert {one.recorded_by for one in told} == {HEADQUARTERS.name}


def test_none_is_not_unknown(workspace: Workspace) -> None:
    declare(workspace, figure_told(value=0))
    assert standing(workspace) == (FigureState.CONFIRMED, 0)
    assert standing(workspace, "missing.persons") is None


def test_the_second_of_two_people_sees_both_values(workspace: Workspace) -> None:
    declare(workspace, figure_told(value=2))
    with pytest.raises(errors.FigureChangedMeanwhile) as met:
        declare(workspace, figure_told(value=3))
    assert (met.value.facts["theirs"], met.value.facts["yours"]) == ("2", "3")
    assert standing(workspace) == (FigureState.CONFIRMED, 2)


def test_of_eight_who_declare_at_once_one_is_first(workspace: Workspace) -> None:
    together = Barrier(8)

    def try_it(value: int) -> bool:
        together.wait()
        try:
            declare(workspace, figure_told(value=value))
        except errors.FigureChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(8) as people:
        assert sum(people.map(try_it, range(8))) == 1


def test_a_retry_changes_nothing_and_another_use_of_the_id_is_refused(
    workspace: Workspace, ask: Ask
) -> None:
    told = figure_told(value=2)
    assert declare(workspace, told)[0].is_new
    assert not declare(workspace, told)[0].is_new
    with pytest.raises(errors.IdUsedForAnother):
        declare(workspace, figure_told(value=3, id=told.id, version=1))
    assert ask("SELECT count(*) FROM declaration") == [(1,)]


@pytest.mark.parametrize("value", [-1, 0.5, float("nan"), float("inf"), 1e9])
def test_a_figure_that_cannot_be_is_refused(workspace: Workspace, value: float) -> None:
    with pytest.raises(errors.FigureImpossible):
        declare(workspace, figure_told(value=value))
    assert standing(workspace) is None


def test_hectares_alone_have_a_fraction(workspace: Workspace) -> None:
    declare(workspace, figure_told("paddy_flooded.hectares", 0.25))
    assert standing(workspace, "paddy_flooded.hectares") == (FigureState.CONFIRMED, 0.25)


def test_state_and_number_have_to_fit(workspace: Workspace) -> None:
    with pytest.raises(errors.FigureMissing):
        declare(workspace, figure_told(value=None))
    with pytest.raises(errors.FigureWithoutMeaning):
        declare(workspace, figure_told(value=0, state=FigureState.NOT_APPLICABLE))


@pytest.mark.parametrize("key", [key for key, cell in CELLS.items() if cell.parts])
def test_what_adds_up_is_not_declared(workspace: Workspace, key: str) -> None:
    with pytest.raises(errors.FigureAddsUp):
        declare(workspace, figure_told(key))


def test_a_cell_that_the_form_does_not_have_is_not_found(workspace: Workspace) -> None:
    with pytest.raises(errors.NotFound):
        declare(workspace, figure_told("dead'; DROP TABLE declaration; --"))


def test_the_related_dead_are_among_the_dead(workspace: Workspace) -> None:
    declare(workspace, figure_told(DEAD, 3), figure_told(RELATED, 3))
    with pytest.raises(errors.PartAboveTotal):
        declare(workspace, figure_told(DEAD, 2, version=1))
    declare(workspace, figure_told(DEAD, 2, version=1), figure_told(RELATED, 2, version=1))
    assert standing(workspace, RELATED) == (FigureState.CONFIRMED, 2)


def test_all_of_it_is_declared_or_none(workspace: Workspace) -> None:
    with pytest.raises(errors.FigureImpossible):
        declare(workspace, figure_told(value=1), figure_told("missing.persons", -1))
    assert standing(workspace) is None


@pytest.mark.usefixtures("city")
def test_more_than_live_here_is_asked_back_and_kept_with_the_answer(
    workspace: Workspace, ask: Ask
) -> None:
    with pytest.raises(errors.FigureAbovePopulation) as doubt:
        declare(workspace, figure_told(value=300_000))
    code = doubt.value.code()
    declare(workspace, figure_told(value=300_000, confirmed=frozenset({code})))
    assert ask("SELECT value, confirmed FROM declaration") == [(300_000, [code])]


def test_a_confirmed_figure_that_differs_from_the_reports_needs_a_reason(
    workspace: Workspace, report: Report
) -> None:
    confirm(workspace, report(affected=2).id)
    declare(workspace, figure_told(ROADS, 2))
    with pytest.raises(errors.FigureNeedsReason) as asked:
        declare(workspace, figure_told(ROADS, 3, version=1))
    assert asked.value.facts["reported"] == "2"
    declare(workspace, figure_told(ROADS, 3, version=1, reason="国道1号は県の報告"))
    assert standing(workspace, ROADS) == (FigureState.CONFIRMED, 3)


def test_an_unconfirmed_figure_needs_none(workspace: Workspace, report: Report) -> None:
    confirm(workspace, report(affected=2).id)
    declare(workspace, figure_told(ROADS, 9, state=FigureState.UNCONFIRMED))
    assert standing(workspace, ROADS) == (FigureState.UNCONFIRMED, 9)


def test_what_is_said_in_words_is_kept_and_taken_back(
    workspace: Workspace, incident_id: UUID
) -> None:
    say(workspace, FormText.OVERVIEW, " 震度6強 ")
    with pytest.raises(errors.StatementChangedMeanwhile):
        say(workspace, FormText.OVERVIEW, "震度7")
    say(workspace, FormText.HEADQUARTERS_SET_UP, "2026-09-01T12:30+09:00")
    with workspace.reading() as session:
        told = declarations(session, incident_id).statements
    assert [(one.key, one.text) for one in told] == [
        (FormText.OVERVIEW, "震度6強"),
        (FormText.HEADQUARTERS_SET_UP, "2026-09-01T12:30:00+09:00"),
    ]
    say(workspace, FormText.OVERVIEW, "", version=1)
    with workspace.reading() as session:
        told = declarations(session, incident_id).statements
    assert [one.key for one in told] == [FormText.HEADQUARTERS_SET_UP]


@pytest.mark.parametrize(
    ("text", "error"),
    [("昨日", errors.FieldInvalid), ("2026-09-01T12:30", errors.MomentWithoutZone)],
)
def test_a_moment_has_to_be_one(
    workspace: Workspace, text: str, error: type[errors.Refused]
) -> None:
    with pytest.raises(error):
        say(workspace, FormText.HEADQUARTERS_SET_UP, text)


def test_the_past_is_told_as_it_was_known(workspace: Workspace, incident_id: UUID) -> None:
    declare(workspace, figure_told(value=2, observed_at=NOON - timedelta(hours=1)))
    with workspace.reading() as session:
        before = declarations(session, incident_id, as_of=NOON - timedelta(minutes=1))
        since = declarations(session, incident_id, as_of=NOON - timedelta(minutes=1), known_at=NOON)
    assert (before.figures, since.figures[DEAD].value) == ({}, 2)


def test_of_a_closed_incident_nothing_is_declared(workspace: Workspace, incident_id: UUID) -> None:
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)
    with pytest.raises(errors.IncidentNotOpen):
        declare(workspace, figure_told())


def test_a_thousand_words_are_the_most(workspace: Workspace) -> None:
    with (
        pytest.raises(errors.TextTooLong),
        workspace.transaction(HEADQUARTERS) as session,
    ):
        declare_figures(session, CITY.code, [figure_told(id=uuid4(), reason="あ" * 4001)])
