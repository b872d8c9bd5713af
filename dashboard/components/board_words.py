"""The words of the board and of its wall view, translated for the browser."""

from typing import Final

from dashboard.components import wording
from dashboard.components.condition_lines import SHORT, SIGNS
from gis.text import N_, Language, translate
from gis.vocabulary import (
    CONDITION_LABELS,
    Crowding,
    Hazard,
    LifelineState,
    ShelterState,
    SupplyState,
    Term,
)

WORDS: Final = {
    "title": N_("Open shelters"),
    "just_now": wording.JUST_NOW,
    "minutes_ago": wording.MINUTES_AGO,
    "hours_ago": wording.HOURS_AGO,
    "days_ago": wording.DAYS_AGO,
    "not_reported": wording.NOT_REPORTED,
    "unknown": wording.UNKNOWN,
    "invented": N_("fict."),
    "and_unknown_at": N_("+ unknown at {places}"),
    "at_places": N_("at {places}"),
    "persons": N_("Persons in shelters"),
    "households": N_("Households: {count}"),
    "open": N_("Open shelters"),
    "levels": N_("Full {full} · crowded {crowded} · unknown {unknown}"),
    "others": N_(" · preparing {preparing} · state unknown {unknown}"),
    "free": N_("Free places"),
    "over": N_("Over capacity: {count}"),
    "fictitious": N_(" (capacities are fictitious)"),
    "asking": N_("Shelters to ask"),
    "escalated_of_them": N_("For headquarters to ask: {count}"),
    "to_ask": N_("Ask"),
    "escalated": N_("Headquarters must ask"),
    "by_district": N_("(district)"),
    "went": N_("24 hours: {first} → {last}"),
    "search": N_("Name or address"),
    "district": N_("District"),
    "state": N_("State"),
    "hazard": N_("Hazards"),
    "only_to_ask": N_("Only those to ask"),
    "only_wanting": N_("Only those with needs"),
    "lack": N_("{item}: {state} ({age})"),
    "most_urgent": N_("Most urgent first"),
    "shown": N_("{shown} of {count} shelters"),
    "none_fits": N_("No shelter fits. Change what is chosen above."),
    "none_then": N_("No shelter took part at that moment."),
    "not_begun": N_("The incident had not begun at that moment."),
    "new_count": N_("Record the count"),
    "record": N_("Record"),
    "yes": N_("Yes, record it"),
    "no": N_("No, correct it"),
    "no_number": N_("This is no whole number. Give the number of persons, such as 128."),
    "not_sent": N_(
        "It could not be sent. Your number is kept; press “Record” again, that does no harm."
    ),
    "loading": N_("Reading…"),
    "unreadable": N_("The list could not be updated. Trying again."),
    "disconnected": N_("Connection lost. What is shown may be out of date."),
    "connected": N_("Connected"),
    "connecting": N_("Connecting…"),
    "held": N_("(stopped)"),
    "demonstration": N_("All figures are invented."),
    "no_incident": N_("No incident is open."),
    "none_open": N_("No shelter is open."),
}
COLUMNS: Final = {
    "name": N_("Shelter"),
    "persons": N_("Persons"),
    "capacity": N_("Capacity"),
    "percent": N_("Share"),
    "crowding": N_("Crowding"),
    "trend": N_("24 hours"),
    "change": N_("1 hour"),
    "age": N_("Age"),
    "assignee": N_("Who asks"),
}
TERMS: Final[dict[str, type[Term]]] = {
    "states": ShelterState,
    "crowding": Crowding,
    "hazards": Hazard,
}


def board_words(language: Language) -> dict[str, object]:
    """Return every word of the board in a language, by the names the JavaScript uses."""

    def said(messages: dict[str, str]) -> dict[str, str]:
        return {name: translate(message, language) for name, message in messages.items()}

    terms = {
        name: said({term.value: term.label for term in vocabulary})
        for name, vocabulary in TERMS.items()
    }
    states: list[Term] = [*LifelineState, *SupplyState]
    return {
        **said(WORDS),
        "columns": said(COLUMNS),
        "items": said(CONDITION_LABELS),
        "signs": {state.value: SIGNS[state] for state in states},
        "lacks": said({state.value: SHORT.get(state, state.label) for state in states}),
        **terms,
    }
