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


@pytest.mark.parametrize("declared", [(".", ""), (",", ""), (",", "."), (".", ","), (",", " ")])
@pytest.mark.parametrize(
    ("text", "value"), [("١٬٢٠٠", 1200), ("١٢٫٥", 12.5), ("۱٬۲۰۰٫۵", 1200.5), ("۱۲٫۵", 12.5), ("٫٥", 0.5)]
)
def test_A18_the_separators_of_arabic_mean_one_thing_whatever_is_declared(text, value, declared):
    decimal, thousands = declared
    assert parsed_number(text, decimal=decimal, thousands=thousands) == (value, Kind.EASTERN)


@pytest.mark.parametrize(
    ("text", "decimal", "thousands", "value"),
    [
        ("١٢،٥", ",", "", 12.5),
        ("12،5", ",", "", 12.5),
        ("١،٢٠٠", ".", ",", 1200),
        ("١٢,٥", ",", "", 12.5),
        ("١.٢٠٠", ",", ".", 1200),
        ("1\N{RIGHT SINGLE QUOTATION MARK}200", ".", "'", 1200),
    ],
)
def test_A17_the_comma_of_arabic_is_a_comma(text, decimal, thousands, value):
    assert parsed_number(text, decimal=decimal, thousands=thousands)[0] == value


@pytest.mark.parametrize("text", ["١٢،٥", "12،5", "١،٢٠٠", "١٢,٥"])
def test_A17_the_comma_of_arabic_is_ambiguous(text):
    assert parsed_number(text)[1] is Kind.AMBIGUOUS
    assert len(set(readings(text))) == 2


def test_A17_a_point_beside_a_declared_comma_is_ambiguous_in_all_digits():
    assert parsed_number("1.200", decimal=",")[1] is Kind.AMBIGUOUS
    assert parsed_number("١.٢٠٠", decimal=",")[1] is Kind.AMBIGUOUS


@pytest.mark.parametrize(
    "text",
    [
        "10-49",
        "10 – 49",
        "10 to 49",
        "من ١٠ إلى ٤٩",
        "~20",
        "≈ 20",
        "<10",
        ">=250",
        "50+",
        "about 20",
        "حوالي ٢٠",
        "أكثر من 50",
        "50 or more",
    ],
)
def test_C12_bands(text):
    value, kind = parsed_number(text)
    assert kind is Kind.BAND
    assert math.isnan(value)


def test_C12_bands_are_declared():
    bands = {"10-49": 25, "~20": 20, "12": 99}
    found = numbers_of(["10-49", "10 – 49", "١٠-٤٩", "~20", "12", "50-99", None], bands=bands)
    assert found.values[:5].tolist() == [25, 25, 25, 20, 12]
    assert math.isnan(found.values[5])
    assert found.declared_bands.tolist() == [True, True, True, True, False, False, False]


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
        ("–", Kind.NOT_A_NUMBER_WORD),
        ("12 kg", Kind.NO_NUMBER),
        ("١٬٢", Kind.NO_NUMBER),
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
