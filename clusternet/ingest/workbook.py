"""From one XLSX workbook to tables of text."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusternet.errors import MOST_PROBLEMS, ResourceError, shown
from clusternet.ingest.findings import Findings, Place, listed
from clusternet.ingest.separators import MOST_COLUMNS, Grid
from clusternet.ingest.source import Source, TextTable
from clusternet.ingest.tables import table_of, warn_of_slip
from clusternet.messages import mark
from clusternet.model.catalogue import nearest
from clusternet.model.schema import SCHEMA

if TYPE_CHECKING:
    from openpyxl import Workbook

#: A workbook that unpacks to more, or at more than this ratio beyond a small size, is refused before it is unpacked.
MOST_BYTES = 1 << 30
_MOST_RATIO = 100
_SMALL = 20 << 20
_HEAD = 4_096
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OLD = b"\xd0\xcf\x11\xe0"


def read_workbook(path: Path, source: Source) -> dict[str, TextTable]:
    """Read the sheets of a workbook that are named as the tables of the contract.

    Parameters
    ----------
    path : Path
        The workbook.
    source : Source
        The survey being read; takes A26 and the codes of group B.

    Returns
    -------
    dict of str to TextTable
        The tables that could be read.
    """
    data = source.content(path)
    place = Place(path.name)
    if data is None or not _is_safe(data, place, source.findings):
        return {}
    workbook = _opened(data, place, source.findings, values=False)
    if workbook is None:
        return {}
    sheets = _sheets(workbook, place, source.findings)
    tables = {}
    for name, title in sheets.items():
        grid = _grid(data, workbook, title, Place(path.name, title), source.findings)
        schema = SCHEMA[name]
        table = None if grid is None else table_of(grid, source, required=schema.required_names)
        if table is not None:
            tables[name] = table
    return tables


def _is_safe(data: bytes, place: Place, findings: Findings) -> bool:
    """Look at the archive's list of contents before anything is unpacked."""
    if data.startswith(_OLD):
        template = mark(
            "The workbook is in the old format (.xls) or has a password; save it as .xlsx without password, or as CSV."
        )
        findings.error("A26", template, place)
        return False
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
        if any(member.filename == "mimetype" for member in members):
            findings.error("A26", mark("The file is an OpenDocument sheet (.ods); save it as .xlsx or CSV."), place)
            return False
        size = sum(member.file_size for member in members)
        if size > MOST_BYTES or (size > _SMALL and size > _MOST_RATIO * len(data)):
            template = mark("The workbook would unpack to {size} bytes, far more than a survey; save it again.")
            findings.error("B10", template, place, size=size)
            return False
        for member in members:
            if member.filename.endswith((".xml", ".rels")):
                with archive.open(member) as stream:
                    if _DECLARATION.search(stream.read(_HEAD)):
                        template = mark(
                            'The part "{value}" of the workbook declares entities; save the workbook again.'
                        )
                        findings.error("B11", template, place, value=shown(member.filename))
                        return False
    except MemoryError as error:
        raise ResourceError(mark("There is not enough memory to read the workbook.")) from error
    except Exception:  # zipfile answers damaged archives with a dozen kinds of exception
        findings.error("B09", mark("The file is no workbook, or is damaged; save it again as .xlsx."), place)
        return False
    return True


def _opened(data: bytes, place: Place, findings: Findings, *, values: bool) -> Workbook | None:
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    except MemoryError as error:
        raise ResourceError(mark("There is not enough memory to read the workbook.")) from error
    except Exception as error:  # openpyxl answers damaged workbooks with exceptions of every kind
        template = mark("The workbook cannot be read ({reason}); save it again as .xlsx.")
        findings.error("B09", template, place, reason=type(error).__name__)
        return None


def _sheets(workbook: Workbook, place: Place, findings: Findings) -> dict[str, str]:
    """Return the title of the sheet of each table."""
    titles = [sheet.title for sheet in workbook.worksheets]
    found: dict[str, str] = {}
    for sheet in workbook.worksheets:
        name = sheet.title.strip().casefold()
        if name not in SCHEMA:
            continue
        if getattr(sheet, "sheet_state", "visible") != "visible":
            template = mark('The sheet "{value}" is hidden and was ignored; show it if it belongs to the survey.')
            findings.warning("B07", template, place, value=shown(sheet.title))
        elif name in found:
            template = mark('Two sheets are called "{value}" but for capitals or spaces; keep one.')
            findings.error("B08", template, place, value=shown(name))
        else:
            found[name] = sheet.title
    for name, schema in SCHEMA.items():
        if not schema.required and name not in found:
            warn_of_slip(name, [title for title in titles if title not in found.values()], place, findings)
        if schema.required and name not in found:
            near = nearest(name, titles)
            template = (
                mark('There is no sheet "{name}"; the nearest is "{near}". The sheets are: {found}.')
                if near
                else mark('There is no sheet "{name}". The sheets are: {found}. Rename the one that is meant.')
            )
            about = {"name": name, "near": near, "found": shown(", ".join(titles))}
            findings.error("B08", template, place, **about)
    return found


def _grid(data: bytes, workbook: Workbook, title: str, place: Place, findings: Findings) -> Grid | None:
    """Return the cells of a sheet as text; cached values stand for formulas."""
    cells: list[list[str]] = []
    rows: list[int] = []
    faults = _Faults()
    before = len(findings.errors)
    try:
        for number, record in enumerate(_records(workbook, title), 1):
            found = [
                _cell_text(value, kind, (number, position), faults) for position, (value, kind) in enumerate(record)
            ]
            if "".join(found).strip() or any(kind == "f" for _, kind in record):
                cells.append(found)
                rows.append(number)
        if faults.formulas:
            _fill_formulas(data, title, cells, rows, faults, place, findings)
    except MemoryError as error:
        raise ResourceError(mark("There is not enough memory to read the workbook.")) from error
    except Exception as error:  # as above: a damaged sheet
        template = mark("The sheet cannot be read ({reason}); save the workbook again as .xlsx.")
        findings.error("B09", template, place, reason=type(error).__name__)
        return None
    faults.report(cells[0] if cells else [], place, findings)
    width = len(cells[0]) if cells else 0
    while (
        width and not cells[0][width - 1].strip() and not any(len(c) >= width and c[width - 1].strip() for c in cells)
    ):
        width -= 1
    wide = [row for row, record in zip(rows, cells, strict=True) if "".join(record[width:]).strip()]
    template = mark("The row has values beyond the last column of the header; name the column or clear the cells.")
    findings.each("A13", template, place, wide)
    if width > MOST_COLUMNS or len(findings.errors) > before:
        return None
    return Grid([record[:width] for record in cells], rows, place, counted=False)


def _records(workbook: Workbook, title: str) -> Iterator[list[tuple[Any, str]]]:
    sheet = workbook[title]
    sheet.reset_dimensions()
    for record in sheet.iter_rows():
        # Cells that are not in the file have no kind of their own.
        yield [(cell.value, getattr(cell, "data_type", "n")) for cell in record]


class _Faults:
    """What cells were found to be, by their row and column."""

    def __init__(self) -> None:
        self.formulas: set[tuple[int, int]] = set()
        self.uncalculated: list[tuple[int, int]] = []
        self.errors: list[tuple[int, int]] = []
        self.dates: list[tuple[int, int]] = []

    def report(self, header: list[str], place: Place, findings: Findings) -> None:
        """Note what was found, by the column's name."""
        contract = {name for schema in SCHEMA.values() for name in schema.names}

        def name(position: int) -> str:
            return header[position].strip() if position < len(header) else str(position + 1)

        template = mark("The formula was never calculated; open the workbook, save it, and try again.")
        for row, position in self.uncalculated[:MOST_PROBLEMS]:
            findings.error("B05", template, place, row=row, column=name(position))
        template = mark(
            "The cell was turned into a date by the spreadsheet; format the column as text and type it again."
        )
        dates = [(row, position) for row, position in self.dates if name(position) in contract]
        for row, position in dates[:MOST_PROBLEMS]:
            findings.error("B04", template, place, row=row, column=name(position))
        findings.and_more("B05", len(self.uncalculated), place)
        findings.and_more("B04", len(dates), place)
        for position in sorted({position for _, position in self.errors}):
            rows = [row for row, other in self.errors if other == position]
            template = mark("{count} cells hold a spreadsheet error such as #N/A and count as empty (rows {rows}).")
            findings.warning(
                "B06", template, place, row=rows[0], column=name(position), count=len(rows), rows=listed(rows)
            )


def _fill_formulas(
    data: bytes,
    title: str,
    cells: list[list[str]],
    rows: list[int],
    faults: _Faults,
    place: Place,
    findings: Findings,
) -> None:
    """Put the calculated values where formulas stand."""
    calculated = _opened(data, place, findings, values=True)
    if calculated is None:
        return
    at = dict(zip(rows, cells, strict=True))
    for number, record in enumerate(_records(calculated, title), 1):
        for position, (value, kind) in enumerate(record):
            if (number, position) in faults.formulas:
                if value is None:
                    faults.uncalculated.append((number, position))
                else:
                    at[number][position] = _cell_text(value, kind, (number, position), faults)


def _cell_text(value: Any, kind: str, at: tuple[int, int], faults: _Faults) -> str:
    """Return a cell as the text that its reader sees, exact to the last digit."""
    match value:
        case None:
            return ""
        case _ if kind == "f":
            faults.formulas.add(at)
            return ""
        case str() if kind == "e":
            faults.errors.append(at)
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case dt.datetime() | dt.date() | dt.time():
            faults.dates.append(at)
            return value.isoformat()
    return str(value)
