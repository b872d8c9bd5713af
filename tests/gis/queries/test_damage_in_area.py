from uuid import UUID

from gis.queries.damage_in_area import damage_in_area
from tests.gis.queries.conftest import PlanOf

AREA = "SRID=4326;POLYGON((139.38 35.32,139.42 35.32,139.42 35.35,139.38 35.32))"


def test_reports_of_an_area_are_found_by_the_index_of_their_place(plan_of: PlanOf) -> None:
    plan = plan_of(lambda session: damage_in_area(session, UUID(int=0), AREA))
    assert "damage_report_location_3857_idx" in plan
