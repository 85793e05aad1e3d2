"""Tables as CSV text: twelve digits, no live formula, the same bytes every time."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

import numpy as np
import pandas as pd

#: A cell that begins with one of these would be run as a formula by a spreadsheet.
_LIVE = ("=", "+", "-", "@", "\t", "\r")
_SPECIAL = re.compile(r'[",\r\n]')
#: So many rows are turned into text at a time.
BLOCK = 100_000
_Value = TypeVar("_Value", bound=Hashable)
#: Spreadsheets know by this mark that a file is UTF-8, and show Arabic as Arabic.
BYTE_ORDER_MARK = "\ufeff"


def harmless(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would take it for a formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless("Oak & Sons")
    ("'=1+1", 'Oak & Sons')
    """
    return f"'{text}" if text.startswith(_LIVE) else text


def csv_text(table: pd.DataFrame, *, exact: bool = False) -> str:
    """Return a table as CSV text with a header, commas, LF and a byte order mark.

    Parameters
    ----------
    table : DataFrame
        The table; its index is left out.
    exact : bool, default False
        Write everything so that it reads back exactly: numbers with all their digits, texts as they are.

    Returns
    -------
    str
        The text; no value is an empty cell. Unless ``exact``, numbers have 12 significant digits, and a text that
        begins like a formula has an apostrophe before it.
    """
    return "".join(csv_blocks(table, exact=exact))


def csv_blocks(table: pd.DataFrame, *, exact: bool = False) -> Iterator[str]:
    """Yield the text of :func:`csv_text` in parts of at most 100,000 rows, so that a long table is never held whole.

    Parameters
    ----------
    table : DataFrame
        The table; its index is left out.
    exact : bool, default False
        As for :func:`csv_text`.

    Yields
    ------
    str
        The header, then rows; each part ends with a line feed.
    """
    yield BYTE_ORDER_MARK + ",".join(_quoted(harmless(str(column))) for column in table.columns) + "\n"
    for start in range(0, len(table) if len(table.columns) else 0, BLOCK):
        block = table.iloc[start : start + BLOCK]
        columns = [_cells(block.iloc[:, place], exact) for place in range(len(block.columns))]
        yield "\n".join([",".join(row) for row in zip(*columns, strict=True)]) + "\n"


def each(written: Callable[[_Value], str], values: Sequence[_Value]) -> list[str]:
    """Return what a function makes of each value, asking it once for each distinct one.

    Parameters
    ----------
    written : callable
        From a value to a text; equal values must give equal texts.
    values : sequence, shape (n,)
        Hashable values.

    Returns
    -------
    list of str, shape (n,)
        The texts.

    Examples
    --------
    >>> each(str.upper, ["a", "b", "a"])
    ['A', 'B', 'A']
    """
    known = {value: written(value) for value in set(values)}
    return [known[value] for value in values]


def _quoted(text: str) -> str:
    """Quote a cell where it must be; the csv module of Python 3.11 leaves a lone CR bare, which splits the row."""
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


def _cells(values: pd.Series, exact: bool) -> list[str]:
    if pd.api.types.is_bool_dtype(values):
        return ["yes" if value else "no" for value in values]
    if pd.api.types.is_integer_dtype(values) and not values.hasnans:
        return each(str, values.tolist())
    if pd.api.types.is_float_dtype(values):
        return each(lambda value: _number(value, exact), values.tolist())
    cells = values.tolist()
    # Only texts: of 1, 1.0 and True, which are equal, each is written otherwise.
    if set(map(type, cells)) == {str}:
        return each(lambda cell: _cell(cell, exact), cells)
    return [_cell(value, exact) for value in cells]


def _number(value: float, exact: bool) -> str:
    if not math.isfinite(value):
        return ""
    if exact:
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return format(value + 0.0, ".12g")


def _cell(value: object, exact: bool) -> str:
    if value is None or value is pd.NA:
        return ""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, int | np.integer):
        return str(value)
    if isinstance(value, float | np.floating):
        return _number(float(value), exact)
    return _quoted(str(value) if exact else harmless(str(value)))
