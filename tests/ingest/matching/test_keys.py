"""The two keys of a name and its consonants: worked by hand, stable, never empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusternet.ingest.matching.keys import has_arabic, has_latin, name_keys, sound_key

WORDS = (
    "al el و co ltd l c s.a & and sons شركة ذ.م.م المحدودة ذات مسؤولية عبد a b noor bt pt ag limited liability company"
)
NAMES = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.text("أاآإٱةهىيئؤكک\u064b\u0640\u200féÉ İß .&lcoاوl'", max_size=14)
    | st.lists(st.sampled_from(WORDS.split())).map(" ".join)
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("شركة النور للأغذية ذ.م.م", "شركه النور للاغذيه"),
        ("شركة النور ذ م م", "النور"),
        ("مؤسسة الأمل", "الامل"),
        ("شركة النور المساهمة العامة المحدودة", "النور ش.م.ع"),
        ("شركة النور ذات المسؤولية المحدودة", "شركة النور"),
        ("منى الخطيب وأولاده", "منى الخطيب"),
        ("النور وشركاؤه", "النور و شركاه"),
        ("عبد الله للتجارة", "عبدالله للتجارة"),
        ("ورشة ٣", "ورشة 3"),
        ("Al Noor Trading Co. Ltd.", "El-Noor TRADING"),
        ("Al Noor Trading L.L.C", "Al Noor Trading Limited Liability Company"),
        ("Al Noor Trading W.L.L.", "al noor trading"),
        ("Al Noor Co. for Trading", "Alnoor for Trading"),
        ("Layla Carpentry & Sons", "Layla Carpentry and Sons Ltd"),
        ("Layla Carpentry & Partners", "Layla Carpentry"),
        ("Győri Nyomda Kft.", "Gyori Nyomda Zrt"),
        ("A.B.C. Trading", "ABC Trading"),
        ("Hui’an Garments Est.", "Huian Garments"),
        ("Crème Brûlée S.A.R.L.", "creme brulee"),
        ("Anhui Automax (Pvt) Ltd", "Anhui Automax"),
        ("\u0410l N\u043e\u043er", "Al Noor"),
    ],
)
def test_C04_C06_one_name_without_its_legal_form(one, other):
    assert name_keys(one).bare == name_keys(other).bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al Noor Trading", "Al Noor Textiles"),
        ("النور للتجارة", "النور"),  # "for trading" is no legal form
        ("Al Noor 1", "Al Noor 2"),
        ("مصنع الأمل", "مخبز الأمل"),
        ("Food Co-operative", "Food"),
        ("Noor", "Nour"),
    ],
)
def test_C03_other_names_stay_other_names(one, other):
    assert name_keys(one).bare != name_keys(other).bare


def test_the_first_key_tells_legal_forms_apart_and_the_second_does_not():
    one, other = name_keys("Cedar Ltd."), name_keys("Cedar L.L.C.")
    assert one.full != other.full
    assert one.bare == other.bare == "cedar"
    assert name_keys("Cedar Limited").full == one.full


@pytest.mark.parametrize(
    "name", ["Ltd.", "شركة", "S.p.A.", "...", "& Co", "ذ.م.م", "Limited Liability Company", "=1+1"]
)
def test_a_name_of_nothing_but_a_legal_form_is_kept(name):
    assert all(name_keys(name))


@given(NAMES)
def test_keys_are_their_own_keys_and_never_empty(name):
    keys = name_keys(name)
    assert name_keys(keys.full).full == keys.full
    assert name_keys(keys.bare).bare == keys.bare
    assert bool(keys.full) == bool(keys.bare) == bool(name)


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Mostafa El Naggar", "مصطفى النجار"),
        ("Youssef Mansour", "يوسف منصور"),
        ("Khaled Shahin", "خالد شاهين"),
        ("Al Baraka Co.", "شركة البركة"),
        ("Othman", "عثمان"),
        ("Fatma", "فاطمة"),
    ],
)
def test_names_sound_alike_in_both_scripts(latin, arabic):
    assert sound_key(latin) == sound_key(arabic) != ""


def test_scripts_are_told():
    assert has_arabic("النور 3")
    assert not has_latin("النور 3")
    assert has_latin("abc النور")
    assert not has_arabic("abc")
