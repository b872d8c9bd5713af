"""What the field app says, in both languages at once: a phone changes them without a signal."""

from dashboard.components import wording
from gis.damage import GROUPS, STANDING
from gis.text import N_, Language, translate
from gis.vocabulary import (
    DETAIL_LABELS,
    DamageCategory,
    DamageGroup,
    FloodLevel,
    Phenomenon,
    ReportState,
    Severity,
    Term,
)

WORDS = {
    "title": N_("Report damage"),
    "just_now": wording.JUST_NOW,
    "minutes_ago": wording.MINUTES_AGO,
    "hours_ago": wording.HOURS_AGO,
    "days_ago": wording.DAYS_AGO,
    "connected": N_("Connected"),
    "no_signal": N_("No signal"),
    "fictitious": N_("Fictitious"),
    "drill": N_("Drill"),
    "unsent": N_("Unsent: {count}"),
    "and_photographs": N_("(photographs: {count})"),
    "kept": N_("Kept on this device"),
    "all_sent": N_("All is sent"),
    "recorded": N_("{time}: {figures}, recorded"),
    "what": N_("What do you see?"),
    "assignments": N_("For your team"),
    "no_assignments": N_("Nothing is assigned to your team."),
    "nearby": N_("Reported nearby"),
    "no_nearby": N_("Nothing has been reported around here."),
    "nowhere": N_("This is shown once the phone knows where it is."),
    "as_of": N_("As of {age}"),
    "metres": N_("{metres} m away"),
    "kilometres": N_("{kilometres} km away"),
    "map": N_("Map"),
    "kind": N_("What exactly?"),
    "take_photograph": N_("Take a photograph"),
    "from_album": N_("From the album"),
    "photographs": N_("Photographs: {count}"),
    "remove_photograph": N_("Remove this photograph"),
    "place": N_("Place"),
    "seeking": N_("Looking for the place …"),
    "near_town": N_("Near {town}"),
    "by_gps": N_("By the phone, ±{metres} m"),
    "by_map": N_("Tapped on the map"),
    "by_photograph": N_("From the photograph"),
    "place_unknown": N_("Place unknown"),
    "no_position": N_("The phone gives no position. Tap the map, or write where it is."),
    "locate": N_("Locate me"),
    "on_map": N_("On the map"),
    "unknown": N_("Unknown"),
    "in_words": N_("Address, town or landmark"),
    "tap_map": N_("Tap where it is."),
    "use_place": N_("Use this place"),
    "close": N_("Close"),
    "no_map": N_("The map is not on this device yet. Open this page once with a signal."),
    "same_question": N_("Is it the same as this?"),
    "same": N_("The same"),
    "different": N_("Another one"),
    "same_drop": N_("It is already reported. Drop this report? Nothing will be sent."),
    "drop": N_("Yes, drop it"),
    "details": N_("More about the damage"),
    "severity": N_("Severity"),
    "note": N_("In your own words"),
    "no_names": N_("No names of people, please."),
    "cancel": N_("Discard"),
    "cancel_question": N_("Discard this report? It and its photographs are lost."),
    "discard_yes": N_("Yes, discard it"),
    "keep": N_("No, keep it"),
    "report": N_("Report"),
    "queue": N_("Not sent yet"),
    "queue_empty": N_("Everything has reached headquarters."),
    "waiting": N_("Waiting to be sent"),
    "photograph_of": N_("Photograph of {time}"),
    "part_sent": N_("{percent} % sent"),
    "again": N_("Send again"),
    "correct": N_("Correct"),
    "correct_later": N_("Finish or discard the report you have begun first."),
    "save_file": N_("Save to a file"),
    "save_why": N_("Headquarters can load the file if this phone finds no signal at all."),
    "signed_out": N_(
        "Your sign-in has ended. Ask headquarters for a new link and open it on this device;"
        " what is unsent is kept."
    ),
    "no_incident": N_("No incident is open."),
    "no_incident_yet": N_("Reports are kept here and sent as soon as one is open."),
    "insecure": N_("This address is not encrypted (http)."),
    "insecure_why": N_(
        "Therefore the phone lets this page neither open without a signal nor know its position."
        " Reports are kept and sent all the same. Ask headquarters for the https address."
    ),
    "not_kept": N_("This browser keeps nothing, so nothing can be reported here."),
    "not_kept_why": N_(
        "Leave private browsing, or make room on the phone, and open this page again."
    ),
    "photograph_failed": N_("The photograph could not be kept. The phone may be full."),
}
"""What scripts and template say, by the names they use."""

OFFERED = ("phenomenon", "people_in_danger", "flood_level", "depth_cm")
"""What a team can tell at a glance; the rest is for whoever inspects the building."""


def field_texts(language: Language) -> dict[str, object]:
    """Return every word of the field app in one language."""

    def said(message: str) -> str:
        return translate(message, language)

    def labels(terms: type[Term]) -> dict[str, str]:
        return {term.value: said(term.label) for term in terms}

    words: dict[str, object] = {name: said(message) for name, message in WORDS.items()}
    return words | {
        "details_of": {name: said(DETAIL_LABELS[name]) for name in OFFERED},
        "groups": labels(DamageGroup),
        "categories": labels(DamageCategory),
        "severities": labels(Severity),
        "phenomena": labels(Phenomenon),
        "flood_levels": labels(FloodLevel),
        "states": labels(ReportState),
    }


def field_setup(language: Language) -> dict[str, object]:
    """Return what the scripts begin with: words, categories by group, what can be flooded."""
    return {
        "language": language.value,
        "languages": {each.value: field_texts(each) for each in Language},
        "groups": {
            group.value: [category.value for category in categories]
            for group, categories in GROUPS.items()
        },
        "standing": sorted(category.value for category in STANDING),
    }
