"""FAULTS A17, A18 and what a number is."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusternet.ingest.numbers import Kind, numbers_of, parsed_number, readings


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), (" 12.5 ", 12.5), ("-3", -3), ("1e3", 1000), ("007", 7), (".5", 0.5), ("\N{MINUS SIGN}4", -4)],
)
def test_plain_numbers(text, value):
    assert parsed_number(text) == (value, Kind.NUMBER)


@pytest.mark.parametrize(
    ("text", "value"), [("١٢", 12), ("١٢٫٥", 12.5), ("١٬٢٠٠٫٥", 1200.5), ("۱۲۳", 123), ("-٤", -4), ("\u200f٧", 7)]
)
def test_A18_eastern_digits(text, value):
    assert parsed_number(text) == (value, Kind.EASTERN)


@pytest.mark.parametrize("text", ["2,5", "1,200", "1 200", "1\N{NO-BREAK SPACE}200", "1'200", "1.200,5", "١٢,٥"])
def test_A17_undeclared_separators_are_ambiguous(text):
    assert parsed_number(text)[1] is Kind.AMBIGUOUS


@pytest.mark.parametrize(
    ("text", "decimal", "thousands", "value"),
    [
        ("2,5", ",", "", 2.5),
        ("1,200", ".", ",", 1200),
        ("1.200,5", ",", ".", 1200.5),
        ("1 200", ".", " ", 1200),
        ("1\N{NARROW NO-BREAK SPACE}200,25", ",", " ", 1200.25),
    ],
)
def test_A17_declared_separators(text, decimal, thousands, value):
    assert parsed_number(text, decimal=decimal, thousands=thousands) == (value, Kind.NUMBER)


def test_A17_declared_separators_in_the_wrong_place():
    assert parsed_number("12,5", thousands=",")[1] is Kind.AMBIGUOUS
    assert parsed_number("1.200", decimal=",")[1] is Kind.AMBIGUOUS


def test_A17_both_readings():
    assert readings("2,5") == ("2.5", "25")
    assert readings("1,200") == ("1.200", "1200")
    assert readings("1 200") == ("1200", "1 / 200")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Kind.MISSING),
        ("  ", Kind.MISSING),
        ("nan", Kind.NOT_A_NUMBER_WORD),
        ("None", Kind.NOT_A_NUMBER_WORD),
        ("-inf", Kind.INFINITE),
        ("1e999", Kind.INFINITE),
        ("10-49", Kind.NO_NUMBER),
        ("~20", Kind.NO_NUMBER),
        ("1_000", Kind.NO_NUMBER),
        ("0x10", Kind.NO_NUMBER),
        ("True", Kind.NO_NUMBER),
        ("٬٬", Kind.NO_NUMBER),
    ],
)
def test_what_is_no_number(text, kind):
    value, found = parsed_number(text)
    assert found is kind
    assert math.isnan(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_comes_back_exactly(value):
    assert numbers_of([repr(value)]).values[0] == value


@given(st.text(max_size=12), st.sampled_from([".", ","]), st.sampled_from(["", ",", ".", " ", "'"]))
def test_any_text_is_a_finite_number_or_missing(text, decimal, thousands):
    value, kind = parsed_number(text, decimal=decimal, thousands=thousands)
    assert math.isfinite(value) == (kind in (Kind.NUMBER, Kind.EASTERN))
