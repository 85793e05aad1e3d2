"""SurveyCTO: long (a CSV for each repeat group) and wide (one CSV, numbered columns)."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.ingest.exports.form_model import Field, Form, Submission, Table, placed_rows
from tests.ingest.exports.writers.odk import key_of, parent_of

_GEO = ("Latitude", "Longitude", "Altitude", "Accuracy")
_LAST = ("instanceID", "formdef_version", "KEY")


def option_suffix(name: str) -> str:
    """What follows a question's name in the column of one choice: no signs but the underscore."""
    return "".join(letter if letter.isalnum() or letter == "_" else "_" for letter in name)


def heads_of(entry: Field, suffix: str, *, split: bool) -> list[str]:
    """The columns of one question; the number of the repeat comes last, after the choice."""
    if entry.kind == "geopoint":
        return [f"{entry.name}{suffix}-{word}" for word in _GEO]
    head = f"{entry.name}{suffix}"
    if entry.kind == "select_multiple" and split:
        return [head, *(f"{entry.name}_{option_suffix(option.name)}{suffix}" for option in entry.options)]
    return [head]


def cells_of(entry: Field, answer: Any, *, split: bool) -> list[Any]:
    if entry.kind == "geopoint":
        parts = answer.split() if answer else []
        return [*parts, *[""] * (4 - len(parts))]
    if entry.kind == "select_multiple":
        if answer is None:
            return [""] * (1 + len(entry.options) * split)
        return [" ".join(answer), *(int(option.name in answer) for option in entry.options if split)]
    if entry.kind in ("start", "end") and answer:
        hour = int(answer[11:13])
        return [f"Mar 1, 2026 {hour % 12 or 12}:{answer[14:19]} {'AM' if hour < 12 else 'PM'}"]
    return ["" if answer is None else answer]


def asked(table: Table) -> list[Field]:
    """Notes are not exported."""
    return [entry for entry in table.fields if entry.kind != "note"]


def _last(submission: Submission) -> list[Any]:
    return [submission.instance, "2603010900", submission.instance]


def _date(submission: Submission) -> str:
    return f"Mar 1, 2026 11:{submission.minute}:10 AM"


def write_long(
    folder: Path, form: Form, submissions: Sequence[Submission], *, zipped: bool = False, split: bool = True
) -> Path:
    """Write one CSV for the form and one for each repeat group, in a folder or in a ZIP."""
    files = {f"{form.form_id}.csv": _long_main(form, submissions, split=split)}
    for table in form.tables[1:]:
        files[f"{form.form_id}-{table.name}.csv"] = _long_repeat(table, form, submissions, split=split)
    if zipped:
        path = folder / "export.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return path
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    return folder


def _csv(rows: Sequence[Sequence[Any]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _set_of(table: Table, above: str) -> str:
    return f"{above}/{table.name}"


def _long_main(form: Form, submissions: Sequence[Submission], *, split: bool) -> str:
    fields = asked(form.root)
    heads = [head for entry in fields for head in heads_of(entry, "", split=split)]
    sets = [f"SET-OF-{child.name}" for child in form.root.children]
    rows: list[Sequence[Any]] = [["SubmissionDate", *heads, *sets, *_LAST]]
    for submission in submissions:
        cells = [c for e in fields for c in cells_of(e, submission.answers.get(e.name), split=split)]
        inside = [_set_of(child, submission.instance) for child in form.root.children]
        rows.append([_date(submission), *cells, *inside, *_last(submission)])
    return _csv(rows)


def _long_repeat(table: Table, form: Form, submissions: Sequence[Submission], *, split: bool) -> str:
    fields, parent = asked(table), parent_of(table, form)
    heads = [head for entry in fields for head in heads_of(entry, "", split=split)]
    sets = [f"SET-OF-{child.name}" for child in table.children]
    rows: list[Sequence[Any]] = [[*heads, *sets, "PARENT_KEY", "KEY", f"SET-OF-{table.name}"]]
    for submission in submissions:
        for answers, place in placed_rows(table, form, submission):
            cells = [c for e in fields for c in cells_of(e, answers.get(e.name), split=split)]
            key = key_of(table, submission, place, groups=False)
            above = key_of(parent, submission, place[:-1], groups=False)
            inside = [_set_of(child, key) for child in table.children]
            rows.append([*cells, *inside, above, key, _set_of(table, above)])
    return _csv(rows)


def write_wide(folder: Path, form: Form, submissions: Sequence[Submission], *, split: bool = True) -> Path:
    """Write one CSV; what a repeat asks has a column for every time that it was asked anywhere."""
    path = folder / f"{form.form_id}_WIDE.csv"
    heads, rows = wide_rows(form, submissions, split=split)
    text = _csv(
        [
            ["SubmissionDate", *heads, *_LAST],
            *([_date(submission), *row, *_last(submission)] for submission, row in zip(submissions, rows, strict=True)),
        ]
    )
    path.write_bytes(text.encode())
    return path


def wide_rows(form: Form, submissions: Sequence[Submission], *, split: bool) -> tuple[list[str], list[list[Any]]]:
    """Header and rows of the wide layout; inner repeats are padded to the most that any outer one has."""
    heads: list[str] = []
    rows: list[list[Any]] = [[] for _ in submissions]

    def add(table: Table, suffix: str, answers: Sequence[Mapping[str, Any] | None]) -> None:
        for entry in asked(table):
            heads.extend(heads_of(entry, suffix, split=split))
            for row, given in zip(rows, answers, strict=True):
                row.extend(cells_of(entry, given.get(entry.name) if given else None, split=split))
        for child in table.children:
            inner = [list(given.get(child.name, ())) if given else [] for given in answers]
            if f"{child.name}_count" not in {entry.name for entry in table.fields}:
                heads.append(f"{child.name}_count{suffix}")
                for row, given, entries in zip(rows, answers, inner, strict=True):
                    row.append("" if given is None else len(entries))
            for number in range(1, _most(child, form, submissions) + 1):
                padded = [entries[number - 1] if number <= len(entries) else None for entries in inner]
                add(child, f"{suffix}_{number}", padded)

    add(form.root, "", [submission.answers for submission in submissions])
    return heads, rows


def _most(table: Table, form: Form, submissions: Sequence[Submission]) -> int:
    return max(
        (place[-1] for submission in submissions for _, place in placed_rows(table, form, submission)), default=0
    )
