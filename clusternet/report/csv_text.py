"""Tables as CSV text: twelve digits, no live formula, the same bytes every time."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd

#: A cell that begins with one of these would be run as a formula by a spreadsheet.
_LIVE = ("=", "+", "-", "@", "\t", "\r")
_SPECIAL = re.compile(r'[",\r\n]')
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
    head = ",".join(_quoted(harmless(str(column))) for column in table.columns)
    columns = [_cells(table[column], exact) for column in table.columns]
    return "\n".join([BYTE_ORDER_MARK + head, *(",".join(row) for row in zip(*columns, strict=True)), ""])


def _quoted(text: str) -> str:
    """Quote a cell where it must be; the csv module of Python 3.11 leaves a lone CR bare, which splits the row."""
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


def _cells(values: pd.Series, exact: bool) -> list[str]:
    if pd.api.types.is_bool_dtype(values):
        return ["yes" if value else "no" for value in values]
    if pd.api.types.is_integer_dtype(values) and not values.hasnans:
        return [str(value) for value in values.tolist()]
    if pd.api.types.is_float_dtype(values):
        return [_number(value, exact) for value in values.tolist()]
    return [_cell(value, exact) for value in values.tolist()]


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
