"""Our side: lists read from their bytes and taken into the register, a transaction each."""

import sys
from pathlib import Path

from gis.importers import parse_inventory
from gis.operations.inventories import SourceFile, import_inventory
from gis.store import Actor, Workspace, live
from gis.vocabulary import Role
from tests.benchmarks.apart import Laps, tell

IMPORTER = Actor("bench", Role.ADMIN)
READING, COMMITTING = "Reading the file", "Committing"


def main(database_url: str, *files: str) -> None:
    """Import files one after the other, as the application's role."""
    workspace = live(database_url)
    laps = Laps(READING)
    wrote = [_import(workspace, Path(file), laps) for file in files]
    tell(laps, wrote=any(wrote))


def _import(workspace: Workspace, file: Path, laps: Laps) -> bool:
    laps.begin(READING)
    content = file.read_bytes()
    inventory = parse_inventory(content)
    source = SourceFile.of(file.name, content)
    with workspace.transaction(IMPORTER) as session:
        done = import_inventory(session, inventory, source, progress=laps.begin)
        laps.begin(COMMITTING)
    return done.import_id is not None


if __name__ == "__main__":
    main(*sys.argv[1:])
