"""FAULTS C04 to C06 and I03: what is compared, beside what is shown."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusternet.ingest.names import clean_key, keys_of, normalised_name

LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text(
    "أاآإٱةهىيئؤكک\u064b\u0640\u200féÉ İß ", max_size=8
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أثاث الأرز", "اثاث الارز"),
        ("الشركة", "الشركه"),
        ("مصطفى", "مصطفي"),
        ("ورشـــة", "ورشة"),
        ("ورشَةُ", "ورشة"),
        ("ﻻ", "لا"),
        ("ورشة ٣", "ورشة 3"),
        ("Cafe\u0301", "CAFÉ"),
        ("Al\u200f-Noor", "al-noor"),
        ("ﷲ", "الله"),
    ],
)
def test_C04_spellings_of_one_name(one, other):
    assert normalised_name(one) == normalised_name(other)


@pytest.mark.parametrize(("one", "other"), [("Al Noor", "Al Nour"), ("ورشة 1", "ورشة 2"), ("Cafe", "Café")])
def test_C04_nothing_is_guessed(one, other):
    assert normalised_name(one) != normalised_name(other)


@given(LETTERS)
def test_I03_normalising_twice_changes_nothing(text):
    once = normalised_name(text)
    assert normalised_name(once) == once
    assert bool(once) == bool(text)


@given(LETTERS)
def test_I03_keys_are_stable(text):
    assert clean_key(clean_key(text)) == clean_key(text)


def test_keys_tell_what_was_changed():
    keys = keys_of(pd.Series(["E1", " E2", "E\u200f3", "Cafe\u0301", "\u0410B", None, "  "], dtype="str"))
    assert keys.values[:5].tolist() == ["E1", "E2", "E3", "Café", "\u0410B"]
    assert pd.isna(keys.values[5:]).all()
    assert keys.spaced.tolist() == [False, True, False, False, False, False, True]
    assert keys.invisible.nonzero()[0].tolist() == [2]
    assert keys.recomposed.nonzero()[0].tolist() == [3]
    assert keys.mixed.nonzero()[0].tolist() == [4]
