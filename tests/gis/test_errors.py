"""The catalogue: every refusal says what happened and what to do, in both languages."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import gis.exporters.errors
import gis.importers.errors
from gis import errors
from gis.errors import RECEIVED_LENGTH, Refused
from gis.store import REFUSALS
from gis.text import Language, translate
from gis.vocabulary import Role
from tests.conftest import PROJECT

CATALOGUE: dict[str, type[Refused]] = {
    name: kind
    for module in (errors, gis.exporters.errors, gis.importers.errors)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, Refused) and "what" in vars(kind)
}


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


@pytest.mark.parametrize("refusal", CATALOGUE.values())
@pytest.mark.parametrize("part", ["what", "remedy"])
def test_every_refusal_says_it_in_both_languages(refusal: type[Refused], part: str) -> None:
    message = getattr(refusal, part)
    japanese = translate(message, Language.JA)
    assert message
    assert japanese != message
    assert placeholders(japanese) == placeholders(message)


@pytest.mark.parametrize("refusal", CATALOGUE.values())
@pytest.mark.parametrize("language", Language)
def test_every_refusal_can_be_explained(refusal: type[Refused], language: Language) -> None:
    needed = placeholders(refusal.what + refusal.remedy) - {"received"}
    explained = refusal(received="x", **dict.fromkeys(needed, "y")).explain(language)
    assert "{" not in explained


def raises() -> Iterator[tuple[str, type[Refused], set[str]]]:
    """Yield every place in the code that makes a refusal, with the facts it gives."""
    for file in sorted(file for top in ("gis", "dashboard", "scripts") for file in _code(top)):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
                facts = {keyword.arg or "**" for keyword in node.keywords}
            elif isinstance(node, ast.Raise):
                name, facts = getattr(node.exc, "id", None) or getattr(node.exc, "attr", ""), set()
            else:
                continue
            if name in CATALOGUE:
                yield f"{file.name}:{node.lineno}", CATALOGUE[name], facts


def _code(top: str) -> Iterator[Path]:
    return (file for file in (PROJECT / top).rglob("*.py") if "node_modules" not in file.parts)


@pytest.mark.parametrize(
    ("refusal", "facts"),
    [pytest.param(refusal, facts, id=where) for where, refusal, facts in raises()],
)
def test_whoever_refuses_gives_what_the_sentences_need(
    refusal: type[Refused], facts: set[str]
) -> None:
    assert placeholders(refusal.what + refusal.remedy) <= facts


def test_no_two_refusals_share_a_code() -> None:
    codes = [refusal.code() for refusal in CATALOGUE.values()]
    assert len(set(codes)) == len(codes)
    assert errors.ShelterNotOpen.code() == "shelter-not-open"


def test_every_refusal_is_raised_somewhere() -> None:
    used = {refusal for _, refusal, _ in raises()}
    used |= {type(refusal()) for refusal in REFUSALS.values()}
    used |= {errors.StoreRefuses}
    assert set(CATALOGUE.values()) == used


def test_only_the_beginning_of_what_was_received_is_repeated() -> None:
    refused = errors.TextTooLong(received="x" * 20_000_000, length=20_000_000, most=4000)
    assert refused.received == "x" * RECEIVED_LENGTH


def test_nothing_received_is_no_word_of_the_program() -> None:
    assert "None" not in errors.CountImpossible(most=9).explain(Language.EN)


def test_facts_that_are_terms_are_shown_in_the_readers_language() -> None:
    refused = errors.NotFound(received=7, kind=Role.FIELD)
    assert translate(Role.FIELD.label, Language.JA) in refused.explain(Language.JA)


def test_what_was_received_is_shown_as_it_is_and_never_filled_in() -> None:
    assert "{most}" in errors.CountImpossible(received="{most}", most=9).explain(Language.EN)
