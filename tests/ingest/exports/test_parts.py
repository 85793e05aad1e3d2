"""Odd header rows, repeated headers, rows that hang on other rows."""

import string

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusternet.ingest.exports.parts import hung_on, parents_first, read_part, titles_of_answers
from tests.ingest.exports.small import Sheets, part_of, said, source_of


def read(rows, **options):
    source = source_of(**options)
    return read_part(Sheets({"data": rows}), "data", source), source


# ---------------------------------------------------------------------- headers
@pytest.mark.parametrize(
    "tags", [["#loc +name", ""], ["#LOC+name+ar", "#sector"], ["", "#affected +f +children"], [" #org ", "#x"]]
)
def test_a_row_of_hxl_tags_is_no_answer(tags):
    part, _ = read([["a", "b"], tags, ["1", "2"]])
    assert part.rows["a"].tolist() == ["1"]
    assert part.rows.index.tolist() == [3]


@pytest.mark.parametrize("answers", [["#REF!", "#N/A"], ["#1", ""], ["#loc", "text"], ["# a", ""], ["", "no"]])
def test_answers_that_look_nearly_like_tags_stay(answers):
    part, _ = read([["a", "b"], answers, ["1", "2"]])
    assert len(part.rows) == 2


def test_A20_the_second_of_two_headers_is_numbered_and_told():
    part, source = read([["Name", "Unit", "Unit ", "Unit"], ["a", "kg", "m", "l"]])
    assert part.headers == ("Name", "Unit", "Unit (2)", "Unit (3)")
    assert [code for code, _ in said(source)] == ["A20"]
    problem = source.findings.warnings[0]
    assert (problem.sheet, problem.row, problem.column) == ("data", 1, "Unit")


def test_A20_a_header_that_is_numbered_already_keeps_its_name():
    part, _ = read([["x", "x", "x (2)"], ["1", "2", "3"]])
    assert part.headers == ("x", "x (3)", "x (2)")
    assert part.rows.iloc[0].tolist() == ["1", "2", "3"]


@given(names=st.lists(st.sampled_from(["a", "a (2)", "a (3)", "b"]), min_size=1, max_size=6))
def test_A20_no_two_columns_end_up_with_one_name(names):
    part, _ = read([names, list(string.digits[: len(names)])])
    assert len(set(part.headers)) == len(names)
    assert part.rows.iloc[0].tolist() == list(string.digits[: len(names)])


def test_rows_are_numbered_as_the_sheet_shows_them_with_blank_rows_above():
    part, source = read([["", ""], ["a", "a"], ["", ""], ["1", "2"]])
    assert part.rows.index.tolist() == [4]
    assert source.findings.warnings[0].row == 2


def test_a_header_alone_is_a_part_without_rows_and_nothing_is_no_part():
    part, source = read([["a", "b"]])
    assert part.headers == ("a", "b")
    assert part.rows.empty
    assert read([["", ""]])[0] is None
    assert said(source) == []


def test_our_own_list_of_problems_is_no_sheet_of_answers():
    assert titles_of_answers(Sheets({"Problems": [], "data": [], "المشكلات": []}))[0] == "data"


# ---------------------------------------------------------------------- rows that hang on others
def hung(keys, parents, every=None):
    source = source_of()
    part = part_of("child", [["x"], *[[str(at)] for at in range(len(keys))]])
    above = part_of("top", [["y"], *[[str(at)] for at in range(len(parents))]])
    texts = pd.Series(pd.array(np.array(keys, dtype=object), dtype="str"), index=part.rows.index)
    theirs = pd.Series(pd.array(np.array(parents, dtype=object), dtype="str"), index=above.rows.index)
    known = theirs if every is None else pd.Series(pd.array(np.array(every, dtype=object), dtype="str"))
    return hung_on(part, above, texts, theirs, source, every_key=known), source


def test_each_row_hangs_on_the_row_of_its_key_whatever_the_order():
    part, source = hung(["b", "a", "b"], ["a", "b"])
    assert part.parent_at.tolist() == [1, 0, 1]
    assert part.parent == "top"
    assert said(source) == []


def test_E11_rows_of_no_submission_are_left_out_and_told_with_their_rows():
    part, source = hung(["a", "zz", np.nan], ["a", "b"])
    assert part.parent_at.tolist() == [0]
    assert part.rows["x"].tolist() == ["0"]
    assert source.findings.warnings[0].code == "E11"
    assert "2 rows" in source.findings.warnings[0].message()
    assert "3, 4" in source.findings.warnings[0].message()
    assert source.dropped == {("child", "E11"): 2}


def test_E11_rows_of_a_submission_that_was_left_out_go_with_it_unsaid():
    part, source = hung(["a", "old"], ["a"], every=["a", "old"])
    assert part.rows["x"].tolist() == ["0"]
    assert said(source) == []


def test_a_missing_key_hangs_on_nothing_even_where_a_parent_has_none():
    part, _ = hung([np.nan, "a"], [np.nan, "a"])
    assert part.parent_at.tolist() == [1]


@given(
    st.lists(st.sampled_from("abcde"), max_size=12),
    st.lists(st.sampled_from("abcd"), unique=True, max_size=4),
)
def test_hanging_is_a_lookup(keys, parents):
    part, _ = hung(keys, parents)
    assert part.parent_at.tolist() == [parents.index(key) for key in keys if key in parents]


def test_parents_stand_before_their_children_and_the_lost_are_left_out():
    parts = {
        "c": part_of("c", [["x"]], "b"),
        "b": part_of("b", [["x"]], "a"),
        "a": part_of("a", [["x"]]),
        "z": part_of("z", [["x"]], "nowhere"),
    }
    assert list(parents_first(parts)) == ["a", "b", "c"]
