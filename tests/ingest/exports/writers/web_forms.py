"""Google Forms and SurveyMonkey: one sheet of people's answers under the questions' texts."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.ingest.exports.form_model import Field, Form, Submission, Table, placed_rows

_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
#: What Google calls the first column, by the language of the form's owner.
TIMES = {"en": "Timestamp", "ar": "طابع زمني", "fr": "Horodateur"}


@dataclass(frozen=True)
class Asked:
    """One question as it is put, perhaps for the second or third time: such forms have no repeats."""

    entry: Field
    place: tuple[int, ...]
    table: Table

    def title(self, language: str) -> str:
        number = ".".join(map(str, self.place))
        return f"{self.entry.label(language)} {number}".rstrip()

    def answer(self, form: Form, submission: Submission) -> Any:
        found = {place: row for row, place in placed_rows(self.table, form, submission)}
        return found.get(self.place, {}).get(self.entry.name)


def questions(form: Form, submissions: Sequence[Submission]) -> list[Asked]:
    """Every question of the form, those of a repeat as often as anybody needed them."""

    def within(table: Table, place: tuple[int, ...]) -> Iterator[Asked]:
        skipped = ("note", "start", "end", "today", "calculate")
        for entry in table.fields:
            if entry.kind not in skipped:
                yield Asked(entry, place, table)
        for child in table.children:
            for number in range(1, most[child.name] + 1):
                yield from within(child, (*place, number))

    most = {
        table.name: max((place[-1] for s in submissions for _, place in placed_rows(table, form, s)), default=0)
        for table in form.tables[1:]
    }
    return list(within(form.root, ()))


def typed(entry: Field, answer: Any, submission: Submission, language: str) -> str:
    """What stands in the cell: a text as the respondent typed it, a choice as its label."""
    if answer is None:
        return ""
    if entry.kind == "select_one":
        return entry.option(answer).label(language)
    if entry.kind == "geopoint":
        return ", ".join(answer.split()[:2])
    if entry.kind in ("integer", "decimal") and submission.number % 3 == 0:
        return answer.translate(_EASTERN).replace(".", "٫")
    return answer


def write_google(
    folder: Path, form: Form, submissions: Sequence[Submission], *, language: str, workbook: bool = False
) -> Path:
    """Write the sheet of responses, as CSV or as a workbook."""
    name = form.language(language)
    asked = questions(form, submissions)
    heads = [TIMES[language], *(entry.title(name) for entry in asked)]
    rows = []
    for submission in submissions:
        cells = [_google(entry, entry.answer(form, submission), submission, name) for entry in asked]
        rows.append([f"3/1/2026 9:{submission.minute}:53", *cells])
    if not workbook:
        return _write_csv(folder / "responses.csv", [heads, *rows], "utf-8")
    times = [dt.datetime(2026, 3, 1, 9, submission.number % 60, 53) for submission in submissions]
    path = folder / "responses.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Form Responses 1")
        moment = book.add_format({"num_format": "m/d/yyyy h:mm:ss"})
        sheet.write_row(0, 0, heads)
        for position, (time, row) in enumerate(zip(times, rows, strict=True), start=1):
            sheet.write_datetime(position, 0, time, moment)
            sheet.write_row(position, 1, row[1:])
    return path


def _google(asked: Asked, answer: Any, submission: Submission, language: str) -> str:
    if asked.entry.kind == "select_multiple":
        return ", ".join(asked.entry.option(name).label(language) for name in answer or ())
    return typed(asked.entry, answer, submission, language)


_MONKEY = (
    "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1"
).split(",")


def write_surveymonkey(
    folder: Path, form: Form, submissions: Sequence[Submission], *, language: str, workbook: bool = False
) -> Path:
    """Write the file of all responses: a row of questions, a row of what each column holds, the answers."""
    name = form.language(language)
    asked = questions(form, submissions)
    above, below = list(_MONKEY), [""] * len(_MONKEY)
    for entry in asked:
        under = _under(entry.entry, name)
        above += [entry.title(name), *[""] * (len(under) - 1)]
        below += under
    rows = []
    for submission in submissions:
        day = f"03/01/2026 09:{submission.minute}:53 AM"
        start = [str(11_800_000_000 + submission.number), "438112233", day, day, "192.0.2.7", "", "", "", ""]
        cells = [cell for entry in asked for cell in _monkey(entry, entry.answer(form, submission), submission, name)]
        rows.append([*start, *cells])
    if not workbook:
        return _write_csv(folder / "Survey.csv", [above, below, *rows], "utf-8-sig")
    path = folder / "Survey.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Sheet")
        for position, row in enumerate([above, below, *rows]):
            sheet.write_row(position, 0, row)
    return path


def _under(entry: Field, language: str) -> list[str]:
    if entry.kind == "select_multiple":
        return [option.label(language) for option in entry.options]
    return ["Response" if entry.kind == "select_one" else "Open-Ended Response"]


def _monkey(asked: Asked, answer: Any, submission: Submission, language: str) -> list[str]:
    if asked.entry.kind == "select_multiple":
        chosen = answer or ()
        return [option.label(language) if option.name in chosen else "" for option in asked.entry.options]
    return [typed(asked.entry, answer, submission, language)]


def _write_csv(path: Path, rows: Sequence[Sequence[Any]], encoding: str) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path
