"""Which language a reader gets: the one chosen, else the browser's, else Japanese."""

import pytest
from starlette.requests import HTTPConnection

from dashboard.language import COOKIE, language_of
from gis.text import Language


def reader(*, accepts: str | None = None, chose: str | None = None) -> HTTPConnection:
    headers = {"accept-language": accepts, "cookie": chose and f"{COOKIE}={chose}"}
    return HTTPConnection(
        {
            "type": "http",
            "headers": [
                (name.encode(), value.encode()) for name, value in headers.items() if value
            ],
        }
    )


@pytest.mark.parametrize(
    ("accepts", "language"),
    [
        ("en", Language.EN),
        ("en-GB,en;q=0.9", Language.EN),
        ("ja-JP", Language.JA),
        ("JA", Language.JA),
        ("ja,en-US;q=0.9,en;q=0.8", Language.JA),
        ("en-US,en;q=0.9,ja;q=0.8", Language.EN),
        ("ja;q=0.2, en;q=0.9", Language.EN),
        ("en; q=0.1, ja; q=0.9", Language.JA),
        ("fr,de;q=0.9,en;q=0.1", Language.EN),
        ("en;q=0.5,ja", Language.JA),
        ("en;q=0", Language.JA),
        ("ja;q=0,en;q=0.1", Language.EN),
        ("en;q=abc,ja;q=0.1", Language.JA),
        ("en;q=nan,ja;q=0.1", Language.JA),
        ("fr", Language.JA),
        ("*", Language.JA),
        ("", Language.JA),
        (",;,;q=,", Language.JA),
    ],
)
def test_the_browser_s_first_choice_that_we_speak_counts(accepts: str, language: Language) -> None:
    assert language_of(reader(accepts=accepts)) is language


def test_a_reader_who_says_nothing_reads_japanese() -> None:
    assert language_of(reader()) is Language.JA


@pytest.mark.parametrize("chosen", Language)
@pytest.mark.parametrize("accepts", ["ja", "en", "fr"])
def test_what_was_chosen_goes_before_what_the_browser_prefers(
    chosen: Language, accepts: str
) -> None:
    assert language_of(reader(accepts=accepts, chose=chosen.value)) is chosen
