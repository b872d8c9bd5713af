from dashboard.workspaces import Desk
from gis.live import ACCESS
from gis.store import SYSTEM


def test_a_writer_reads_anew_what_it_names_and_keeps_the_rest(empty_desk: Desk) -> None:
    def revision(subject: str) -> object:
        return empty_desk.revisions.of((subject,))

    before = revision(ACCESS), revision("damage_reports")
    with empty_desk.transaction(SYSTEM, "damage_reports"):
        pass
    assert revision(ACCESS) == before[0]
    assert revision("damage_reports") != before[1]


def test_a_writer_who_names_nothing_reads_all_anew(empty_desk: Desk) -> None:
    before = empty_desk.revisions.of((ACCESS,))
    with empty_desk.transaction(SYSTEM):
        pass
    assert empty_desk.revisions.of((ACCESS,)) != before
