"""The compiled kernel of reading edges: one walk over the bytes of a text table gives ids, layers and weights."""

from __future__ import annotations

import numpy as np

from clusternet.ingest.cell_kernels import next_cell
from clusternet.ingest.edge_roles import END, LAYER, WEIGHT, WEIGHT_BYTES
from clusternet.model.kernels import compiled

#: The longest cell, in bytes.
_LONGEST = 32_767
_BLANK, _NEWLINE, _RETURN, _POINT = (np.uint8(code) for code in (32, 10, 13, 46))
#: Whole numbers and powers of ten of so many digits are exact as floats, and so one division rounds rightly.
_EXACT_DIGITS = 15


@compiled
def _number(letters, begin, end):  # type: ignore[no-untyped-def]
    """Return the number that plain digits with at most one point mean, rounded rightly; -1 where it takes more."""
    whole, digits, points = np.int64(0), 0, 0
    scale = 1.0
    for place in range(begin, end):
        byte = letters[place]
        if byte == _POINT:
            points += 1
            continue
        digit = np.int64(byte) - 48
        if digit < 0 or digit > 9:
            return -1.0
        digits += 1
        whole = 10 * whole + digit
        if points:
            scale *= 10.0
        if digits > _EXACT_DIGITS:
            return -1.0
    return whole / scale if digits and points < 2 else -1.0


@compiled
def _odd_text(letters, begin, end):  # type: ignore[no-untyped-def]
    """Return whether a text is empty, or has a blank or a control character at one of its ends."""
    return end == begin or letters[begin] <= _BLANK or letters[end - 1] <= _BLANK


@compiled
def edges_of(data, separator, roles, last, ends, letters, layer_ends, layer_letters, weight, hard):  # type: ignore[no-untyped-def]
    """Read the rows of a piece of a text table.

    Parameters
    ----------
    data : array of uint8
        The bytes; they begin with a row.
    separator : uint8
        The byte between two cells.
    roles : array of int64, shape (columns,)
        What each column is: OTHER, END (two of them), LAYER or WEIGHT.
    last : bool
        Whether the table ends here, so that the last row may lack its line end.
    ends : array of int64, shape (2 * rows + 1,)
        Takes where each of the two ids of a row ends in ``letters``, behind a 0.
    letters : array of uint8
        Takes the letters of the ids; as long as the data.
    layer_ends, layer_letters : array of int64, shape (rows + 1,), and array of uint8
        Take the layers likewise; the letters are room for all other cells too.
    weight : array of float64, shape (rows,)
        Takes the weights; -1 where one takes more than plain digits.
    hard : array of uint8, shape (hard rows, WEIGHT_BYTES + 1)
        Takes the texts of those weights in their order.

    Returns
    -------
    rows : int
        The number of rows read; -1 where something is odd and a careful reader must look.
    used : int
        How many bytes they are; the rest is the beginning of another row, or there was no room for it.
    hard_rows : int
        How many weights take more than plain digits.
    """
    columns, stop, room = len(roles), len(data), len(weight)
    rows, used, hard_rows, place, size, layer_size = 0, 0, 0, 0, 0, 0
    ends[0] = 0
    layer_ends[0] = 0
    while place < stop and rows < room:
        if data[place] == _NEWLINE or data[place] == _RETURN:
            place += 1
            used = place
            continue
        end, layer_end, value, hard_row = 2 * rows + 1, layer_size, 0.0, hard_rows
        for column in range(columns):
            role = roles[column]
            if role == END:
                place, after = next_cell(data, place, stop, separator, letters, size)
                if 0 <= place < stop or (last and place == stop):
                    if _odd_text(letters, size, after):
                        return -1, used, hard_rows
                    ends[end] = after
                    end += 1
                length = after - size
                size = after
            else:
                place, after = next_cell(data, place, stop, separator, layer_letters, layer_end)
                length = after - layer_end
                if 0 <= place < stop or (last and place == stop):
                    if role == LAYER:
                        if _odd_text(layer_letters, layer_end, after):
                            return -1, used, hard_rows
                        layer_end = after
                    elif role == WEIGHT:
                        value = _number(layer_letters, layer_end, after)
                        if value < 0:
                            if length > WEIGHT_BYTES or length == 0:
                                return -1, used, hard_rows
                            if hard_row == len(hard):
                                return rows, used, hard_rows
                            hard[hard_row, :] = 0
                            for step in range(length):
                                hard[hard_row, step] = layer_letters[layer_end + step]
                            hard_row += 1
            if place < 0 or length > _LONGEST:
                return -1, used, hard_rows
            if place >= stop and not last:
                # The row goes on behind these bytes.
                return rows, used, hard_rows
            if place > stop or (place < stop and data[place] == separator) == (column == columns - 1):
                return -1, used, hard_rows
            if column < columns - 1:
                place += 1
        layer_size = layer_end
        weight[rows] = value
        hard_rows = hard_row
        rows += 1
        layer_ends[rows if len(layer_ends) > 1 else 0] = layer_size
        used = place
    return rows, used, hard_rows
