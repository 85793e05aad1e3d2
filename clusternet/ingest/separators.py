"""Which separator a text table uses, and its records."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.source import Options
from clusternet.messages import mark

SEPARATORS = {",": mark("comma"), ";": mark("semicolon"), "\t": mark("tab"), "|": mark("vertical bar")}
_LOOKED_AT = 100
_HEAD_CHARS = 1 << 20
#: A worksheet can hold no more.
MOST_COLUMNS = 16_384


@dataclass(frozen=True, eq=False)
class Grid:
    """The records of a table before anything is understood: cells as text, and the row of each record."""

    cells: Sequence[Sequence[str]]
    rows: Sequence[int]
    place: Place
    ends_with_newline: bool = True
    counted: bool = field(default=True)  # whether the number of fields in a record means anything
    separator: str = ""  # of a text table


def _records(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def found_separator(text: str, place: Place, findings: Findings, known: Collection[str] = ()) -> str | None:
    """Return the separator that fits the first rows, or note that more than one does.

    Parameters
    ----------
    text : str
        The table.
    place : Place
        Where it is.
    findings : Findings
        Takes A16: an error when several separators fit, a warning that tells of any other than the comma.
    known : collection of str
        Names of columns that decide between separators.

    Returns
    -------
    str or None
        The separator; a comma for a table of one column.
    """
    first: dict[str, list[list[str]]] = {}
    text = text[:_HEAD_CHARS]
    for separator in SEPARATORS:
        records: list[list[str]] = []
        try:
            records.extend(record for record in islice(_records(text, separator), _LOOKED_AT) if any(record))
        except csv.Error:
            # The fault is reported when the table is read; the records before it are enough to choose.
            records = records or [[]]
        if records and len(records[0]) > 1:
            first[separator] = records
    fitting = list(first)
    if len(fitting) > 1:
        whole = [one for one in fitting if len({len(record) for record in first[one]}) == 1]
        named = [one for one in fitting if len(set(known) & {name.strip() for name in first[one][0]}) > 1]
        fitting = named or whole or fitting
    if len(fitting) > 1:
        template = mark("The columns could be separated by {value}; declare [mapping] separator.")
        findings.error("A16", template, place, row=1, value=", ".join(SEPARATORS[one] for one in fitting))
        return None
    separator = fitting[0] if fitting else ","
    if separator != ",":
        template = mark("The columns are separated by a {separator}; the file was read as such.")
        findings.warning("A16", template, place, value=separator, separator=SEPARATORS[separator])
    return separator


def grid_of(text: str, place: Place, findings: Findings, options: Options, known: Collection[str] = ()) -> Grid | None:
    """Split a text table into records, each with the row that a spreadsheet shows.

    Parameters
    ----------
    text : str
        The table; any line ends.
    place : Place
        Where it is.
    findings : Findings
        Takes A12, A16, A23 and A24.
    options : Options
        How files are read.
    known : collection of str
        Names of columns that decide between separators.

    Returns
    -------
    Grid or None
        The records that are not blank; None where an error was noted.
    """
    separator = options.separator or found_separator(text, place, findings, known)
    if separator is None:
        return None
    cells: list[tuple[str, ...]] = []
    try:
        for record in _records(text, separator):
            # One by one, because a failing reader must leave what it gave so far; as tuples, because the garbage
            # collector would look at a million lists again and again.
            cells.append(tuple(record))
    except csv.Error as error:
        _note_fault(str(error), len(cells) + 1, place, findings, options)
        return None
    rows = list(range(1, len(cells) + 1))
    blank = [
        position
        for position, record in enumerate(cells)
        # Nearly every row has something in its first cell, and joining a million rows takes its time.
        if not (record and record[0].strip()) and not "".join(record).strip()
    ]
    if blank:
        inner = [position + 1 for position in blank if position < len(cells) - 1 and len(cells[position]) > 1]
        findings.counted("A15", mark("{count} blank rows were left out (rows {rows})."), place, inner)
        lost = set(blank)
        rows = [row for row in rows if row - 1 not in lost]
        cells = [cells[row - 1] for row in rows]
    if cells and max(map(len, cells)) > MOST_COLUMNS:
        template = mark("There are more than {most} columns; no survey has that many. Split the table.")
        findings.error("A24", template, place, most=MOST_COLUMNS)
        return None
    return Grid(cells, rows, place, text.endswith(("\n", "\r")), separator=separator)


def _note_fault(message: str, row: int, place: Place, findings: Findings, options: Options) -> None:
    if "field larger" in message:
        template = mark("A cell of this row is longer than {most} characters; shorten it or close its quote.")
        findings.error("A23", template, place, row=row, most=options.max_cell_chars)
    elif "unexpected end of data" in message:
        template = mark('A quote (") opens in this row and never closes, here or below; close it, or write it twice.')
        findings.error("A12", template, place, row=row)
    else:
        template = mark('A quote (") stands inside a cell of this row ({reason}); write it twice or remove it.')
        findings.error("A12", template, place, row=row, reason=message)
