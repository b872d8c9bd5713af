"""Tiles are kept until a write touches them, and no longer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

from dashboard.tile_cache import KINDS_MOST, TILES_MOST, TileCache
from gis.geometry.tiles import Tile
from gis.live import Change

SUBJECT = "damage_cells"
CELL = (58145, 25884)
HERE = Tile(16, *CELL)
AWAY = Tile(16, 58146, 25884)


def drawn(tiles: TileCache, tile: Tile, *which: object) -> object:
    return tiles.at(SUBJECT, tile, *which).drawn


def draw(tiles: TileCache, tile: Tile, *which: object) -> None:
    tiles.at(SUBJECT, tile, *which).draw(lambda: tile)


def test_a_tile_is_drawn_once() -> None:
    tiles, times = TileCache(), list[int]()
    together = Barrier(4)

    def ask(_: int) -> object:
        together.wait()
        return tiles.at(SUBJECT, HERE).draw(drawing)

    def drawing() -> bytes:
        times.append(1)
        return b"tile"

    with ThreadPoolExecutor(4) as readers:
        assert set(readers.map(ask, range(4))) == {b"tile"}
    assert len(times) == 1


def test_a_write_drops_just_the_tiles_that_it_touches() -> None:
    tiles = TileCache()
    above, within, beside = Tile(3, 7, 3), Tile(18, 4 * CELL[0] + 3, 4 * CELL[1]), Tile(3, 6, 3)
    assert above == Tile(3, CELL[0] >> 13, CELL[1] >> 13)
    for tile in (HERE, AWAY, above, within, beside):
        draw(tiles, tile)
    draw(tiles, HERE, "roads")
    tiles.drop(Change(SUBJECT, frozenset({CELL})))
    assert [drawn(tiles, tile) for tile in (HERE, above, within)] == [None] * 3
    assert drawn(tiles, HERE, "roads") is None
    assert [drawn(tiles, tile) for tile in (AWAY, beside)] == [AWAY, beside]


def test_a_change_of_something_else_drops_nothing() -> None:
    tiles = TileCache()
    draw(tiles, HERE)
    tiles.drop(Change("shelters"))
    tiles.drop(Change("hazard_zones", frozenset({CELL})))
    assert drawn(tiles, HERE) is HERE


def test_where_all_may_have_changed_all_is_dropped() -> None:
    tiles = TileCache()
    for change in (Change(SUBJECT), Change("incidents")):
        draw(tiles, HERE)
        draw(tiles, AWAY)
        tiles.drop(change)
        assert (drawn(tiles, HERE), drawn(tiles, AWAY)) == (None, None)


def test_what_is_drawn_while_a_write_touches_it_is_not_kept() -> None:
    tiles, begun, written = TileCache(), Event(), Event()

    def slowly() -> str:
        begun.set()
        assert written.wait(10)
        return "before"

    with ThreadPoolExecutor(1) as reader:
        answer = reader.submit(tiles.at(SUBJECT, HERE).draw, slowly)
        assert begun.wait(10)
        tiles.drop(Change(SUBJECT, frozenset({CELL})))
        written.set()
        assert answer.result() == "before"
    assert tiles.at(SUBJECT, HERE).draw(lambda: "after") == "after"


def test_a_fault_is_not_kept() -> None:
    tiles = TileCache()

    def fail() -> str:
        raise RuntimeError

    for _ in range(2):
        try:
            tiles.at(SUBJECT, HERE).draw(fail)
        except RuntimeError:
            continue
        raise AssertionError("the fault was lost")
    assert tiles.at(SUBJECT, HERE).draw(lambda: "tile") == "tile"


def test_what_is_kept_is_bounded_and_the_last_looked_at_stays() -> None:
    tiles = TileCache()
    draw(tiles, HERE)
    for x in range(TILES_MOST - 1):
        draw(tiles, Tile(15, x, 0))
    assert drawn(tiles, HERE) is HERE
    draw(tiles, AWAY)
    assert drawn(tiles, HERE) is HERE
    for kind in range(KINDS_MOST):
        draw(tiles, HERE, kind)
    assert drawn(tiles, HERE) is None


def addressed(tiles: TileCache, tile: Tile, address: str) -> None:
    kept = tiles.at(SUBJECT, tile)
    kept.draw(lambda: tile)
    tiles.address(address, kept, SUBJECT, tile)


def test_a_tile_is_found_by_its_address_for_as_long_as_it_is_kept() -> None:
    tiles = TileCache()
    addressed(tiles, HERE, "/here?")
    addressed(tiles, AWAY, "/away?")
    assert tiles.addressed("/here?") is HERE
    assert tiles.addressed("/elsewhere?") is None
    tiles.drop(Change(SUBJECT, frozenset({CELL})))
    assert tiles.addressed("/here?") is None
    assert tiles.addressed("/away?") is AWAY
    tiles.drop(Change(SUBJECT))
    assert tiles.addressed("/away?") is None
    addressed(tiles, HERE, "/here?")
    tiles.drop(Change("incidents"))
    assert tiles.addressed("/here?") is None


def test_what_a_write_touched_while_it_was_drawn_gets_no_address() -> None:
    tiles = TileCache()
    kept = tiles.at(SUBJECT, HERE)
    kept.draw(lambda: "as it was")
    tiles.drop(Change(SUBJECT, frozenset({CELL})))
    tiles.address("/here?", kept, SUBJECT, HERE)
    assert tiles.addressed("/here?") is None


def test_addresses_are_no_more_than_tiles() -> None:
    tiles = TileCache()
    for number in range(TILES_MOST + 10):
        addressed(tiles, Tile(18, number, 0), f"/{number}?")
        addressed(tiles, Tile(18, number, 0), f"/{number}?category=road")
    assert tiles.addressed("/0?") is None
    assert tiles.addressed(f"/{TILES_MOST}?") == Tile(18, TILES_MOST, 0)
    assert tiles.addressed(f"/{TILES_MOST}?category=road") is None
