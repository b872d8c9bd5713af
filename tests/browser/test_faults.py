"""What nobody foresaw: people see a sentence, never a traceback."""

from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import expect

from scripts.cluster import OWNER, PrivateCluster
from tests.browser.conftest import Visit
from tests.conftest import Server

FACTS = (
    "SELECT set_config('hq.actor', 'owner', false), set_config('hq.role', 'admin', false),"
    " set_config('hq.now', now()::text, false)"
)


@pytest.fixture
def unforeseen(cluster: PrivateCluster, server: Server) -> Iterator[None]:
    """An incident of a kind that no program knows: the store's rule against it is switched off."""
    database = server.workspace.database_url.rpartition("/")[2]
    with psycopg.connect(cluster.url(OWNER, database), autocommit=True) as owner:
        owner.execute(FACTS)
        ((rule,),) = owner.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conname = 'damage_report_category_known'"
        ).fetchall()
        ((report, category),) = owner.execute(
            "SELECT id, category FROM damage_report"
            # The first line of the page's list, however many reports were filed before.
            " ORDER BY recorded_at DESC, id DESC LIMIT 1"
        ).fetchall()
        owner.execute("ALTER TABLE damage_report DROP CONSTRAINT damage_report_category_known")
        owner.execute("UPDATE damage_report SET category = 'unforeseen' WHERE id = %s", (report,))
        yield
        owner.execute("UPDATE damage_report SET category = %s WHERE id = %s", (category, report))
        owner.execute(
            f"ALTER TABLE damage_report ADD CONSTRAINT damage_report_category_known {rule}".encode()
        )


@pytest.mark.usefixtures("unforeseen")
def test_an_unforeseen_fault_is_told_in_a_sentence(visit: Visit) -> None:
    visit.go("damage_reports")
    expect(visit.page.locator("body")).to_contain_text("システム内部で問題が起きました")
    expect(visit.page.locator("body")).not_to_contain_text("Traceback")
    expect(visit.page.locator("body")).not_to_contain_text("ValueError")
