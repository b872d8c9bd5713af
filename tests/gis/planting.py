"""Reports with planted duplicates put into a store, and what is suggested there for them."""

import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from uuid import UUID

from gis.queries.duplicates import probable_duplicates
from gis.store import Workspace
from tests.gis.conftest import as_owner
from tests.gis.planted_reports import Planted, Planting

SHOWN_MOST = 5
"""As many as are suggested."""
LONG_AFTER = datetime(2026, 9, 30, tzinfo=UTC)
"""When all have been filed."""


def plant(
    owner_url: str, incident_id: UUID, planting: Planting, reports: Sequence[Planted]
) -> None:
    """File them past the operations, of which a hundred thousand would take minutes."""
    names = [each.name for each in fields(Planted) if each.name not in {"damage", "lon", "lat"}]
    into = f"COPY damage_report (incident_id, location, {', '.join(names)}) FROM STDIN"
    with as_owner(owner_url) as store:
        store.execute("SELECT set_config('hq.now', %s, true)", (str(LONG_AFTER),))
        store.execute(
            "INSERT INTO municipality (code, name_ja, name_en, area)"
            " VALUES ('142077', '市', 'City', ST_Multi(ST_MakeEnvelope(139, 35, 140, 36, 4326)))"
        )
        for number, town in enumerate(planting.earthquake.towns):
            store.execute(
                "INSERT INTO town (code, municipality_code, name, location)"
                " VALUES (%s, '142077', %s, ST_SetSRID(ST_MakePoint(%s, %s), 4326))",
                (f"{number:012}", town.name, town.lon, town.lat),
            )
        with store.cursor().copy(into.encode()) as copy:
            for each in reports:
                place = None if each.lon is None else f"SRID=4326;POINT({each.lon} {each.lat})"
                copy.write_row((incident_id, place, *(getattr(each, name) for name in names)))
        store.execute("ANALYZE damage_report")


@dataclass
class Suggestions:
    """What was suggested for some reports, beside what was planted."""

    planted: int = 0
    """Earlier reports of the same damages, as many as can be shown."""
    found: int = 0
    shown: int = 0
    right: int = 0
    seconds: list[float] = field(default_factory=list)
    processor_s: list[float] = field(default_factory=list)
    """Of this process alone, without the store's."""

    @property
    def recall(self) -> float:
        """The share of the planted ones that was found from the later report."""
        return self.found / self.planted

    @property
    def precision(self) -> float:
        """The share of those shown that was right."""
        return self.right / self.shown


def suggestions(workspace: Workspace, reports: Sequence[Planted], asked: int) -> Suggestions:
    """Ask for the duplicates of some reports, drawn from all of them."""
    told: defaultdict[int, list[Planted]] = defaultdict(list)
    for report in reports:
        told[report.damage].append(report)
    found = Suggestions()
    with workspace.reading() as session:
        for report in random.Random(0).sample(reports, asked):  # noqa: S311 - not a secret
            began, worked = time.perf_counter(), time.process_time()
            shown = {each.report.id for each in probable_duplicates(session, report.id)}
            found.processor_s.append(time.process_time() - worked)
            found.seconds.append(time.perf_counter() - began)
            same = {each.id for each in told[report.damage]} - {report.id}
            earlier = {
                each.id for each in told[report.damage] if each.observed_at < report.observed_at
            }
            found.planted += min(len(earlier), SHOWN_MOST)
            found.found += len(shown & earlier)
            found.shown += len(shown)
            found.right += len(shown & same)
    return found
