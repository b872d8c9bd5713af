"""The live badge: connection, clock, age of the last change; and the pulse that re-reads figures.

A fragment that calls :func:`live_badge` runs again whenever one of its subjects changes, so its
figures follow the store without a reload and without polling.
"""

from dashboard.components.own_component import own_component
from gis.text import N_, Language, translate

WORDS = {
    "connected": N_("Connected"),
    "connecting": N_("Connecting…"),
    "disconnected": N_("Connection lost"),
    "seconds_ago": N_("Last update {seconds} s ago"),
    "minutes_ago": N_("Last update {minutes} min ago"),
}

_badge = own_component("hq_live_badge", "live-badge.js", "showBadge", "live-badge.css")


def live_badge(subjects: tuple[str, ...], language: Language, key: str) -> None:
    """Show that the page is live, and run the surrounding fragment again on changes.

    Parameters
    ----------
    subjects
        What the fragment shows, by the names that change events carry, such as ``shelters``.
        A change of the incident itself concerns every subject.
    language
        The reader's language.
    key
        The badge's own name on the page.
    """
    words = {name: translate(message, language) for name, message in WORDS.items()}
    _badge(
        key=key,
        data={"subjects": list(subjects), "words": words},
        on_changed_change=lambda: None,
    )
