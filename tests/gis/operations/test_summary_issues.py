"""Issues are compiled, reviewed, signed off and withdrawn; what was signed off never changes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import psycopg
import pytest

from gis import errors
from gis.figures import Change
from gis.operations.incidents import close_incident, open_incident
from gis.operations.summary_issues import compile_issue
from gis.queries.summary_issues import issue_numbered
from gis.reports.issue import frozen
from gis.store import Workspace
from gis.vocabulary import FigureState, IncidentKind, IssueState
from scripts.cluster import SERVER, PrivateCluster
from tests.conftest import HEADQUARTERS
from tests.gis.conftest import Count
from tests.gis.declaring import (
    CITY,
    DEAD,
    compile_next,
    declare,
    figure_told,
    issue_of,
    listed,
    sign,
    step,
    view_of,
)

pytestmark = pytest.mark.usefixtures("incident_id")

SIGNED, DRAFT, WITHDRAWN = IssueState.SIGNED_OFF, IssueState.COMPILED, IssueState.WITHDRAWN


def test_an_issue_is_compiled_reviewed_and_signed_off(workspace: Workspace) -> None:
    new = compile_next(workspace)
    assert listed(workspace) == [(1, DRAFT)]
    step(workspace, new, IssueState.REVIEWED, 0, "数を確かめた")
    step(workspace, new, SIGNED, 1)
    mark = issue_of(workspace, new).issue
    assert mark is not None
    assert (mark.number, mark.state, mark.signed_off_by) == (1, SIGNED, HEADQUARTERS.name)


def test_what_was_signed_off_stays_whatever_becomes_of_the_store(
    workspace: Workspace, open_shelter: Callable[..., UUID], count: Count
) -> None:
    shelter = open_shelter("鶴嶺小学校", capacity=0)
    count(shelter, 120)
    declare(workspace, figure_told(value=2))
    before = frozen(issue_of(workspace, sign(workspace)))
    count(shelter, 340)
    declare(workspace, figure_told(value=5, version=1))
    later = sign(workspace)
    with workspace.reading() as session:
        first = issue_numbered(session, issue_of(workspace, later).incident_id, 1)
    assert frozen(issue_of(workspace, first.id)) == before
    assert issue_of(workspace, first.id).persons.known == 120
    assert issue_of(workspace, later).persons.known == 340


def test_the_application_cannot_alter_what_was_compiled(
    workspace: Workspace, cluster: PrivateCluster
) -> None:
    sign(workspace)
    name = workspace.database_url.rpartition("/")[2]
    for attempt in (
        "UPDATE summary_issue SET compiled = '{}'",
        "UPDATE summary_issue SET state = 'compiled'",
        "DELETE FROM summary_issue",
        "UPDATE summary_issue_step SET note = 'x'",
        "UPDATE declaration SET value = 0",
    ):
        with (
            psycopg.connect(cluster.url(SERVER, name)) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(attempt.encode())


def test_the_next_issue_says_what_changed_since_the_last_that_stands(workspace: Workspace) -> None:
    declare(workspace, figure_told(value=12))
    sign(workspace)
    declare(workspace, figure_told(value=14, version=1))
    second = sign(workspace)
    assert issue_of(workspace, second).change(DEAD) == Change(12, 2, is_correction=False)
    step(workspace, second, WITHDRAWN, 1, "二重に数えていた")
    declare(workspace, figure_told(value=11, version=2))
    third = issue_of(workspace, sign(workspace))
    assert third.change(DEAD) == Change(12, -1, is_correction=True)
    assert third.before is not None
    assert (third.before.number, third.issue and third.issue.number) == (1, 3)
    assert listed(workspace) == [(3, SIGNED), (2, WITHDRAWN), (1, SIGNED)]


def test_a_figure_that_becomes_known_has_no_difference(workspace: Workspace) -> None:
    first = issue_of(workspace, sign(workspace))
    assert (first.before, first.figure(DEAD).state) == (None, FigureState.UNCONFIRMED)
    declare(workspace, figure_told(value=0))
    assert issue_of(workspace, sign(workspace)).change(DEAD) == Change(
        None, None, is_correction=False
    )


def test_a_new_draft_takes_the_place_and_the_number_of_the_old_one(workspace: Workspace) -> None:
    old = compile_next(workspace)
    new = compile_next(workspace)
    assert listed(workspace) == [(1, DRAFT)]
    assert view_of(workspace, old).state is IssueState.DISCARDED
    step(workspace, new, SIGNED, 0)
    with pytest.raises(errors.IssueStepImpossible):
        step(workspace, old, SIGNED, 1)


def test_a_retry_compiles_nothing_anew(workspace: Workspace) -> None:
    new = uuid4()
    assert compile_next(workspace, new) == compile_next(workspace, new) == new
    assert listed(workspace) == [(1, DRAFT)]
    step(workspace, new, SIGNED, 0)
    step(workspace, new, SIGNED, 0)
    assert view_of(workspace, new).version == 1


def test_eight_who_compile_at_once_leave_one_draft(workspace: Workspace) -> None:
    together = Barrier(8)

    def compile_it(_: int) -> UUID:
        together.wait()
        return compile_next(workspace)

    with ThreadPoolExecutor(8) as people:
        made = list(people.map(compile_it, range(8)))
    assert listed(workspace) == [(1, DRAFT)]
    states = [view_of(workspace, one).state for one in made]
    assert states.count(DRAFT) == 1
    assert states.count(IssueState.DISCARDED) == 7


def test_of_two_who_sign_and_discard_one_is_told(workspace: Workspace) -> None:
    new = compile_next(workspace)
    step(workspace, new, IssueState.REVIEWED, 0)
    with pytest.raises(errors.IssueChangedMeanwhile):
        step(workspace, new, IssueState.DISCARDED, 0)


@pytest.mark.parametrize("state", [DRAFT, IssueState.REVIEWED, IssueState.DISCARDED])
def test_what_was_signed_off_can_only_be_withdrawn(workspace: Workspace, state: IssueState) -> None:
    new = sign(workspace)
    with pytest.raises(errors.IssueStepImpossible):
        step(workspace, new, state, 1)


def test_who_withdraws_says_why(workspace: Workspace) -> None:
    new = sign(workspace)
    with pytest.raises(errors.WithdrawnWithoutReason):
        step(workspace, new, WITHDRAWN, 1, " ")
    step(workspace, new, WITHDRAWN, 1, "誤り")
    mark = issue_of(workspace, new).issue
    assert mark is not None
    assert (mark.state, mark.note) == (WITHDRAWN, "誤り")


def test_an_issue_that_is_none_is_not_found(workspace: Workspace) -> None:
    with pytest.raises(errors.NotFound):
        issue_of(workspace, uuid4())
    with workspace.reading() as session, pytest.raises(errors.NotFound):
        issue_numbered(session, uuid4(), 1)


def test_an_issue_is_of_one_incident(workspace: Workspace) -> None:
    new = sign(workspace)
    with workspace.transaction(HEADQUARTERS) as session:
        other = open_incident(session, "余震", IncidentKind.EARTHQUAKE)
    with (
        pytest.raises(errors.IdUsedForAnother),
        workspace.transaction(HEADQUARTERS) as session,
    ):
        compile_issue(session, CITY, is_drill=False, issue_id=new, incident_id=other)


def test_of_a_closed_incident_none_is_compiled_but_a_draft_can_be_signed(
    workspace: Workspace, incident_id: UUID
) -> None:
    new = compile_next(workspace)
    with workspace.transaction(HEADQUARTERS) as session:
        close_incident(session, incident_id, version=1)
    with pytest.raises(errors.IncidentNotOpen):
        compile_next(workspace)
    step(workspace, new, SIGNED, 0)
    assert view_of(workspace, new).state is SIGNED
