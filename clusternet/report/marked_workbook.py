"""A copy of the officer's workbook with the bad cells marked, and a first sheet that lists all problems."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from clusternet.draw.wording import visible
from clusternet.errors import Problem, ResourceError
from clusternet.messages import LANGUAGES, mark, translate
from clusternet.model.problem_codes import LIST_SHEET
from clusternet.report.cell_marks import mark_cells, write_text
from clusternet.report.problem_sheet import list_problems
from clusternet.report.steady_archive import steady_archive

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

#: The longest title of a sheet.
LONGEST_TITLE = 31
#: A clock in the file would make two runs differ.
_CREATED = datetime(2000, 1, 1)
_NO_TITLE = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, eq=False)
class Original:
    """One file of a survey as the officer sees it.

    Parameters
    ----------
    file : str
        Its name, as problems give it.
    workbook : bytes
        The content of an XLSX; empty for other files.
    sheets : mapping of str to sequence of rows
        For other files, the cells as text by the title of the sheet; row 1 of a spreadsheet is the first.
    """

    file: str
    workbook: bytes = b""
    sheets: Mapping[str, Sequence[Sequence[str]]] | None = None


def marked_bytes(problems: Sequence[Problem], originals: Sequence[Original], language: str) -> bytes:
    """Return the marked copy as an XLSX.

    Parameters
    ----------
    problems : sequence of Problem
        The problems, with file, sheet, row and column as the files show them.
    originals : sequence of Original
        The files; the first workbook is kept as it is, everything else is added as sheets of text.
    language : {"en", "ar"}
        The language of the list and the comments.

    Returns
    -------
    bytes
        The workbook; the same arguments give the same bytes.

    Raises
    ------
    ResourceError
        If memory does not suffice.
    """
    try:
        book, sheets = _copied(originals, language)
        spots = mark_cells(problems, sheets, language)
        first = book.create_sheet(_free_title(book, translate(LIST_SHEET, language)), 0)
        list_problems(first, problems, spots, language)
        for other in book.worksheets:
            other.sheet_view.tabSelected = other is first
        book.active = 0
        stream = io.BytesIO()
        book.save(stream)
    except MemoryError as error:
        raise ResourceError(mark("There is not enough memory for the marked copy; run without --out.")) from error
    return steady_archive(stream.getvalue())


# ---------------------------------------------------------------------- the copy
def _copied(originals: Sequence[Original], language: str) -> tuple[Workbook, dict[tuple[str, str], Worksheet]]:
    """Return a workbook with all sheets of all files, and each sheet by its file and title."""
    book, whole = _first_workbook(originals)
    found = {} if whole is None else {(whole.file, sheet.title): sheet for sheet in book.worksheets}
    for original in originals:
        if original is whole:
            continue
        tables = _values(original.workbook) if original.workbook else (original.sheets or {})
        for title, rows in tables.items():
            sheet = book.create_sheet(_free_title(book, title if len(tables) > 1 else original.file.rsplit(".", 1)[0]))
            sheet.sheet_view.rightToLeft = LANGUAGES[language] == "rtl"
            _write_rows(sheet, rows)
            found[original.file, title] = sheet
    return book, found


def _first_workbook(originals: Sequence[Original]) -> tuple[Workbook, Original | None]:
    """Return the first workbook that opens whole, with all its formats; an empty one where there is none."""
    import openpyxl

    for original in originals:
        book = _opened(original.workbook) if original.workbook else None
        if book is not None:
            return book, original
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.created = _CREATED
    return book, None


def _opened(workbook: bytes, **how: bool) -> Workbook | None:
    """Open a workbook; None where it is damaged or has parts that openpyxl does not know."""
    import openpyxl

    with warnings.catch_warnings():
        # What openpyxl cannot copy, such as a slicer, it warns of; no reader of the marks misses it.
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(io.BytesIO(workbook), **how)
        except MemoryError:
            raise
        except Exception:  # openpyxl answers what it does not know with exceptions of every kind
            return None


def _values(workbook: bytes) -> dict[str, list[list[str]]]:
    """Return what a further workbook shows, as text; nothing where it cannot be opened."""
    book = _opened(workbook, data_only=True, read_only=True)
    if book is None:
        return {}
    return {
        sheet.title: [
            ["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in book.worksheets
    }


def _write_rows(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows, 1):
        for position, text in enumerate(row, 1):
            if text:
                write_text(sheet.cell(number, position), text)
    sheet.freeze_panes = "A2"


def _free_title(book: Workbook, wanted: str) -> str:
    """Return a title that a sheet may have and that no other has."""
    title = _NO_TITLE.sub("_", visible(wanted)).strip("' ")[:LONGEST_TITLE] or "sheet"
    taken = {sheet.title.casefold() for sheet in book.worksheets}
    number = 2
    while title.casefold() in taken:
        tail = f" {number}"
        title, number = title[: LONGEST_TITLE - len(tail)].removesuffix(f" {number - 1}") + tail, number + 1
    return title
