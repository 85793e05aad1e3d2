"""A file that holds one or several tables, whatever its format: their titles, their first rows, all their cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Protocol

from clusternet.ingest.encoding import HEAD_BYTES, decoding, noted_text
from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.memory import TEXT_FACTOR
from clusternet.ingest.quick_tables import QuickTable, quick_table
from clusternet.ingest.separators import Grid, found_separator, grid_of
from clusternet.ingest.source import Source
from clusternet.ingest.spreadsheet import Spreadsheet, opened_spreadsheet

__all__ = ["Sheets", "open_text", "open_text_bytes", "open_workbook", "open_workbook_bytes"]

_FORMATS = {".tsv": "TSV", ".tab": "TSV"}


class Sheets(Protocol):
    """A file that holds tables: a workbook with sheets, or a text table, which is one sheet called as its file."""

    @property
    def file(self) -> str:
        """The name of the file in messages."""

    @property
    def format(self) -> str:
        """What kind of file it is, such as ``"XLSX"`` or ``"CSV"``."""

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the sheets in their order; hidden ones are left out."""

    def head(self, title: str, rows: int = 3) -> list[list[str]]:
        """Return the first rows of a sheet as text, without reading all of it; notes no problem.

        Parameters
        ----------
        title : str
            One of :attr:`titles`.
        rows : int
            How many rows at most, the header included.

        Returns
        -------
        list of list of str
            The cells; fewer rows where there are fewer, none where the sheet cannot be read.
        """

    def grid(
        self,
        title: str,
        *,
        formulas_as_text: bool = False,
        no_dates: Collection[str] = (),
        known: Collection[str] = (),
    ) -> Grid | None:
        """Return all cells of a sheet as text, or note why there are none.

        Parameters
        ----------
        title : str
            One of :attr:`titles`.
        formulas_as_text : bool
            Whether a formula stands as it is written (``=A1``) and not with the value that was calculated last; some
            exporters write an answer that begins with ``=`` as a formula.
        no_dates : collection of str
            Names of columns in which a date is a fault; elsewhere it becomes ISO text.
        known : collection of str
            Names of columns that decide between separators.

        Returns
        -------
        Grid or None
            The rows that are not blank; None where an error was noted.
        """


class TextSheet:
    """A text table as a file of one sheet.

    Parameters
    ----------
    name : str
        The name of the file.
    data : bytes
        Its content.
    source : Source
        The survey being read.
    """

    def __init__(self, name: str, data: bytes, source: Source) -> None:
        self.file = name
        path = PurePosixPath(name)
        self.titles: tuple[str, ...] = (path.stem,)
        self.format = _FORMATS.get(path.suffix.casefold(), "CSV")
        self._data = data
        self._source = source
        self._text: str | None = None

    def head(self, title: str, rows: int = 3) -> list[list[str]]:
        """Return the first rows as text; see :class:`Sheets`."""
        data = self._data
        if len(data) > HEAD_BYTES:
            # A cut inside a character or a quoted cell must not change what is understood before it.
            data = data[: data.rfind(b"\n", 0, HEAD_BYTES) + 1 or HEAD_BYTES]
        place, unheard = Place(self.file), Findings()
        read = decoding(data, place, unheard, encoding=self._source.options.encoding)
        if read is None:
            return []
        separator = self._source.options.separator or found_separator(read.text, place, unheard) or ","
        found: list[list[str]] = []
        try:
            found.extend(islice(csv.reader(io.StringIO(read.text, newline=""), delimiter=separator), rows))
        except csv.Error:
            return found  # what is wrong is told when the sheet is read
        return found

    def grid(
        self,
        title: str,
        *,
        formulas_as_text: bool = False,
        no_dates: Collection[str] = (),
        known: Collection[str] = (),
    ) -> Grid | None:
        """Return all cells as text; see :class:`Sheets`. Text knows neither formulas nor dates."""
        place, source = Place(self.file), self._source
        if self._text is None:
            self._text = noted_text(self._data, place, source, self.format)
        if self._text is None:
            return None
        grid = grid_of(self._text, place, source.findings, source.options, known)
        if grid is not None:
            source.note_format(self.file, self.format, source.formats[self.file].encoding, grid.separator)
        return grid

    def quick(self, required: Collection[str] = (), known: Collection[str] = ()) -> QuickTable | None:
        """Return all cells by column where the table is large and nothing about it is odd; see :func:`quick_table`."""
        found = quick_table(self._data, Place(self.file), self._source, required, known)
        if found is not None:
            self._source.note_format(self.file, self.format, "UTF-8", found.separator)
        return found


def open_text(path: Path, source: Source) -> TextSheet | None:
    """Open a text table (CSV, TSV), or note why it cannot be (A01, A02).

    Parameters
    ----------
    path : Path
        The file.
    source : Source
        The survey being read.

    Returns
    -------
    TextSheet or None
        The file; None where an error was noted.

    Raises
    ------
    ResourceError
        If the file cannot be read though it is there.
    """
    data = source.content(path, factor=TEXT_FACTOR)
    return None if data is None else TextSheet(path.name, data, source)


def open_text_bytes(name: str, data: bytes, source: Source) -> TextSheet | None:
    """Open a text table that is a part of another file; see :func:`open_text`."""
    source.claim_memory(name, TEXT_FACTOR * len(data))
    return TextSheet(name, data, source) if source.holds_something(name, data) else None


def open_workbook(path: Path, source: Source) -> Spreadsheet | None:
    """Open an XLSX workbook, or note why it cannot be (A01, A02, A26, B07, B09 to B11).

    Parameters
    ----------
    path : Path
        The file.
    source : Source
        The survey being read.

    Returns
    -------
    Spreadsheet or None
        The workbook; None where an error was noted.

    Raises
    ------
    ResourceError
        If the file cannot be read though it is there, or memory does not suffice.
    """
    data = source.content(path)
    return None if data is None else opened_spreadsheet(path.name, data, source)


def open_workbook_bytes(name: str, data: bytes, source: Source) -> Spreadsheet | None:
    """Open a workbook that is a part of another file; see :func:`open_workbook`."""
    return opened_spreadsheet(name, data, source) if source.holds_something(name, data) else None
