"""From records to a table of text: header, number of fields, length of cells, missing cells."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusternet.errors import shown
from clusternet.ingest.encoding import mojibake_repair
from clusternet.ingest.findings import Findings, Place, listed
from clusternet.ingest.names import INVISIBLE, distinct_texts
from clusternet.ingest.separators import Grid
from clusternet.ingest.sheet_layout import note_lower_header
from clusternet.ingest.sheets import open_text
from clusternet.ingest.source import Source, TextTable
from clusternet.messages import mark
from clusternet.model.catalogue import nearest
from clusternet.model.schema import SCHEMA

#: How alike a further column must be to one of the contract to be taken for a slip.
_SLIP = 0.85


def read_grid(path: Path, source: Source, known: Collection[str] = ()) -> Grid | None:
    """Read the records of a text file, or note why there are none."""
    text = open_text(path, source)
    return None if text is None else text.grid(text.titles[0], known=known)


def read_table(
    path: Path,
    source: Source,
    *,
    required: Collection[str] = (),
    rename: Mapping[str, str] | None = None,
    known: Collection[str] = (),
) -> TextTable | None:
    """Read a CSV file as a table of text.

    Parameters
    ----------
    path : Path
        The file.
    source : Source
        The survey being read; takes A01 to A26.
    required : collection of str
        Columns, by their names in the file, that must be there and filled in every row.
    rename : mapping of str to str, optional
        Names in the file and the names that they get.
    known : collection of str
        Further names that help to tell the separator.

    Returns
    -------
    TextTable or None
        The table; None where an error was noted.
    """
    known = (*required, *known, *(rename or {}))
    text = open_text(path, source)
    if text is None:
        return None
    quick = text.quick(required, known)
    if quick is not None:
        place = Place(text.file)
        names = _header(Grid([quick.header], [1], place), source.findings)
        columns = dict(zip(names, quick.columns, strict=True))
        return _table_of_columns(columns, range(2, len(quick.columns[0]) + 2), place, source, rename)
    grid = text.grid(text.titles[0], known=known)
    return None if grid is None else table_of(grid, source, required=required, rename=rename)


def table_of(
    grid: Grid, source: Source, *, required: Collection[str] = (), rename: Mapping[str, str] | None = None
) -> TextTable | None:
    """Turn records into a table of text, or note why they do not make one."""
    findings, place = source.findings, grid.place
    before = len(findings.errors)
    if not grid.cells:
        findings.error("A02", mark("There is nothing here; expected a header and at least one row."), place)
        return None
    names = _header(grid, findings)
    missing = [name for name in required if name not in names]
    if not note_lower_header(grid.cells, grid.rows, required, place, findings):
        for name in missing:
            _note_missing(name, names, findings, place)
    elif missing:
        return None
    body, rows = grid.cells[1:], grid.rows[1:]
    if not body and not source.options.allow_empty:
        findings.error("A03", mark("There are no rows below the header; fill in at least one."), place)
    if grid.counted:
        _check_fields(grid, names, required, findings)
    if len(findings.errors) > before:
        return None
    columns = _columns(body, len(names))
    kept = {name: _text(values) for name, values in zip(names, columns, strict=True) if name}
    return _table_of_columns(kept, rows, place, source, rename)


def _table_of_columns(
    columns: dict[str, pd.Series], rows: Sequence[int], place: Place, source: Source, rename: Mapping[str, str] | None
) -> TextTable | None:
    """Put a table together from its columns, and check every cell."""
    findings = source.findings
    before = len(findings.errors)
    renamed = _renamed(columns, rename or {}, findings, place)
    index = pd.Index(np.array(rows, dtype=np.int64))
    table = pd.DataFrame({name: values.array for name, values in renamed.items()}, index=index, copy=False)
    _check_cells(table, source, place)
    source.note_rows(place.file, len(table))
    return TextTable(table, place) if len(findings.errors) == before else None


# ---------------------------------------------------------------------- the header
def _header(grid: Grid, findings: Findings) -> list[str]:
    """Return the names of the columns, trimmed; an empty text for a column without name and without a value."""
    place, row = grid.place, grid.rows[0]
    names = []
    for name in grid.cells[0]:
        trimmed = INVISIBLE.sub("", name).strip()
        if trimmed != name and trimmed:
            template = mark('Spaces or invisible characters around the column name "{value}" were ignored.')
            findings.warning("A19", template, place, row=row, column=trimmed, value=shown(trimmed))
        names.append(trimmed)
    for name, count in Counter(names).items():
        if count > 1 and name:
            positions = listed(position for position, other in enumerate(names, 1) if other == name)
            template = mark('The column "{value}" stands at positions {positions}; keep or rename one of them.')
            findings.error("A20", template, place, row=row, column=name, value=shown(name), positions=positions)
    for position, name in enumerate(names):
        if not name and any(position < len(record) and record[position].strip() for record in grid.cells[1:]):
            template = mark("Column {position} has values and no name; write its name in the header.")
            findings.error("A21", template, place, row=row, position=position + 1)
    return names


def _note_missing(name: str, names: Collection[str], findings: Findings, place: Place) -> None:
    near = nearest(name, [other for other in names if other])
    template = (
        mark('The column "{name}" is missing; did you mean it by "{near}"? Rename that column.')
        if near
        else mark(
            'The column "{name}" is missing; add it, or rename the one that holds it. The columns found are: {found}.'
        )
    )
    found = shown(", ".join(names))
    findings.error("A21", template, place, row=1, column=name, value=shown(near), name=name, near=near, found=found)


def contract_columns(table: TextTable, name: str, findings: Findings) -> TextTable:
    """Keep the columns that a table of the contract may have; further ones stay in the register only.

    Parameters
    ----------
    table : TextTable
        The table as it was read.
    name : str
        Which table of the contract it is.
    findings : Findings
        Takes A21: a column that is ignored, or one that looks like a slip.

    Returns
    -------
    TextTable
        The same rows.
    """
    known = SCHEMA[name].names
    further = [column for column in table.rows.columns if column not in known]
    for column in further:
        free = [other for other in known if other not in table.rows.columns]
        slips = difflib.get_close_matches(column.casefold(), free, n=1, cutoff=_SLIP)
        if name != "enterprises":
            template = mark('The column "{value}" is not known and was ignored; known columns: {known}.')
            findings.warning(
                "A21", template, table.place, row=1, column=column, value=shown(column), known=", ".join(known)
            )
        elif slips:
            template = mark('The column "{value}" was kept as one of your own; if you meant "{near}", rename it.')
            findings.warning("A21", template, table.place, row=1, column=column, value=shown(column), near=slips[0])
    kept = table.rows if name == "enterprises" else table.rows.drop(columns=further)
    return TextTable(kept, table.place)


def warn_of_slip(name: str, others: Collection[str], place: Place, findings: Findings) -> None:
    """Warn of a file or sheet that is called nearly as a table which is not there."""
    spelled = {other.strip().casefold().removesuffix(".csv"): other for other in others}
    for slip in difflib.get_close_matches(name, spelled, n=1, cutoff=_SLIP):
        template = mark('"{value}" was not read; if it is the table {name}, call it so.')
        findings.warning("A21", template, place, value=shown(spelled[slip]), name=name)


def _renamed(
    columns: dict[str, pd.Series], rename: Mapping[str, str], findings: Findings, place: Place
) -> dict[str, pd.Series]:
    for name in rename:
        if name not in columns:
            near = nearest(name, columns)
            template = mark('The column "{value}", which [mapping] renames, is not there; the nearest is "{near}".')
            findings.error("A21", template, place, row=1, column=name, value=shown(name), near=near or "-")
    found: dict[str, pd.Series] = {}
    for name, values in columns.items():
        new = rename.get(name, name)
        if new in found:
            template = mark('Two columns would be called "{value}"; change [mapping] rename.')
            findings.error("A20", template, place, row=1, column=name, value=shown(new))
        found[new] = values
    return found


# ---------------------------------------------------------------------- the records
def _check_fields(grid: Grid, names: list[str], required: Collection[str], findings: Findings) -> None:
    """Count the fields of every record before anything is understood."""
    expected, place = len(names), grid.place
    lengths = np.fromiter(map(len, grid.cells[1:]), dtype=np.int64, count=len(grid.cells) - 1)
    rows = np.array(grid.rows[1:], dtype=np.int64)
    long = lengths > expected
    if long.any() and long.all() and len(set(lengths.tolist())) == 1:
        template = mark("The header has {expected} fields, the rows have {found}; add the missing column name.")
        findings.error("A14", template, place, row=int(rows[0]), expected=expected, found=int(lengths[0]))
    elif long.any():
        template = mark("The row has more fields than the header ({expected}); quote the cell that holds a separator.")
        findings.each("A13", template, place, rows[long].tolist(), expected=expected)
    short = lengths < expected
    if short.any() and short[-1] and not grid.ends_with_newline:
        template = mark("The last row is cut off ({found} of {expected} fields); get the whole file again.")
        findings.error("A22", template, place, row=int(rows[-1]), expected=expected, found=int(lengths[-1]))
        short[-1] = False
    last_required = max((position for position, name in enumerate(names) if name in required), default=-1)
    lacking = short & (lengths <= last_required)
    template = mark("The row ends before a required column ({expected} fields expected); complete it.")
    findings.each("A15", template, place, rows[lacking].tolist(), expected=expected)
    template = mark("{count} rows have fewer fields than the header; the missing ones count as empty (rows {rows}).")
    findings.counted("A15", template, place, rows[short & ~lacking].tolist())


def _columns(body: Sequence[Sequence[str]], width: int) -> list[Sequence[str]]:
    """Return the columns of the records, short ones filled up."""
    if any(len(record) < width for record in body):
        body = [record if len(record) >= width else (*record, *[""] * (width - len(record))) for record in body]
    columns: list[Sequence[str]] = [*zip(*body, strict=False)] if body else [()] * width
    return columns[:width]


def _text(values: Sequence[str]) -> pd.Series:
    cells = np.array(values, dtype=object)
    cells[cells == ""] = np.nan
    return pd.Series(pd.array(cells, dtype="str"))


def _check_cells(table: pd.DataFrame, source: Source, place: Place) -> None:
    """Check every cell for length, NUL and signs of a wrong encoding; columns of plain text cost next to nothing."""
    most = source.options.max_cell_chars
    for column in table.columns:
        # Where cells are alike they are as good as one.
        _, distinct = distinct_texts(table[column])
        joined = "".join(distinct)
        if len(joined) > most and max(map(len, distinct)) > most:
            code = "C17" if column == "name" else "A23"
            long = table.index[(table[column].str.len() > most).to_numpy(dtype=bool)]
            template = mark("The cell has more than {most} characters; shorten it.")
            source.findings.each(code, template, place, long.tolist(), column=column, most=most)
        if "\x00" in joined:
            cells = table[column].dropna()
            rows = cells.index[cells.str.contains("\x00", regex=False)].tolist()
            template = mark("The cell holds a NUL character; remove it or export the file again.")
            source.findings.each("A09", template, place, rows, column=column)
        if not joined.isascii():
            _warn_of_mojibake(table[column].dropna(), distinct, source.findings, place)


def _warn_of_mojibake(cells: pd.Series, distinct: NDArray[np.object_], findings: Findings, place: Place) -> None:
    column = str(cells.name)
    # A partner may be named in words, and a name is confidential wherever it stands.
    confidential = column in ("source", "target") or any(
        column == entry.name and entry.confidential for table in SCHEMA.values() for entry in table.columns
    )
    repairs = {text: repaired for text in distinct if not text.isascii() and (repaired := mojibake_repair(text))}
    if repairs:
        rows = cells.index[cells.isin(repairs)].tolist()
        first = str(cells[rows[0]] if cells.index.is_unique else next(iter(repairs)))
        template = (
            mark(
                "In {count} rows ({rows}) the text looks read in a wrong encoding. Export the file again as UTF-8; "
                "nothing was changed."
            )
            if confidential
            else mark(
                'In {count} rows ({rows}) the text looks read in a wrong encoding; "{value}" may be "{repair}". '
                "Export the file again as UTF-8; nothing was changed."
            )
        )
        repair = shown(repairs[first], confidential=confidential)
        value = shown(first, confidential=confidential)
        findings.counted("A08", template, place, rows, column=column, value=value, repair=repair)
