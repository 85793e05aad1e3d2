"""Doubtful names as a workbook in which somebody decides, and the decisions as ``aliases.csv``."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd
import xlsxwriter
import xlsxwriter.worksheet

from clusternet.messages import LANGUAGES, mark, translate
from clusternet.model.matching import (
    ALIASES_FILE,
    DIFFERENT,
    DUPLICATE,
    MOST_OFFERED,
    NONE,
    PARTNER,
    SAME,
    SHEETS,
    Candidate,
    Decision,
    Duplicate,
    Mention,
    Review,
)
from clusternet.report.csv_text import csv_text
from clusternet.report.publish import file_trouble_named, write_file

#: A clock in the file would make two runs differ.
_CREATED = datetime(2000, 1, 1)
_LONGEST_CELL = 32_767
#: The rows of keys, of the sentence and of the heads; the first row below them.
_KEYS, _SENTENCE, _HEAD, _FIRST = 0, 1, 2, 3
_WIDTHS = {"text": 34, "decision": 14, "named_by": 34, "layers": 18, "rows": 8, "gap": 8, "taken_for": 14}

_TITLES = {PARTNER: mark("Partners"), DUPLICATE: mark("Same enterprise"), "accepted": mark("Taken automatically")}
_SENTENCES = {
    PARTNER: mark(
        "Who is meant? Choose the number of the candidate, or none if the partner is not in the register, or type an "
        "enterprise_id. An empty cell leaves it undecided."
    ),
    DUPLICATE: mark(
        "Are the two one enterprise? Choose same (the first id stays), different, or type the id that shall stay. "
        "Nothing is merged while the cell is empty."
    ),
    "accepted": mark(
        "These were taken for the enterprise in the third column because the names are nearly the same. Decide only "
        "where that is wrong."
    ),
}
_HEADS = {
    "decision": mark("Decision"),
    "text": mark("Name as it was given"),
    "rows": mark("Rows"),
    "layers": mark("Layers"),
    "named_by": mark("Named by"),
    "gap": mark("Gap to the second"),
    "taken_for": mark("Taken for"),
    "score": mark("Certainty"),
}
_OFFER_HEADS = {
    "id": mark("{number}: id"),
    "name": mark("{number}: name"),
    "place": mark("{number}: place"),
    "sector": mark("{number}: sector"),
    "score": mark("{number}: certainty"),
}
_HOW = (
    mark("1. Decide on each sheet in the column Decision; leave the cell empty where you do not know."),
    mark("2. Save the workbook under the same name, and give the same command again: clusternet match."),
    mark("3. The decisions are remembered in aliases.csv beside the survey, and only what is new is asked."),
    mark("A candidate that only sounds alike in another script has no certainty; it is a suggestion."),
    mark("An enterprise_id that is a number from 1 to 5 is written with id: before it, such as id:3."),
    mark("To take a decision back, delete its row in aliases.csv."),
)


def write_review(review: Review, out: str | Path, *, language: str) -> Path:
    """Write the workbook in which somebody decides.

    Parameters
    ----------
    review : Review
        What is to be decided.
    out : str or Path
        The file to write; what is there is replaced.
    language : {"en", "ar"}
        The language of the workbook; sheets run from right to left in Arabic.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ResourceError
        If the file cannot be written.
    """
    out = Path(out)
    with file_trouble_named(out):
        write_file(out, review_bytes(review, language=language))
    return out


def write_aliases(decisions: Iterable[Decision], survey: str | Path) -> Path:
    """Write the decisions about names beside a survey; a reader finds the old file or the new one, never a part.

    Parameters
    ----------
    decisions : iterable of Decision
        All decisions.
    survey : str or Path
        The survey, a folder or a file.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ResourceError
        If the file cannot be written.
    """
    survey = Path(survey)
    path = (survey if survey.is_dir() else survey.parent) / ALIASES_FILE
    rows = [(decision.kind, decision.text, decision.enterprise_id) for decision in decisions]
    table = pd.DataFrame(rows, columns=["kind", "text", "enterprise_id"], dtype="str")
    with file_trouble_named(path):
        # Exactly as they are, so that they are found again; the file is for clusternet and not for a spreadsheet.
        write_file(path, csv_text(table, exact=True).encode("utf-8", "replace"))
    return path


def review_bytes(review: Review, *, language: str) -> bytes:
    """Return the workbook of a review; see :func:`write_review`."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    note = translate(mark("Internal: names and answers of enterprises. Do not publish."), language)
    book.set_properties({"title": translate(mark("Names to decide"), language), "comments": note, "created": _CREATED})
    number = translate(NONE, language)
    choices = [*(str(place) for place in range(1, MOST_OFFERED + 1)), number]
    same = [translate(SAME, language), translate(DIFFERENT, language)]
    sheets: list[tuple[str, Sequence[dict[str, object]], list[str]]] = [
        (PARTNER, [_mention_cells(mention, language) for mention in review.doubtful], choices),
        (DUPLICATE, [_pair_cells(pair) for pair in review.duplicates], same),
        ("accepted", [_mention_cells(mention, language) for mention in review.accepted], choices),
    ]
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#E5E7EB", "valign": "top", "text_wrap": True}),
        "open": book.add_format({"bg_color": "#FEF9C3", "border": 1, "border_color": "#D1D5DB"}),
        "score": book.add_format({"num_format": "0.00"}),
        "sentence": book.add_format({"italic": True}),
    }
    for kind, rows, words in sheets:
        sheet = _added(book, translate(_TITLES[kind], language), language, note)
        _fill(sheet, kind, rows, words, formats, language)
    sheet = _added(book, translate(mark("How to"), language), language, note)
    sheet.set_column(0, 0, 110)
    for row, sentence in enumerate(_HOW):
        sheet.write_string(row, 0, translate(sentence, language))
    book.close()
    return stream.getvalue()


def _added(book: xlsxwriter.Workbook, title: str, language: str, note: str) -> xlsxwriter.worksheet.Worksheet:
    sheet = book.add_worksheet(title[:31])
    if LANGUAGES[language] == "rtl":
        sheet.right_to_left()
    sheet.set_header(f"&C{note.replace('&', '&&')}")
    return sheet


def _fill(
    sheet: xlsxwriter.worksheet.Worksheet,
    kind: str,
    rows: Sequence[dict[str, object]],
    words: list[str],
    formats: dict[str, object],
    language: str,
) -> None:
    """Write one sheet: hidden keys, a sentence, heads, and the rows with a list of decisions to choose from."""
    keys = SHEETS[kind]
    sheet.set_row(_KEYS, None, None, {"hidden": True})
    sheet.write_string(_SENTENCE, 0, translate(_SENTENCES[kind], language), formats["sentence"])
    for column, key in enumerate(keys):
        sheet.write_string(_KEYS, column, f"{kind}.{key}")
        sheet.write_string(_HEAD, column, _head(key, language), formats["head"])
        sheet.set_column(column, column, _WIDTHS.get(key, 30 if key.startswith("name_") else 11))
        for row, cells in enumerate(rows, start=_FIRST):
            _write(sheet, row, column, cells.get(key), formats["open" if key == "decision" else "score"])
    if rows:
        last = _FIRST + len(rows) - 1
        sheet.autofilter(_HEAD, 0, last, len(keys) - 1)
        # Only offered, so that an id may be typed instead.
        sheet.data_validation(_FIRST, 0, last, 0, {"validate": "list", "source": words, "show_error": False})
    else:
        # Not in the column of decisions, where it would be read back as one.
        sheet.write_string(_FIRST, 1, translate(mark("There is nothing to decide here."), language))
    sheet.freeze_panes(_FIRST, 2 if kind != "accepted" else 3)


def _head(key: str, language: str) -> str:
    if key in _HEADS:
        return translate(_HEADS[key], language)
    what, _, number = key.rpartition("_")
    return translate(_OFFER_HEADS[what], language, number=number)


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object, style: object) -> None:
    """Write a cell: numbers as numbers, text as text and never as a formula."""
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style if isinstance(value, float) else None)
    else:
        text = str(value)
        sheet.write_string(row, column, text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…")


def _mention_cells(mention: Mention, language: str) -> dict[str, object]:
    cells: dict[str, object] = {
        "text": mention.text,
        "taken_for": mention.taken_for,
        "rows": mention.rows,
        "layers": ", ".join(mention.layers),
        "named_by": ("، " if language == "ar" else ", ").join(mention.named_by),
        "gap": mention.gap,
    }
    for number, candidate in enumerate(mention.candidates, start=1):
        cells.update(_candidate_cells(candidate, number))
        if candidate.by_sound:
            cells[f"score_{number}"] = translate(mark("sounds alike"), language)
    return cells


def _pair_cells(pair: Duplicate) -> dict[str, object]:
    return {"score": pair.score, **_candidate_cells(pair.first, 1), **_candidate_cells(pair.second, 2)}


def _candidate_cells(candidate: Candidate, number: int) -> dict[str, object]:
    return {
        f"id_{number}": candidate.enterprise_id,
        f"name_{number}": candidate.name,
        f"place_{number}": candidate.place,
        f"sector_{number}": candidate.sector,
        f"score_{number}": candidate.score,
    }
