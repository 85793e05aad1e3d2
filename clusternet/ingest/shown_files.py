"""The files of a survey as the officer sees them: for marking what is wrong, whether or not they could be read."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from clusternet.errors import ClusternetError, Problem
from clusternet.ingest.exports.containers import open_bytes
from clusternet.ingest.separators import SEPARATORS
from clusternet.ingest.source import Source
from clusternet.model.receipt import FileRead, Receipt
from clusternet.model.settings import Settings

#: Larger files are only listed.
MOST_BYTES = 256 << 20
#: Of a table with more cells only the header and the rows with problems are shown, each where it stands, because a
#: workbook takes long to write. A workbook that unpacks to more is not kept as it is, but treated like a text table.
MOST_CELLS = 200_000
MOST_UNPACKED = 16 << 20
#: So many rows may be header.
_HEADER_ROWS = 3
_WORKBOOKS = (".xlsx", ".xlsm")
_BINARY = (".sav", ".zsav", ".dta", ".parquet")
_TEXTS = (".csv", ".tsv", ".tab", ".txt", ".edgelist", ".edges")
#: A workbook with one of these was refused before it was opened, and is not opened here either.
_UNSAFE = frozenset({"A24", "A26", "B09", "B10", "B11"})


class ShownFile(NamedTuple):
    """One file: the bytes of a workbook, or the cells of a text table."""

    file: str
    workbook: bytes
    sheets: dict[str, list[list[str]]]


class ShownFiles(NamedTuple):
    """The files that can be shown, those shown in part, and those too large to be shown at all."""

    files: list[ShownFile]
    in_part: list[str]
    too_large: list[str]


def shown_files(path: Path, receipt: Receipt, problems: Collection[Problem]) -> ShownFiles:
    """Return the files of a survey that can be shown in a spreadsheet.

    Parameters
    ----------
    path : Path
        The survey: a file, an archive or a folder.
    receipt : Receipt
        What was read; tells encodings and separators.
    problems : collection of Problem
        What was found; a workbook that was refused as unsafe is left out.

    Returns
    -------
    ShownFiles
        In the order of names. Rows stand where a spreadsheet shows them.
    """
    unsafe = {_base(problem.file) for problem in problems if problem.code in _UNSAFE}
    wanted = {file.name for file in receipt.files} | {_base(problem.file) for problem in problems}
    known = {file.name: file for file in receipt.files}
    found = ShownFiles([], [], [])
    for name, size, data in _contents(path, wanted - unsafe):
        suffix = PurePosixPath(name).suffix.casefold()
        if suffix not in (*_WORKBOOKS, *_TEXTS, *_BINARY):
            continue
        if size > MOST_BYTES:
            found.too_large.append(name)
        elif suffix in _WORKBOOKS and _unpacked(data) <= MOST_UNPACKED:
            found.files.append(ShownFile(name, data, {}))
        else:
            sheets = (
                {PurePosixPath(name).stem: _rows_of(data, known.get(name))}
                if suffix in _TEXTS
                else _read_again(name, data, path)
            )
            rows = {problem.row for problem in problems if _base(problem.file) == name and problem.row is not None}
            short = {title: _shortened(table, rows) for title, table in sheets.items()}
            if short != sheets:
                found.in_part.append(name)
            if sheets:
                found.files.append(ShownFile(name, b"", short))
    return found


def _rows_of(data: bytes, read: FileRead | None) -> list[list[str]]:
    signs = {word: sign for sign, word in SEPARATORS.items()}
    return _rows(_text(data, read.encoding if read else ""), signs.get(read.separator, "") if read else "")


def _shortened(table: list[list[str]], rows: Collection[int]) -> list[list[str]]:
    """Return a table; of a large one the header and the rows with problems only, the others empty."""
    if sum(map(len, table)) <= MOST_CELLS:
        return table
    return [row if number <= _HEADER_ROWS or number in rows else [] for number, row in enumerate(table, 1)]


def _base(file: str) -> str:
    return file.replace("\\", "/").rsplit("/", 1)[-1]


def _contents(path: Path, wanted: Collection[str]) -> Iterator[tuple[str, int, bytes]]:
    """Yield name, size and content of every wanted file, in the order of names; nothing that is too large is read."""
    if path.is_dir():
        for file in sorted(path.iterdir()):
            if file.name in wanted and file.is_file():
                size = file.stat().st_size
                yield file.name, size, file.read_bytes() if size <= MOST_BYTES else b""
        return
    if path.suffix.casefold() != ".zip":
        # The mapping of a single file may name others beside it.
        for file in sorted(path.parent / name for name in wanted if name):
            if file.is_file():
                size = file.stat().st_size
                yield file.name, size, file.read_bytes() if size <= MOST_BYTES else b""
        return
    try:
        with zipfile.ZipFile(path) as archive:
            for member in sorted(archive.infolist(), key=lambda member: member.filename):
                name = _base(member.filename)
                if name in wanted:
                    yield name, member.file_size, archive.read(member) if member.file_size <= MOST_BYTES else b""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return  # damaged or locked: the problem is listed, and there is nothing to show


def _read_again(name: str, data: bytes, path: Path) -> dict[str, list[list[str]]]:
    """Return what a file that is no text holds, where it can be read."""
    try:
        opened = open_bytes(name, data, Source(path, Settings()))
        grids = {title: opened.grid(title) for title in opened.titles} if opened else {}
    except ClusternetError:
        return {}  # the survey was refused for it already
    sheets = {}
    for title, grid in grids.items():
        if grid is not None:
            rows: list[list[str]] = [[] for _ in range(max(grid.rows, default=0))]
            for row, cells in zip(grid.rows, grid.cells, strict=True):
                rows[row - 1] = list(cells)
            sheets[title] = rows
    return sheets


def _unpacked(workbook: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        return 0


def _text(data: bytes, encoding: str) -> str:
    """Return bytes as text in the encoding that they were read in; broken letters stay visible where none fits."""
    tried = [encoding] if encoding else []
    tried += ["utf-16"] if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ["utf-8-sig"]
    for name in tried:
        try:
            return data.decode(name).removeprefix("\ufeff")
        except (LookupError, ValueError):
            continue
    return data.decode("utf-8", "replace").removeprefix("\ufeff")


def _rows(text: str, separator: str) -> list[list[str]]:
    """Return the records of a text table, each where a spreadsheet shows it; what no quote closes line by line."""
    if not separator:
        first = text.split("\n", 1)[0]
        separator = max(SEPARATORS, key=first.count)
    kept: list[str] = []

    def remembered() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            kept.append(line)
            yield line

    lines = remembered()
    rows: list[list[str]] = []
    try:
        for record in csv.reader(lines, delimiter=separator, strict=True):
            rows.append(record)
            kept.clear()
    except csv.Error:
        rows += [line.rstrip("\r\n").split(separator) for line in [*kept, *lines]]
    return rows
