"""The first screen's figures: what headquarters ask in the first five seconds."""

from dashboard.components.figures import Figure, figure_row
from dashboard.components.wording import count_text, lacking_text, number_text
from gis.occupancy import Tally
from gis.reports import SituationSummary
from gis.text import N_, Language, translate
from gis.vocabulary import Crowding


def headline(summary: SituationSummary, language: Language) -> None:
    """Show the summary's figures, each with what is not known about it."""
    figure_row(headline_figures(summary, language))


def headline_figures(summary: SituationSummary, language: Language) -> list[Figure]:
    """Return persons, open shelters, free places, shelters to ask, damage reports."""

    def say(message: str, **facts: object) -> str:
        return translate(message, language).format(**facts)

    def text(total: Tally) -> str:
        return count_text(total.known, total.unknown_places, language)

    def tally(label: str, total: Tally, note: str) -> Figure:
        known = number_text(total.known, language)
        lacking = lacking_text(total.known, total.unknown_places, language)
        return Figure(say(label), known, lacking, note)

    over = say(
        N_("Persons over capacity: {count}"),
        count=number_text(summary.persons_over_capacity.known, language),
    )
    if summary.rests_on_fiction:
        over += say(N_(" (capacities are fictitious)"))
    full = summary.crowding_count(Crowding.FULL)
    crowded = summary.crowding_count(Crowding.CROWDED)
    unknown = summary.crowding_count(Crowding.UNKNOWN)
    return [
        tally(
            N_("Persons in shelters"),
            summary.persons,
            say(N_("Households: {count}"), count=text(summary.households)),
        ),
        Figure(
            say(N_("Open shelters")),
            f"{len(summary.open_shelters)}",
            f"/ {summary.shelters_registered}",
            say(
                N_("Full {full} · crowded {crowded} · unknown {unknown}"),
                full=full,
                crowded=crowded,
                unknown=unknown,
            ),
        ),
        tally(
            N_("Free places"),
            summary.free_places,
            over,
        ),
        Figure(
            say(N_("Shelters to ask")),
            f"{len(summary.stale_shelters)}",
            "",
            say(N_("Count old or missing")),
        ),
        Figure(
            say(N_("Damage reports")),
            f"{summary.damage_total:,}",
            "",
            say(
                N_("Confirmed {confirmed} · unconfirmed {unconfirmed}"),
                confirmed=f"{summary.damage_confirmed:,}",
                unconfirmed=f"{summary.damage_unconfirmed:,}",
            ),
        ),
    ]
