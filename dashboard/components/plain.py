"""Text of others where Streamlit expects Markdown: shown as it is written."""

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Return a text in which nothing is markup: no link, no picture from elsewhere, no formula."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
