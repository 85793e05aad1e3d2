"""Exports as a whole: which path is one, what is refused with what to do, and what is told."""

import pandas as pd
import pyreadstat
import pytest

from clusternet.ingest import read_survey
from clusternet.ingest.exports.reading import could_be_export
from clusternet.model.questionnaire import questionnaire
from clusternet.model.settings import Settings
from tests.ingest.exports.own_exports import BOOK, FORM, MAIN, NAMES, SYSTEM, TIES, answers, main_of
from tests.ingest.exports.small import refused, warnings_of, write_csv, write_workbook


# ---------------------------------------------------------------------- which path is an export
def kind(name):
    return Settings(mapping={"kind": name})


@pytest.mark.parametrize("name", ["x.zip", "x.sav", "x.dta", "x.zsav", "x.csv", "x.tsv", "x.tab", "x.parquet", "X.ZIP"])
def test_a_file_is_an_export_by_its_ending(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    assert could_be_export(tmp_path / name, Settings())
    assert not could_be_export(tmp_path / name, kind("edges"))
    assert could_be_export(tmp_path / "anything.at.all", kind("export"))


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["Form Responses 1"], True),
        (["enterprises", "linkages"], False),
        ([" Enterprises "], False),
        (["main", "x"], True),
    ],
)
def test_a_workbook_is_an_export_unless_it_holds_our_tables(tmp_path, titles, expected):
    path = write_workbook(tmp_path / "x.xlsx", {title: [["a"]] for title in titles})
    assert could_be_export(path, Settings()) is expected


def test_a_damaged_workbook_is_left_to_whoever_tells_what_is_wrong(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04 no more")
    assert not could_be_export(path, Settings())
    assert [problem.code for problem in refused(path)] == ["B09"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"form.csv": [["name", "KEY"]], "form-ties.csv": [["PARENT_KEY"]]}, True),
        ({"form.csv": [["name", "KEY"]], "enterprises.csv": [["enterprise_id"]]}, True),
        ({"form.tab": [["interview__id"]]}, True),
        ({"export.csv": [["name", "_uuid"]]}, True),
        ({"enterprises.csv": [["enterprise_id"]], "linkages.csv": [["source"]]}, False),
        ({"enterprises.csv": [["enterprise_id"]]}, False),
        ({"firms.csv": [["name"]], "ties.csv": [["a"]]}, False),
        ({}, False),
    ],
)
def test_a_folder_is_an_export_where_a_file_begins_as_one(tmp_path, files, expected):
    for name, rows in files.items():
        write_csv(tmp_path / name, rows)
    assert could_be_export(tmp_path, Settings()) is expected


def test_a_folder_of_a_workbook_and_the_list_is_an_export(tmp_path):
    write_workbook(tmp_path / "kobo.xlsx", BOOK)
    write_csv(
        tmp_path / "enterprises.csv", [["enterprise_id", "name"], ["E1", "Enterprise 1"], ["E9", "Asked in vain"]]
    )
    survey = read_survey(tmp_path)
    assert survey.enterprises.set_index("enterprise_id")["respondent"].to_dict()["E9"] == "no"
    assert survey.receipt.reader == "kobo"


def test_a_folder_of_a_statistics_file_is_an_export(tmp_path):
    pyreadstat.write_sav(pd.DataFrame({"a": [1.0]}), str(tmp_path / "x.sav"))
    assert could_be_export(tmp_path, Settings())


# ---------------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    ("sheets", "code", "hint"),
    [
        ({FORM: MAIN[:1], "supply_from": TIES[:1]}, "A03", "no submissions"),
        ({FORM: main_of(answers(1, consent="no", name=""))}, "A03", "1 submissions"),
        ({FORM: [["Title"], *MAIN]}, "B07", "delete the rows above it"),
        ({FORM: [[name for name in row if name not in ("name", "Enterprise 1")] for row in MAIN[:2]]}, "A21", '"name"'),
        ({"data": [["Firm"], ["Cedar"]]}, "B08", "clusternet map-columns"),
        ({"data": [["Timestamp", "Firm"], ["1/2/2026", "Cedar"]]}, "B08", "Google Forms"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path, sheets, code, hint):
    problems = refused(write_workbook(tmp_path / "export.xlsx", sheets))
    assert [problem.code for problem in problems] == [code]
    assert hint in problems[0].message()
    assert "export.xlsx" in problems[0].place() + problems[0].message()


def test_A03_an_empty_export_is_accepted_where_that_is_asked(tmp_path):
    survey = read_survey(write_workbook(tmp_path / "x.xlsx", {FORM: MAIN[:1]}), allow_empty=True)
    assert len(survey.enterprises) == 0


def test_the_row_of_a_lower_header_in_a_csv_is_told_without_a_sheet(tmp_path):
    path = write_csv(tmp_path / "x.csv", [["My survey"], [""], ["Timestamp", "Firm"], ["1/2/2026", "Cedar"]])
    (problem,) = refused(path)
    assert (problem.code, problem.file, problem.sheet, problem.row) == ("B07", "x.csv", "", 3)


def test_A20_two_answers_of_one_enterprise_that_differ_are_told_with_both_rows(tmp_path):
    main = main_of(answers(1), answers(2), answers(3, enterprise_id="E1"))
    (problem,) = refused(write_workbook(tmp_path / "x.xlsx", {**BOOK, FORM: main}))
    assert (problem.code, problem.sheet, problem.row, problem.column) == ("C02", FORM, 4, "enterprise_id")
    assert "row 2" in problem.message()


# ---------------------------------------------------------------------- what is told
def test_questions_that_were_deleted_by_hand_are_named(tmp_path):
    gone = {NAMES.index("sector"), NAMES.index("workers")}
    main = [[cell for at, cell in enumerate(row) if at not in gone] for row in MAIN]
    (line,) = warnings_of(write_workbook(tmp_path / "x.xlsx", {**BOOK, FORM: main}), "A21")
    assert "sector" in line
    assert "workers" in line
    assert warnings_of(write_workbook(tmp_path / "y.xlsx", BOOK), "A21") == []


def test_E11_an_export_that_tells_of_no_partners_says_how_to_get_them(tmp_path):
    (line,) = warnings_of(write_csv(tmp_path / "x.csv", MAIN, ";"), "E11")
    assert "tells of no partners" in line
    assert warnings_of(write_workbook(tmp_path / "x.xlsx", BOOK), "E11") == []


def test_N03_who_declined_is_counted_and_left_out_unless_the_list_knows_him(tmp_path):
    main = main_of(answers(1), answers(2), answers(3), answers(4, consent="no", name=""))
    path = write_workbook(tmp_path / "x.xlsx", {**BOOK, FORM: main})
    (line,) = warnings_of(path, "N03")
    assert "row 5" in line
    assert "rows 5" in line
    write_csv(tmp_path / "enterprises.csv", [["enterprise_id", "name"], *([f"E{n}", f"Firm {n}"] for n in range(1, 5))])
    survey = read_survey(path)
    assert [problem for problem in survey.problems if problem.code == "N03"] == []
    last = survey.enterprises.set_index("enterprise_id").loc["E4"]
    assert (last["name"], last["respondent"]) == ("Firm 4", "no")


def test_E11_answers_of_enterprises_that_are_not_in_the_list_are_told(tmp_path):
    write_csv(tmp_path / "enterprises.csv", [["enterprise_id", "name"], ["E2", "x"], ["E3", "y"]])
    (line,) = warnings_of(write_workbook(tmp_path / "x.xlsx", BOOK), "E11")
    assert "rows 2" in line
    assert "enterprises.csv" in line


LISTED = questionnaire(Settings(), [("E1", "Cedar Doors"), ("E2", "Oak")])


def listed(tmp_path, language):
    """A roster form, filled in by one, with its partners ticked in one column."""
    asked = [q for q in LISTED.questions if (q.table == "enterprises" and q.column) or q.name == "supply_to_partners"]
    header = [q.text(language) if language else q.name for q in asked]
    given = {"consent": "yes", "enterprise_id": "E1", "supply_to_partners": "Cedar Doors Oak" if language else "E1 E2"}
    row = [given.get(q.name, "") for q in asked]
    return write_workbook(tmp_path / "x.xlsx", {FORM: [[*header, *SYSTEM], [*row, "1", "u1", "", "1"]]})


def test_E11_labels_of_a_list_cannot_be_told_apart_without_it(tmp_path):
    (problem,) = refused(listed(tmp_path, "en"))
    assert problem.code == "E11"
    assert "enterprises.csv" in problem.message()
    write_csv(tmp_path / "enterprises.csv", [["enterprise_id", "name"], ["E1", "Cedar Doors"], ["E2", "Oak"]])
    assert sorted(read_survey(listed(tmp_path, "en")).linkages["target"]) == ["E1", "E2"]


def test_E11_ids_of_a_list_are_read_without_it_and_its_absence_is_told(tmp_path):
    path = listed(tmp_path, "")
    (line,) = warnings_of(path, "E11")
    assert "enterprises.csv" in line
    assert sorted(read_survey(path).linkages["target"]) == ["E1", "E2"]
