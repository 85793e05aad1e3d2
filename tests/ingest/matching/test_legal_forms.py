"""Words of legal forms: which are one, which are left out, and that something is always left."""

import pytest

from clusternet.ingest.matching.legal_forms import form_of, is_short_form, spelt_alike, without_form


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("noor limited liability company", "noor llc"),
        ("noor joint stock company", "noor jsc"),
        ("النور ذات مسووليه محدوده", "النور ذمم"),
        ("الشركه النور", "شركه النور"),
        ("noor trading", "noor trading"),
    ],
)
def test_one_spelling(words, expected):
    assert " ".join(spelt_alike(words.split())) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("pt indah jaya", "indah jaya"),
        ("noor and brothers co ltd", "noor"),
        ("sa noor", "sa noor"),  # what ends a name elsewhere may begin one
        ("ltd co", "co"),
        ("co", "co"),
        ("", ""),
    ],
)
def test_left_out(words, expected):
    assert " ".join(without_form(words.split())) == expected


def test_initials_that_spell_a_form():
    assert is_short_form("llc")
    assert is_short_form("ذمم")
    assert not is_short_form("s")
    assert not is_short_form("abc")


def test_forms_that_say_nothing_are_not_compared():
    assert form_of(["noor", "co", "ltd"], ["noor"]) == frozenset()
    assert form_of(["noor", "gmbh"], ["noor"]) == {"gmbh"}
