"""Tables that a library read from a binary format: every value as text."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusternet.ingest.exports.memory_sheet import MemorySheet, text_cells


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pd.Series([1, 2, 10**17]), ["1", "2", "100000000000000000"]),
        (pd.Series([1.0, 2.5, np.nan, -0.0]), ["1", "2.5", "", "0"]),
        (pd.Series([1e15, 1e300, float("inf")]), ["1000000000000000.0", "1e+300", "inf"]),
        (pd.Series([True, False]), ["yes", "no"]),
        (pd.Series([True, None], dtype="boolean"), ["yes", ""]),
        (pd.Series([1, None], dtype="Int64"), ["1", ""]),
        (pd.Series(["NA", "", None, "007"]), ["NA", "", "", "007"]),
        (pd.Series([dt.date(2026, 3, 1), pd.NaT]), ["2026-03-01", ""]),
        (pd.Series([True, 1.0, 2.5, "x", None, b"y"], dtype=object), ["yes", "1", "2.5", "x", "", "y"]),
        (pd.Series([], dtype=object), []),
    ],
)
def test_values_become_the_text_that_a_reader_sees(values, texts):
    assert text_cells(values) == texts


@given(st.lists(st.floats(allow_nan=False)))
def test_a_number_is_read_back_as_itself(numbers):
    assert [float(text) for text in text_cells(pd.Series(numbers, dtype=float))] == numbers


def test_a_sheet_in_memory_gives_its_head_and_its_grid():
    sheet = MemorySheet("folder/survey.sav", "SAV", {"a": ["1", "2", "3"], "b": ["x", "", "z"]})
    assert sheet.titles == ("survey",)
    assert sheet.head("survey", 2) == [["a", "b"], ["1", "x"]]
    assert sheet.head("survey", 9)[-1] == ["3", "z"]
    grid = sheet.grid("survey")
    assert grid.cells[0] == ["a", "b"]
    assert list(grid.rows) == [1, 2, 3, 4]
    assert grid.place.file == "folder/survey.sav"


def test_a_sheet_without_columns_has_a_header_of_nothing():
    sheet = MemorySheet("x.sav", "SAV", {})
    assert sheet.head("x") == [[]]
    assert sheet.grid("x").cells == [[]]
