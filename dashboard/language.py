"""Which language a reader gets: the one chosen, else the browser's, else Japanese."""

from starlette.requests import HTTPConnection

from gis.text import Language, preferred, preferred_of_header

COOKIE = "hq_language"


def language_of(connection: HTTPConnection) -> Language:
    """Return the language of whoever sent a request."""
    chosen = connection.cookies.get(COOKIE)
    if chosen:
        return preferred([chosen])
    return preferred_of_header(connection.headers.get("accept-language", ""))
