"""Real lists of municipalities; they are not ours to carry, so that these tests may skip."""

from pathlib import Path

import pytest

from gis.importers import parse_inventory

LISTS = Path(__file__).parents[4] / "shared" / "data" / "municipal"


@pytest.mark.parametrize(
    ("name", "rows", "code"),
    [
        ("382019_evacuation_space.csv", 390, "382019"),
        ("122033_103_evacuation_space.csv", 121, "122033"),
    ],
)
def test_every_row_of_a_real_list_is_accounted_for(name: str, rows: int, code: str) -> None:
    path = LISTS / name
    if not path.exists():
        pytest.skip(f"the real list {name} is not beside the project")
    found = parse_inventory(path.read_bytes())
    assert len(found.rows) + len(found.refused_rows) == found.row_count == rows
    assert {row.municipality_code for row in found.rows} == {code}
    assert not found.refused_rows
