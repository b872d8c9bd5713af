"""What the reader of an exported list must know and the list itself cannot say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gis.exporters.cells import hazards_unknown
from gis.queries.register import RegisteredShelter
from gis.text import N_, Language, translate


@dataclass(frozen=True)
class Remark:
    """A message of the catalogue and the values of its placeholders."""

    message: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: Language) -> str:
        """Return the remark in a language."""
        return translate(self.message, language).format(**self.facts)


def counted(message: str, count: int) -> Iterator[Remark]:
    """Yield a message with its count, or nothing where there is nothing to count."""
    if count:
        yield Remark(message, {"count": count})


def hazards_left_open(shelters: Iterable[RegisteredShelter]) -> Iterator[Remark]:
    """Yield of how many shelters nobody has stated all hazards."""
    unknown = sum(bool(hazards_unknown(shelter)) for shelter in shelters)
    return counted(
        N_("Shelters whose hazards nobody has stated in full: {count}. Their cells say 不明."),
        unknown,
    )


def capacities_left_out(shelters: Sequence[RegisteredShelter]) -> Iterator[Remark]:
    """Yield how many capacities are invented, and so not for others to read."""
    invented = sum(shelter.capacity_is_fictitious for shelter in shelters)
    return counted(N_("Invented capacities left out: {count}."), invented)


def ids_left_out(count: int) -> Iterator[Remark]:
    """Yield how many identifiers the columns of a list have no room for."""
    return counted(N_("IDs left out, because the list has no column for them: {count}."), count)
