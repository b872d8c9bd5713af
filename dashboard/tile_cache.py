"""Map tiles that have been drawn: kept until a write touches them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final

from gis.geometry.tiles import Tile
from gis.live import Change

TILES_MOST: Final = 2_000
"""As many as some fifty people look at; each some kilobytes, 100 kB at the most."""
KINDS_MOST: Final = 16
"""In so many ways one tile is kept; who asks for more starts anew."""
INCIDENTS: Final = "incidents"
"""Another incident is another map."""
CELL_LEVEL: Final = 16
"""Of which level a change names the cells."""


class Kept:
    """A tile that somebody asks for: drawn once, however many wait for it."""

    def __init__(self) -> None:
        self.drawn: Any = None
        self.address: str | None = None
        self._lock = Lock()

    def draw(self, draw: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is kept
        """Return the tile; the first who asks draws it, the others wait."""
        with self._lock:
            if self.drawn is None:
                self.drawn = draw()
            return self.drawn


class TileCache:
    """Tiles by subject (gis.live), tile, and whatever else tells them apart.

    A tile that is being drawn when a write touches it is forgotten as well: whoever asked before
    the write gets it, whoever asks afterwards has it drawn anew.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, Tile], dict[Hashable, Kept]] = OrderedDict()
        self._addressed: dict[str, Kept] = {}
        self._lock = Lock()

    def at(self, subject: str, tile: Tile, *which: Hashable) -> Kept:
        """Return the place of a tile, drawn or not."""
        with self._lock:
            kinds = self._kept.setdefault((subject, tile), {})
            self._kept.move_to_end((subject, tile))
            if len(self._kept) > TILES_MOST:
                self._forget(next(iter(self._kept)))
            if which not in kinds and len(kinds) >= KINDS_MOST:
                self._forget_addresses(kinds)
                kinds.clear()
            return kinds.setdefault(which, Kept())

    def address(self, address: str, kept: Kept, subject: str, tile: Tile, *which: Hashable) -> None:
        """Have a tile found by the address by which it was asked for, for as long as it is kept."""
        with self._lock:
            is_kept = self._kept.get((subject, tile), {}).get(which) is kept
            if is_kept and kept.address is None:
                kept.address = address
                self._addressed[address] = kept

    def addressed(self, address: str) -> Any | None:  # noqa: ANN401 - whatever is kept
        """Return the tile that an address stands for, if it is kept."""
        kept = self._addressed.get(address)
        return kept and kept.drawn

    def drop(self, change: Change) -> None:
        """Forget the tiles that a change touches: those of its cells, or all of its subject."""
        with self._lock:
            if change.subject == INCIDENTS:
                self._kept.clear()
                self._addressed.clear()
            elif change.cells is None:
                for key in [key for key in self._kept if key[0] == change.subject]:
                    self._forget(key)
            else:
                for x, y in change.cells:
                    for tile in Tile(CELL_LEVEL, x, y).on_the_way():
                        self._forget((change.subject, tile))

    def _forget(self, key: tuple[str, Tile]) -> None:
        self._forget_addresses(self._kept.pop(key, {}))

    def _forget_addresses(self, kinds: dict[Hashable, Kept]) -> None:
        for kept in kinds.values():
            if kept.address:
                self._addressed.pop(kept.address, None)
