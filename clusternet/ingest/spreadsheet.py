"""One XLSX workbook: its visible sheets, and their cells as the text that a reader of the workbook sees."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZipFile

from clusternet.errors import ResourceError, shown
from clusternet.ingest.archives import opened_archive
from clusternet.ingest.cells import CellFaults, Expected, cell_text, keep_texts
from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.memory import SHEET_FACTOR
from clusternet.ingest.separators import MOST_COLUMNS, Grid
from clusternet.ingest.sheet_layout import check_layout, note_lower_header
from clusternet.ingest.sheet_scan import Book, Scan, layout_of, scan_sheet
from clusternet.ingest.sheet_xml import NotPlainError
from clusternet.ingest.source import Source
from clusternet.messages import mark

if TYPE_CHECKING:
    from openpyxl import Workbook

_OLD = b"\xd0\xcf\x11\xe0"


class Spreadsheet:
    """A workbook as a file of several tables; made by :func:`opened_spreadsheet`.

    Parameters
    ----------
    name : str
        The name of the file.
    data : bytes
        Its content.
    archive : ZipFile
        The same, opened as an archive.
    workbook : Workbook
        The same, opened with its formulas.
    source : Source
        The survey being read.
    """

    format = "XLSX"

    def __init__(self, name: str, data: bytes, archive: ZipFile, workbook: Workbook, source: Source) -> None:
        self.file = name
        self._data = data
        self._archive = archive
        self._workbook = workbook
        self._source = source
        sheets = workbook.worksheets
        self.titles = tuple(sheet.title for sheet in sheets if sheet.sheet_state == "visible")
        self.hidden = tuple(sheet.title for sheet in sheets if sheet.title not in self.titles)

    def head(self, title: str, rows: int = 3) -> list[list[str]]:
        """Return the first rows as text; see :class:`clusternet.ingest.sheets.Sheets`."""
        faults = CellFaults()
        found: list[list[str]] = []
        try:
            for number, record in enumerate(_records(self._workbook, title, rows), 1):
                found.append([cell_text(value, kind, number, at, faults) for at, (value, kind) in enumerate(record)])
        except Exception:  # a damaged sheet; what is wrong is told when it is read
            return found
        return found

    def grid(
        self,
        title: str,
        *,
        formulas_as_text: bool = False,
        no_dates: Collection[str] = (),
        known: Collection[str] = (),
    ) -> Grid | None:
        """Return all cells as text; see :class:`clusternet.ingest.sheets.Sheets`."""
        return self.checked_grid(title, Expected(no_dates), formulas_as_text=formulas_as_text)

    def checked_grid(self, title: str, expected: Expected, *, formulas_as_text: bool = False) -> Grid | None:
        """Return all cells of a sheet of whose columns more is known; else as :meth:`grid`.

        Parameters
        ----------
        title : str
            One of :attr:`titles`.
        expected : Expected
            What is known.
        formulas_as_text : bool
            Whether a formula stands as it is written.

        Returns
        -------
        Grid or None
            The rows that are not blank; None where an error was noted.
        """
        place, findings = Place(self.file, title), self._source.findings
        faults = CellFaults()
        try:
            scan = self._scanned(title, faults, formulas_as_text=formulas_as_text)
            if scan is None:
                faults = CellFaults()
                scan = self._read(title, faults, formulas_as_text=formulas_as_text)
        except MemoryError as error:
            raise ResourceError(mark("There is not enough memory to read the workbook.")) from error
        except Exception as error:  # openpyxl answers damaged sheets with exceptions of every kind
            template = mark("The sheet cannot be read ({reason}); save the workbook again as .xlsx.")
            findings.error("B09", template, place, reason=type(error).__name__)
            return None
        before = len(findings.errors)
        cells, rows = _without_blanks(scan)
        check_layout(scan.merged, scan.hidden, rows, place, findings)
        header = {name.strip() for name in cells[0]} if cells else set()
        if not header.issuperset(expected.required) and note_lower_header(
            cells, rows, expected.required, place, findings
        ):
            return None
        if not formulas_as_text:
            keep_texts(cells, rows, faults, expected, place, findings)
        faults.report(cells, rows, expected, place, findings)
        return _trimmed(cells, rows, place, findings) if len(findings.errors) == before else None

    def _scanned(self, title: str, faults: CellFaults, *, formulas_as_text: bool) -> Scan | None:
        """Read a sheet from its XML; None where openpyxl has to read it."""
        workbook = self._workbook
        book = Book(
            workbook[title]._shared_strings, workbook._date_formats, workbook._timedelta_formats, workbook.epoch
        )
        try:
            with self._stream(title) as stream:
                scan = scan_sheet(stream, book, faults)
        except (NotPlainError, ValueError, LookupError):
            return None
        if formulas_as_text and faults.formulas:
            if not all(faults.formulas.values()):
                return None
            faults.uncalculated.clear()
            _put(faults.formulas, scan)
        return scan

    def _read(self, title: str, faults: CellFaults, *, formulas_as_text: bool) -> Scan:
        """Read a sheet with openpyxl, which understands everything and takes its time."""
        with self._stream(title) as stream:
            scan = layout_of(stream)
        for number, record in enumerate(_records(self._workbook, title), 1):
            scan.rows.append(number)
            scan.cells.append(
                tuple(cell_text(value, kind, number, at, faults) for at, (value, kind) in enumerate(record))
            )
        if faults.formulas and not formulas_as_text:
            calculated = _loaded(self._data, values=True)
            values: dict[tuple[int, int], str] = {}
            for number, record in enumerate(_records(calculated, title), 1):
                for at, (value, kind) in enumerate(record):
                    if (number, at) in faults.formulas:
                        values[number, at] = cell_text(value, kind, number, at, faults)
                        if value is None and kind != "str":
                            faults.uncalculated.append((number, at))
            _put(values, scan)
        return scan

    def _stream(self, title: str) -> IO[bytes]:
        return self._archive.open(self._workbook[title]._worksheet_path.lstrip("/"))


def opened_spreadsheet(name: str, data: bytes, source: Source) -> Spreadsheet | None:
    """Open a workbook if it is safe, and warn of its hidden sheets; or note why it cannot be opened.

    Parameters
    ----------
    name : str
        The name of the file.
    data : bytes
        Its content.
    source : Source
        The survey being read; takes A26, B07 and B09 to B11.

    Returns
    -------
    Spreadsheet or None
        The workbook; None where an error was noted.

    Raises
    ------
    ResourceError
        If memory does not suffice.
    """
    place, findings = Place(name), source.findings
    if data.startswith(_OLD):
        template = mark(
            "The workbook is in the old format (.xls) or has a password; save it as .xlsx without password, or as CSV."
        )
        findings.error("A26", template, place)
        return None
    archive = opened_archive(data, place, findings)
    if archive is None:
        return None
    source.claim_memory(name, SHEET_FACTOR * sum(member.file_size for member in archive.infolist()))
    members = archive.namelist()
    if "mimetype" in members:
        findings.error("A26", mark("The file is an OpenDocument sheet (.ods); save it as .xlsx or CSV."), place)
        return None
    if "xl/workbook.bin" in members:
        findings.error("A26", mark("The file is a binary workbook (.xlsb); save it as .xlsx or CSV."), place)
        return None
    if any(member.startswith("xl/externalLinks/") for member in members):
        template = mark("The workbook refers to other files; they were not read, and values are those stored in it.")
        findings.warning("B12", template, place)
    try:
        workbook = _loaded(data, values=False)
    except MemoryError as error:
        raise ResourceError(mark("There is not enough memory to read the workbook.")) from error
    except Exception as error:  # openpyxl answers damaged workbooks with exceptions of every kind
        template = mark("The workbook cannot be read ({reason}); save it again as .xlsx.")
        findings.error("B09", template, place, reason=type(error).__name__)
        return None
    opened = Spreadsheet(name, data, archive, workbook, source)
    for title in opened.hidden:
        template = mark('The sheet "{value}" is hidden and was ignored; show it if it belongs to the survey.')
        findings.warning("B07", template, place, value=shown(title))
    source.note_format(name, opened.format)
    return opened


def _loaded(data: bytes, *, values: bool) -> Workbook:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)


def _records(workbook: Workbook, title: str, most: int | None = None) -> Iterator[list[tuple[Any, str]]]:
    sheet = workbook[title]
    # Writers state the used range wrongly; the rows themselves tell it.
    sheet.reset_dimensions()
    for record in sheet.iter_rows(max_row=most):
        # Cells that are not in the file have no kind of their own.
        yield [(cell.value, getattr(cell, "data_type", "n")) for cell in record]


def _put(values: Mapping[tuple[int, int], str], scan: Scan) -> None:
    """Put texts where some cells stand."""
    at = {row: position for position, row in enumerate(scan.rows)}
    changed: dict[int, list[str]] = {}
    for (row, column), text in values.items():
        changed.setdefault(at[row], list(scan.cells[at[row]]))[column] = text
    for position, record in changed.items():
        scan.cells[position] = tuple(record)


def _without_blanks(scan: Scan) -> tuple[list[tuple[str, ...]], list[int]]:
    kept = [
        position
        for position, record in enumerate(scan.cells)
        if (record and record[0].strip()) or "".join(record).strip()
    ]
    if len(kept) == len(scan.rows):
        return scan.cells, scan.rows
    return [scan.cells[position] for position in kept], [scan.rows[position] for position in kept]


def _trimmed(cells: list[tuple[str, ...]], rows: list[int], place: Place, findings: Findings) -> Grid | None:
    """Cut columns that are empty behind the last name, and note values that stand there."""
    width = len(cells[0]) if cells else 0
    while (
        width and not cells[0][width - 1].strip() and not any(len(c) >= width and c[width - 1].strip() for c in cells)
    ):
        width -= 1
    longer = [position for position, record in enumerate(cells) if len(record) > width]
    wide = [rows[position] for position in longer if "".join(cells[position][width:]).strip()]
    template = mark("The row has values beyond the last column of the header; name the column or clear the cells.")
    findings.each("A13", template, place, wide)
    if width > MOST_COLUMNS or wide:
        return None
    for position in longer:
        cells[position] = cells[position][:width]
    return Grid(cells, rows, place, counted=False)
