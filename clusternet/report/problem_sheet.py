"""The first sheet of a marked workbook: every problem with what to do, and a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clusternet.errors import Problem
from clusternet.messages import LANGUAGES, mark, translate
from clusternet.model.problem_codes import PROBLEM_CODES
from clusternet.report.cell_marks import FILLS, Spot, write_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEADS = (
    mark("Severity"),
    mark("Code"),
    mark("File"),
    mark("Sheet"),
    mark("Row"),
    mark("Column"),
    mark("Value"),
    mark("What is wrong"),
    mark("What to do"),
    mark("Go to"),
)
_WIDTHS = (10, 7, 20, 16, 7, 18, 20, 70, 60, 12)


def list_problems(sheet: Worksheet, problems: Sequence[Problem], spots: Sequence[Spot | None], language: str) -> None:
    """Fill a sheet with every problem, errors first, each with a link to its cell.

    Parameters
    ----------
    sheet : Worksheet
        An empty sheet.
    problems : sequence of Problem
        The problems.
    spots : sequence of Spot or None
        For each problem, the sheet and the cell where it is marked.
    language : {"en", "ar"}
        The language.
    """
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet.sheet_view.rightToLeft = LANGUAGES[language] == "rtl"
    for position, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True), 1):
        cell = sheet.cell(1, position)
        write_text(cell, translate(head, language))
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(position)].width = width
    order = sorted(range(len(problems)), key=lambda place: problems[place].severity != "error")
    for row, place in enumerate(order, 2):
        problem, spot = problems[place], spots[place]
        for position, text in enumerate(_listed(problem, language), 1):
            cell = sheet.cell(row, position)
            if isinstance(text, int):
                cell.value = text
            elif text:
                write_text(cell, text)
            cell.alignment = Alignment(wrap_text=position in (8, 9), vertical="top")
        fill = FILLS[problem.severity]
        sheet.cell(row, 1).fill = PatternFill("solid", start_color=fill, end_color=fill)
        if spot is not None:
            link = sheet.cell(row, len(_HEADS))
            title = spot.sheet.title.replace("'", "''")
            write_text(link, spot.cell)
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{title}'!{spot.cell}")
            link.font = Font(color="FF0A5798", underline="single")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_HEADS))}{max(len(problems) + 1, 2)}"


def _listed(problem: Problem, language: str) -> list[str | int]:
    card = PROBLEM_CODES.get(problem.code)
    severity = {"error": translate(mark("error"), language), "warning": translate(mark("warning"), language)}
    return [
        severity[problem.severity],
        problem.code,
        problem.file,
        problem.sheet,
        "" if problem.row is None else problem.row,
        problem.column,
        problem.value,
        problem.message(language),
        "" if card is None else translate(card.remedy, language),
    ]
