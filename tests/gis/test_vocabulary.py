import pytest

from gis import vocabulary
from gis.text import Language, translate
from gis.vocabulary import Role, Severity, Term

TERMS = [
    term
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, Term)
    for term in kind
]


@pytest.mark.parametrize("term", TERMS, ids=repr)
def test_every_term_reads_well_in_both_languages(term: Term) -> None:
    assert translate(term.label, Language.EN) == term.label
    assert translate(term.label, Language.JA) != term.label


@pytest.mark.parametrize("term", TERMS, ids=repr)
def test_a_term_is_its_code(term: Term) -> None:
    assert term == term.value == str(term)
    assert type(term)(term.value) is term


def test_unknown_is_the_absence_of_a_severity_and_no_severity() -> None:
    assert [severity.value for severity in Severity] == ["minor", "moderate", "severe"]


def test_roles_ascend() -> None:
    least, *_, most = Role
    assert (least, most) == (Role.VIEWER, Role.ADMIN)
