"""Tools that give one sheet with one row for each answer: Google Forms, SurveyMonkey, and any other."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from clusternet.ingest.exports.export import Export
from clusternet.ingest.exports.keyed import has_headers
from clusternet.ingest.exports.parts import part_of_grid, read_part, titles_of_answers
from clusternet.ingest.exports.submissions import latest_submissions
from clusternet.ingest.sheets import Sheets
from clusternet.ingest.source import Source

#: The first column of a Google form's answers, in the languages of its users.
_TIMESTAMP = frozenset(
    {
        "timestamp",
        "طابع زمني",
        "الطابع الزمني",
        "horodateur",
        "marca temporal",
        "zeitstempel",
        "carimbo de data/hora",
        "informazioni cronologiche",
        "tijdstempel",
        "zaman damgası",
        "отметка времени",
        "时间戳记",
    }
)
_RESPONDENT = ("Respondent ID", "RespondentID", "respondent_id", "معرف المستجيب")
_COLLECTOR = ("Collector ID", "CollectorID", "collector_id", "معرف المجمع")
#: What stands below a question in SurveyMonkey's second row when there is only one answer to it.
_OPEN = frozenset({"", "response", "open-ended response", "إجابة", "استجابة مفتوحة", "réponse ouverte", "réponse"})


def is_google_forms(heads: dict[str, list[list[str]]]) -> bool:
    """Return whether the first rows are those of a Google form's answers."""
    firsts = {rows[0][0].strip().casefold() for rows in heads.values() if rows and rows[0]}
    return bool(firsts & _TIMESTAMP)


def is_survey_monkey(heads: dict[str, list[list[str]]]) -> bool:
    """Return whether the first rows are those of a SurveyMonkey export."""
    return has_headers(heads, *_RESPONDENT) and has_headers(heads, *_COLLECTOR)


def read_google_forms(sheets: Sheets, source: Source) -> Export | None:
    """Read the answers to a Google form; several answers of one cell stay together until a question is known."""
    return _read_first(sheets, source, "google_forms")


def read_single_sheet(sheets: Sheets, source: Source) -> Export | None:
    """Read any sheet, or several unlinked ones, with one row for each answer."""
    return _read_first(sheets, source, "sheet")


def _read_first(sheets: Sheets, source: Source, dialect: str) -> Export | None:
    before = len(source.findings.errors)
    read = [read_part(sheets, title, source) for title in titles_of_answers(sheets)]
    parts = {part.title: part for part in read if part is not None}
    if not parts or len(source.findings.errors) > before:
        return None
    return Export(dialect, parts, next(iter(parts)), has_repeats=False)


def read_survey_monkey(sheets: Sheets, source: Source) -> Export | None:
    """Read a SurveyMonkey export: the second row of headers names the choices of the questions in the first.

    Parameters
    ----------
    sheets : Sheets
        The file.
    source : Source
        The survey being read.

    Returns
    -------
    Export or None
        One column for each choice, called question/choice; None where an error was noted.
    """
    before = len(source.findings.errors)
    title = next(iter(titles_of_answers(sheets)), "")
    grid = sheets.grid(title) if title else None
    if grid is None or not grid.cells:
        return None
    cells, rows = grid.cells, grid.rows
    two = len(cells) > 1 and _names_choices(cells[0], cells[1])
    header = _joined(cells[0], cells[1]) if two else list(cells[0])
    skip = 2 if two else 1
    grid = dataclasses.replace(grid, cells=[header, *cells[skip:]], rows=[rows[0], *rows[skip:]])
    part = part_of_grid(grid, title, source)
    if part is None or len(source.findings.errors) > before:
        return None
    key = next((name for name in part.headers if _is_id(name)), "")
    export = Export("survey_monkey", {title: part}, title, key, has_repeats=False)
    return latest_submissions(export, source, key=key, time="Date Modified") if key else export


def _names_choices(header: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether the second row belongs to the header: nobody's number stands in it."""
    numbers = [cell for cell, name in zip(second, header, strict=False) if _is_id(name)]
    if numbers:
        return not any(cell.strip() for cell in numbers)
    return any(cell.strip().casefold() in _OPEN - {""} for cell in second)


def _is_id(name: str) -> bool:
    return name.strip().casefold() in {entry.casefold() for entry in _RESPONDENT}


def _joined(questions: Sequence[str], choices: Sequence[str]) -> list[str]:
    """Return question/choice for each column; the question stands above the first of its choices only."""
    found, question = [], ""
    for position, name in enumerate(questions):
        choice = choices[position].strip() if position < len(choices) else ""
        question = name.strip() or question
        found.append(question if choice.casefold() in _OPEN else f"{question}/{choice}")
    return found
