"""A table that a library read from a binary format, as a file of one sheet of text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
import pandas as pd

from clusternet.ingest.findings import Place
from clusternet.ingest.separators import Grid


@dataclass(frozen=True, eq=False)
class MemorySheet:
    """One table in memory; see :class:`clusternet.ingest.sheets.Sheets`.

    Parameters
    ----------
    file : str
        The name of the file.
    format : str
        What kind of file it is.
    columns : mapping of str to list of str
        The cells as text, by column.
    """

    file: str
    format: str
    columns: dict[str, list[str]]

    @property
    def titles(self) -> tuple[str, ...]:
        """The one sheet, called as its file."""
        return (PurePosixPath(self.file).stem,)

    def head(self, title: str, rows: int = 3) -> list[list[str]]:
        """Return the first rows; see :class:`clusternet.ingest.sheets.Sheets`."""
        body = zip(*(cells[: rows - 1] for cells in self.columns.values()), strict=True)
        return [list(self.columns), *(list(record) for record in body)]

    def grid(
        self,
        title: str,
        *,
        formulas_as_text: bool = False,
        no_dates: Collection[str] = (),
        known: Collection[str] = (),
    ) -> Grid | None:
        """Return all cells; see :class:`clusternet.ingest.sheets.Sheets`."""
        records = [list(self.columns), *map(list, zip(*self.columns.values(), strict=True))]
        return Grid(records, range(1, len(records) + 1), Place(self.file), counted=False)


def text_cells(values: pd.Series) -> list[str]:
    """Return a column of any kind as text: whole numbers without a point, dates as ISO, missing as empty.

    Examples
    --------
    >>> text_cells(pd.Series([1.0, 2.5, None]))
    ['1', '2.5', '']
    """
    if pd.api.types.is_bool_dtype(values):
        return ["" if pd.isna(value) else ("yes" if value else "no") for value in values]
    if pd.api.types.is_integer_dtype(values):
        return ["" if pd.isna(value) else str(int(value)) for value in values]
    if pd.api.types.is_float_dtype(values):
        return [_number(float(value)) for value in values.to_numpy(dtype=np.float64, na_value=np.nan)]
    return [_cell(value) for value in values.astype(object)]


def _number(value: float) -> str:
    if np.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _cell(value: object) -> str:
    if value is None or (not isinstance(value, list | np.ndarray) and pd.isna(value)):  # type: ignore[call-overload]
        return ""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, float | np.floating):
        return _number(float(value))
    if isinstance(value, bytes):
        return value.decode()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
