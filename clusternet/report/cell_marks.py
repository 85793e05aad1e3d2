"""Marks in the cells of a workbook: a colour by severity, and a comment that says what is wrong and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from clusternet.draw.wording import visible
from clusternet.errors import Problem
from clusternet.messages import mark, translate
from clusternet.model.problem_codes import PROBLEM_CODES
from clusternet.model.schema import SCHEMA

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: The colours of a marked cell: red for an error, yellow for a warning.
FILLS: Mapping[str, str] = {"error": "FFF4A6A0", "warning": "FFFFE699"}
#: What one cell and one comment can hold.
LONGEST_CELL, LONGEST_COMMENT = 32_767, 4_000
#: In so many first rows a column is looked for by its name.
_HEADER_ROWS = 3
_TWIN = re.compile(r"(.+) \((\d+)\)")


class Spot(NamedTuple):
    """Where a problem is marked: a sheet, and the name of a cell such as ``"B7"``."""

    sheet: Worksheet
    cell: str


class _Layout(NamedTuple):
    """What is asked of a sheet again and again: its last row, and where each name of its first rows stands."""

    sheet: Worksheet
    last_row: int
    columns: Mapping[str, list[int]]


def write_text(cell: Any, text: str) -> None:
    """Write a text as text: never as a formula, and whatever it begins with."""
    shown = visible_lines(text)
    cell.value = shown if len(shown) <= LONGEST_CELL else shown[: LONGEST_CELL - 1] + "…"
    cell.data_type = "s"
    cell.number_format = "@"


def visible_lines(text: str) -> str:
    """Return a text with its line ends, everything else that cannot be seen replaced."""
    if text.isprintable():
        return text
    return "\n".join(visible(line) for line in text.replace("\r\n", "\n").split("\n"))


def mark_cells(
    problems: Sequence[Problem], sheets: Mapping[tuple[str, str], Worksheet], language: str
) -> list[Spot | None]:
    """Mark every cell that a problem is about.

    Parameters
    ----------
    problems : sequence of Problem
        The problems.
    sheets : mapping of (str, str) to Worksheet
        Each sheet by its file and its title there.
    language : {"en", "ar"}
        The language of the comments.

    Returns
    -------
    list of Spot or None
        For each problem, where it is marked; None where it has no cell.
    """
    noted: dict[tuple[int, str], tuple[Any, list[Problem]]] = {}
    layouts = {where: _Layout(sheet, sheet.max_row, _columns(sheet)) for where, sheet in sheets.items()}
    spots: list[Spot | None] = []
    for problem in problems:
        layout = _layout_of(problem, layouts)
        cells = [] if layout is None else _cells_of(problem, layout)
        for cell in cells:
            noted.setdefault((id(cell.parent), cell.coordinate), (cell, []))[1].append(problem)
        spots.append(Spot(cells[0].parent, cells[0].coordinate) if cells else None)
    for cell, here in noted.values():
        _mark(cell, here, language)
    return spots


def _layout_of(problem: Problem, layouts: Mapping[tuple[str, str], _Layout]) -> _Layout | None:
    file = problem.file.replace("\\", "/").rsplit("/", 1)[-1]
    exact = layouts.get((file, problem.sheet))
    if exact is not None:
        return exact
    own = {title: layout for (name, title), layout in layouts.items() if name == file}
    wanted = problem.sheet.strip().casefold()
    alike = [layout for title, layout in own.items() if title.strip().casefold() == wanted]
    if len(alike) == 1:
        return alike[0]
    # A text file is one sheet, whatever it is called.
    return next(iter(own.values())) if len(own) == 1 else None


def _columns(sheet: Worksheet) -> dict[str, list[int]]:
    """Return the positions of every name in the first rows; a name of an upper row comes first."""
    found: dict[str, list[int]] = {}
    for row in sheet.iter_rows(min_row=1, max_row=_HEADER_ROWS):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.strip():
                found.setdefault(_plain(cell.value), []).append(cell.column)
    return found


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable() or letter.isspace()).strip().casefold()


def _position(name: str, columns: Mapping[str, list[int]]) -> int | None:
    """Return the column of a name; of several with one name the second is called "name (2)"."""
    exact = columns.get(_plain(name))
    if exact:
        return exact[0]
    twin = _TWIN.fullmatch(name)
    if twin and len(columns.get(_plain(twin[1]), [])) >= int(twin[2]) > 0:
        return columns[_plain(twin[1])][int(twin[2]) - 1]
    return None


def _cells_of(problem: Problem, layout: _Layout) -> list[Any]:
    """Return the cells that a problem is about; the first cell of a row where no column is named."""
    position = _position(problem.column, layout.columns) if problem.column else None
    if problem.row is None and position is None:
        return []
    rows = [problem.row or 1]
    if position is not None and (problem.sheet.strip().casefold() or problem.file.rsplit(".", 1)[0]) in SCHEMA:
        # The rows that a warning lists stand in the same sheet where that is a table of the contract.
        rows += [int(row) for row in re.findall(r"\d+", str(problem.values.get("rows", ""))) if int(row) != problem.row]
    return [_anchor(layout.sheet, row, position or 1) for row in rows if 1 <= row <= layout.last_row + 1]


def _anchor(sheet: Worksheet, row: int, column: int) -> Any:
    """Return a cell, or the first cell of the merged range that it lies in, which alone can have a comment."""
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet.cell(row, column)


def _mark(cell: Any, problems: Sequence[Problem], language: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    severity = "error" if any(problem.severity == "error" for problem in problems) else "warning"
    cell.fill = PatternFill("solid", start_color=FILLS[severity], end_color=FILLS[severity])
    said = list(dict.fromkeys(_comment(problem, language) for problem in problems))
    before = [cell.comment.text] if cell.comment else []
    text = visible_lines("\n\n".join([*before, *said]))
    text = text if len(text) <= LONGEST_COMMENT else text[: LONGEST_COMMENT - 1] + "…"
    height = min(60 + 18 * (text.count("\n") + len(text) // 45), 400)
    cell.comment = Comment(text, "clusternet", width=340, height=height)


def _comment(problem: Problem, language: str) -> str:
    text = f"[{problem.code}] {problem.message(language)}"
    card = PROBLEM_CODES.get(problem.code)
    if card is None:
        return text
    return f"{text}\n{translate(mark('What to do: {remedy}'), language, remedy=translate(card.remedy, language))}"
