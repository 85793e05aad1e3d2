"""From the sheets of an export to its parts: odd header rows, repeated headers, rows that hang on other rows."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from clusternet.errors import shown
from clusternet.ingest.exports.export import Part
from clusternet.ingest.findings import Place
from clusternet.ingest.names import INVISIBLE
from clusternet.ingest.separators import Grid
from clusternet.ingest.sheets import Sheets
from clusternet.ingest.source import Source, TextTable
from clusternet.ingest.tables import table_of
from clusternet.messages import LANGUAGES, mark, translate
from clusternet.model.problem_codes import LIST_SHEET

#: A tag of the Humanitarian Exchange Language, such as ``#loc +name``; not ``#REF!``, and no number such as ``#12``.
_TAG = re.compile(r"#[a-z]\w*(?:\s*\+\s*[a-z]\w*)*", re.IGNORECASE | re.ASCII)


def titles_of_answers(sheets: Sheets) -> list[str]:
    """Return the titles of a file's sheets without the list of problems that our own marked copies begin with."""
    lists = {translate(LIST_SHEET, language) for language in LANGUAGES}
    return [title for title in sheets.titles if title not in lists]


def read_part(sheets: Sheets, title: str, source: Source, *, formulas_as_text: bool = False) -> Part | None:
    """Read one sheet of an export as text.

    Parameters
    ----------
    sheets : Sheets
        The file.
    title : str
        The sheet.
    source : Source
        The survey being read; takes the problems of files and workbooks.
    formulas_as_text : bool
        Whether a formula is an answer that begins with "=".

    Returns
    -------
    Part or None
        The rows, HXL tags left out; None for a sheet without a header, or where an error was noted.
    """
    grid = sheets.grid(title, formulas_as_text=formulas_as_text)
    if grid is None or not grid.cells:
        return None
    return part_of_grid(grid, title, source)


def part_of_grid(grid: Grid, title: str, source: Source) -> Part | None:
    """Return the rows of a sheet as a part; see :func:`read_part`."""
    body = slice(2, None) if len(grid.cells) > 1 and _is_tags(grid.cells[1]) else slice(1, None)
    header = _told_apart(grid.cells[0], grid.rows[0], grid.place, source)
    cells = [header, *grid.cells[body]]
    grid = dataclasses.replace(grid, cells=cells, rows=[grid.rows[0], *grid.rows[body]])
    # A repeat that nobody filled in is a sheet with a header alone.
    lenient = dataclasses.replace(source, options=dataclasses.replace(source.options, allow_empty=True))
    table = table_of(grid, lenient)
    return None if table is None else Part(title, table)


def _is_tags(record: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in record if cell.strip()]
    return bool(filled) and all(_TAG.fullmatch(cell) for cell in filled)


def _told_apart(header: Sequence[str], row: int, place: Place, source: Source) -> list[str]:
    """Number headers that stand twice: labels of two questions may be the same, and most are never used."""
    names = [INVISIBLE.sub("", name).strip() for name in header]
    counts = Counter(name for name in names if name)
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        numbered = name
        while name and seen[name] > 1 and (numbered := f"{name} ({seen[name]})") in counts:
            seen[name] += 1  # a header may be called so of itself
        found.append(numbered)
    twice = [name for name, count in counts.items() if count > 1]
    if twice:
        template = mark("{count} columns are called like another one ({value}); the second gets (2) behind its name.")
        source.findings.warning(
            "A20", template, place, row=row, column=twice[0], count=len(twice), value=shown(", ".join(twice))
        )
    return found


def hung_on(
    part: Part, parent: Part, keys: pd.Series, parent_keys: pd.Series, source: Source, *, every_key: pd.Series
) -> Part:
    """Return a part whose rows hang on those of its parent by a key.

    Parameters
    ----------
    part, parent : Part
        The repeat, and what it lies in.
    keys : Series of str
        For each row of the part, the key of its parent.
    parent_keys : Series of str
        The key of each row of the parent.
    source : Source
        The survey being read; takes E11: rows whose parent is not there.
    every_key : Series of str
        The keys of the parent's rows before any was left out; what hung on those goes with them.

    Returns
    -------
    Part
        The rows that have a parent.
    """
    known = pd.Series(np.arange(len(parent_keys)), index=parent_keys.to_numpy(dtype=object))
    known = known[~known.index.duplicated(keep="first") & known.index.notna()]
    at = known.reindex(keys.to_numpy(dtype=object)).to_numpy(dtype=np.float64)
    gone = np.isnan(at)
    lost = gone & ~keys.isin(every_key.dropna()).to_numpy(dtype=bool)
    template = mark(
        '{count} rows belong to no submission of "{value}" and were left out (rows {rows}); export all of it again.'
    )
    rows = part.rows.index[lost].tolist()
    source.findings.counted("E11", template, part.place, rows, value=shown(parent.title))
    source.note_dropped("E11", part.title, int(lost.sum()))
    kept = TextTable(part.rows[~gone], part.place)
    return dataclasses.replace(part, table=kept, parent=parent.title, parent_at=at[~gone].astype(np.int64))


def parents_first(parts: Mapping[str, Part]) -> dict[str, Part]:
    """Return parts in an order in which each stands behind the one that it hangs on."""
    found: dict[str, Part] = {}
    while len(found) < len(parts):
        ready = {title: part for title, part in parts.items() if title not in found and part.parent in {"", *found}}
        if not ready:
            break  # a part whose parent is not among them
        found |= ready
    return found
