"""Survey Solutions: one file for the interviews, one for each roster, linked by ``interview__id`` and roster codes."""

from __future__ import annotations

import dataclasses
import re
from pathlib import PurePosixPath

import numpy as np
import pandas as pd

from clusternet.errors import shown
from clusternet.ingest.exports.export import Export, Part
from clusternet.ingest.exports.keyed import has_headers
from clusternet.ingest.exports.parts import hung_on, parents_first, read_part, titles_of_answers
from clusternet.ingest.exports.stata_scripts import Labels, labels_in
from clusternet.ingest.exports.submissions import latest_submissions, warn_of_rejected
from clusternet.ingest.findings import Place
from clusternet.ingest.sheets import Sheets
from clusternet.ingest.source import Source, TextTable
from clusternet.messages import mark

_INTERVIEW, _SHORT = "interview__id", "interview__key"
_CODE = re.compile(r"(.+)__id$")
#: Files about the interviews that hold no answers.
_ABOUT = (
    "interview__actions",
    "interview__comments",
    "interview__diagnostics",
    "interview__errors",
    "assignment__actions",
)
#: How the tool writes that a question was not answered.
_MISSING = frozenset({"-999999999", "-999999999.0", "-9999999999999990", "##N/A##", "-9999999999999990.0"})


def is_survey_solutions(heads: dict[str, list[list[str]]]) -> bool:
    """Return whether the first rows are those of a Survey Solutions export."""
    return has_headers(heads, _INTERVIEW, _SHORT)


def read_survey_solutions(sheets: Sheets, source: Source) -> Export | None:
    """Read a Survey Solutions export: tab-separated, Stata or SPSS.

    Parameters
    ----------
    sheets : Sheets
        The files of the archive or folder.
    source : Source
        The survey being read; takes E11.

    Returns
    -------
    Export or None
        The codes for "not answered" as missing; None where an error was noted.
    """
    before = len(source.findings.errors)
    titles = [title for title in titles_of_answers(sheets) if title.casefold() not in _ABOUT]
    read = [read_part(sheets, title, source) for title in titles]
    if len(source.findings.errors) > before:
        return None
    labels = {
        PurePosixPath(name).stem.casefold(): labels_in(script)
        for name, script in getattr(sheets, "scripts", {}).items()
    }
    parts = {
        part.title: _labelled(_answered(part), labels.get(part.title.casefold(), Labels({}, {})))
        for part in read
        if part is not None and _key_columns(part)
    }
    if not parts:
        template = mark('No file has the column "{value}", as exports of this tool do; correct [mapping] dialect.')
        source.findings.error("E11", template, Place(sheets.file), value=_INTERVIEW)
        return None
    codes = {title: _codes(part) for title, part in parts.items()}
    roots = [title for title in parts if not codes[title]]
    if not roots:
        template = mark("The export has no file of interviews, only rosters; export the whole survey again.")
        source.findings.error("E11", template, Place(sheets.file))
        return None
    root = roots[0]
    # Rows of rosters hang on an interview, so that each must stand once before they do.
    alone = latest_submissions(Export("", {root: parts[root]}, root), source, key=_key_columns(parts[root])[0])
    linked = {title: part for title, part in parts.items() if codes[title]} | {root: alone.parts[root]}
    others = [title for title in roots if title != root]
    if others:
        template = mark("{count} files hold submissions of another form and were left out ({value}).")
        about = {"count": len(others), "value": shown(", ".join(others))}
        source.findings.warning("E11", template, parts[others[0]].place, **about)
    linked = _hung(linked, parts, codes, root, source)
    # Files of SPSS and Stata carry their labels themselves.
    bare = all(source.formats[part.place.file].format in ("CSV", "TSV") for part in parts.values())
    coded = bare and not any(entry.codes for entry in labels.values())
    export = Export(
        "survey_solutions", parents_first(linked), root, _key_columns(parts[root])[-1], has_codes_only=coded
    )
    warn_of_rejected(export, source)
    return export if len(source.findings.errors) == before else None


def _hung(
    linked: dict[str, Part], parts: dict[str, Part], codes: dict[str, list[str]], root: str, source: Source
) -> dict[str, Part]:
    """Return the levels with the rows that belong to an interview; the interviews stand once already."""
    linked = dict(linked)
    for title in sorted(linked, key=lambda title: (len(codes[title]), title)):
        if title == root:
            continue
        parent = _parent_of(title, codes, root)
        shared = [column for column in _key_columns(parts[parent]) if column in parts[title].headers][:1]
        shared += [column for column in codes[parent] if column in parts[title].headers]
        part, above = linked[title], linked[parent]
        own = _joined(part, [*shared, *(code for code in codes[title] if code not in shared)])
        part = part.kept(~own.duplicated(keep="last").to_numpy(dtype=bool))
        every = _joined(parts[parent], shared)
        linked[title] = hung_on(part, above, _joined(part, shared), _joined(above, shared), source, every_key=every)
    return linked


def _key_columns(part: Part) -> list[str]:
    return [column for column in (_INTERVIEW, _SHORT) if column in part.headers]


def _codes(part: Part) -> list[str]:
    """Return the columns that number the rows of rosters, the outermost as the file has it."""
    return [column for column in part.headers if _CODE.match(column) and column not in (_INTERVIEW, "assignment__id")]


def _parent_of(title: str, codes: dict[str, list[str]], root: str) -> str:
    """Return the roster with all codes but one of those of a roster; the interviews where there is none."""
    mine = set(codes[title])
    above = [other for other, theirs in codes.items() if theirs and set(theirs) < mine and len(theirs) == len(mine) - 1]
    return above[0] if above else root


def _joined(part: Part, columns: list[str]) -> pd.Series:
    text = part.rows[columns[0]].fillna("")
    for column in columns[1:]:
        text = text + "\x1f" + part.rows[column].fillna("").str.removesuffix(".0")
    return text


def _answered(part: Part) -> Part:
    rows = part.rows.copy()
    for column in rows.columns:
        unanswered = _MISSING & set(rows[column].dropna().unique())
        if unanswered:
            rows[column] = rows[column].mask(rows[column].isin(unanswered), np.nan)
    return dataclasses.replace(part, table=TextTable(rows, part.place))


def _labelled(part: Part, labels: Labels) -> Part:
    """Return a part with labels instead of codes, and choices instead of their numbers in headers (``q__3``)."""
    rows = part.rows.copy()
    for column, codes in labels.codes.items():
        if column in rows.columns:
            plain = rows[column].str.removesuffix(".0")
            rows[column] = plain.map(codes).where(lambda named: named.notna(), rows[column]).astype("str")
    renamed: dict[str, str] = {}
    taken = set(part.headers)
    for column in part.headers:
        stem, between, number = column.rpartition("__")
        question, colon, choice = labels.columns.get(column, "").partition(":")
        header = f"{stem}/{choice.strip()}"
        if between and colon and number.lstrip("n").isdecimal() and choice.strip() and question and header not in taken:
            renamed[column] = header
            taken.add(header)
    return dataclasses.replace(part, table=TextTable(rows.rename(columns=renamed), part.place))
