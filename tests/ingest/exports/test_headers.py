"""Finding a question among headers: any separator, one column for each choice, numbers behind a stem."""

import string

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusternet.ingest.exports.export import ANSWERS
from clusternet.ingest.exports.headers import (
    SEPARATORS,
    Column,
    find_column,
    numbered,
    one_per_choice,
    paths,
    simple,
)
from tests.ingest.exports.small import table_of

WORDS = st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=6)
LABELS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


def rows_of(*rows):
    return table_of(rows).rows


# ---------------------------------------------------------------------- how headers are compared
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Name of your  enterprise *", "name of your enterprise"),
        ("هل توافقون؟", "هل توافقون"),
        ("إسم المنشأة:", "اسم المنشاه"),
        ("Ｎame", "name"),
    ],
)
def test_spelling_and_marks_make_no_difference(one, other):
    assert simple(one) == simple(other)


def test_a_header_of_marks_alone_stays_what_it_is():
    assert simple(" ?? ") == "??"


@given(question=LABELS, groups=st.lists(LABELS, max_size=3), separator=st.sampled_from(["", *SEPARATORS]))
def test_a_question_is_found_behind_its_groups_whatever_the_separator(question, groups, separator):
    inner = groups[-2:]
    known = paths([question], [[group] for group in groups])
    assert simple(question) in known
    assert simple(separator.join([*inner, question])) in known


def test_a_question_is_not_found_in_the_group_of_another():
    assert simple("needs/unit") not in paths(["unit"], [["offers"]])


def test_the_mark_at_the_end_of_a_groups_label_may_stay_within_a_header():
    known = paths(["Name"], [["Who are you?"]])
    assert {simple("Who are you?/Name"), simple("Who are you / Name")} <= known


# ---------------------------------------------------------------------- one column for each choice
@given(choices=st.lists(LABELS, min_size=1, max_size=4, unique=True), separator=st.sampled_from(SEPARATORS))
def test_columns_of_choices_are_found_whatever_the_separator(choices, separator):
    headers = [f"Certificates{separator}{choice}" for choice in choices]
    rows = rows_of(["Other", *headers], ["x", *["1"] * len(choices)])
    found = one_per_choice(tuple(rows.columns), {"certificates"}, rows)
    assert set(found.values()) == set(headers)
    assert len(found) == len(choices)


def test_a_column_that_holds_anything_else_is_no_choice():
    rows = rows_of(["cert/iso", "cert/other text"], ["1", "our own seal"], ["0", ""])
    assert one_per_choice(tuple(rows.columns), {"cert"}, rows) == {"iso": "cert/iso"}


def test_a_choice_is_taken_by_a_sign_or_by_its_own_name():
    rows = rows_of(["c/iso 9001", "c/halal"], ["1", ""], ["ISO 9001", "0"], ["0", "نعم"], ["", ""])
    column = Column("c", one_per_choice(tuple(rows.columns), {"c"}, rows))
    answers = column.answers(rows)
    assert answers.fillna("").tolist() == ["iso 9001", "iso 9001", "halal", ""]


def test_several_choices_of_one_row_are_joined_and_nobodys_stay_missing():
    rows = rows_of(["c/a", "c/b"], ["1", "1"], ["0", "0"], ["", ""])
    answers = Column("c", {"a": "c/a", "b": "c/b"}).answers(rows)
    assert answers.iloc[0] == f"a{ANSWERS}b"
    assert answers.isna().tolist() == [False, True, True]
    assert answers.dtype == "str"


# ---------------------------------------------------------------------- what a mapping names
HEADERS = (
    "Enterprise/Enterprise name",
    "Suppliers/Name",
    "Buyers/Name",
    "Ties/Food",
    "Ties/Drink",
    "Name (whole)",
)


@pytest.fixture
def wide():
    return rows_of(HEADERS, ["a", "b", "c", "1", "0", "d"])


@pytest.mark.parametrize(
    ("wanted", "header"),
    [
        ("Enterprise/Enterprise name", "Enterprise/Enterprise name"),
        ("enterprise NAME", "Enterprise/Enterprise name"),
        ("Enterprise name", "Enterprise/Enterprise name"),
        ("name (whole)", "Name (whole)"),
    ],
)
def test_the_last_part_of_a_header_suffices(wide, wanted, header):
    assert find_column(HEADERS, wanted, wide) == Column(header)


def test_a_name_that_ends_several_headers_is_not_guessed(wide):
    assert find_column(HEADERS, "Name", wide) is None


def test_a_column_of_the_mapping_may_be_one_for_each_choice(wide):
    found = find_column(HEADERS, "Ties", wide)
    assert found is not None
    assert dict(found.choices) == {"food": "Ties/Food", "drink": "Ties/Drink"}


@pytest.mark.parametrize("wanted", ["Nothing", "Enterpris", ""])
def test_a_column_that_is_not_there_is_none(wide, wanted):
    assert find_column(HEADERS, wanted, wide) is None


# ---------------------------------------------------------------------- numbers behind a stem
STEMS = st.text(alphabet=string.ascii_letters + "ةمنأ", min_size=1, max_size=8)


@given(stem=STEMS, numbers=st.lists(st.integers(0, 999), min_size=1, max_size=3))
def test_numbers_behind_a_stem_are_read(stem, numbers):
    joined = "_".join(map(str, numbers))
    assert numbered(f"{stem}_{joined}") == (stem, tuple(numbers))


@given(stem=STEMS, number=st.integers(0, 99), pattern=st.sampled_from(["{} {}", "{}[{}]", "{} ({})", "{}#{}", "{}{}"]))
def test_a_number_may_be_written_in_many_ways(stem, number, pattern):
    assert numbered(pattern.format(stem, number)) == (stem, (number,))


@pytest.mark.parametrize("header", ["2026", "partner", "", " 7 "])
def test_a_header_without_stem_or_number_is_not_numbered(header):
    assert numbered(header) is None


def test_an_empty_sheet_has_no_columns():
    assert find_column((), "name", pd.DataFrame()) is None
