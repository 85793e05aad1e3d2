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
from clusternet.report.graph_files import writable

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
        The tables by the name of their sheet. Rows beyond what one sheet holds go on in a second one; a cell that is
        longer than a sheet can hold is cut, and letters that it cannot hold become U+FFFD: a last sheet says so.
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

    def added(name: str) -> xlsxwriter.worksheet.Worksheet:
        sheet = book.add_worksheet(name)
        if LANGUAGES[language] == "rtl":
            sheet.right_to_left()
        sheet.set_header(f"&C{note.replace('&', '&&')}")
        return sheet

    changed = {name: [0, 0] for name in tables}
    for name, table in tables.items():
        for number, start in enumerate(range(0, max(len(table), 1), MOST_ROWS), start=1):
            part = table.iloc[start : start + MOST_ROWS]
            _write_table(added(name if number == 1 else f"{name} ({number})"), part, head, changed[name])
    lines = _notes(tables, changed, language)
    if lines:
        sheet = added(translate(mark("Notes"), language))
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, line)
    book.close()
    return stream.getvalue()


def _notes(tables: Mapping[str, pd.DataFrame], changed: Mapping[str, list[int]], language: str) -> list[str]:
    """Say what the sheets could not hold as it is."""
    lines = []
    for name, table in tables.items():
        cut, replaced = changed[name]
        if len(table) > MOST_ROWS:
            template = mark('The table "{table}" has {rows} rows, more than one sheet holds; it goes on in the next.')
            lines.append(translate(template, language, table=name, rows=len(table)))
        if cut:
            template = mark('In the sheet "{table}" {count} texts were longer than a cell holds; the CSV has them.')
            lines.append(translate(template, language, table=name, count=cut))
        if replaced:
            template = mark('In the sheet "{table}" {count} texts held letters that no workbook can hold.')
            lines.append(translate(template, language, table=name, count=replaced))
    return lines


def _write_table(sheet: xlsxwriter.worksheet.Worksheet, shown: pd.DataFrame, head: object, changed: list[int]) -> None:
    for place, column in enumerate(shown.columns):
        sheet.write_string(0, place, str(column), head)
        cells = shown[column].tolist()
        for row, value in enumerate(cells, start=1):
            _write_cell(sheet, row, place, value, changed)
        longest = max([len(str(column)) + 3, *(len(str(value)) for value in cells[:_ROWS_MEASURED])])
        sheet.set_column(place, place, min(max(longest + 1, _NARROWEST), _WIDEST))
    sheet.freeze_panes(1, 0)
    if len(shown.columns):
        sheet.autofilter(0, 0, len(shown), len(shown.columns) - 1)


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object, changed: list[int]
) -> None:
    if value is None or value is pd.NA or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "yes" if value else "no")
    elif isinstance(value, int | float):
        if math.isfinite(value):
            sheet.write_number(row, column, float(format(value, ".12g")) if isinstance(value, float) else value)
    else:
        text = writable(value)
        changed[0] += len(text) > LONGEST_CELL
        changed[1] += text != str(value)
        sheet.write_string(row, column, text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…")
