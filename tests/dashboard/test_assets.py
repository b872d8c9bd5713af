"""What the browser loads from us, and how long it may keep it."""

from dashboard.assets import OWN, own
from gis.vocabulary import Role
from tests.dashboard.conftest import VisitorOf


def test_a_file_of_ours_is_kept_without_asking_again(visitor: VisitorOf) -> None:
    answer = visitor(Role.OPERATOR).get(own("situation-map.js"))
    assert answer.content == (OWN / "situation-map.js").read_bytes()
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
