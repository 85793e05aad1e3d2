import pytest

from clusternet.ingest.sectors.codes import Code, extended_code, isic_code, nearest_codes, parsed_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3100", Code("", "3100")),
        ("C3100", Code("C", "3100")),
        ("c 31.09", Code("C", "3109")),
        ("31.01.", Code("", "3101")),
        ("3100.0", Code("", "3100")),
        ("'3100", Code("", "3100")),
        ("٣١٠٠", Code("", "3100")),
        ("۳۱٫۰۹", Code("", "3109")),
        ("31.01Z", Code("", "3101")),
        ("ISIC Rev.4: 3100", Code("", "3100")),
        ("NACE 31.01", Code("", "3101")),
        ("31 - Manufacture of furniture", Code("", "31")),
        ("3100 صنع الأثاث", Code("", "3100")),
        ("C", Code("C", "")),
        ("31-33", Code("", "31", "33")),
        ("furniture", None),
        ("33 workers", None),
        ("3100 1610", None),
        ("1610/1621", None),
        ("", None),
    ],
)
def test_codes_as_people_write_them(text, code):
    assert parsed_code(text) == code


@pytest.mark.parametrize(
    ("code", "read"),
    [
        (Code("", "31"), "31"),
        (Code("", "310"), "310"),
        (Code("C", "3100"), "3100"),
        (Code("D", "3100"), ""),
        (Code("", "3101"), ""),
        (Code("", "1"), ""),
        (Code("C", ""), "C"),
        (Code("V", ""), ""),
        (Code("", "31", "33"), ""),
    ],
)
def test_codes_of_isic(code, read):
    assert isic_code(code) == read


def test_further_digits_of_a_country():
    assert extended_code(Code("", "310012")) == "3100"
    assert extended_code(Code("C", "31001")) == "3100"
    assert extended_code(Code("F", "31001")) == ""
    assert extended_code(Code("", "3100")) == ""
    assert extended_code(Code("", "310012345")) == ""


def test_the_nearest_codes():
    assert nearest_codes("111")[0] == "0111"
    assert nearest_codes("3101") == ["3100", "310", "31"]
    assert nearest_codes("3400") == []
    assert nearest_codes("337122") == []
