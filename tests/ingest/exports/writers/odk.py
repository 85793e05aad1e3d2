"""ODK Central: a ZIP with one CSV for the form and one for each repeat."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.ingest.exports.form_model import Field, Form, Submission, Table, placed_rows

_GEO = ("Latitude", "Longitude", "Altitude", "Accuracy")
_AFTER = (
    "KEY SubmitterID SubmitterName AttachmentsPresent AttachmentsExpected Status ReviewState DeviceID Edits FormVersion"
).split()


def key_of(table: Table, submission: Submission, place: Sequence[int], *, groups: bool = True) -> str:
    """The KEY of one row: the instance, then every group and numbered repeat on the way to it."""
    steps, numbers = [submission.instance], iter(place)
    for part in table.around:
        if part.repeat:
            steps.append(f"{part.name}[{next(numbers)}]")
        elif groups:
            steps.append(part.name)
    return "/".join(steps)


def parent_of(table: Table, form: Form) -> Table:
    return next(other for other in form.tables if table in other.children)


def path_within(entry: Field, table: Table) -> list[str]:
    """The names of the groups between a table and a question, and the question's."""
    return [*(part.name for part in entry.around[len(table.around) :]), entry.name]


class _Style:
    def __init__(self, table: Table, answered: Sequence[Mapping[str, Any]], *, groups: bool, split: bool) -> None:
        self.table, self.groups, self.split = table, groups, split
        # Central makes a column for every value that came up, not for every choice of the form.
        self.seen = {
            entry.name: sorted({name for row in answered for name in row.get(entry.name, ())})
            for entry in table.fields
            if entry.kind == "select_multiple"
        }

    def heads(self, entry: Field) -> list[str]:
        head = "-".join(path_within(entry, self.table)) if self.groups else entry.name
        if entry.kind == "geopoint":
            return [f"{head}-{word}" for word in _GEO]
        if entry.kind == "select_multiple" and self.split:
            return [head, *(f"{head}/{name}" for name in self.seen[entry.name])]
        return [head]

    def cells(self, entry: Field, answer: Any) -> list[Any]:
        if entry.kind == "geopoint":
            parts = answer.split() if answer else []
            return [*parts, *[""] * (4 - len(parts))]
        if entry.kind == "select_multiple":
            # A question that nobody answered has zeros in its split columns, not blanks.
            chosen = answer or ()
            split = [int(name in chosen) for name in self.seen[entry.name]] if self.split else []
            return [" ".join(chosen), *split]
        return ["" if answer is None else answer]


def write_zip(
    folder: Path,
    form: Form,
    submissions: Sequence[Submission],
    *,
    groups: bool = True,
    split: bool = False,
    moved: str = "",
) -> Path:
    """Write the ZIP.

    ``moved`` names a repeat that an older version of the form had under a group of that time: every second submission
    was made with that version, so that there are two repeats of one name, told apart by ~1 and ~2.
    """
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in form.tables:
            style = _Style(table, _answered(table, form, submissions), groups=groups, split=split)
            if table is form.root:
                archive.writestr(f"{form.form_id}.csv", _main(form, submissions, style))
            elif table.name == moved:
                now, before = submissions[::2], submissions[1::2]
                archive.writestr(f"{form.form_id}-{table.name}~1.csv", _repeat(table, form, now, style))
                archive.writestr(f"{form.form_id}-{table.name}~2.csv", _repeat(table, form, before, style, "older/"))
            else:
                archive.writestr(f"{form.form_id}-{table.name}.csv", _repeat(table, form, submissions, style))
        archive.writestr("media/", b"")
    return path


def _answered(table: Table, form: Form, submissions: Sequence[Submission]) -> list[Mapping[str, Any]]:
    return [row for submission in submissions for row, _ in placed_rows(table, form, submission)]


def _csv(rows: Sequence[Sequence[Any]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _main(form: Form, submissions: Sequence[Submission], style: _Style) -> str:
    heads = [head for entry in form.root.fields for head in style.heads(entry)]
    meta = "meta-instanceID" if style.groups else "instanceID"
    rows: list[Sequence[Any]] = [["SubmissionDate", *heads, meta, *_AFTER]]
    for submission in submissions:
        cells = [c for entry in form.root.fields for c in style.cells(entry, submission.answers.get(entry.name))]
        after = [submission.instance, 12, "App user 3", 0, 0, "", "", "collect:abc", 0, "2026030101"]
        rows.append([f"2026-03-01T08:{submission.minute}:00.000Z", *cells, submission.instance, *after])
    return _csv(rows)


def _repeat(table: Table, form: Form, submissions: Sequence[Submission], style: _Style, older: str = "") -> str:
    heads = [head for entry in table.fields for head in style.heads(entry)]
    rows: list[Sequence[Any]] = [[*heads, "PARENT_KEY", "KEY"]]
    parent = parent_of(table, form)
    for submission in submissions:
        for answers, place in placed_rows(table, form, submission):
            cells = [cell for entry in table.fields for cell in style.cells(entry, answers.get(entry.name))]
            key = key_of(table, submission, place)
            above = submission.instance if parent is form.root else key_of(parent, submission, place[:-1])
            rows.append([*cells, above, key.replace("/", f"/{older}", 1)])
    return _csv(rows)
