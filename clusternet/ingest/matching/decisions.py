"""What somebody wrote into a review workbook, read back and checked."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from clusternet.errors import InputError, ResourceError, shown
from clusternet.ingest.archives import opened_archive
from clusternet.ingest.findings import Findings, Place
from clusternet.ingest.names import clean_key
from clusternet.messages import LANGUAGES, mark, translate
from clusternet.model.matching import (
    DIFFERENT,
    DUPLICATE,
    ID_PREFIX,
    MOST_OFFERED,
    NONE,
    PARTNER,
    SAME,
    SHEETS,
    Decision,
    pair_text,
)

Row = Mapping[str, str]


def read_decisions(path: str | Path, ids: Collection[str]) -> tuple[Decision, ...]:
    """Read the decisions of a review workbook.

    Parameters
    ----------
    path : str or Path
        The workbook.
    ids : collection of str
        The ids of the register.

    Returns
    -------
    tuple of Decision
        One for each row with a decision, in the order of the sheets.

    Raises
    ------
    InputError
        If the file is no review workbook, or with every cell that holds no decision (C04), naming sheet, row, column.
    ResourceError
        If the file cannot be read though it is there.
    """
    path, findings = Path(path), Findings()
    found: list[Decision] = []
    sheets = 0
    for title, kind, row, cells, columns in _rows(path, findings):
        sheets += 1
        if not cells:
            continue
        place = Place(path.name, title)
        read = _pair(cells, ids) if kind == DUPLICATE else _partner(cells, ids)
        if isinstance(read, Decision):
            found.append(read)
        elif read:
            value = shown(cells["decision"])
            about = {"row": row, "column": columns["decision"], "value": value, "most": MOST_OFFERED}
            findings.error("C04", read, place, **about)
    if not sheets and not findings.errors:
        template = mark(
            '"{value}" is no workbook that clusternet match wrote, and is not replaced; name another file with --out.'
        )
        findings.error("C04", template, Place(path.name), value=shown(path.name))
    if findings.errors:
        template = mark("The decisions cannot be read as they stand; nothing was changed. Cells to correct: {count}.")
        raise InputError(template, problems=findings.errors, count=len(findings.errors))
    return tuple(found)


def _rows(path: Path, findings: Findings) -> Iterator[tuple[str, str, int, Row, Row]]:
    """Yield each sheet of ours without cells, then its rows: sheet, kind, row, cells, heads of the columns."""
    try:
        data = path.read_bytes()
    except OSError as error:
        template = mark('The file "{path}" cannot be read ({reason}); check its name, its permissions and the disk.')
        raise ResourceError(template, path=shown(path), reason=error.strerror or type(error).__name__) from error
    if opened_archive(data, Place(path.name), findings) is None:
        return
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True)
    except Exception:  # openpyxl answers archives that are no workbook with a dozen kinds of exception
        findings.error("B09", mark("The file is no workbook, or is damaged; save it again as .xlsx."), Place(path.name))
        return
    for sheet in book.worksheets:
        lines = sheet.iter_rows(values_only=True)
        kind, keys = _keys(next(lines, ()))
        if not kind:
            continue
        yield sheet.title, kind, 1, {}, {}
        # Below the hidden keys stand a sentence and the heads.
        next(lines, ())
        heads = dict(zip(keys, map(_text, next(lines, ())), strict=False))
        for row, values in enumerate(lines, start=4):
            cells = dict(zip(keys, map(_text, values), strict=False))
            if cells.get("decision"):
                yield sheet.title, kind, row, cells, heads


def _keys(line: tuple[Any, ...]) -> tuple[str, list[str]]:
    """Return which of our sheets a first row is of, and the keys of its columns."""
    texts = [_text(value) for value in line]
    for kind, keys in SHEETS.items():
        found = [text.removeprefix(f"{kind}.") for text in texts]
        if f"{kind}.decision" in texts and set(keys) <= set(found):
            return kind, found
    return "", []


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _means(cell: str, word: str) -> bool:
    """Return whether a cell holds a word, in any of our languages."""
    return cell.casefold() in {translate(word, language).casefold() for language in LANGUAGES}


def _partner(cells: Row, ids: Collection[str]) -> Decision | str:
    """Return the decision about a partner, or what is wrong with it."""
    cell = cells["decision"]
    if _means(cell, NONE):
        return Decision(PARTNER, cells["text"], "")
    if cell.isdecimal() and len(cell) == 1 and 1 <= int(cell) <= MOST_OFFERED:
        chosen = cells.get(f"id_{int(cell)}", "")
        if chosen:
            return Decision(PARTNER, cells["text"], chosen)
        return mark('There is no candidate {value} in this row; choose one that is there, or write the id or "none".')
    identifier = clean_key(cell.removeprefix(ID_PREFIX))
    if identifier in ids:
        return Decision(PARTNER, cells["text"], identifier)
    return mark(
        '"{value}" is no decision; expected the number of a candidate (1 to {most}), "none", or an enterprise_id of '
        "the register."
    )


def _pair(cells: Row, ids: Collection[str]) -> Decision | str:
    """Return the decision about two enterprises, or what is wrong with it."""
    cell = cells["decision"]
    pair = cells["id_1"], cells["id_2"]
    if _means(cell, DIFFERENT):
        return Decision(DUPLICATE, pair_text(*pair), "")
    kept = pair[0] if _means(cell, SAME) else clean_key(cell.removeprefix(ID_PREFIX))
    if kept in pair and set(pair) <= set(ids):
        return Decision(DUPLICATE, pair_text(*pair), kept)
    return mark(
        '"{value}" is no decision; expected "same", "different", or the id of the one of the two that shall stay.'
    )
