"""The texts of the interface: all of them translated, none of them missed."""

import ast
import string
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from gis.text import (
    Language,
    catalogue_file,
    preferred,
    preferred_of_header,
    translate,
)
from tests.conftest import PROJECT

CODE = ("gis", "dashboard", "scripts")
KEYWORDS = DEFAULT_KEYWORDS
MARKS = {*KEYWORDS, "translate"}
METHODS = [("**/node_modules/**", "ignore"), ("**.py", "python"), ("**.html", "jinja2")]


@cache
def in_the_code() -> dict[str, str]:
    """Return every message that the code marks, with where it stands."""
    found: dict[str, str] = {}
    for top in CODE:
        for file, line, ids, _, _ in extract_from_dir(
            PROJECT / top, METHODS, keywords=KEYWORDS, strip_comment_tags=False
        ):
            one = ids if isinstance(ids, str) else ids[0]
            found[one] = f"{top}/{file}:{line}"
    return found


@cache
def catalogue() -> Catalog:
    with catalogue_file(Language.JA).open("rb") as source:
        return read_po(source, locale="ja", abort_invalid=True)


def translated() -> dict[str, Message]:
    return {
        message.id if isinstance(message.id, str) else message.id[0]: message
        for message in catalogue()
        if message.id
    }


def test_every_text_of_the_code_has_its_japanese() -> None:
    missing = {
        text: where
        for text, where in in_the_code().items()
        if text not in translated() or not all(_strings(translated()[text]))
    }
    assert missing == {}


def test_the_catalogue_holds_nothing_that_the_code_does_not_say() -> None:
    assert set(translated()) - set(in_the_code()) == set()
    assert not catalogue().obsolete


def test_no_translation_is_a_guess() -> None:
    assert [message.id for message in catalogue() if message.id and message.fuzzy] == []


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("message", translated().values(), ids=lambda message: str(message.id)[:40])
def test_a_translation_has_the_placeholders_of_its_text(message: Message) -> None:
    one = message.id if isinstance(message.id, str) else message.id[-1]
    for japanese in _strings(message):
        assert _placeholders(japanese) == _placeholders(one)


def _files() -> list[Path]:
    files = (file for top in CODE for file in (PROJECT / top).rglob("*.py"))
    return [file for file in files if "node_modules" not in file.parts]


def _marked(tree: ast.AST) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", None) or getattr(node.func, "attr", None)) in MARKS
        and node.args
    ]


def test_no_text_is_marked_where_the_collector_does_not_look() -> None:
    """Text marked inside an f-string, or that is one, would never reach the catalogue."""
    missed = [
        f"{file.relative_to(PROJECT)}:{node.lineno}"
        for file in _files()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.JoinedStr) and any(map(_is_text, _marked(node))))
        or (isinstance(node, ast.Call) and node in _marked(node) and _is_joined(node.args[0]))
    ]
    assert missed == []


def _is_text(call: ast.Call) -> bool:
    return isinstance(call.args[0], ast.Constant)


def _is_joined(argument: ast.expr) -> bool:
    return isinstance(argument, ast.JoinedStr | ast.BinOp)


def test_english_is_the_text_in_the_code() -> None:
    assert translate("Unknown", Language.EN) == "Unknown"
    assert translate("Unknown", Language.JA) == "不明"


def test_no_text_is_no_text_and_never_the_head_of_the_catalogue() -> None:
    assert translate("", Language.JA) == ""


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ja,en;q=0.8", Language.JA),
        ("en-GB,en;q=0.9,ja;q=0.8", Language.EN),
        ("en;q=0.5, ja;q=0.9", Language.JA),
        ("fr,de;q=0.9", Language.JA),
        ("fr,en;q=0.1", Language.EN),
        ("EN", Language.EN),
        ("", Language.JA),
        ("*", Language.JA),
        ("en;q=abc,ja;q=0.1", Language.JA),
        (";;q=,,", Language.JA),
        ("en;q=0", Language.JA),
        ("en;q=0, ja;q=0.1", Language.JA),
    ],
)
def test_the_browser_chooses_the_language(header: str, language: Language) -> None:
    assert preferred_of_header(header) is language


@pytest.mark.parametrize(
    ("tags", "language"),
    [(["en-US"], Language.EN), (["zh", "en"], Language.EN), ([], Language.JA)],
)
def test_the_first_language_that_we_speak_is_taken(tags: list[str], language: Language) -> None:
    assert preferred(tags) is language
