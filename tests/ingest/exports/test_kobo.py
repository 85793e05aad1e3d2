"""KoboToolbox: sheets that hang together, titles that were cut, both styles of several choices, what hands did to it."""

import copy
import shutil
from pathlib import Path

import pytest

from clusternet.ingest import read_survey
from clusternet.ingest.exports.kobo import is_kobo, read_kobo
from tests.ingest.exports.small import (
    Sheets,
    heads_of,
    refused,
    said,
    source_of,
    warnings_of,
    write_csv,
    write_workbook,
)

FORM = "Enterprise linkages"
LONG = "supplier_relationships_long_name_repeat"
CUT = "supplier_relationships_long_..."
MAIN = [
    ["name", "sector", "_id", "_uuid", "_submission_time", "_index"],
    ["Cedar", "10", "101", "uuid:a", "2026-03-01T10:00:00", "1"],
    ["Oak", "13", "102", "uuid:b", "2026-03-01T10:00:00", "2"],
    ["Elm", "13", "103", "uuid:c", "2026-03-01T10:00:00", "3"],
]
TIES = [
    ["partner", "_index", "_parent_table_name", "_parent_index", "_submission__id", "_submission__uuid"],
    ["Oak", "1", FORM, "1", "101", "uuid:a"],
    ["Elm", "2", FORM, "1", "101", "uuid:a"],
    ["Cedar", "3", FORM, "3", "103", "uuid:c"],
]
GOODS = [
    ["product", "_index", "_parent_table_name", "_parent_index", "_submission__id", "_submission__uuid"],
    ["flour", "1", LONG, "1", "101", "uuid:a"],
    ["salt", "2", LONG, "3", "103", "uuid:c"],
]
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


def book(main=MAIN, ties=TIES, goods=GOODS, title=FORM, cut=CUT, last="prod"):
    return {title: copy.deepcopy(main), cut: copy.deepcopy(ties), last: copy.deepcopy(goods)}


def read(sheets, kind="XLSX"):
    source = source_of()
    return read_kobo(Sheets(sheets, kind=kind), source), source


def codes(source):
    return [code for code, _ in said(source)]


# ---------------------------------------------------------------------- which file it is
@pytest.mark.parametrize("sheets", [book(), {FORM: MAIN}, {"x": [["_id", "_submission_time"]]}, {"repeat": TIES}])
def test_a_file_of_kobo_is_known(sheets):
    assert is_kobo(heads_of(sheets))


@pytest.mark.parametrize("header", [[], ["_index", "name"], ["_uuid", "KEY"], ["Timestamp", "name"]])
def test_a_file_of_something_else_is_not(header):
    assert not is_kobo({"x": [header]})
    assert not is_kobo({})


# ---------------------------------------------------------------------- how sheets hang together
def test_repeats_hang_on_their_sheets_though_the_title_is_cut():
    export, source = read(book())
    assert list(export.parts) == [FORM, CUT, "prod"]
    assert export.parts[CUT].parent_at.tolist() == [0, 0, 2]
    assert export.parts["prod"].parent == CUT
    assert export.positions_in_root("prod").tolist() == [0, 2]
    assert export.parts[CUT].names == (LONG,)
    assert codes(source) == []


def test_two_long_names_that_begin_alike_are_told_apart_by_their_indices():
    other = "supplier_relationships_lon... (1)"
    sheets = book()
    sheets[other] = [TIES[0], *(["x", str(50 + at), FORM, "1", "101", "uuid:a"] for at in range(3))]
    sheets["prod"] = [GOODS[0], ["flour", "1", f"{LONG}_too", "51", "101", "uuid:a"]]
    sheets["other prod"] = [GOODS[0], ["salt", "1", LONG, "3", "103", "uuid:c"]]
    export, _ = read(sheets)
    assert export.parts["prod"].parent == other
    assert export.parts["other prod"].parent == CUT


@pytest.mark.parametrize(
    ("form", "title"),
    [
        ("Survey: firms/2026", "Survey_ firms_2026"),
        ("Who? [all]", "Who_ _all_"),
        ("'Quoted'", "_Quoted_"),
        ("A form / with a title that is far too long", "A form _ with a title that i..."),
    ],
)
def test_a_title_with_signs_that_no_sheet_may_have_is_known_again(form, title):
    ties = [TIES[0], *([*row[:2], form, *row[3:]] for row in TIES[1:])]
    export, source = read(book(ties=ties, title=title))
    assert export.parts[CUT].parent == title
    assert codes(source) == []


def test_a_sheet_that_was_renamed_is_known_by_what_its_repeats_say():
    export, source = read(book(title="data"))
    assert export.root == "data"
    assert export.parts[CUT].parent_at.tolist() == [0, 0, 2]
    assert codes(source) == []
    export, source = read(book(cut="my suppliers"))
    assert export.parts["prod"].parent == "my suppliers"


def test_a_renamed_sheet_that_nothing_tells_is_an_error_that_says_so():
    ties = [row[:4] for row in TIES]
    export, source = read(book(ties=ties, title="data"))
    assert export is None
    problem = source.findings.errors[0]
    assert (problem.code, problem.sheet, problem.value) == ("E11", CUT, FORM)
    assert "renamed" in problem.message()


@pytest.mark.parametrize("column", ["_parent_index", "_index"])
def test_a_column_that_ties_the_sheets_and_was_deleted_is_named(column):
    def without(rows):
        at = rows[0].index(column)
        return [[cell for position, cell in enumerate(row) if position != at] for row in rows]

    sheets = book(ties=without(TIES)) if column == "_parent_index" else book(main=without(MAIN))
    export, source = read(sheets)
    assert export is None
    assert {(problem.code, problem.column) for problem in source.findings.errors} == {("A21", column)}


def test_a_repeat_that_nobody_answered_may_be_missing_or_empty():
    export, source = read({FORM: MAIN})
    assert list(export.parts) == [FORM]
    assert export.has_repeats
    export, source = read(book(ties=TIES[:1], goods=GOODS[:1]))
    assert export.parts[CUT].rows.empty
    assert codes(source) == []


def test_a_csv_holds_the_submissions_alone():
    export, _ = read({"export": MAIN}, kind="CSV")
    assert not export.has_repeats


def test_repeats_alone_are_no_survey():
    export, source = read({CUT: TIES, "prod": GOODS})
    assert export is None
    assert codes(source) == ["E11"]
    assert "export the whole survey again" in source.findings.errors[0].message()


def test_a_sheet_of_notes_is_left_out_and_told_wherever_it_stands():
    export, source = read({"Notes": [["hello"], ["x"]], **book()})
    assert export.root == FORM
    assert list(export.parts) == [FORM, CUT, "prod"]
    assert [(problem.code, problem.sheet) for problem in source.findings.warnings] == [("E11", "Notes")]


def test_a_marked_copy_of_ours_is_read_like_the_export_itself():
    export, source = read({"Problems": [["Code"], ["C12"]], **book()})
    assert list(export.parts) == [FORM, CUT, "prod"]
    assert codes(source) == []


def test_rows_of_a_repeat_without_a_submission_are_told():
    ties = [*TIES, ["Yew", "4", FORM, "9", "109", "uuid:x"]]
    export, source = read(book(ties=ties))
    assert len(export.parts[CUT].rows) == 3
    assert "rows 5" in source.findings.warnings[0].message()


# ---------------------------------------------------------------------- E11
def test_E11_a_submission_that_came_twice_counts_once_with_its_rows():
    main = [*MAIN, ["Cedar", "10", "101", "uuid:a", "2026-03-01T10:00:00", "4"]]
    ties = [*TIES, ["Oak", "4", FORM, "4", "101", "uuid:a"], ["Elm", "5", FORM, "4", "101", "uuid:a"]]
    export, source = read(book(main=main, ties=ties))
    assert export.parts[FORM].rows.index.tolist() == [3, 4, 5]
    assert export.parts[CUT].rows["partner"].tolist() == ["Cedar", "Oak", "Elm"]
    # The product of the first version hung on a row that is gone, and is gone with it.
    assert export.parts["prod"].rows["product"].tolist() == ["salt"]
    assert codes(source) == ["E11"]


@pytest.mark.parametrize("column", ["meta/deprecatedID", "deprecatedID", "_deprecatedID"])
def test_E11_an_edited_submission_replaces_the_older_one_with_its_rows(column):
    main = [[*MAIN[0], column], *([*row, ""] for row in MAIN[1:])]
    main[2][-1] = "uuid:a"
    export, source = read(book(main=main))
    assert export.parts[FORM].rows["name"].tolist() == ["Oak", "Elm"]
    assert export.parts[CUT].rows["partner"].tolist() == ["Cedar"]
    assert codes(source) == ["E11"]


def test_E11_the_number_of_a_submission_stays_when_it_is_edited():
    main = [*MAIN, ["Cedar & Sons", "10", "101", "uuid:new", "2026-03-01T10:00:00", "4"]]
    export, source = read(book(main=main))
    assert export.parts[FORM].rows["name"].tolist() == ["Oak", "Elm", "Cedar & Sons"]
    assert source.findings.warnings[0].column == "_id"


def test_E11_the_latest_time_wins_over_the_order_of_rows():
    main = [*MAIN, ["Older", "10", "101", "uuid:a", "2026-02-01T10:00:00", "4"]]
    export, _ = read(book(main=main))
    assert export.parts[FORM].rows["name"].tolist() == ["Cedar", "Oak", "Elm"]


def appended(first, second):
    """Two exports put together by hand, sheet below sheet, each counting from 1."""
    return {title: [*rows, *second.get(title, [[]])[1:]] for title, rows in first.items()}


def test_E11_exports_put_together_by_hand_hang_together_by_index_and_submission():
    other = book(
        main=[MAIN[0], ["Yew", "10", "201", "uuid:x", "2026-03-02T10:00:00", "1"]],
        ties=[TIES[0], ["Ash", "1", FORM, "1", "201", "uuid:x"]],
        goods=[GOODS[0], ["sugar", "1", LONG, "1", "201", "uuid:x"]],
    )
    export, source = read(appended(book(), other))
    assert export.parts[CUT].parent_at.tolist() == [0, 0, 2, 3]
    assert export.positions_in_root("prod").tolist() == [0, 2, 3]
    assert codes(source) == []


def test_E11_a_submission_in_both_exports_counts_once_with_the_rows_of_the_later():
    later = book(ties=[TIES[0], TIES[2], ["Cedar", "2", FORM, "3", "103", "uuid:c"]], goods=GOODS[:1])
    export, source = read(appended(book(), later))
    assert export.parts[FORM].rows.index.tolist() == [5, 6, 7]
    assert export.parts[CUT].rows["partner"].tolist() == ["Elm", "Cedar"]
    assert codes(source) == ["E11"]


def test_E11_exports_put_together_without_the_submissions_numbers_are_refused():
    bare = book(ties=[row[:4] for row in TIES])
    export, source = read(appended(bare, bare))
    assert export is None
    assert "put together by hand" in source.findings.errors[0].message()


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
