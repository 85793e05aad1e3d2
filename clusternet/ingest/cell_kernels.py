"""The compiled kernels of reading text tables: one walk over the bytes gives the cells of every column."""

from __future__ import annotations

import numpy as np

from clusternet.model.kernels import compiled

_BLANK, _NEWLINE, _RETURN, _QUOTE = (np.uint8(code) for code in (32, 10, 13, 34))
#: Bytes with which no blank in UTF-8 begins: those of ASCII beyond the space, and these.
_ASCII_END, _LEADS, _BLANK_LEADS, _BLANK_LEADS_END = (np.uint8(code) for code in (128, 0xC3, 0xE1, 0xE3))


@compiled
def next_cell(data, place, stop, separator, letters, size):  # type: ignore[no-untyped-def]
    """Copy the cell that begins at a place behind the letters that there are.

    Returns where what ends the cell stands (``stop`` where nothing does, beyond it where a quote is open there, -1
    where a quote is odd), and how many letters there are then.
    """
    if place < stop and data[place] == _QUOTE:
        place += 1
        while place < stop:
            byte = data[place]
            place += 1
            if byte == _QUOTE:
                if place == stop or data[place] == separator or data[place] == _NEWLINE or data[place] == _RETURN:
                    return place, size
                if data[place] != _QUOTE:
                    return -1, size
                place += 1
            letters[size] = byte
            size += 1
        return stop + 1, size
    while place < stop:
        byte = data[place]
        if byte in (separator, _NEWLINE, _RETURN):
            break
        letters[size] = byte
        size += 1
        place += 1
    return place, size


@compiled
def _shows(letters, begin, end):  # type: ignore[no-untyped-def]
    """Return whether there is surely something to see in a cell; a blank beyond ASCII may be taken for one."""
    for place in range(begin, end):
        byte = letters[place]
        if byte > _BLANK and (byte < _ASCII_END or (byte >= _LEADS and not (_BLANK_LEADS <= byte <= _BLANK_LEADS_END))):
            return True
    return False


@compiled
def cells_of(data, separator, last, ends, letters):  # type: ignore[no-untyped-def]
    """Read the rows of a piece of a text table whose rows are all alike.

    Parameters
    ----------
    data : array of uint8
        The bytes; they begin with a row.
    separator : uint8
        The byte between two cells.
    last : bool
        Whether the table ends here, so that the last row may lack its line end.
    ends : array of int64, shape (columns, rows + 1)
        Takes for each column where each cell ends in its letters, behind a 0.
    letters : array of uint8, shape (columns, bytes)
        Takes the letters of the cells of each column; each row as long as the data.

    Returns
    -------
    rows : int
        The number of rows read; -1 where something is odd and a careful reader must look: another number of cells, an
        odd quote, or a row without anything to see.
    used : int
        How many bytes they are; the rest is the beginning of another row, or there was no room for it.
    """
    columns, stop, room = len(ends), len(data), ends.shape[1] - 1
    rows, used, place = 0, 0, 0
    ends[:, 0] = 0
    while place < stop and rows < room:
        shows = False
        for column in range(columns):
            begin = ends[column, rows]
            place, end = next_cell(data, place, stop, separator, letters[column], begin)
            if place < 0:
                return -1, used
            if place >= stop and not last:
                # The row goes on behind these bytes.
                return rows, used
            if place > stop or (place < stop and data[place] == separator) == (column == columns - 1):
                return -1, used
            ends[column, rows + 1] = end
            shows = shows or _shows(letters[column], begin, end)
            if column < columns - 1:
                place += 1
        if not shows:
            return -1, used
        if place < stop:
            if data[place] == _RETURN:
                if place + 1 == stop and not last:
                    # Whether a line feed belongs to it stands behind these bytes.
                    return rows, used
                place += place + 1 < stop and data[place + 1] == _NEWLINE
            place += 1
        rows += 1
        used = place
    return rows, used
