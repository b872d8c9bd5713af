import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.errors import NotFound
from gis.geometry.tiles import DEEPEST, HALF_WORLD_M, Tile

ANY = st.integers(0, DEEPEST).flatmap(
    lambda zoom: st.builds(
        Tile, st.just(zoom), st.integers(0, 2**zoom - 1), st.integers(0, 2**zoom - 1)
    )
)


@pytest.mark.parametrize(
    ("zoom", "x", "y"),
    [(-1, 0, 0), (19, 0, 0), (0, 0, 1), (0, 1, 0), (5, 32, 0), (5, 0, 32), (5, -1, 0), (5, 0, -1),
     (10**30, 0, 0), (18, 10**30, 0)],
)  # fmt: skip
def test_what_is_outside_the_pyramid_is_refused_by_name(zoom: int, x: int, y: int) -> None:
    with pytest.raises(NotFound) as refused:
        Tile.checked(zoom, x, y)
    assert refused.value.received == f"{zoom}/{x}/{y}"


def test_the_world_is_one_tile() -> None:
    assert Tile.checked(0, 0, 0).bounds_m() == (
        -HALF_WORLD_M, -HALF_WORLD_M, HALF_WORLD_M, HALF_WORLD_M,
    )  # fmt: skip


@given(ANY)
def test_a_tile_spans_itself_on_its_own_level(tile: Tile) -> None:
    assert tile.span(tile.zoom) == (tile.x, tile.x, tile.y, tile.y)


@given(ANY)
def test_neighbours_share_an_edge_and_no_column(tile: Tile) -> None:
    east = Tile(tile.zoom, tile.x + 1, tile.y)
    assert tile.span(28)[1] + 1 == east.span(28)[0]
    assert tile.bounds_m()[2] == pytest.approx(east.bounds_m()[0], abs=1e-6)


@given(st.builds(Tile, st.just(16), st.integers(0, 2**16 - 1), st.integers(0, 2**16 - 1)))
def test_every_tile_that_a_cell_touches_is_named_once(cell: Tile) -> None:
    touched = list(cell.on_the_way())
    assert len(touched) == len(set(touched)) == 17 + 4 + 16
    for tile in touched:
        finer, coarser = max(tile, cell, key=zoom_of), min(tile, cell, key=zoom_of)
        assert finer.span(coarser.zoom)[::2] == (coarser.x, coarser.y)


def zoom_of(tile: Tile) -> int:
    return tile.zoom
