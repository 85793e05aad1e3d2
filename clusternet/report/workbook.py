"""Tables as one XLSX workbook: a sheet each, numbers as numbers, texts never as formulas, the same bytes every time."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from datetime import datetime

import pandas as pd
import xlsxwriter
import xlsxwriter.worksheet

from clusternet.messages import LANGUAGES, mark, translate

#: What one sheet can hold below its header, and one cell.
MOST_ROWS = 1_048_575
LONGEST_CELL = 32_767
#: A clock in the file would make two runs differ.
_CREATED = datetime(2000, 1, 1)
_WIDEST, _NARROWEST = 48, 9
_ROWS_MEASURED = 200


def workbook_bytes(tables: Mapping[str, pd.DataFrame], *, language: str, title: str) -> bytes:
    """Return a workbook with one sheet per table.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables by the name of their sheet. Rows beyond what a sheet holds are left to the CSV file.
    language : {"en", "ar"}
        Sheets run from right to left in Arabic.
    title : str
        The title in the file's properties.

    Returns
    -------
    bytes
        The file.
    """
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    note = translate(mark("Internal: names and answers of enterprises. Do not publish."), language)
    book.set_properties({"title": title[:200], "comments": note, "created": _CREATED})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E5E7EB", "valign": "top"})
    for name, table in tables.items():
        sheet = book.add_worksheet(name)
        if LANGUAGES[language] == "rtl":
            sheet.right_to_left()
        sheet.set_header(f"&C{note.replace('&', '&&')}")
        _write_table(sheet, table, head)
    book.close()
    return stream.getvalue()


def _write_table(sheet: xlsxwriter.worksheet.Worksheet, table: pd.DataFrame, head: object) -> None:
    shown = table.head(MOST_ROWS)
    for place, column in enumerate(shown.columns):
        sheet.write_string(0, place, str(column), head)
        cells = shown[column].tolist()
        for row, value in enumerate(cells, start=1):
            _write_cell(sheet, row, place, value)
        longest = max([len(str(column)) + 3, *(len(str(value)) for value in cells[:_ROWS_MEASURED])])
        sheet.set_column(place, place, min(max(longest + 1, _NARROWEST), _WIDEST))
    sheet.freeze_panes(1, 0)
    if len(shown.columns):
        sheet.autofilter(0, 0, len(shown), len(shown.columns) - 1)


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object) -> None:
    if value is None or value is pd.NA or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "yes" if value else "no")
    elif isinstance(value, int | float):
        if math.isfinite(value):
            sheet.write_number(row, column, float(format(value, ".12g")) if isinstance(value, float) else value)
    else:
        text = str(value)
        sheet.write_string(row, column, text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…")
