"""Tables as one XLSX workbook: a sheet each, numbers as numbers, texts never as formulas, the same bytes every time."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

import pandas as pd
import xlsxwriter
import xlsxwriter.worksheet

from clusternet.messages import LANGUAGES, mark, translate
from clusternet.report.workbook_about import ABOUT, AboutLine, about_lines, notes
from clusternet.report.xml_text import writable

#: What one sheet can hold below its header, and one cell.
MOST_ROWS = 1_048_575
LONGEST_CELL = 32_767
#: So many rows of a table stand in the workbook; the CSV beside it has all, and a larger workbook is slow to open.
MOST_SHOWN = 100_000
#: A clock in the file would make two runs differ.
_CREATED = datetime(2000, 1, 1)
_WIDEST, _NARROWEST = 48, 9
_ROWS_MEASURED = 200
#: The columns that stay in sight while the others are scrolled.
_KEYS = {"clusters": 2, "members": 2}
#: Numbers that name something have no separators.
_NAMES = ("cluster", "row")
_WHOLE, _NAME, _LARGE, _SHARE, _TINY = "#,##0", "0", "#,##0.0", "0.000", "0.0E+00"
_ABOUT_WIDTHS = (26, 12, 100)
_Sheet: TypeAlias = xlsxwriter.worksheet.Worksheet


@dataclass
class _Book:
    """A workbook that is being written."""

    language: str
    title: str
    note: str
    stream: io.BytesIO = field(default_factory=io.BytesIO)
    formats: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        options = {"in_memory": True}
        options |= dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        self.book = xlsxwriter.Workbook(self.stream, options)
        self.book.set_properties({"title": writable(self.title)[:200], "comments": self.note, "created": _CREATED})

    def style(self, name: str, **properties: object) -> Any:
        """Return a format, made when it is first asked for."""
        if name not in self.formats:
            self.formats[name] = self.book.add_format(properties or {"num_format": name})
        return self.formats[name]

    def added(self, name: str) -> _Sheet:
        """Return a new sheet in the direction of the language, with the confidential mark on paper."""
        sheet = self.book.add_worksheet(name)
        if LANGUAGES[self.language] == "rtl":
            sheet.right_to_left()
        if self.note:
            sheet.set_header(f"&C{self.note.replace('&', '&&')}")
        sheet.set_landscape()
        sheet.set_paper(9)
        return sheet

    def closed(self) -> bytes:
        """Return the file."""
        self.book.close()
        return self.stream.getvalue()


def workbook_bytes(tables: Mapping[str, pd.DataFrame], *, language: str, title: str) -> bytes:
    """Return a workbook with one sheet per table, and a first one that says what it is.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables by the name of their sheet. Of a long one the first 100,000 rows are shown; a cell that is longer
        than a sheet can hold is cut, and letters that it cannot hold become U+FFFD: a last sheet says so.
    language : {"en", "ar"}
        The language of the first sheet; sheets run from right to left in Arabic.
    title : str
        The title of the study.

    Returns
    -------
    bytes
        The file.
    """
    note = translate(mark("Internal: names and answers of enterprises. Do not publish."), language)
    book = _Book(language, title, note)
    lines = about_lines({name: len(table) for name, table in tables.items()}, language=language, title=title, note=note)
    _write_about(book, book.added(ABOUT), lines)
    changed = _write_tables(book, {name: table.iloc[:MOST_SHOWN] for name, table in tables.items()})
    told = notes({name: len(table) for name, table in tables.items()}, changed, language, most_rows=MOST_SHOWN)
    if told:
        sheet = book.added(translate(mark("Notes"), language))
        for row, line in enumerate(told):
            sheet.write_string(row, 0, line)
    return book.closed()


def sheets_bytes(tables: Mapping[str, pd.DataFrame], *, title: str) -> bytes:
    """Return a workbook of nothing but tables, for a program that reads it.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables by the name of their sheet; rows beyond what one sheet holds go on in a second one.
    title : str
        The title in the file's properties.

    Returns
    -------
    bytes
        The file; numbers are numbers, truth values "true" and "false", texts texts.
    """
    book = _Book("en", title, "")
    shown = {
        name: table.assign(
            **{
                str(column): table[column].map({True: "true", False: "false"}).astype(object)
                for column in table.columns
                if table[column].dtype == bool
            }
        )
        for name, table in tables.items()
    }
    _write_tables(book, shown)
    return book.closed()


def _write_about(book: _Book, sheet: _Sheet, lines: list[AboutLine]) -> None:
    styles = {
        "title": book.style("title", bold=True, font_size=16),
        "warning": book.style("warning", bold=True, font_color="#B42318"),
        "head": book.style("head", bold=True, bottom=1, bg_color="#E5E7EB", valign="top"),
        "text": book.style("text", text_wrap=True, valign="top"),
        "count": book.style("count", num_format=_WHOLE, valign="top"),
        "link": book.style("link", font_color="#0B57D0", underline=1, valign="top"),
    }
    for place, width in enumerate(_ABOUT_WIDTHS):
        sheet.set_column(place, place, width)
    for row, line in enumerate(lines):
        if line.kind == "sheet":
            sheet.write_url(row, 0, f"internal:'{line.cells[0]}'!A1", styles["link"], str(line.cells[0]))
            sheet.write_number(row, 1, int(line.cells[1]), styles["count"])
            sheet.write_string(row, 2, str(line.cells[2]), styles["text"])
        elif line.kind == "sentence":
            sheet.merge_range(row, 0, row, 2, str(line.cells[0]), styles["text"])
            # A merged cell does not grow by itself.
            sheet.set_row(row, 15 * math.ceil(len(str(line.cells[0])) / sum(_ABOUT_WIDTHS)))
        else:
            for place, cell in enumerate(line.cells):
                sheet.write_string(row, place, writable(cell)[:LONGEST_CELL], styles[line.kind])
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 0)


def _write_tables(book: _Book, tables: Mapping[str, pd.DataFrame]) -> dict[str, list[int]]:
    """Write every table; return how many texts of each were cut and how many had letters replaced."""
    changed = {name: [0, 0] for name in tables}
    for name, table in tables.items():
        for number, start in enumerate(range(0, max(len(table), 1), MOST_ROWS), start=1):
            sheet = book.added(name if number == 1 else f"{name} ({number})")
            _write_table(book, sheet, table.iloc[start : start + MOST_ROWS], name, changed[name])
    return changed


def _write_table(book: _Book, sheet: _Sheet, shown: pd.DataFrame, name: str, changed: list[int]) -> None:
    head = book.style("head", bold=True, bottom=1, bg_color="#E5E7EB", valign="top")
    for place, column in enumerate(shown.columns):
        sheet.write_string(0, place, writable(column), head)
        cells = shown[column].tolist()
        # Figures of many kinds stand below one another where a row is a score.
        form = "" if "metric" in shown.columns else _column_format(str(column), cells)
        for row, value in enumerate(cells, start=1):
            _write_cell(book, sheet, (row, place), value, form, changed)
        longest = max([len(str(column)) + 3, *(len(_shown(value)) for value in cells[:_ROWS_MEASURED])])
        sheet.set_column(place, place, min(max(longest + 1, _NARROWEST), _WIDEST))
    sheet.freeze_panes(1, _KEYS.get(name, 0))
    sheet.repeat_rows(0)
    if len(shown.columns):
        sheet.autofilter(0, 0, len(shown), len(shown.columns) - 1)


def _column_format(column: str, cells: list[object]) -> str:
    """Return how the numbers of a column are shown: whole, with a decimal where they are large, else with three."""
    numbers = [value for value in cells if isinstance(value, int | float) and math.isfinite(value)]
    if all(float(value).is_integer() for value in numbers):
        return _NAME if column in _NAMES else _WHOLE
    return _LARGE if max(abs(value) for value in numbers) >= 1000 else _SHARE


def _cell_format(value: float, form: str) -> str:
    if form in ("", _SHARE) and value and abs(value) < 0.0005:
        return _TINY
    return form or _column_format("", [value])


def _shown(value: object) -> str:
    return format(value, ".5g") if isinstance(value, float) else str(value)


def _write_cell(
    book: _Book, sheet: _Sheet, place: tuple[int, int], value: object, form: str, changed: list[int]
) -> None:
    if value is None or value is pd.NA or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(*place, "yes" if value else "no")
    elif isinstance(value, int | float):
        if math.isfinite(value):
            number = float(format(value, ".12g")) if isinstance(value, float) else value
            sheet.write_number(*place, number, book.style(_cell_format(number, form)))
    else:
        text = writable(value)
        changed[0] += len(text) > LONGEST_CELL
        changed[1] += text != str(value)
        sheet.write_string(*place, text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…")
