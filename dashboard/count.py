"""The count of one shelter, for whoever stands in it with a telephone."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dashboard.api.problems import STATUS
from dashboard.api.roles import current_actor, own_shelter
from dashboard.components import wording
from dashboard.language import language_of
from dashboard.roles import COUNTS_OWN, COUNTS_PEOPLE
from dashboard.sign_in import TEMPLATES, refusal_page
from dashboard.workspaces import current_desk
from gis.errors import NotAllowed, NotFound, Refused
from gis.items import item_list
from gis.occupancy import FIGURES
from gis.store import Actor
from gis.text import N_, Language, translate
from gis.vocabulary import FIGURE_LABELS, ItemKind, RequestState, ShelterState, Urgency

WORDS = {
    "just_now": wording.JUST_NOW,
    "minutes_ago": wording.MINUTES_AGO,
    "hours_ago": wording.HOURS_AGO,
    "days_ago": wording.DAYS_AGO,
    "persons": N_("{count} persons"),
    "households": N_("{count} households"),
    "figure": N_("{figure}: {count}"),
    "joined": N_("{some}, {more}"),
    "report": N_("Report {figures}"),
    "nothing": N_("Enter a figure, then report it"),
    "last": N_("Last {count} ({age}, {actor})"),
    "last_unsent": N_("Last {count} ({age}, unsent)"),
    "never": N_("Not counted yet"),
    "you": N_("you"),
    "same": N_("Same as last time: {count}"),
    "due": N_("Next count by {time}"),
    "overdue": N_("The count of {time} is still missing"),
    "connected": N_("Connected"),
    "no_signal": N_("No signal"),
    "unsent": N_("Unsent: {count}"),
    "unsent_photographs": N_("Unsent photographs: {count}"),
    "photograph_sent": N_("The photograph of {time} is sent."),
    "photograph_of": N_("Photograph of {time}"),
    "discard_photograph": N_("Discard this photograph? It has not reached headquarters."),
    "kept": N_("Kept on this device"),
    "not_kept": N_("This device keeps nothing. Leave this page open until all is sent."),
    "recorded": N_("{time}: {figures}, recorded"),
    "waiting": N_("Waiting to be sent"),
    "yes": N_("Yes, send it"),
    "no": N_("No, correct it"),
    "again": N_("Send again"),
    "correct": N_("Correct"),
    "correcting": N_("Correct it below and report it. It is kept until then."),
    "discard": N_("Discard"),
    "discard_question": N_("Discard this count? It has not reached headquarters."),
    "discard_yes": N_("Yes, discard it"),
    "discard_no": N_("No, keep it"),
    "signed_out": N_(
        "Your sign-in has ended. Ask headquarters for a new link and open it on this device;"
        " what is unsent is kept."
    ),
    "no_incident": N_("No incident is open."),
    "not_open": N_("{shelter} is not open ({state})."),
    "coming": N_("On the way: {count}"),
    "nothing_coming": N_("Nothing is on its way."),
    "being_prepared": N_("Being prepared: {place}"),
    "coming_from": N_("On the way from {place}"),
    "expected": N_("Expected at {time}"),
    "expected_unknown": N_("When it arrives is not known."),
    "we_received": N_("We have received this"),
    "nothing_asked": N_("Nothing is open."),
    "approved_of": N_("Approved: {approved}. On the way: {sent}. Received: {received}."),
    "because": N_("Reason: {reason}"),
    "goods": N_("{item}: {count} {unit}"),
    "ask_for": N_("Ask for {goods}"),
    "ask_nothing": N_("Choose an item and a quantity"),
    "receipt_of": N_("Received: {goods}"),
    "asking_of": N_("Asked for: {goods}"),
    "supplies_sent": N_("Headquarters have it."),
    "what_to_do": N_(
        "Counts can be reported as soon as headquarters open it; this page then changes by itself."
        " If people have come already, telephone headquarters."
    ),
}
"""What the scripts say, by the names they use."""


def count(request: Request) -> Response:
    """Show the page, or why not; its figures come by the API."""
    try:
        actor = current_actor(request)
        shelter_id = _shelter_id(actor, request.query_params.get("shelter"))
    except Refused as refused:
        return refusal_page(request, refused, STATUS.get(type(refused), 422))
    return HTMLResponse(_page(shelter_id, actor, language_of(request)))


def _shelter_id(actor: Actor, asked: str | None) -> UUID:
    """Return which shelter is to be counted: the own one, or the one asked for."""
    if actor.role not in COUNTS_PEOPLE | COUNTS_OWN:
        raise NotAllowed
    if asked is None and actor.shelter_id is not None:
        return actor.shelter_id
    try:
        shelter_id = UUID(asked or "")
    except ValueError:
        if actor.role in COUNTS_OWN:
            raise NotAllowed from None
        raise NotFound(field="shelter", received=asked, kind=N_("shelter")) from None
    with current_desk().workspace.reading() as session:
        return own_shelter(session, actor, shelter_id)


def _page(shelter_id: UUID, actor: Actor, language: Language) -> str:
    def said(message: str) -> str:
        return translate(message, language)

    items = _items(language)
    labels = {name: said(FIGURE_LABELS[name]) for name in FIGURES}
    texts: dict[str, object] = {name: said(message) for name, message in WORDS.items()}
    texts |= {
        "figures": FIGURES,
        "labels": labels,
        "states": {state.value: said(state.label) for state in ShelterState},
        "items": items,
        "request_states": {state.value: said(state.label) for state in RequestState},
    }
    return TEMPLATES.get_template("count.html").render(
        setup={"shelter_id": str(shelter_id), "texts": texts},
        language=language.value,
        other_language="en" if language is Language.JA else "ja",
        back=f"/count?shelter={shelter_id}",
        actor=actor.name,
        labels=labels,
        items=items,
        urgencies={urgency.value: said(urgency.label) for urgency in Urgency},
        _=said,
    )


def _items(language: Language) -> dict[str, dict[str, str]]:
    """Return what a shelter can ask for; staff come by other ways."""
    return {
        code: {"name": item.name(language), "unit": item.unit(language)}
        for code, item in item_list().items.items()
        if item.kind is not ItemKind.STAFF
    }


ROUTES = [Route("/count", count, methods=["GET"])]
