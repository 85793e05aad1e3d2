"""The rows of an export as records: what is missing is not in them."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd


def records(table: pd.DataFrame, *, without: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Return each row as a mapping from column to value, in the order of the columns.

    Parameters
    ----------
    table : DataFrame
        Texts, numbers and truth values.
    without : tuple of str
        Columns that are left out.

    Returns
    -------
    list of dict
        Empty texts and NaN are left out; whole numbers among the others are written as such.

    Examples
    --------
    >>> records(pd.DataFrame({"a": [1.0, float("nan")], "b": ["", "x"]}))
    [{'a': 1}, {'b': 'x'}]
    """
    names = [str(name) for name in table.columns if name not in without]
    columns = [table[name].tolist() for name in names]
    return [
        {name: _plain(value) for name, value in zip(names, row, strict=True) if not _is_missing(value)}
        for row in (zip(*columns, strict=True) if columns else [()] * len(table))
    ]


def _is_missing(value: object) -> bool:
    return value == "" or (isinstance(value, float) and math.isnan(value))


def _plain(value: object) -> object:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value
