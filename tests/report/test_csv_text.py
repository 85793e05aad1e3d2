import csv
import io

import numpy as np
import pandas as pd
import pytest

from clusternet.report.csv_text import csv_blocks, csv_text


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_numbers_have_twelve_digits_and_no_value_is_empty():
    table = pd.DataFrame(
        {
            "whole": [1, 2],
            "share": [0.1 + 0.2, np.nan],
            "bound": [np.inf, -0.0],
            "row": pd.Series([3, pd.NA], dtype=object),
        }
    )
    text = csv_text(table)
    assert text.startswith("\ufeffwhole,share,bound,row\n")
    assert "\r" not in text
    assert read(text)[1:] == [["1", "0.3", "", "3"], ["2", "", "0", ""]]


@pytest.mark.fault("C14")
@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_what_a_spreadsheet_would_run_has_an_apostrophe(text):
    assert read(csv_text(pd.DataFrame({"name": [text]})))[1] == ["'" + text]


@pytest.mark.parametrize("text", ["a,b", 'a "b"', "two\nlines", "ورشة النور", "007", "NA", "None", " x "])
def test_every_other_text_stays_as_it_is(text):
    assert read(csv_text(pd.DataFrame({"name": [text]})))[1] == [text]


def test_a_negative_number_is_a_number():
    assert read(csv_text(pd.DataFrame({"x": [-1.5], "n": [-1]})))[1] == ["-1.5", "-1"]


@pytest.mark.parametrize("value", [0.1 + 0.2, 1e-320, 1e300, 3.0, 2**53 + 0.0])
def test_exact_numbers_read_back(value):
    assert float(read(csv_text(pd.DataFrame({"x": [value]}), exact=True))[1][0]) == value


def test_parts_of_any_length_make_the_same_text(monkeypatch):
    table = pd.DataFrame(
        {
            "text": pd.array(["a", None, "=b", "a", 'c"d'], dtype="str"),
            "mixed": pd.Series([1, 1.0, True, "1", None], dtype=object),
            "number": [0.0, -0.0, np.nan, 1e-20, np.inf],
            "whole": [3, 3, -1, 0, 7],
        }
    )
    whole = csv_text(table)
    assert [row[1] for row in read(whole)[1:]] == ["1", "1", "yes", "1", ""]
    monkeypatch.setattr("clusternet.report.csv_text.BLOCK", 2)
    assert list(map(len, map(str.splitlines, csv_blocks(table)))) == [1, 2, 2, 1]
    assert csv_text(table) == whole
