"""KoboToolbox files as a whole: texts with "=", tags, both styles of several choices, places of faults, real files."""

import shutil
from pathlib import Path

import pytest

from clusternet.ingest import read_survey
from tests.ingest.exports.kobo_books import CUT, FORM, GOODS, MAIN, TIES, book
from tests.ingest.exports.small import refused, warnings_of, write_csv, write_workbook

MAPPING = """[mapping]
kind = "export"
[mapping.enterprises]
name = "name"
sector = "sector"
[[mapping.linkages]]
sheet = "supplier_relationships_long_name_repeat"
partner = "partner"
one_layer = "supply"
side = "from"
"""


# ---------------------------------------------------------------------- whole files
@pytest.fixture
def folder(tmp_path):
    (tmp_path / "study.toml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def test_a_text_that_begins_with_an_equals_sign_is_a_text(folder):
    link = '=HYPERLINK("http://x","y")'
    ties = [*TIES, [link, "4", FORM, "2", "102", "uuid:b"], ["=1+1", "5", FORM, "2", "102", "uuid:b"]]
    survey = read_survey(write_workbook(folder / "kobo.xlsx", book(ties=ties)))
    assert {link, "=1+1"} <= set(survey.linkages["source"])


def test_a_row_of_tags_below_the_header_is_no_submission(folder):
    main = [MAIN[0], ["#org +name", "", "", "", "", ""], *MAIN[1:]]
    survey = read_survey(write_workbook(folder / "kobo.xlsx", book(main=main)))
    assert survey.enterprises["name"].tolist() == ["Cedar", "Oak", "Elm"]


def test_a_fault_is_told_with_the_sheet_the_row_and_the_column_of_the_export(folder):
    config = MAPPING.replace('side = "from"', 'side = "from"\nweight = "strength"')
    (folder / "study.toml").write_text(config, encoding="utf-8")
    ties = [["Ties/strength", *TIES[0]], ["1", *TIES[1]], ["a lot", *TIES[2]], ["2", *TIES[3]]]
    path = write_workbook(folder / "kobo.xlsx", book(ties=ties))
    problem = refused(path)[0]
    assert (problem.file, problem.sheet, problem.row, problem.column, problem.value) == (
        "kobo.xlsx",
        CUT,
        3,
        "Ties/strength",
        "a lot",
    )


def test_rows_in_messages_are_those_of_the_sheet(folder):
    ties = [TIES[0], ["", "", "", "", "", ""], *TIES[1:]]
    path = write_workbook(folder / "kobo.xlsx", book(ties=ties))
    (line,) = warnings_of(path, "C04")
    assert f"kobo.xlsx, sheet {CUT}, row 3, column partner" in line
    assert "rows 3, 4, 5" in line


def test_a_csv_says_what_is_not_in_it(folder):
    path = write_csv(folder / "kobo.csv", MAIN, ";")
    (line,) = warnings_of(path, "E11")
    assert "XLSX" in line


@pytest.mark.parametrize("style", ["summary", "details", "both"])
@pytest.mark.parametrize("separator", ["/", "_", ".", "-", ":", " - "])
def test_several_choices_are_read_in_every_style_whatever_the_separator(folder, style, separator):
    config = MAPPING.replace('one_layer = "supply"\nside = "from"', 'layer = "tie"')
    config += '[mapping.linkages.words]\n"Buy inputs" = "supply from"\n"Share know-how" = "knowledge to"\n'
    (folder / "study.toml").write_text(config, encoding="utf-8")
    taken = [("1", "1"), ("0", "1"), ("", "")]
    labels = ("Buy inputs", "Share know-how")
    summary = [" ".join(label for label, sign in zip(labels, signs, strict=True) if sign == "1") for signs in taken]
    header = [f"Suppliers{separator}tie", *(f"Suppliers{separator}tie{separator}{label}" for label in labels)]
    rows = [header, *([text, *signs] for text, signs in zip(summary, taken, strict=True))]
    wanted = {"summary": slice(0, 1), "details": slice(1, None), "both": slice(None)}[style]
    ties = [[*row[wanted], *tie] for row, tie in zip(rows, TIES, strict=True)]
    path = write_workbook(folder / "kobo.xlsx", book(ties=ties))
    problems = refused(path)  # the last partner has no layer at all
    assert [(problem.code, problem.row) for problem in problems] == [("D10", 4)]
    path = write_workbook(folder / "kobo.xlsx", book(ties=ties[:3], goods=GOODS[:2]))
    found = read_survey(path).linkages[["source", "target", "layer"]]
    assert sorted(map(tuple, found.to_numpy().tolist())) == [
        ("101", "102", "knowledge"),
        ("101", "103", "knowledge"),
        ("102", "101", "supply"),
    ]


REAL = """[mapping]
kind = "export"
[mapping.enterprises]
name = ["name", "Enterprise name"]
sector = ["sector", "Sector"]
workers = ["emp", "Employees"]
location = ["loc", "Location"]
[mapping.words.sector]
food = "10"
tex = "13"
Textiles = "13"
[[mapping.linkages]]
sheet = "supplier_relationships_long_name_repeat"
partner = ["partner", "Supplier name"]
layer = ["tie", "Tie type"]
weight = ["strength", "Strength"]
[mapping.linkages.words]
buy = "supply from"
"Buy inputs" = "supply from"
know = "knowledge to"
"Share knowledge" = "knowledge to"
cred = "finance from"
Credit = "finance from"
"""


def test_the_real_exports_say_the_same(real_data: Path, folder: Path):
    (folder / "study.toml").write_text(REAL, encoding="utf-8")
    found = {}
    for path in sorted((real_data / "kobo").glob("kobo_*.*")):
        survey = read_survey(shutil.copy(path, folder))
        assert survey.receipt.reader == "kobo"
        tables = (survey.enterprises, survey.linkages)
        found[path.name] = [sorted(map(repr, table.to_numpy().tolist())) for table in tables]
    assert len(found) >= 4
    books = [tables for name, tables in found.items() if name.endswith(".xlsx")]
    assert all(tables == books[0] for tables in books)
    assert all(tables[0] == books[0][0] for tables in found.values())
    assert len(books[0][0]) == 3
    assert len(books[0][1]) == 4
