"""Every dialect of the round trip: who writes it, what it can hold, and the cases that are told in it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.ingest.exports import simulation, truth
from tests.ingest.exports.form_model import Form, Submission
from tests.ingest.exports.writers import kobo, odk, own, statistical, survey_solutions, surveycto, web_forms

DESIGNS = ("generator", "roster")
ALL = tuple(truth.COLUMNS)


@dataclass(frozen=True, eq=False)
class Case:
    """The form of one design, and what its respondents said."""

    design: str
    form: Form
    submissions: list[Submission]
    layers: Mapping[str, str] = field(default_factory=dict)
    """The layer of a section's name without its side, where the name had to be changed for the form."""

    config: Path | None = None
    """The study.toml, where the study declares something of its own."""

    @property
    def roster(self) -> bool:
        return self.design == "roster"

    def truth(self, submissions: Sequence[Submission]) -> dict[str, list[dict[str, str]]]:
        return truth.tables_of(self.form, submissions, roster=self.roster, layers=self.layers)


@dataclass(frozen=True)
class Dialect:
    """One way to export: who writes it, which tables it can hold, what of an answer it can carry."""

    write: Callable[[Path, Case, Sequence[Submission]], Path]
    tables: Callable[[Case], Sequence[str]] = lambda case: ALL
    carried: Callable[[Sequence[Submission]], Sequence[Submission]] = lambda submissions: submissions


def _kobo(*, language: str = "", book: bool = True, **style: Any) -> Callable[[Path, Case, Sequence[Submission]], Path]:
    def write(folder: Path, case: Case, submissions: Sequence[Submission]) -> Path:
        name = case.form.language(language) if language else ""
        writer = kobo.write_xlsx if book else kobo.write_csv
        return writer(folder, case.form, submissions, kobo.Style(language=name, **style))

    return write


def _on_form(writer: Callable[..., Path], **options: Any) -> Callable[[Path, Case, Sequence[Submission]], Path]:
    return lambda folder, case, submissions: writer(folder, case.form, submissions, **options)


def _on_tables(writer: Callable[..., Path], **options: Any) -> Callable[[Path, Case, Sequence[Submission]], Path]:
    return lambda folder, case, submissions: writer(folder, case.truth(submissions), **options)


def _solutions(language: str) -> Callable[[Path, Case, Sequence[Submission]], Path]:
    return lambda folder, case, submissions: survey_solutions.write_zip(
        folder, case.form, submissions, language=case.form.language(language)
    )


def _main_table_only(case: Case) -> Sequence[str]:
    """Kobo's CSV holds no repeat: partners come through it only where they were ticked in a roster."""
    return ("enterprises", "linkages") if case.roster else ("enterprises",)


DIALECTS = {
    "kobo xlsx, names": Dialect(_kobo()),
    "kobo xlsx, names, typed cells": Dialect(_kobo(typed=True)),
    "kobo xlsx, names, groups, /": Dialect(_kobo(groups=True)),
    "kobo xlsx, names, groups, _": Dialect(_kobo(groups=True, separator="_")),
    "kobo xlsx, names, groups, .": Dialect(_kobo(groups=True, separator=".")),
    "kobo xlsx, names, details": Dialect(_kobo(multiple="details")),
    "kobo xlsx, names, summary, HXL": Dialect(_kobo(multiple="summary", hxl=True)),
    "kobo xlsx, English": Dialect(_kobo(language="en")),
    "kobo xlsx, English, groups, summary": Dialect(_kobo(language="en", groups=True, multiple="summary")),
    "kobo xlsx, English, groups, no separator": Dialect(_kobo(language="en", groups=True, separator="")),
    "kobo xlsx, English, details, HXL, typed": Dialect(_kobo(language="en", multiple="details", hxl=True, typed=True)),
    "kobo xlsx, Arabic": Dialect(_kobo(language="ar")),
    "kobo xlsx, Arabic, summary": Dialect(_kobo(language="ar", multiple="summary")),
    "kobo xlsx, Arabic, groups, _, details": Dialect(
        _kobo(language="ar", groups=True, separator="_", multiple="details")
    ),
    "kobo xlsx, Arabic, groups, /, both, typed": Dialect(_kobo(language="ar", groups=True, typed=True)),
    "kobo csv, names": Dialect(_kobo(book=False), _main_table_only),
    "kobo csv, names, groups, details, HXL": Dialect(
        _kobo(book=False, groups=True, multiple="details", hxl=True), _main_table_only
    ),
    "kobo csv, English, groups, summary": Dialect(
        _kobo(book=False, language="en", groups=True, multiple="summary"), _main_table_only
    ),
    "kobo csv, Arabic, groups, _, details": Dialect(
        _kobo(book=False, language="ar", groups=True, separator="_", multiple="details"), _main_table_only
    ),
    "odk central": Dialect(_on_form(odk.write_zip)),
    "odk central, split": Dialect(_on_form(odk.write_zip, split=True)),
    "odk central, no groups": Dialect(_on_form(odk.write_zip, groups=False)),
    "odk central, ~1 and ~2": Dialect(_on_form(odk.write_zip, split=True, moved="needs")),
    "surveycto long, zip": Dialect(_on_form(surveycto.write_long, zipped=True)),
    "surveycto long, folder": Dialect(_on_form(surveycto.write_long)),
    "surveycto long, not split": Dialect(_on_form(surveycto.write_long, split=False)),
    "surveycto wide": Dialect(_on_form(surveycto.write_wide)),
    "surveycto wide, not split": Dialect(_on_form(surveycto.write_wide, split=False)),
    "survey solutions, English": Dialect(_solutions("en"), carried=survey_solutions.carried),
    "survey solutions, Arabic": Dialect(_solutions("ar"), carried=survey_solutions.carried),
    "google forms csv, English": Dialect(_on_form(web_forms.write_google, language="en")),
    "google forms csv, Arabic": Dialect(_on_form(web_forms.write_google, language="ar")),
    "google forms xlsx, English": Dialect(_on_form(web_forms.write_google, language="en", workbook=True)),
    "surveymonkey csv, English": Dialect(_on_form(web_forms.write_surveymonkey, language="en")),
    "surveymonkey csv, Arabic": Dialect(_on_form(web_forms.write_surveymonkey, language="ar")),
    "surveymonkey xlsx, English": Dialect(_on_form(web_forms.write_surveymonkey, language="en", workbook=True)),
    "spss": Dialect(_on_form(statistical.write_statistical, suffix=".sav", language="en")),
    "spss, Arabic": Dialect(_on_form(statistical.write_statistical, suffix=".sav", language="ar")),
    "stata": Dialect(_on_form(statistical.write_statistical, suffix=".dta", language="en")),
    "stata, Arabic": Dialect(_on_form(statistical.write_statistical, suffix=".dta", language="ar")),
    "own tables, xlsx": Dialect(_on_tables(own.write_workbook)),
    "own tables, parquet": Dialect(_on_tables(own.write_parquet)),
    "own tables, csv with tabs in UTF-16": Dialect(_on_tables(own.write_csv, separator="\t", encoding="utf-16")),
    "own tables, csv with ; and BOM": Dialect(_on_tables(own.write_csv, separator=";", encoding="utf-8-sig")),
}


def write_register(folder: Path) -> None:
    """Write the register that lies beside the export of a roster."""
    with (folder / "enterprises.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("enterprise_id", "name"), *simulation.register()])
