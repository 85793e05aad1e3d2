"""A questionnaire as an XLSForm, which KoboToolbox, ODK, SurveyCTO and others take."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from clusternet.errors import InputError
from clusternet.messages import LANGUAGES, mark
from clusternet.model.questionnaire import Question, Questionnaire, Section, in_language, verbatim
from clusternet.report.publish import file_trouble_named, write_file

#: The languages as an XLSForm names them.
FORM_LANGUAGES = {"en": "English (en)", "ar": "Arabic (ar)"}
#: The columns of the sheet "survey"; those of a language stand once for each.
_COLUMNS = (
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "appearance",
    "choice_filter",
    "repeat_count",
)
_IN_WORDS = ("label", "hint", "constraint_message")
#: A clock in the file would make two runs differ.
_CREATED = datetime(2000, 1, 1)
_WIDTHS = {"type": 26, "name": 28, "list_name": 18, "label": 52, "hint": 40, "constraint_message": 40}
_OTHER_WIDTH = 20
#: A group is one screen of a tablet.
_ONE_SCREEN = "field-list"

Rows = list[dict[str, str]]


def write_form(
    form: Questionnaire,
    out: str | Path,
    *,
    title: str = "",
    languages: Sequence[str] = (),
    overwrite: bool = False,
) -> Path:
    """Write a questionnaire as an XLSForm; the same questionnaire gives the same bytes.

    Parameters
    ----------
    form : Questionnaire
        The questionnaire.
    out : str or Path
        The file, whose name ends in ``.xlsx``; folders above it are made.
    title : str
        The title of the form; a general one in the first language where it is empty.
    languages : sequence of {"en", "ar"}
        The languages of the form, the first is shown by default; those of the questionnaire where it is empty.
    overwrite : bool, default False
        Whether a file that is there may be replaced.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        If the name does not end in ``.xlsx``, the file exists and may not be replaced, or a language is not known.
    ResourceError
        If it cannot be written.
    """
    target = Path(out)
    for language in languages:
        if language not in LANGUAGES:
            template = mark('There is no language "{given}"; expected one of: {known}.')
            raise InputError(template, given=language, known=", ".join(LANGUAGES))
    if target.suffix.casefold() != ".xlsx":
        raise InputError(mark('The form cannot be called "{out}"; give it a name that ends in .xlsx.'), out=target.name)
    with file_trouble_named(target):
        if target.is_dir():
            raise InputError(mark('"{out}" is a folder; name a file that ends in .xlsx.'), out=target.name)
        if target.exists() and not overwrite:
            template = mark('The file "{out}" exists already; choose another name, or replace it with --overwrite.')
            raise InputError(template, out=target.name)
        data = form_bytes(form, title=title, languages=tuple(dict.fromkeys(languages or form.languages)))
        target.parent.mkdir(parents=True, exist_ok=True)
        write_file(target, data)
    return target


def form_bytes(form: Questionnaire, *, title: str, languages: Sequence[str]) -> bytes:
    """Return the workbook; see :func:`write_form`."""
    sheets = form_sheets(form, title=title, languages=languages)
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": sheets["settings"][0]["form_title"][:200], "created": _CREATED})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E5E7EB", "valign": "top"})
    group = book.add_format({"bold": True, "bg_color": "#F3F4F6"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if LANGUAGES[languages[0]] == "rtl":
            sheet.right_to_left()
        sheet.freeze_panes(1, 2)
        for place, column in enumerate(rows[0]):
            sheet.write_string(0, place, column, head)
            sheet.set_column(place, place, _WIDTHS.get(column.split("::")[0], _OTHER_WIDTH))
            for number, row in enumerate(rows, start=1):
                if row[column]:
                    style = group if row.get("type", "").startswith("begin") else None
                    sheet.write_string(number, place, row[column], style)
    book.close()
    return stream.getvalue()


def form_sheets(form: Questionnaire, *, title: str, languages: Sequence[str]) -> dict[str, Rows]:
    """Return the three sheets of an XLSForm as rows of text, every row with every column.

    Parameters
    ----------
    form : Questionnaire
        The questionnaire.
    title : str
        The title of the form; may be empty.
    languages : sequence of {"en", "ar"}
        The languages of the form, the default first.

    Returns
    -------
    dict of str to list of dict
        ``survey``, ``choices`` and ``settings``; the version is a digest of the rest.
    """
    survey = [_in_words(row, _COLUMNS, languages) for row in _survey_rows(form)]
    used = dict.fromkeys(question.choices for question in form.questions if question.choices)
    choices = [
        _in_words(
            {"list_name": name, "name": choice.name, "label": choice.label}, ("list_name", "name", "label"), languages
        )
        for name in used
        for choice in form.choices[name]
    ]
    shown = in_language(verbatim(title) or mark("Survey of enterprises and their linkages"), languages[0])
    settings = {
        "form_title": shown,
        "form_id": _form_id(title),
        "version": "",
        "default_language": FORM_LANGUAGES[languages[0]],
        "style": "pages",
    }
    digest = hashlib.sha256(repr((survey, choices, settings)).encode("utf-8", "replace")).hexdigest()
    return {"survey": survey, "choices": choices, "settings": [{**settings, "version": digest[:12]}]}


def _survey_rows(form: Questionnaire) -> Iterator[dict[str, str]]:
    for section in form.sections:
        if not section.inside:
            yield from _section_rows(section, form)


def _section_rows(section: Section, form: Questionnaire) -> Iterator[dict[str, str]]:
    """Return the rows of a section, with those of the sections inside before its end."""
    questions = [_question_row(question) for question in section.questions]
    if not section.name:
        yield from questions
        return
    kind = "repeat" if section.repeat else "group"
    nested = [other for other in form.sections if other.inside == section.name]
    yield {
        "type": f"begin_{kind}",
        "name": section.name,
        "label": section.label,
        "relevant": section.relevant,
        # A repeat cannot lie on the screen of another group.
        "appearance": "" if nested else _ONE_SCREEN,
        "repeat_count": f"${{{section.count}}}" if section.count else "",
    }
    yield from questions
    for other in nested:
        yield from _section_rows(other, form)
    yield {"type": f"end_{kind}", "name": section.name}


def _question_row(question: Question) -> dict[str, str]:
    return {
        "type": f"{question.type} {question.choices}" if question.choices else question.type,
        "name": question.name,
        "label": question.label,
        "hint": question.hint,
        "required": "yes" if question.required else "",
        "relevant": question.relevant,
        "constraint": question.constraint,
        "constraint_message": question.constraint_message,
        "appearance": question.appearance,
        "choice_filter": question.choice_filter,
    }


def _in_words(row: dict[str, str], columns: Sequence[str], languages: Sequence[str]) -> dict[str, str]:
    """Return a row with every column, those in words once for each language."""
    found: dict[str, str] = {}
    for column in columns:
        text = row.get(column, "")
        if column not in _IN_WORDS:
            found[column] = text
            continue
        for language in languages:
            found[f"{column}::{FORM_LANGUAGES[language]}"] = in_language(text, language) if text else ""
    return found


def _form_id(title: str) -> str:
    """Return an id of plain letters, so that two studies in one project do not share a form."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    words = re.findall("[a-z0-9]+", plain)[:6]
    if not title.isascii():
        # Most of such a title may be lost.
        words.append(hashlib.sha256(title.encode("utf-8", "replace")).hexdigest()[:6])
    return "_".join(["clusternet", *words])
