"""SPSS and Stata: the wide layout, choices as numbers with value labels, questions as labels of variables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat

from tests.ingest.exports.form_model import Field, Form, Submission
from tests.ingest.exports.writers.web_forms import Asked, questions

_GEO = ("latitude", "longitude", "altitude", "accuracy")


def _columns(form: Form, submissions: Sequence[Submission], language: str) -> dict[str, tuple[list[Any], str, Field]]:
    """Every variable: its values, its label, and the question that it belongs to."""
    found: dict[str, tuple[list[Any], str, Field]] = {}
    for asked in questions(form, submissions):
        name = "_".join([asked.entry.name, *map(str, asked.place)])
        answers = [asked.answer(form, submission) for submission in submissions]
        for head, values in _parts(asked, name, answers):
            found[head] = (values, asked.title(language), asked.entry)
    return found


def _parts(asked: Asked, name: str, answers: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    entry = asked.entry
    if entry.kind == "geopoint":
        split = [answer.split() if answer else [np.nan] * 4 for answer in answers]
        return [(f"{name}_{word}", [float(parts[n]) for parts in split]) for n, word in enumerate(_GEO)]
    if entry.kind == "select_one":
        return [(name, [np.nan if answer is None else float(entry.code(answer)) for answer in answers])]
    if entry.kind in ("integer", "decimal"):
        return [(name, [np.nan if answer is None else float(answer) for answer in answers])]
    if entry.kind == "select_multiple":
        return [(name, ["" if answer is None else " ".join(answer) for answer in answers])]
    return [(name, ["" if answer is None else answer for answer in answers])]


def write_statistical(
    folder: Path, form: Form, submissions: Sequence[Submission], *, suffix: str, language: str
) -> Path:
    """Write a .sav or a .dta."""
    name = form.language(language)
    columns = _columns(form, submissions, name)
    instances = [submission.instance for submission in submissions]
    frame = pd.DataFrame({"instanceID": instances, **{head: values for head, (values, _, _) in columns.items()}})
    labels = {head: label for head, (_, label, _) in columns.items()}
    values = {
        head: {float(entry.code(option.name)): option.label(name) for option in entry.options}
        for head, (_, _, entry) in columns.items()
        if entry.kind == "select_one"
    }
    path = folder / f"survey{suffix}"
    if suffix == ".sav":
        pyreadstat.write_sav(frame, path, column_labels=labels, variable_value_labels=values)
    else:
        # Stata cuts the label of a variable at 80 characters.
        labels = {head: label[:80] for head, label in labels.items()}
        whole = {head: {int(code): label for code, label in entry.items()} for head, entry in values.items()}
        frame.to_stata(path, write_index=False, version=118, variable_labels=labels, value_labels=whole)
    return path
