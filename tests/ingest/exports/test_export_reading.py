"""Exports as a whole: which path is one, what is refused with what to do, and where a fault is said to be."""

import pandas as pd
import pyreadstat
import pytest

from clusternet.errors import InputError, shown
from clusternet.ingest import read_survey
from clusternet.ingest.exports.reading import could_be_export
from clusternet.model.questionnaire import questionnaire
from clusternet.model.settings import Settings
from tests.ingest.exports.small import refused, warnings_of, write_archive, write_csv, write_workbook

FORM = "Survey of enterprises"
ABOUT = [q for q in questionnaire(Settings()).questions if q.table == "enterprises" and q.column]
NAMES = [question.name for question in ABOUT]
SYSTEM = ["_id", "_uuid", "_submission_time", "_index"]
PARENT = ["_index", "_parent_table_name", "_parent_index"]


def answers(number, **given):
    """One row of the main sheet as KoboToolbox has it."""
    known = {"consent": "yes", "enterprise_id": f"E{number}", "name": f"Enterprise {number}", **given}
    return [*(known.get(name, "") for name in NAMES), str(number), f"u{number}", "2026-03-01T10:00:00", str(number)]


def main_of(*rows):
    return [[*NAMES, *SYSTEM], *rows]


def needs_of(*rows):
    return [["need_resource", "need_quantity", *PARENT], *rows]


def ties_of(*rows):
    return [["supply_from_partner", "supply_from_strength", *PARENT], *rows]


MAIN = main_of(answers(1), answers(2), answers(3))
TIES = ties_of(["E2", "5", "1", FORM, "1"], ["E3", "2", "2", FORM, "1"])
BOOK = {FORM: MAIN, "supply_from": TIES}


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


# ---------------------------------------------------------------------- where a fault is said to be
def place(problem):
    return problem.file, problem.sheet, problem.row, problem.column, problem.value


def test_a_fault_in_a_repeat_is_told_in_its_sheet(tmp_path):
    needs = needs_of(["flour", "3", "1", FORM, "1"], ["salt", "a lot", "2", FORM, "3"])
    (problem,) = refused(write_workbook(tmp_path / "x.xlsx", {**BOOK, "needs": needs}))
    assert place(problem) == ("x.xlsx", "needs", 3, "need_quantity", "a lot")


def keyed(number, name="", **given):
    known = {"consent": "yes", "enterprise_id": f"E{number}", "name": name or f"Enterprise {number}", **given}
    return [known.get(column, "") for column in NAMES]


KEYED = [[*NAMES, "KEY", "SubmissionDate"], [*keyed(1), "a", ""], [*keyed(2), "b", ""]]
KEYED_NEEDS = [
    ["need_resource", "need_quantity", "PARENT_KEY", "KEY"],
    ["x", "1", "a", "a/1"],
    ["y", "many", "b", "b/1"],
]


def test_a_fault_in_an_archive_or_a_folder_is_told_in_its_file(tmp_path):
    path = write_archive(tmp_path / "x.zip", {"form.csv": KEYED, "form-needs.csv": KEYED_NEEDS})
    expected = ("form-needs.csv", "", 3, "need_quantity", "many")
    (problem,) = refused(path)
    assert place(problem) == expected
    folder = tmp_path / "folder"
    folder.mkdir()
    write_csv(folder / "form.csv", KEYED)
    write_csv(folder / "form-needs.csv", KEYED_NEEDS)
    (problem,) = refused(folder)
    assert place(problem) == expected


def test_a_fault_in_a_wide_file_is_told_in_its_numbered_column(tmp_path):
    header = [
        *NAMES,
        "need_resource_1",
        "need_quantity_1",
        "need_resource_2",
        "need_quantity_2",
        "KEY",
        "formdef_version",
    ]
    rows = [[*keyed(1), "flour", "1", "salt", "2", "a", "1"], [*keyed(2), "flour", "1", "salt", "none of it", "b", "1"]]
    (problem,) = refused(write_csv(tmp_path / "x_WIDE.csv", [header, *rows]))
    assert place(problem) == ("x_WIDE.csv", "", 3, "need_quantity_2", "none of it")


def test_a_fault_under_a_label_is_told_under_that_label(tmp_path):
    header = [question.text("ar") for question in ABOUT]
    label = header[NAMES.index("workers")]
    path = write_workbook(tmp_path / "x.xlsx", {FORM: [[*header, *SYSTEM], answers(1, workers="some"), answers(2)]})
    (problem,) = refused(path)
    assert place(problem) == ("x.xlsx", FORM, 2, label, "some")


def test_rows_in_messages_are_those_that_the_officer_sees(tmp_path):
    main = [MAIN[0], [""] * len(MAIN[0]), *(answers(n, workers="١٢") for n in (1, 2, 3))]
    (line,) = warnings_of(write_workbook(tmp_path / "x.xlsx", {**BOOK, FORM: main}), "A18")
    assert f"x.xlsx, sheet {FORM}, row 3, column workers" in line
    assert "rows 3, 4, 5" in line


# ---------------------------------------------------------------------- odd but honest
@pytest.mark.parametrize(
    ("change", "enterprises", "linkages"),
    [
        ({FORM: main_of(answers(1))}, 1, 2),
        ({"supply_from": ties_of(["\n\n ", "5", "1", FORM, "1"], ["E3", "", "2", FORM, "1"])}, 3, 1),
        ({FORM: main_of(answers(1, enterprise_id=" E1 "), answers(2), answers(3))}, 3, 2),
        ({FORM: main_of(answers(1, enterprise_id="E 1"), answers(2), answers(3))}, 3, 2),
        ({FORM: main_of(answers(1, enterprise_id="  "), answers(2), answers(3))}, 3, 2),
        ({FORM: [["", ""], *MAIN]}, 3, 2),
        ({"Notes": [["remember"], ["to call"]]}, 3, 2),
    ],
)
def test_an_unlucky_export_is_read_all_the_same(tmp_path, change, enterprises, linkages):
    survey = read_survey(write_workbook(tmp_path / "x.xlsx", {**BOOK, **change}))
    assert len(survey.enterprises) == enterprises
    assert len(survey.linkages) == linkages
    assert len(survey.enterprises["enterprise_id"].dropna()) == enterprises


def test_thousands_of_further_columns_do_no_harm(tmp_path):
    further = [[f"note {n}" for n in range(3_000)], *[["x"] * 3_000] * 3]
    main = [[*row, *more] for row, more in zip(MAIN, further, strict=True)]
    path = write_csv(tmp_path / "x.csv", main)
    assert len(read_survey(path).enterprises) == 3


def test_more_columns_than_a_sheet_can_have_are_refused(tmp_path):
    path = write_csv(tmp_path / "x.csv", [[*row, *["x"] * 17_000] for row in MAIN])
    assert "A24" in {problem.code for problem in refused(path)}


def test_no_name_of_an_enterprise_stands_in_what_the_reader_itself_says(tmp_path):
    main = main_of(answers(1, name="Layla Secret"), answers(2, name="Omar Secret"), answers(2, name="Omar Secret"))
    main[3][-1] = "3"
    ties = ties_of(["Layla Secret", "5", "1", FORM, "9"], ["Omar Secret", "2", "2", FORM, "1"])
    survey = read_survey(write_workbook(tmp_path / "x.xlsx", {FORM: main, "supply_from": ties}))
    told = [problem.line() for problem in survey.problems if problem.code == "E11"]
    assert len(told) == 2
    assert not any("Secret" in line for line in told)


def test_every_refusal_is_one_of_ours_whatever_the_bytes(tmp_path):
    for number, data in enumerate((b"\xff" * 99, b"\x00" * 99, b'"open', b"a,b\n" * 9 + b"c,d,e\n", "\ufeff".encode())):
        for suffix in (".csv", ".tab", ".xlsx", ".zip", ".sav", ".dta", ".parquet"):
            path = tmp_path / f"x{number}{suffix}"
            path.write_bytes(data)
            with pytest.raises(InputError) as caught:
                read_survey(path)
            assert caught.value.problems, shown(path.name)
