"""A large text table in which nothing is odd becomes columns at once, without a Python object for any cell."""

from __future__ import annotations

import csv
import importlib.util
import io
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.ingest.encoding import REFUSED
from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.names import INVISIBLE
from clusternet.ingest.refused import is_refused
from clusternet.ingest.separators import MOST_COLUMNS, found_separator
from clusternet.ingest.sheet_layout import note_lower_header
from clusternet.ingest.source import MAX_CELL_CHARS, Source

#: Smaller files are read row by row, which takes less time than to load compiled code.
SMALL_BYTES = 1 << 21
#: How many bytes are read at once, and how many of the first are looked at to know the columns.
BLOCK_BYTES = 1 << 22
_HEAD_BYTES = 1 << 20
#: So many rows may be a header; more than are ever looked at.
_TOP_ROWS = 100
_BOM = b"\xef\xbb\xbf"


class QuickTable(NamedTuple):
    """The header as it is written, the columns of the rows below it (missing where a cell is empty), and more."""

    header: list[str]
    columns: list[pd.Series]
    separator: str


def quick_table(
    data: bytes, place: Place, source: Source, required: Collection[str] = (), known: Collection[str] = ()
) -> QuickTable | None:
    """Read a text table whose rows are all alike; what is odd about it is left to the careful reader.

    Parameters
    ----------
    data : bytes
        The content of the file.
    place : Place
        Where it comes from.
    source : Source
        The survey being read; takes what the separator deserves (A16), and nothing where there is no answer.
    required : collection of str
        Columns that must be there.
    known : collection of str
        Names of columns that decide between separators.

    Returns
    -------
    QuickTable or None
        The table, the header in row 1 and the others in rows 2, 3, ...; None where anything is odd, and for small
        files.
    """
    if len(data) < SMALL_BYTES or importlib.util.find_spec("pyarrow") is None or not _is_plain_text(data, source):
        return None
    head = data[:_HEAD_BYTES].removeprefix(_BOM)
    head = head[: max(head.rfind(b"\n"), head.rfind(b"\r")) + 1] if len(data) > _HEAD_BYTES else head
    text, unheard = head.decode(), Findings()
    separator = source.options.separator or found_separator(text, place, unheard, known)
    if separator is None:
        return None
    header, size = _header(text, separator)
    begin = size + len(_BOM) * data.startswith(_BOM)
    names = [INVISIBLE.sub("", name).strip() for name in header]
    if "" in names or len({*names}) < len(names) or not {*required} <= {*names} or len(names) > MOST_COLUMNS:
        return None
    columns = _columns(np.frombuffer(data, dtype=np.uint8)[begin:], separator, len(names))
    if not columns:
        return None
    top = [header, *zip(*(column.head(_TOP_ROWS).fillna("").tolist() for column in columns), strict=True)]
    if note_lower_header(top, range(1, len(top) + 1), required, place, Findings()):
        return None
    if not source.options.separator:
        found_separator(text, place, source.findings, known)
    return QuickTable(header, columns, separator)


def _is_plain_text(data: bytes, source: Source) -> bool:
    """Return whether some bytes are UTF-8, as far as anything is said about their encoding, and hold no NUL."""
    if (
        source.options.encoding
        or data.startswith(REFUSED)
        or is_refused(data, Place(""), Findings())
        or b"\x00" in data
    ):
        return False
    try:
        return data.isascii() or bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _header(text: str, separator: str) -> tuple[list[str], int]:
    """Return the first row and how many bytes it takes; an empty row where it is odd."""
    lines: list[str] = []

    def remembered() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            lines.append(line)
            yield line

    try:
        header = next(csv.reader(remembered(), delimiter=separator, strict=True), [])
    except csv.Error:
        return [], 0
    return header, len("".join(lines).encode())


def _columns(data: NDArray[np.uint8], separator: str, width: int) -> list[pd.Series]:
    """Return the columns of all rows, none where one is odd."""
    import pyarrow as pa

    from clusternet.ingest.cell_kernels import cells_of

    # A row has a letter, and a separator or line end for each column.
    rows = BLOCK_BYTES // (width + 1) + 1
    ends = np.empty((width, rows + 1), dtype=np.int64)
    letters = np.empty((width, BLOCK_BYTES), dtype=np.uint8)
    pieces: list[list[Any]] = [[] for _ in range(width)]
    place = 0
    while place < len(data):
        last = place + BLOCK_BYTES >= len(data)
        found, used = cells_of(data[place : place + BLOCK_BYTES], np.uint8(ord(separator)), last, ends, letters)
        if found <= 0 or np.diff(ends[:, : found + 1], axis=1).max() > MAX_CELL_CHARS:
            return []
        for column in range(width):
            pieces[column].append(_arrow_array(ends[column, : found + 1], letters[column]))
        place += used
    if not all(pieces):
        return []
    return [pd.Series(pd.array(pa.concat_arrays(parts), dtype="str")) for parts in pieces]


def _arrow_array(ends: NDArray[np.int64], letters: NDArray[np.uint8]) -> Any:
    """Return a copy of cells as an Arrow array, empty ones as missing."""
    import pyarrow as pa

    filled = np.diff(ends) > 0
    valid = None if filled.all() else pa.py_buffer(np.packbits(filled, bitorder="little"))
    buffers = [valid, pa.py_buffer(ends.copy()), pa.py_buffer(letters[: ends[-1]].copy())]
    return pa.LargeStringArray.from_buffers(len(filled), buffers[1], buffers[2], buffers[0])
