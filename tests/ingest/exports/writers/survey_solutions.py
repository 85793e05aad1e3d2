"""World Bank Survey Solutions: a ZIP of .tab files, one for each level, with Stata scripts that hold the labels."""

from __future__ import annotations

import copy
import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.ingest.exports.form_model import Field, Form, Submission, Table, placed_rows

_GEO = ("Latitude", "Longitude", "Accuracy", "Altitude", "Timestamp")
_NO_NUMBER, _NO_TEXT = "-999999999", "##N/A##"
_SYSTEM = ("sssys_irnd", "has__errors", "interview__status", "assignment__id")
_NUMERIC = ("integer", "decimal", "select_one")


def carried(submissions: Sequence[Submission]) -> list[Submission]:
    """What this system can carry: a line break in an answer becomes a space, so a list of lines is one line here."""

    def on_one_line(answers: dict[str, Any]) -> dict[str, Any]:
        for name, answer in answers.items():
            if isinstance(answer, list):
                answers[name] = [on_one_line(row) for row in answer]
            elif isinstance(answer, str):
                lines = answer.splitlines()
                answers[name] = lines[0] if name.endswith("_others") else " ".join(lines)
        return answers

    return [Submission(entry.number, on_one_line(copy.deepcopy(entry.answers))) for entry in submissions]


def _heads(entry: Field) -> list[str]:
    if entry.kind == "geopoint":
        return [f"{entry.name}__{word}" for word in _GEO]
    if entry.kind == "select_multiple":
        return [f"{entry.name}__{entry.code(option.name)}" for option in entry.options]
    return [entry.name]


def _cells(entry: Field, answer: Any, *, disabled: bool) -> list[Any]:
    width = len(_heads(entry))
    if answer is None and disabled:
        return [""] * width
    if entry.kind == "geopoint":
        if answer is None:
            return [*[_NO_NUMBER] * (width - 1), _NO_TEXT]
        latitude, longitude, altitude, accuracy = answer.split()
        return [latitude, longitude, accuracy, altitude, "2026-03-01T09:00:00"]
    if entry.kind == "select_multiple":
        return [_NO_NUMBER if answer is None else int(option.name in answer) for option in entry.options]
    if answer is None:
        return [_NO_NUMBER if entry.kind in _NUMERIC else _NO_TEXT]
    if entry.kind == "select_one":
        return [entry.code(answer)]
    return [answer[:19] if entry.kind in ("start", "end") else answer]


def _asked(table: Table) -> list[Field]:
    return [entry for entry in table.fields if entry.kind != "note"]


def _key(submission: Submission) -> str:
    digits = f"{submission.number * 1234567 % 10**8:08d}"
    return "-".join(digits[start : start + 2] for start in range(0, 8, 2))


def _rows(table: Table, form: Form, submissions: Sequence[Submission]) -> list[Sequence[Any]]:
    fields = _asked(table)
    repeats = [part.name for part in table.around if part.repeat]
    ids = [f"{name}__id" for name in repeats]
    heads = [head for entry in fields for head in _heads(entry)]
    last = _SYSTEM if table is form.root else ()
    rows: list[Sequence[Any]] = [["interview__key", "interview__id", *ids, *heads, *last]]
    for submission in submissions:
        disabled = submission.answers.get("consent") == "no"
        for answers, place in placed_rows(table, form, submission):
            cells = [c for e in fields for c in _cells(e, answers.get(e.name), disabled=disabled)]
            identity = [_key(submission), submission.uuid.replace("-", ""), *(number - 1 for number in place)]
            end = [f"0.{submission.number:03d}", 0, 100, 7] if table is form.root else []
            rows.append([*identity, *cells, *end])
    return rows


def _script(name: str, table: Table, language: str) -> str:
    """The Stata script of one level: what each code means, and the text of each question."""

    def quoted(text: str) -> str:
        return '`"' + "".join(letter for letter in text if letter not in "\t\n\r`'") + "\"'"

    lines = [f'insheet using "{name}.tab", tab case names']
    for entry in _asked(table):
        title = quoted(entry.label(language))
        if entry.kind == "select_one":
            labels = (f"{entry.code(o.name)} {quoted(o.label(language))} " for o in entry.options)
            lines += ["", f"label define {entry.name} {''.join(labels)}", f"label values {entry.name} {entry.name}"]
            lines += [f"label variable {entry.name} {title}"]
        elif entry.kind == "select_multiple":
            for option, head in zip(entry.options, _heads(entry), strict=True):
                both = quoted(f"{entry.label(language)}:{option.label(language)}")
                lines += ["", f"label variable {head} {both}"]
        else:
            lines += ["", *(f"label variable {head} {title}" for head in _heads(entry))]
    return "\r\n".join(lines) + "\r\n"


def write_zip(folder: Path, form: Form, submissions: Sequence[Submission], *, language: str) -> Path:
    """Write the ZIP of the tabular export."""
    path = folder / "export_Tabular_All.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in form.tables:
            name = form.form_id if table is form.root else table.name
            archive.writestr(f"{name}.tab", _tab(_rows(table, form, submissions)))
            archive.writestr(f"{name}.do", _script(name, table, language).encode())
        for name, header in _OTHERS.items():
            archive.writestr(f"{name}.tab", _tab([header]))
        archive.writestr("export__readme.txt", b"This file was made by Survey Solutions.\r\n")
    return path


_OTHERS: Mapping[str, Sequence[str]] = {
    "interview__actions": ("interview__key", "interview__id", "date", "time", "action", "originator", "role"),
    "interview__comments": ("interview__key", "interview__id", "roster", "id1", "variable", "order", "comment"),
    "interview__diagnostics": ("interview__key", "interview__id", "interview__status", "responsible"),
    "interview__errors": ("interview__key", "interview__id", "variable", "type", "message__number", "message"),
    "assignment__actions": ("assignment__id", "date", "time", "action", "originator", "role"),
}


def _tab(rows: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="\t", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")
