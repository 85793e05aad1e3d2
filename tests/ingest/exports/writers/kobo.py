"""KoboToolbox: the XLSX of all tables and the CSV of the main one, as its own exporter makes them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.ingest.exports.form_model import Field, Form, Part, Submission, Table

_SYSTEM = "_id _uuid _submission_time _validation_status _notes _status _submitted_by __version__ _tags".split()
_GEO = ("latitude", "longitude", "altitude", "precision")
_LONGEST_TITLE = 31

Cells = list[tuple[str, Any]]


@dataclass(frozen=True)
class Style:
    """What the user of Kobo chooses before an export."""

    language: str = ""
    """The form's own name of a language; empty for XML names and values."""
    groups: bool = False
    separator: str = "/"
    multiple: str = "both"
    hxl: bool = False
    typed: bool = False

    def word(self, of: Field | Part) -> str:
        return of.label(self.language) if self.language else of.name

    def prefix(self, entry: Field) -> str:
        return "".join(f"{self.word(part)}{self.separator}" for part in entry.around) if self.groups else ""

    def heads(self, entry: Field) -> list[str]:
        """All columns of one question."""
        own, prefix = self.word(entry), self.prefix(entry)
        if entry.kind == "geopoint":
            # The first column of a place never has its groups in front; the other four do.
            return [own, *(f"{prefix}_{own}_{word}" for word in _GEO)]
        head = f"{prefix}{own}"
        if entry.kind != "select_multiple":
            return [head]
        summary = [head] if self.multiple in ("both", "summary") else []
        between = self.separator or "/"
        if self.multiple == "summary":
            return summary
        return [*summary, *(f"{head}{between}{self.option(entry, option.name)}" for option in entry.options)]

    def option(self, entry: Field, name: str) -> str:
        return entry.option(name).label(self.language) if self.language else name

    def cells(self, entry: Field, answer: Any) -> list[Any]:
        """The cells of one question, as many as it has columns."""
        if entry.kind == "geopoint":
            parts = answer.split() if answer else []
            return [answer or "", *(self.number(part) for part in parts), *[""] * (4 - len(parts))]
        if entry.kind == "select_multiple":
            return self.multiple_cells(entry, answer)
        if answer is None:
            return [""]
        if entry.kind == "select_one":
            return [self.number(self.option(entry, answer))]
        return [self.typed_answer(entry, answer)]

    def multiple_cells(self, entry: Field, answer: Sequence[str] | None) -> list[Any]:
        if answer is None:
            return [""] * len(self.heads(entry))
        labels = [self.option(entry, name) for name in answer]
        # Kobo makes a number of a single answer that looks like one, and of nothing else here.
        summary = self.number(labels[0]) if len(labels) == 1 else " ".join(labels)
        details = [self.number("1" if option.name in answer else "0") for option in entry.options]
        return {"summary": [summary], "details": details, "both": [summary, *details]}[self.multiple]

    def number(self, text: str) -> Any:
        if not self.typed:
            return text
        for kind in (int, float):
            try:
                return kind(text)
            except ValueError:
                continue
        return text

    def typed_answer(self, entry: Field, answer: str) -> Any:
        if entry.kind in ("integer", "decimal"):
            return self.number(answer)
        if self.typed and entry.kind in ("start", "end"):
            return dt.datetime.fromisoformat(answer)
        if self.typed and entry.kind in ("today", "date"):
            return dt.date.fromisoformat(answer)
        return answer


def sheet_title(name: str, taken: Sequence[str]) -> str:
    """Kobo's title of a sheet: no forbidden characters, at most 31 of them, and none twice."""
    name = "".join("_" if letter in "[]*?:\\/" else letter for letter in name)

    def cut(ending: str) -> str:
        return name if len(name) <= _LONGEST_TITLE else name[: _LONGEST_TITLE - len(ending)] + ending

    title, number = cut("..."), 1
    while title in taken:
        title, number = cut(f"... ({number})"), number + 1
    return title


def system(submission: Submission) -> Cells:
    """The columns about the submission itself; none of them is ever translated."""
    values = (
        1000 + submission.number,
        submission.uuid,
        f"2026-03-01T11:{submission.minute}:00",
        "",
        "",
        "submitted_via_web",
        "enumerator1",
        "vA1b2C3",
        "",
    )
    return list(zip(_SYSTEM, values, strict=True))


def rows_by_table(form: Form, submissions: Sequence[Submission], style: Style) -> dict[str, list[list[Any]]]:
    """Every table's rows under its name, in the order in which the tables come to have one."""
    found: dict[str, list[list[Any]]] = {}
    index: dict[str, int] = {table.name: 0 for table in form.tables}

    def add(table: Table, answers: Mapping[str, Any], submission: Submission, parent: Table | None) -> None:
        index[table.name] += 1
        row = [cell for entry in table.fields for cell in style.cells(entry, answers.get(entry.name))]
        if parent is None:
            row += [*(value for _, value in system(submission)), index[table.name]]
        else:
            row += [index[table.name], parent.name, index[parent.name]]
            row += [value for _, value in system(submission)]
        found.setdefault(table.name, []).append(row)
        for child in table.children:
            for inner in answers.get(child.around[-1].name, ()):
                add(child, inner, submission, table)

    for submission in submissions:
        add(form.root, submission.answers, submission, None)
    return found


def headers(table: Table, style: Style, *, root: bool) -> list[str]:
    heads = [head for entry in table.fields for head in style.heads(entry)]
    if root:
        return [*heads, *_SYSTEM, "_index"]
    return [*heads, "_index", "_parent_table_name", "_parent_index", *(f"_submission_{name}" for name in _SYSTEM)]


def tags(table: Table, style: Style, width: int) -> list[str]:
    """The row of HXL tags: one for a question, over the first of its columns; nothing over the rest."""
    row: list[str] = []
    for entry in table.fields:
        tag = f"#indicator+{entry.name}" if entry.kind in ("integer", "decimal") else ""
        row += [tag, *[""] * (len(style.heads(entry)) - 1)]
    return [*row, *[""] * (width - len(row))]


def write_xlsx(folder: Path, form: Form, submissions: Sequence[Submission], style: Style) -> Path:
    """Write the workbook; text goes through a write() that takes "=…" for a formula, as Kobo's does."""
    path = folder / "export.xlsx"
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd", "remove_timezone": True}
    titles: list[str] = []
    by_name = {table.name: table for table in form.tables}
    with xlsxwriter.Workbook(path, options) as book:
        for name, rows in rows_by_table(form, submissions, style).items():
            table = by_name[name]
            titles.append(sheet_title(name, titles))
            sheet = book.add_worksheet(titles[-1])
            heads = headers(table, style, root=table is form.root)
            tagged = tags(table, style, len(heads))
            tops = [heads, tagged] if style.hxl and any(tagged) else [heads]
            for position, row in enumerate([*tops, *rows]):
                sheet.write_row(position, 0, row)
    return path


def write_csv(folder: Path, form: Form, submissions: Sequence[Submission], style: Style) -> Path:
    """Write the CSV, which holds the main table only."""
    path = folder / "export.csv"
    heads = headers(form.root, style, root=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(heads)
        if style.hxl:
            writer.writerow(tags(form.root, style, len(heads)))
        writer.writerows(rows_by_table(form, submissions, style)[form.root.name])
    return path
