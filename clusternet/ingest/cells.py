"""Cells of a workbook as text, and what is wrong with some of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from clusternet.errors import MOST_PROBLEMS, shown
from clusternet.ingest.findings import Findings, Place
from clusternet.messages import mark

#: Enterprises are not older than this year, and surveys do not look further ahead than that one.
_YEARS = (1800, 2100)
#: Days as spreadsheets count them, from 1927 to 2119; a bare number among them in a column of dates lost its format.
_SERIALS = (10_000, 80_000)


@dataclass(frozen=True)
class Expected:
    """Names of columns of which more is known: where a date is a fault, or due; which hold ids, and which names.

    Parameters
    ----------
    no_dates : collection of str
        A date here is a code that the spreadsheet changed (B04).
    dates : collection of str
        A date is due here, or a year; days without a format are a fault (B03).
    ids : collection of str
        Numbers of different lengths here may have lost zeros (B01).
    required : collection of str
        The header must name these.
    names : collection of str
        A formula here is a text that begins with ``=``, where its value is the 0 of a writer that never calculates.
    """

    no_dates: Collection[str] = ()
    dates: Collection[str] = ()
    ids: Collection[str] = ()
    required: Collection[str] = ()
    names: Collection[str] = ()


@dataclass(eq=False)
class CellFaults:
    """What cells were found to be: rows by column (from 0)."""

    #: The formula of a cell as it is written, by row and column.
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[int, list[int]] = field(default_factory=dict)
    dates: dict[int, list[int]] = field(default_factory=dict)
    #: How many cells of a column hold numbers.
    numeric: dict[int, int] = field(default_factory=dict)

    def report(
        self, cells: Sequence[Sequence[str]], rows: Sequence[int], expected: Expected, place: Place, findings: Findings
    ) -> None:
        """Note what was found, by the column's name.

        Parameters
        ----------
        cells : sequence of sequence of str
            All rows that are not blank, the header first.
        rows : sequence of int
            Their numbers.
        expected : Expected
            What is known of the columns.
        place : Place
            The sheet.
        findings : Findings
            Takes B01 and B03 to B06.
        """
        header = [name.strip() for name in cells[0]] if cells else []

        def name(position: int) -> str:
            return header[position] if position < len(header) else str(position + 1)

        template = mark("The formula was never calculated; open the workbook, save it, and try again.")
        for row, position in self.uncalculated[:MOST_PROBLEMS]:
            findings.error("B05", template, place, row=row, column=name(position))
        findings.and_more("B05", len(self.uncalculated), place)
        template = mark(
            "The cell was turned into a date by the spreadsheet; format the column as text and type it again."
        )
        for position in sorted(self.dates):
            if name(position) in expected.no_dates:
                findings.each("B04", template, place, self.dates[position], column=name(position))
        template = mark("{count} cells hold a spreadsheet error such as #N/A and count as empty (rows {rows}).")
        for position in sorted(self.errors):
            findings.counted("B06", template, place, self.errors[position], column=name(position))
        for position, column in enumerate(header):
            if column in expected.dates:
                self._check_dates(position, column, cells, rows, place, findings)
            if column in expected.ids and self.numeric.get(position):
                _warn_of_lost_zeros(position, column, cells, rows, place, findings)

    def _check_dates(
        self,
        position: int,
        column: str,
        cells: Sequence[Sequence[str]],
        rows: Sequence[int],
        place: Place,
        findings: Findings,
    ) -> None:
        """Note days that lost their format, and dates that no survey can mean."""
        dated = set(self.dates.get(position, ()))
        bare, strange = [], []
        for row, record in zip(rows[1:], cells[1:], strict=True):
            text = record[position] if position < len(record) else ""
            if row in dated:
                year = text.partition("-")[0]
                if not (year.isdecimal() and _YEARS[0] <= int(year) <= _YEARS[1]):
                    strange.append((row, text))
            elif text.isascii() and text.isdecimal() and _SERIALS[0] <= int(text) <= _SERIALS[1]:
                bare.append((row, text))
        template = mark('"{value}" is a date that lost its format; format the column as a date, or write the year.')
        values = [text for _, text in bare]
        findings.each("B03", template, place, [row for row, _ in bare], column=column, values=values)
        template = mark(
            'The date "{value}" is not between the years {first} and {last}; correct it, or the date system of the '
            "workbook (1900 or 1904)."
        )
        values = [text for _, text in strange]
        rows = [row for row, _ in strange]
        findings.each("B03", template, place, rows, column=column, values=values, first=_YEARS[0], last=_YEARS[1])


def _warn_of_lost_zeros(
    position: int,
    column: str,
    cells: Sequence[Sequence[str]],
    rows: Sequence[int],
    place: Place,
    findings: Findings,
) -> None:
    """Warn of ids stored as numbers that differ in length, unless they simply count the rows."""
    found = {row: record[position] for row, record in zip(rows[1:], cells[1:], strict=True) if position < len(record)}
    digits = {row: text for row, text in found.items() if text.isascii() and text.isdecimal()}
    longest = max(map(len, digits.values()), default=0)
    short = [row for row, text in digits.items() if len(text) < longest]
    if short and max(map(int, digits.values())) > 2 * len(found):
        template = mark(
            'The ids are stored as numbers, and {count} are shorter than the others, such as "{value}" (rows {rows}); '
            "zeros in front may be lost. Format the column as text and type them again if so."
        )
        findings.counted("B01", template, place, short, column=column, value=shown(digits[short[0]]))


def keep_texts(
    cells: list[tuple[str, ...]],
    rows: list[int],
    faults: CellFaults,
    expected: Expected,
    place: Place,
    findings: Findings,
) -> None:
    """Take a formula as text where a name is due and its value is 0: so an answer looks that begins with ``=``.

    Parameters
    ----------
    cells : list of tuple of str
        All rows that are not blank, the header first; changed in place.
    rows : list of int
        Their numbers.
    faults : CellFaults
        The formulas.
    expected : Expected
        Which columns hold names.
    place : Place
        The sheet.
    findings : Findings
        Takes B05.
    """
    header = [name.strip() for name in cells[0]] if cells else []
    named = {column for column, name in enumerate(header) if name in expected.names}
    at = {row: position for position, row in enumerate(rows)} if faults.formulas and named else {}
    found = [
        (row, column)
        for (row, column), text in sorted(faults.formulas.items())
        if column in named and text and row in at and cells[at[row]][column] == "0"
    ]
    for row, column in found:
        record = list(cells[at[row]])
        record[column] = faults.formulas[row, column]
        cells[at[row]] = tuple(record)
    template = mark(
        'In {count} cells a name begins with "=" and was stored as a formula; it was read as it is written (rows '
        "{rows}). Format the column as text."
    )
    for column in sorted({column for _, column in found}):
        findings.counted("B05", template, place, [row for row, at_ in found if at_ == column], column=header[column])


def cell_text(value: Any, kind: str, row: int, column: int, faults: CellFaults) -> str:
    """Return a cell as the text that its reader sees, exact to the last digit; a formula as it is written.

    Parameters
    ----------
    value : object
        What the cell holds.
    kind : str
        ``"f"`` for a formula, ``"e"`` for a spreadsheet error, else what does not matter here.
    row, column : int
        Where it stands; the column from 0.
    faults : CellFaults
        Takes what is remarkable.

    Returns
    -------
    str
        The text; dates and times in ISO form.
    """
    match value:
        case None:
            return ""
        case _ if kind == "f":
            # Formulas of several cells are objects that hold their text.
            faults.formulas[row, column] = str(getattr(value, "text", value))
            return faults.formulas[row, column]
        case str() if kind == "e":
            faults.errors.setdefault(column, []).append(row)
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case dt.datetime() | dt.date() | dt.time():
            faults.dates.setdefault(column, []).append(row)
            return value.isoformat()
        case dt.timedelta():
            faults.dates.setdefault(column, []).append(row)
            return str(value)
    faults.numeric[column] = faults.numeric.get(column, 0) + 1
    return number_text(value)


def number_text(value: float) -> str:
    """Return a number as its reader sees it, whole numbers without a point.

    Examples
    --------
    >>> number_text(7.0), number_text(0.1), number_text(12345678901234567890)
    ('7', '0.1', '12345678901234567890')
    """
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)
