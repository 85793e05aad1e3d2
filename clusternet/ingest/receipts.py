"""What a reader leaves behind becomes a receipt: files, formats, and what became of the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import PurePath

import pandas as pd

from clusternet.errors import Problem
from clusternet.ingest.separators import SEPARATORS
from clusternet.ingest.source import FileFormat, Reading, Source, TextTable
from clusternet.model.receipt import FileRead, Receipt, RowsDropped, TableRows
from clusternet.model.schema import SCHEMA

#: The code under which rows are left out while the tables are checked: rows that repeat another.
_REPEATED = "C01"


def receipt_of(
    source: Source, reading: Reading | None, kept: Mapping[str, pd.DataFrame], *, reader: str = "", label: str = ""
) -> Receipt:
    """Return the receipt for a survey that was read, or refused on the way.

    Parameters
    ----------
    source : Source
        The survey that was read.
    reading : Reading or None
        What the reader gave; None where it gave nothing.
    kept : mapping of str to DataFrame
        The tables after checking; the index says which rows they hold.
    reader, label : str
        Name and sentence of the reader.

    Returns
    -------
    Receipt
        Files without the settings; tables in the contract's order.
    """
    files = tuple(_file(file.name, file.rows, source) for file in source.inputs if not file.name.endswith(".toml"))
    tables = {} if reading is None else reading.tables
    found = tuple(
        _rows(name, table, kept[name], source)
        for name in SCHEMA
        if (table := tables.get(name)) is not None and name in kept
    )
    dropped = tuple(
        RowsDropped(sheet, code, count) for (sheet, code), count in sorted(source.dropped.items()) if sheet not in kept
    )
    return Receipt(reader, label, files, found, dropped)


def _file(name: str, rows: int, source: Source) -> FileRead:
    noted = source.formats.get(name) or FileFormat(PurePath(name).suffix.removeprefix(".").upper())
    return FileRead(name, noted.format, noted.encoding, SEPARATORS.get(noted.separator, noted.separator), rows)


def _rows(name: str, table: TextTable, kept: pd.DataFrame, source: Source) -> TableRows:
    """Count the rows of one table: noted as left out, left out while checking, with an error, kept."""
    noted = {code: count for (other, code), count in source.dropped.items() if other == name}
    read = len(table.rows)
    if not kept.index.isin(table.rows.index).all():
        # Rows that a check added, such as enterprises that were only named, are no rows of a file.
        kept = kept[kept.index.isin(table.rows.index)]
    rejected = _rejected(table, source.findings.errors)
    wrong = Counter(rejected.values())
    staying = len(kept) - sum(row in kept.index for row in rejected)
    gone = read - staying - sum(wrong.values())
    unnoted = gone - sum(noted.values())
    dropped = Counter(noted)
    if unnoted > 0:
        dropped[_REPEATED] += unnoted
    elif unnoted < 0:
        # They were left out before the table was made, and are rows of the file all the same.
        read -= unnoted
    return TableRows(name, read, staying, dropped, wrong)


def _rejected(table: TextTable, errors: tuple[Problem, ...]) -> dict[int, str]:
    """Return the rows of a table that have an error, each with the code of its first one.

    Of more errors of one kind than are listed only the listed ones are known.
    """
    spots: dict[tuple[str, str, int], str] = {}
    for problem in errors:
        if problem.row is not None:
            spots.setdefault((problem.file, problem.sheet, problem.row), problem.code)
    found: dict[int, str] = {}
    # A table that was not put together has its rows where the file shows them, so that only those need a look.
    rows = {row for _, _, row in spots} if table.place.origin is None else table.rows.index.tolist()
    for row in sorted(rows) if spots else ():
        if row not in table.rows.index:
            continue
        spot = table.place.spot(row)
        code = spots.get((spot.file, spot.sheet, spot.row or 0))
        if code is not None:
            found[row] = code
    return found
