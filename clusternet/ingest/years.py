"""Years and dates as surveys write them: the year is all that is asked of them."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.ingest.names import normalised_name
from clusternet.model.settings import EARLIEST_YEAR, LATEST_YEAR

#: A year, perhaps with the fraction that a spreadsheet adds; a date that begins with its year; one that ends with it.
_YEAR = re.compile(r"([0-9]{4})(?:\.0+)?")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2}(?:[t ][0-9:.]+(?:z|[+-][0-9:]+)?)?)?")
_YEAR_LAST = re.compile(r"(?:[0-9]{1,2}[-/.])?[0-9]{1,2}[-/.]([0-9]{4})")


def years_of(values: pd.Series) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the years of a column, and which cells hold something that is no year.

    Parameters
    ----------
    values : Series of str
        Years (2015), dates of ISO 8601 (2015-03, 2015-03-21), or dates that end with their year (21/3/2015), in
        digits of any script; missing where empty.

    Returns
    -------
    years : array of float, shape (n,)
        Years from 1000 to 2999; NaN where the cell is empty or unreadable.
    unreadable : array of bool, shape (n,)
        Which cells are neither.

    Examples
    --------
    >>> years_of(pd.Series(["2015", "٢٠١٥-٠٣", "21/3/2015", "long ago", None]))
    (array([2015., 2015., 2015.,   nan,   nan]), array([False, False, False,  True, False]))
    """
    codes, distinct = pd.factorize(values.to_numpy(dtype=object))
    years = np.array([*(_year(str(text)) for text in distinct), np.nan])[codes]
    return years, np.isnan(years) & (codes >= 0)


def _year(text: str) -> float:
    text = normalised_name(text)
    for pattern in (_YEAR, _YEAR_FIRST, _YEAR_LAST):
        if (found := pattern.fullmatch(text)) and EARLIEST_YEAR <= int(found[1]) <= LATEST_YEAR:
            return float(found[1])
    return np.nan
