"""Probable duplicates among a hundred thousand reports: how many are found, how many are wrong."""

from datetime import UTC, datetime

from gis.operations.incidents import open_incident
from gis.store import Workspace
from gis.vocabulary import IncidentKind
from scripts.cluster import OWNER, SERVER, PrivateCluster
from tests.benchmarks.conftest import Measured, Page
from tests.conftest import HEADQUARTERS, FixedClock, fresh_database
from tests.gis.planted_reports import Planting
from tests.gis.planting import plant, suggestions

REPORTS, ASKED = 100_000, 1_000
SEED = 20_260_901
"""Another one than those that the weights were chosen on."""
RECALL_LEAST, PRECISION_LEAST = 0.95, 0.80


def bench_probable_duplicates(cluster: PrivateCluster, measured: Measured, page: Page) -> None:
    """What is suggested for a report, among planted ones (tests/gis/planted_reports.py)."""
    planting = Planting(SEED, datetime(2026, 9, 1, tzinfo=UTC), REPORTS)
    reports = planting.reports()
    with fresh_database(cluster) as name:
        workspace = Workspace("live", cluster.url(SERVER, name), FixedClock())
        with workspace.transaction(HEADQUARTERS) as session:
            incident_id = open_incident(session, "地震", IncidentKind.EARTHQUAKE)
        plant(cluster.url(OWNER, name), incident_id, planting, reports)
        found = suggestions(workspace, reports, ASKED)
        workspace.engine.dispose()
    subject = f"probable duplicates of a report among {REPORTS:,}"
    slow = sorted(found.seconds)[int(0.95 * ASKED)]
    measured(subject, found.seconds, 0.050)
    measured("the same, 95th percentile", [slow], 0.050)
    measured("the same, time of this process alone", found.processor_s, 0.050)
    page.remarks.append(
        f"Of {found.planted} planted duplicates of {ASKED:,} reports {found.recall:.1%} were"
        f" suggested (at least {RECALL_LEAST:.0%}), and {found.precision:.1%} of the"
        f" {found.shown} suggestions were right (at least {PRECISION_LEAST:.0%})."
    )
