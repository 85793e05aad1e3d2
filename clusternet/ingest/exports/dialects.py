"""Which survey tool wrote a file, and how its parts hang together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clusternet.ingest.exports.export import Export
from clusternet.ingest.exports.kobo import is_kobo, read_kobo
from clusternet.ingest.exports.odk import is_odk, read_odk
from clusternet.ingest.exports.single_sheet import (
    is_google_forms,
    is_survey_monkey,
    read_google_forms,
    read_single_sheet,
    read_survey_monkey,
)
from clusternet.ingest.exports.survey_solutions import is_survey_solutions, read_survey_solutions
from clusternet.ingest.exports.surveycto import is_surveycto, read_surveycto
from clusternet.ingest.sheets import Sheets
from clusternet.ingest.source import Source
from clusternet.messages import mark
from clusternet.model.catalogue import Catalogue

#: How many rows are looked at to know a tool.
_TOP = 6
#: Sheets by their title, the first rows of each.
Heads = dict[str, list[list[str]]]


@dataclass(frozen=True)
class Dialect:
    """How one tool exports a survey.

    Parameters
    ----------
    name : str
        The name in settings.
    label : str
        The tool.
    sentence : str
        What it is known by.
    recognises : callable
        Whether the first rows of all sheets are of this tool.
    read : callable
        Reads the sheets; None where an error was noted.
    """

    name: str
    label: str
    sentence: str
    recognises: Callable[[Heads], bool]
    read: Callable[[Sheets, Source], Export | None]


#: Every dialect; the first that recognises the sheets reads them. The last takes any sheet.
DIALECTS: Catalogue[Dialect] = Catalogue(
    "dialect",
    [
        Dialect(
            "kobo",
            "KoboToolbox",
            mark("The columns _uuid, _index or _submission_time; repeats in sheets with _parent_index."),
            is_kobo,
            read_kobo,
        ),
        Dialect(
            "survey_solutions",
            "Survey Solutions",
            mark("The column interview__id or interview__key in every file."),
            is_survey_solutions,
            read_survey_solutions,
        ),
        Dialect(
            "surveycto",
            "SurveyCTO",
            mark("The columns KEY and formdef_version; repeats in files with PARENT_KEY, or numbered in one file."),
            is_surveycto,
            read_surveycto,
        ),
        Dialect(
            "odk",
            "ODK Central",
            mark("The columns KEY and SubmissionDate or instanceID; repeats in files with PARENT_KEY."),
            is_odk,
            read_odk,
        ),
        Dialect(
            "survey_monkey",
            "SurveyMonkey",
            mark("The columns Respondent ID and Collector ID above a second row of headers."),
            is_survey_monkey,
            read_survey_monkey,
        ),
        Dialect(
            "google_forms",
            mark("Google Forms"),
            mark("A first column Timestamp (in the form's language), one column for each question."),
            is_google_forms,
            read_google_forms,
        ),
        Dialect(
            "sheet",
            mark("A single sheet"),
            mark("Any sheet with one row for each answer."),
            lambda _: True,
            read_single_sheet,
        ),
    ],
)


def dialect_of(heads: Heads, declared: str = "") -> Dialect:
    """Return the dialect that is declared, or the first that recognises the sheets."""
    return DIALECTS[declared] if declared else next(entry for entry in DIALECTS.values() if entry.recognises(heads))


def heads_of(sheets: Sheets) -> Heads:
    """Return the first rows of every sheet that are not blank."""
    return {title: [row for row in sheets.head(title, _TOP) if "".join(row).strip()] for title in sheets.titles}


def lower_header(sheets: Sheets) -> tuple[str, int] | None:
    """Return sheet and row of a header that some tool is known by and that stands below other rows, if there is one."""
    tools = [entry for entry in DIALECTS.values() if entry.name != "sheet"]
    for title in sheets.titles:
        rows = sheets.head(title, _TOP)
        for above in range(1, len(rows)):
            if any(tool.recognises({title: rows[above:]}) for tool in tools):
                return title, above + 1
    return None
