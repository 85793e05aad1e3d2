import io
import zipfile

import numpy as np
import openpyxl
import pandas as pd

from clusternet.report import workbook
from clusternet.report.workbook import workbook_bytes

TABLES = {
    "members": pd.DataFrame({"name": ["=1+1", "ورشة", "https://example.org", "x" * 40_000], "cluster": [0, 1, -1, 2]}),
    "scores": pd.DataFrame({"value": [0.1 + 0.2, np.nan], "note": ["", "why"]}),
    "plan": pd.DataFrame(columns=["cluster", "resource"]),
}


def opened(language="en"):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(TABLES, language=language, title="Town")))


def test_texts_are_texts_and_numbers_numbers():
    book = opened()
    assert book.sheetnames == ["about", "members", "scores", "plan", "Notes"]
    names = [row[0] for row in book["members"].iter_rows(min_row=2)]
    assert [cell.data_type for cell in names] == ["s"] * 4
    assert names[0].value == "=1+1"
    assert names[2].hyperlink is None
    assert len(names[3].value) == 32_767
    assert [cell.value for cell in book["scores"]["A"]] == ["value", 0.3, None]
    assert [cell.value for cell in book["plan"][1]] == ["cluster", "resource"]


def test_headers_are_frozen_and_filtered():
    sheet = opened()["members"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:B5"


def test_arabic_sheets_run_from_right_to_left():
    assert opened("ar")["members"].sheet_view.rightToLeft
    assert not opened("en")["members"].sheet_view.rightToLeft


def test_two_runs_give_the_same_bytes_and_no_clock():
    first, second = (workbook_bytes(TABLES, language="en", title="Town") for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01" in archive.read("docProps/core.xml")


def test_b13_letters_that_no_workbook_holds_are_replaced_and_told():
    book = book_of(pd.DataFrame({"name": ["Oak\x0bTables", "Café"]}))
    assert [row[0] for row in book["t"].iter_rows(min_row=2, values_only=True)] == ["Oak\ufffdTables", "Café"]
    assert "a text held" in book.worksheets[-1]["A1"].value


def test_b14_a_text_longer_than_a_cell_is_cut_and_told():
    book = book_of(pd.DataFrame({"name": ["x" * 40_000]}))
    assert len(book["t"]["A2"].value) == 32_767
    assert "longer than a cell" in book.worksheets[-1]["A1"].value


def test_b15_rows_beyond_one_sheet_go_on_in_the_next(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    data = workbook.sheets_bytes({"t": pd.DataFrame({"number": range(7)})}, title="T")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["t", "t (2)", "t (3)"]
    rows = [row[0] for title in book.sheetnames for row in book[title].iter_rows(min_row=2, values_only=True)]
    assert rows == list(range(7))


def test_of_a_long_table_the_first_rows_are_shown_and_told(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_SHOWN", 3)
    book = book_of(pd.DataFrame({"number": range(7)}))
    assert book.sheetnames == ["about", "t", "Notes"]
    assert [row[0] for row in book["t"].iter_rows(min_row=2, values_only=True)] == [0, 1, 2]
    assert book["Notes"]["A1"].value == 'The table "t" has 7 rows; here are the first 3, and the CSV has all of them.'


def test_nothing_to_tell_is_no_sheet():
    assert book_of(pd.DataFrame({"name": ["Oak"]})).sheetnames == ["about", "t"]


def book_of(table):
    return openpyxl.load_workbook(io.BytesIO(workbook.workbook_bytes({"t": table}, language="en", title="T")))
