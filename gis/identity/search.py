"""Which pairs of two lists are worth weighing, so that not every row meets every facility."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import fuzz, process
from shapely import STRtree, points

from gis.identity.facility import Facility

_ALIKE_PERCENT = 75.0
"""Share of common letters below which two names are two names; 小学校 and its 体育館 have 77."""

_NAMES_LOOKED_AT = 10
_NEAR_DEGREES = 0.0015
"""Degrees that hold :data:`~gis.identity.evidence.SAME_PLACE_M` anywhere in Japan."""


def worth_weighing(rows: Sequence[Facility], known: Sequence[Facility]) -> list[set[Facility]]:
    """Return for each row the known facilities of a like name, the same address or a near place.

    Parameters
    ----------
    rows, known
        Facilities of one municipality.

    Returns
    -------
    list of set of Facility
        One set for each row, in the order of the rows.
    """
    found: list[set[Facility]] = [set() for _ in rows]
    for add in (_add_namesakes, _add_housemates, _add_neighbours):
        add(found, rows, known)
    return found


def _add_namesakes(
    found: Sequence[set[Facility]], rows: Sequence[Facility], known: Sequence[Facility]
) -> None:
    by_name = _grouped(known, lambda facility: facility.bare_name)
    names = sorted(by_name)  # so that the order of the list does not decide who is looked at
    for row, near in zip(rows, found, strict=True):
        alike = process.extract(
            row.bare_name,
            names,
            scorer=fuzz.ratio,
            score_cutoff=_ALIKE_PERCENT,
            limit=_NAMES_LOOKED_AT,
        )
        near.update(facility for name, _, _ in alike for facility in by_name[name])


def _add_housemates(
    found: Sequence[set[Facility]], rows: Sequence[Facility], known: Sequence[Facility]
) -> None:
    by_address = _grouped(known, lambda facility: facility.compared_address)
    for row, near in zip(rows, found, strict=True):
        if row.compared_address:
            near.update(by_address.get(row.compared_address, ()))


def _add_neighbours(
    found: Sequence[set[Facility]], rows: Sequence[Facility], known: Sequence[Facility]
) -> None:
    here = [(row.place, near) for row, near in zip(rows, found, strict=True) if row.place]
    there = [facility for facility in known if facility.place]
    if not here or not there:
        return
    tree = STRtree(points([facility.place for facility in there]))
    asked = points([place for place, _ in here])
    for number, other in tree.query(asked, predicate="dwithin", distance=_NEAR_DEGREES).T.tolist():
        here[number][1].add(there[other])


def _grouped(
    facilities: Iterable[Facility], key: Callable[[Facility], str]
) -> dict[str, list[Facility]]:
    groups: defaultdict[str, list[Facility]] = defaultdict(list)
    for facility in facilities:
        groups[key(facility)].append(facility)
    return dict(groups)
