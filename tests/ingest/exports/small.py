"""Small exports for the tests of this room: sheets in memory, archives, workbooks, and what is said about them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from openpyxl import Workbook

from clusternet.errors import InputError, Problem
from clusternet.ingest import read_survey
from clusternet.ingest.exports.export import Part
from clusternet.ingest.findings import Place
from clusternet.ingest.separators import Grid
from clusternet.ingest.source import Options, Source, TextTable
from clusternet.model.settings import Settings

Rows = Sequence[Sequence[str]]


class Sheets:
    """Sheets in memory, as :class:`clusternet.ingest.sheets.Sheets` has them; formulas stand as they are written."""

    def __init__(self, sheets: Mapping[str, Rows], file: str = "export.xlsx", kind: str = "XLSX") -> None:
        self.file, self.format = file, kind
        self.sheets = sheets
        self.scripts: dict[str, bytes] = {}

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(self.sheets)

    def head(self, title: str, rows: int = 3) -> list[list[str]]:
        return [list(row) for row in self.sheets[title][:rows]]

    def grid(
        self,
        title: str,
        *,
        formulas_as_text: bool = False,
        no_dates: Collection[str] = (),
        known: Collection[str] = (),
    ) -> Grid | None:
        kept = [(number, row) for number, row in enumerate(self.sheets[title], 1) if "".join(row).strip()]
        place = Place(self.file, title if self.format == "XLSX" else "")
        return Grid([row for _, row in kept], [number for number, _ in kept], place, counted=False)


def source_of(path: str | Path = "export.xlsx", mapping: Mapping[str, Any] | None = None, **options: Any) -> Source:
    """A survey being read."""
    return Source(Path(path), Settings(mapping=mapping or {}), Options(**options))


def said(source: Source) -> list[tuple[str, str]]:
    """Code and message of all that was found, errors first."""
    return [(problem.code, problem.message()) for problem in (*source.findings.errors, *source.findings.warnings)]


def heads_of(sheets: Mapping[str, Rows]) -> dict[str, list[list[str]]]:
    return {title: [list(row) for row in rows[:3]] for title, rows in sheets.items()}


def table_of(rows: Rows, title: str = "") -> TextTable:
    """A table of text as a reader gives it; the first row is the header."""
    cells = [[np.nan if cell == "" else cell for cell in row] for row in rows[1:]]
    columns = {
        name: pd.array(np.array([row[at] for row in cells], dtype=object), dtype="str")
        for at, name in enumerate(rows[0])
    }
    table = pd.DataFrame(columns, index=pd.RangeIndex(2, len(cells) + 2), copy=False)
    return TextTable(table, Place("export.xlsx", title))


def part_of(title: str, rows: Rows, parent: str = "", parent_at: Sequence[int] = ()) -> Part:
    return Part(title, table_of(rows, title), (), parent, np.array(parent_at, dtype=np.int64))


def csv_of(rows: Rows, separator: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def write_csv(path: Path, rows: Rows, separator: str = ",") -> Path:
    path.write_bytes(csv_of(rows, separator))
    return path


def write_archive(path: Path, files: Mapping[str, Rows | bytes], separator: str = ",") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, bytes) else csv_of(content, separator))
    return path


def write_workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    book.save(path)
    return path


def refused(path: Path, **options: Any) -> list[Problem]:
    """The errors of a survey that must be refused, each with a message that can be shown."""
    with pytest.raises(InputError) as caught:
        read_survey(path, **options)
    assert caught.value.problems, "an error without its list of problems"
    assert all(problem.message() and problem.message("ar") for problem in caught.value.problems)
    return list(caught.value.problems)


def warnings_of(path: Path, code: str, **options: Any) -> list[str]:
    """The warnings of one code of a survey that must be read, each with its place."""
    return [problem.line() for problem in read_survey(path, **options).problems if problem.code == code]
